"""Small random worlds that can fail, and what must become of them, by exhaustive evaluation.

Nothing of the oracle uses the code under test: it reads the relationships anew and tries every
entity again and again until nothing changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from hypothesis import strategies as st
from pyoxigraph import NamedNode

from orthogramic.graph import EntityGraph, EntityRecord, Relationship, project
from orthogramic.metamodel import Flow, ImpactProfile, ImpactRule, Modality
from tests.properties.analysis.harbours import (
    CLASSES,
    INVERSES,
    PRIMARIES,
    TERMS,
    entity,
    metamodel,
    profile,
    term,
)
from tests.properties.analysis.strategies import NAMES, relationships

Support = str | int
#: Flow, modality and support of a relationship; ``floods`` without one takes that of ``feeds``.
Rule = tuple[Flow, Modality, Support]
#: (dependent, relationship whose rule it is)
Group = tuple[str, str]


@dataclass(frozen=True)
class World:
    """Entities, relationships, and the rules by relationship."""

    records: tuple[EntityRecord, ...]
    relationships: tuple[Relationship, ...]
    rules: Mapping[str, Rule]

    def graph(self) -> EntityGraph:
        return project(self.records, self.relationships, metamodel(), self.profile())

    def profile(self) -> ImpactProfile:
        told = {
            name: replace(profile({name: (flow, 0.5, modality)}).rules[0], support=support)
            for name, (flow, modality, support) in self.rules.items()
        }
        effective: dict[NamedNode, ImpactRule] = {
            term(name): told[self.rule_of(name)] for name in PRIMARIES if self.rule_of(name) in told
        }
        return replace(profile({}), rules=tuple(told.values()), effective=effective)

    def rule_of(self, name: str) -> str:
        """Return the relationship whose rule counts for one of a name."""
        return "feeds" if name == "floods" and name not in self.rules else name


@st.composite
def worlds(draw: st.DrawFn, names: str = NAMES, most_links: int = 14) -> World:
    flows = st.sampled_from([Flow.SUBJECT_TO_OBJECT, Flow.OBJECT_TO_SUBJECT, Flow.BOTH, Flow.NONE])
    # Certain ones come first, and twice: possible steps never lose anything.
    modalities = st.sampled_from([Modality.CERTAIN, Modality.CERTAIN, Modality.POSSIBLE])
    supports: st.SearchStrategy[Support] = st.sampled_from(["any", "all", 2, 3])
    rule = st.tuples(flows, modalities, supports)
    records = tuple(
        EntityRecord(entity(each), each.upper(), (term(draw(st.sampled_from(CLASSES))),))
        for each in names
    )
    links = draw(st.lists(relationships(names), max_size=most_links))
    rules = draw(
        st.fixed_dictionaries(
            {"feeds": rule}, optional={each: rule for each in PRIMARIES if each != "feeds"}
        )
    )
    return World(records, tuple(links), rules)


def steps_of(world: World) -> set[tuple[str, str, str]]:
    """Return who rests on whom under which rule, as (support, dependent, relationship)."""
    found = set()
    for each in world.relationships:
        name = each.property.value.removeprefix(TERMS)
        subject, target = each.subject.value, each.object.value
        if name in INVERSES:
            name, subject, target = INVERSES[name], target, subject
        rule = world.rule_of(name)
        flow = world.rules[rule][0] if rule in world.rules else Flow.NONE
        if flow in (Flow.SUBJECT_TO_OBJECT, Flow.BOTH):
            found.add((subject, target, rule))
        if flow in (Flow.OBJECT_TO_SUBJECT, Flow.BOTH):
            found.add((target, subject, rule))
    return found


def groups_of(world: World) -> dict[Group, set[str]]:
    groups: dict[Group, set[str]] = {}
    for support, dependent, rule in steps_of(world):
        groups.setdefault((dependent, rule), set()).add(support)
    return groups


def enough(support: Support, size: int) -> int:
    return {"any": 1, "all": size}.get(str(support)) or min(int(support), size)


@dataclass(frozen=True)
class Outcome:
    """What becomes of a world: sets of IRIs. ``possible`` are some of the degraded."""

    lost: frozenset[str]
    degraded: frozenset[str]
    possible: frozenset[str]
    floating: frozenset[str]


def outcome(world: World, removed: Iterable[str], worn: Iterable[str] = ()) -> Outcome:
    everybody = {each.iri.value for each in world.records}
    asked = {
        name: (modality is Modality.CERTAIN, support)
        for name, (_, modality, support) in world.rules.items()
    }
    return exhaustive(groups_of(world), asked, everybody, removed, worn)


def exhaustive(
    groups: Mapping[Group, set[str]],
    asked: Mapping[str, tuple[bool, Support]],
    everybody: set[str],
    removed: Iterable[str],
    worn: Iterable[str] = (),
) -> Outcome:
    """Try everything until nothing changes.

    :param groups: the supports of each dependent by rule.
    :param asked: of each rule, whether it is certain and what support it asks for.
    """
    gone, first = frozenset(removed), frozenset(worn) - frozenset(removed)
    certain = {key: members for key, members in groups.items() if asked[key[1]][0]}
    needed = {key: enough(asked[key[1]][1], len(members)) for key, members in certain.items()}
    lost = set(gone)
    while (
        more := {key[0] for key, members in certain.items() if len(members - lost) < needed[key]}
        - lost
    ):
        lost |= more
    touched = _closure(groups, gone | first) - gone
    surely = _closure(certain, gone | first) - gone
    lost -= gone
    degraded = touched - lost - first
    return Outcome(
        frozenset(lost),
        frozenset(degraded),
        frozenset(degraded - surely),
        frozenset(_floating(certain, needed, everybody, gone, lost) - first),
    )


def _closure(groups: Mapping[Group, set[str]], start: frozenset[str]) -> set[str]:
    found = set(start)
    while more := {each for (each, _), members in groups.items() if members & found} - found:
        found |= more
    return found


def _floating(
    certain: Mapping[Group, set[str]],
    needed: Mapping[Group, int],
    everybody: set[str],
    gone: frozenset[str],
    lost: set[str],
) -> set[str]:
    """Return who stands only in a circle, of those who are so because something was lost."""
    founded = everybody - _closure(certain, gone)
    own: dict[str, list[Group]] = {}
    for key in certain:
        own.setdefault(key[0], []).append(key)
    while more := {
        each
        for each in everybody - lost - gone - founded
        if all(len(certain[key] & founded) >= needed[key] for key in own.get(each, ()))
    }:
        founded |= more
    short = {
        key: members
        for key, members in certain.items()
        if key[0] not in founded | lost | gone and len(members & founded) < needed[key]
    }
    found = {dependent for (dependent, _), members in short.items() if members & (lost | gone)}
    while more := {each for (each, _), members in short.items() if members & found} - found:
        found |= more
    return found
