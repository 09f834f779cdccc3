"""Seeded models of any size that look like real ones and conform to the shapes.

What is held constant: about 4.5 links and 11 literals per entity, a fifth of the links as
qualified relationships, and degrees that follow a power law (few hubs, many leaves). Lines are
written as they are made, so a million entities need no more memory than a thousand. The same
bundle, size and seed give the same bytes.

Run it with ``python -m benchmarks.generate --entities 1000 --output model.nq``.
"""

from __future__ import annotations

import argparse
import math
import random
import re
import sys
from bisect import bisect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from benchmarks.bundle import (
    REPOSITORY,
    Attribute,
    Kind,
    Link,
    Vocabulary,
    local_name,
    read_vocabulary,
)

LINKS_PER_ENTITY = 4.5
LITERALS_PER_ENTITY = 11.0
QUALIFIED_SHARE = 0.2
#: The most popular of n targets draws n ** -0.4 of the links, which makes in-degrees fall with
#: exponent 2.7; out-degrees are Pareto-distributed with the same kind of tail.
POPULARITY = 2.5
TAIL = 1.7
HIGHEST_DEGREE = 200
STRUCTURE_SHARE = 0.4
GRAPH = "https://data.orthogramic.com/graph/generated"
BASE = "https://data.orthogramic.com/id/"
KR = "https://orthogramic.com/repository#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
DESCRIPTION = "http://purl.org/dc/terms/description"
XSD = "http://www.w3.org/2001/XMLSchema#"

_FIRST = (
    "Adaptive Baseline Central Direct Early Federated Guided Hosted Inbound Joint Lean Mobile "
    "National Outbound Pooled Quarterly Regional Shared Tiered Unified Verified Wholesale"
).split()
_SECOND = (
    "Account Billing Claims Delivery Enquiry Freight Grant Handover Intake Inventory Loan Market "
    "Network Order Payment Quality Returns Supply Treasury Underwriting Vendor Workforce Yard"
).split()
_WORDS = (
    "accept after agreed all amount and answer asked at before between by case check client close "
    "complete confirm contact date deliver each file first for from give goods group in into keep "
    "late list matter meet need next of offer on open order over pass place plan point record "
    "reply review rule send sign start step take team term the then to track under until use wait "
    "when with work"
).split()


@dataclass(frozen=True, slots=True)
class Settings:
    """How much an entity says: found by :func:`calibrated`, so that the averages come out right."""

    richness: float
    reach: float


@dataclass(slots=True)
class Tally:
    """What was written so far."""

    entities: int = 0
    links: int = 0
    qualified: int = 0
    literals: int = 0
    statements: int = 0


class Generator:
    """Writes one model.

    :param vocabulary: what entities may say.
    :param entities: how many there shall be, at least one per class.
    :param seed: any integer.
    :param settings: how much an entity says; found by sampling where absent.
    """

    def __init__(
        self, vocabulary: Vocabulary, entities: int, seed: int, settings: Settings | None = None
    ) -> None:
        self.kinds = {kind.iri: kind for kind in vocabulary.entities}
        self.structures = {kind.iri: kind for kind in vocabulary.structures}
        self.counts = _shares(vocabulary.entities, entities)
        starts = accumulate(self.counts.values(), initial=0)
        self.starts = dict(zip(self.counts, starts, strict=False))
        self.prefixes = {kind.iri: _key_prefix(kind) for kind in vocabulary.entities}
        self.random = random.Random(seed)
        self.tally = Tally()
        self.settings = settings or calibrated(vocabulary, seed)
        self._end = f" <{GRAPH}> .\n"
        self._out: list[str] = []

    def blocks(self) -> Iterator[str]:
        """Yield N-Quads, the lines of one entity at a time."""
        for iri, count in self.counts.items():
            for index in range(count):
                self._out = []
                self._entity(self.kinds[iri], index)
                self.tally.entities += 1
                self.tally.statements += len(self._out)
                yield "".join(self._out)

    def _entity(self, kind: Kind, index: int) -> None:
        subject = self._iri(kind, index)
        self._resource(subject, RDF_TYPE, kind.iri)
        self._attributes(subject, kind, index)
        for link in kind.structures:
            self._structures(subject, kind, index, link)
        self._links(subject, kind, index)

    def _attributes(self, subject: str, kind: Kind, index: int) -> None:
        said: dict[str, str] = {}
        for attribute in sorted(kind.attributes, key=lambda each: each.not_after is not None):
            for value in self._values(kind, attribute, index):
                bound = said.get(attribute.not_after or "", value)
                # Numbers without sign and dates of one form come in this order.
                earlier = min(value, bound, key=lambda each: (len(each), each))
                said[attribute.property] = earlier
                self._literal(subject, attribute, earlier)

    def _values(self, kind: Kind, attribute: Attribute, index: int) -> list[str]:
        """Draw the values of one attribute, none of them twice."""
        if attribute.label or attribute.property == kind.key:
            return [self._value(kind, attribute, index, 0)]
        drawn = range(self._number_of_values(attribute))
        return list(dict.fromkeys(self._value(kind, attribute, index, each) for each in drawn))

    def _number_of_values(self, attribute: Attribute) -> int:
        if attribute.required and attribute.most == 1:
            return 1
        chance = self.settings.richness
        if attribute.most == 1:
            return int(self.random.random() < chance)
        wanted = int(self.random.expovariate(0.5 / chance)) if chance else 0
        return min(attribute.most, max(wanted, int(attribute.required)), 8)

    def _value(self, kind: Kind, attribute: Attribute, index: int, number: int) -> str:
        if attribute.label:
            return self._title(kind, index)
        if attribute.property == kind.key:
            return self._key(kind, index) or ""
        if attribute.allowed:
            return self.random.choice(attribute.allowed)
        return _text_of(attribute, self.random, number)

    def _structures(self, subject: str, kind: Kind, index: int, link: Link) -> None:
        if not link.required and self.random.random() >= STRUCTURE_SHARE:
            return
        for number in range(1, self.random.randint(1, min(link.most, 2)) + 1):
            structure = self.structures[self.random.choice(link.targets)]
            if not all(self._reachable(kind, index, each) for each in structure.links):
                continue
            node = f"{subject}/{local_name(link.property)}/{number}"
            self._resource(subject, link.property, node)
            self._resource(node, RDF_TYPE, structure.iri)
            # Two of one owner differ in their titles, where they have any.
            self._attributes(node, structure, 2 * index + number)
            for inner in structure.links:
                if inner.required:
                    self._link(node, kind, index, inner, set())

    def _reachable(self, kind: Kind, index: int, link: Link) -> bool:
        """Tell whether a part of the first of its kind could refer to an earlier one."""
        return not link.required or index > 0 or link.targets != (kind.iri,)

    def _links(self, subject: str, kind: Kind, index: int) -> None:
        taken: set[str] = set()
        used = [0] * len(kind.links)
        optional = []
        for position, link in enumerate(kind.links):
            if link.required:
                used[position] += self._entity_link(subject, kind, index, link, taken)
            if link.most > used[position]:
                optional.append(position)
        if not optional:
            return
        degree = min(self.settings.reach * (self.random.paretovariate(TAIL) - 0.7), HIGHEST_DEGREE)
        for _ in range(int(degree + self.random.random())):
            position = self.random.choice(optional)
            if used[position] < kind.links[position].most:
                used[position] += self._entity_link(
                    subject, kind, index, kind.links[position], taken
                )

    def _entity_link(
        self, subject: str, kind: Kind, index: int, link: Link, taken: set[str]
    ) -> bool:
        """Write a link between entities; only such a link can carry facts of its own."""
        ends = self._link(subject, kind, index, link, taken)
        if ends is None:
            return False
        self.tally.links += 1
        if self.random.random() < QUALIFIED_SHARE:
            self._qualified(ends[0], link.property, ends[1])
        return True

    def _link(
        self, subject: str, kind: Kind, index: int, link: Link, taken: set[str]
    ) -> tuple[str, str] | None:
        """Write one link, unless its target is already linked; self-references point backwards."""
        target_kind = self.kinds[self._target_kind(link)]
        own = target_kind.iri == kind.iri
        count = index if own else self.counts[target_kind.iri]
        if not count:
            return None
        for power in (POPULARITY, 1.0, 1.0, 1.0):
            target = self._iri(target_kind, int(count * self.random.random() ** power))
            if target not in taken:
                break
        else:
            return None
        taken.add(target)
        ends = (subject, target) if link.forward else (target, subject)
        self._resource(ends[0], link.property, ends[1])
        return ends

    def _target_kind(self, link: Link) -> str:
        if len(link.targets) == 1:
            return link.targets[0]
        totals = list(accumulate(self.counts[each] for each in link.targets))
        return link.targets[bisect(totals, self.random.random() * totals[-1])]

    def _qualified(self, source: str, name: str, target: str) -> None:
        keys = [local_name(source), local_name(name), local_name(target)]
        node = f"{BASE}QualifiedRelationship/{'-'.join(keys)}"
        self.tally.qualified += 1
        self._resource(node, RDF_TYPE, f"{KR}QualifiedRelationship")
        self._resource(node, f"{KR}source", source)
        self._resource(node, f"{KR}property", name)
        self._resource(node, f"{KR}target", target)
        self._out.append(
            f'<{node}> <{KR}strength> "{self.random.randint(1, 5)}"^^<{XSD}integer>{self._end}'
        )

    def _iri(self, kind: Kind, index: int) -> str:
        key = self._key(kind, index) or self._title(kind, index).lower().replace(" ", "-")
        return f"{BASE}{local_name(kind.iri)}/{key}"

    def _key(self, kind: Kind, index: int) -> str | None:
        prefix = self.prefixes[kind.iri]
        return None if prefix is None else f"{prefix}{index:07}"

    def _title(self, kind: Kind, index: int) -> str:
        number = self.starts.get(kind.iri, 0) + index
        first = _FIRST[number % len(_FIRST)]
        second = _SECOND[number // len(_FIRST) % len(_SECOND)]
        return f"{first} {second} {number}"

    def _resource(self, subject: str, predicate: str, value: str) -> None:
        self._out.append(f"<{subject}> <{predicate}> <{value}>{self._end}")

    def _literal(self, subject: str, attribute: Attribute, value: str) -> None:
        self.tally.literals += 1
        escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        datatype = "" if attribute.datatype == f"{XSD}string" else f"^^<{attribute.datatype}>"
        self._out.append(f'<{subject}> <{attribute.property}> "{escaped}"{datatype}{self._end}')


def calibrated(vocabulary: Vocabulary, seed: int, sample: int = 2000) -> Settings:
    """Find how much entities must say for the averages to come out right.

    Both averages grow with their own setting alone, so each is found by halving an interval.

    :param vocabulary: what entities may say.
    :param seed: seed of the samples.
    :param sample: entities per sample.
    :returns: settings under which a sample has the wanted averages, within one per cent.
    """

    def sampled(richness: float, reach: float) -> Tally:
        generator = Generator(vocabulary, sample, seed, Settings(richness, reach))
        for _ in generator.blocks():
            pass
        return generator.tally

    def halved(high: float, wanted: float, measure: str, other: float | None) -> float:
        low = 0.0
        for _ in range(10):
            middle = (low + high) / 2
            tally = sampled(middle, 1.0) if other is None else sampled(other, middle)
            if getattr(tally, measure) / tally.entities < wanted:
                low = middle
            else:
                high = middle
        return (low + high) / 2

    richness = halved(6.0, LITERALS_PER_ENTITY, "literals", None)
    return Settings(richness, halved(30.0, LINKS_PER_ENTITY, "links", richness))


def _shares(kinds: tuple[Kind, ...], entities: int) -> dict[str, int]:
    """Split the entities over the classes: the more links lead to a class, the more it has."""
    incoming = {kind.iri: 1.0 for kind in kinds}
    for kind in kinds:
        for link in kind.links:
            for target in set(link.targets) - {kind.iri}:
                incoming[target] += 1.0 / len(link.targets)
    weights = {iri: math.sqrt(number) for iri, number in incoming.items()}
    total = sum(weights.values())
    return {iri: max(1, round(entities * weight / total)) for iri, weight in weights.items()}


def _key_prefix(kind: Kind) -> str | None:
    """Return what stands before the number in the keys of a class; None where the title is key."""
    key = next((each for each in kind.attributes if each.property == kind.key), None)
    if key is None or key.label:
        return None
    initials = "".join(re.findall("[A-Z]", local_name(kind.iri)))
    opening = re.match(r"\^([A-Za-z]+(?:-[A-Za-z]+)*-?)", key.pattern or "")
    for prefix in (*([opening[1]] if opening else []), f"{initials}-", ""):
        if key.pattern is None or re.search(key.pattern, f"{prefix}{1:07}"):
            return prefix
    raise ValueError(f"no key of {kind.iri} found that matches {key.pattern}")


def _text_of(attribute: Attribute, randomness: random.Random, number: int) -> str:
    """Return a literal of the right datatype, within its limits."""
    draw = randomness.randint
    low = int(attribute.least_value) if attribute.least_value is not None else 0
    high = int(attribute.most_value) if attribute.most_value is not None else low + 1000
    texts: dict[str, Callable[[], str]] = {
        "anyURI": lambda: f"https://example.org/{randomness.getrandbits(40):x}",
        "boolean": lambda: randomness.choice(("true", "false")),
        "date": lambda: f"{draw(2010, 2029)}-{draw(1, 12):02}-{draw(1, 28):02}",
        "dateTime": lambda: f"2026-{draw(1, 12):02}-01T{draw(0, 23):02}:00:00Z",
        "decimal": lambda: f"{draw(low, high - 1)}.{draw(1, 9)}",
        "double": lambda: f"{draw(1, 9)}.{draw(1, 9)}E0",
        "integer": lambda: str(draw(low, high)),
    }
    if make := texts.get(local_name(attribute.datatype)):
        return make()
    words = randomness.choices(_WORDS, k=draw(3, 12))
    return f"{' '.join(words).capitalize()}{'.' if number == 0 else ''}"


def main() -> None:
    """Write one model to a file or to standard output."""
    parser = argparse.ArgumentParser(description="Write a seeded, realistic, conforming model.")
    parser.add_argument("--entities", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--bundle", type=Path, default=REPOSITORY)
    parser.add_argument("--output", type=Path, help="N-Quads file; standard output where absent")
    arguments = parser.parse_args()
    generator = Generator(read_vocabulary(arguments.bundle), arguments.entities, arguments.seed)
    if arguments.output is None:
        sys.stdout.writelines(generator.blocks())
    else:
        with arguments.output.open("w", encoding="utf-8") as output:
            output.writelines(generator.blocks())
    tally = generator.tally
    print(
        f"{tally.entities} entities, {tally.links / tally.entities:.2f} links and "
        f"{tally.literals / tally.entities:.2f} literals each, "
        f"{tally.qualified / max(tally.links, 1):.0%} of the links qualified, "
        f"{tally.statements} statements",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
