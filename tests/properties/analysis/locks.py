"""A small world with domains, ranges and counts, and why-not worked out in it the slow way.

Nothing here uses the code under test except the records that both are given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import combinations

from pyoxigraph import NamedNode

from orthogramic.graph import EntityGraph, EntityRecord, Relationship, project
from orthogramic.metamodel import (
    Document,
    Flow,
    ImpactProfile,
    ImpactRule,
    Metamodel,
    read_metamodel,
)
from tests.properties.analysis.harbours import Rule

TERMS = "https://example.org/locks#"
DATA = "https://example.org/id/"
NEW = f"{DATA}new/"

ONTOLOGY = """
@prefix : <https://example.org/locks#> .
@prefix kr: <https://orthogramic.com/repository#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

kr:Entity a owl:Class ; rdfs:label "entity" .
:name a owl:DatatypeProperty ; rdfs:label "name" ; rdfs:subPropertyOf rdfs:label .

:Pond a owl:Class ; rdfs:subClassOf kr:Entity ; rdfs:label "pond" ; kr:businessKey :name .
:Lock a owl:Class ; rdfs:subClassOf kr:Entity ; rdfs:label "lock" ; kr:businessKey :name .
:Barge a owl:Class ; rdfs:subClassOf kr:Entity ; rdfs:label "barge" ; kr:businessKey :name .

:drains a owl:ObjectProperty ; rdfs:label "drains" ; rdfs:domain :Pond ; rdfs:range :Lock .
:isDrainedBy a owl:ObjectProperty ; rdfs:label "is drained by" ; owl:inverseOf :drains .
:lifts a owl:ObjectProperty ; rdfs:label "lifts" ; rdfs:domain :Lock ; rdfs:range :Barge .
:isLiftedBy a owl:ObjectProperty ; rdfs:label "is lifted by" ; owl:inverseOf :lifts .
:joins a owl:ObjectProperty , owl:SymmetricProperty ; rdfs:label "joins" ;
    rdfs:domain :Pond ; rdfs:range :Pond .
:tows a owl:ObjectProperty ; rdfs:label "tows" ; rdfs:domain :Barge ; rdfs:range kr:Entity .
"""

SHAPES = """
@prefix : <https://example.org/locks#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .

:PondShape a sh:NodeShape ; sh:targetClass :Pond ; sh:property :Pond-drains , :Pond-joins .
:Pond-drains sh:path :drains ; sh:minCount 1 ; sh:severity sh:Warning .
:Pond-joins sh:path :joins ; sh:minCount 2 ; sh:severity sh:Warning .
:LockShape a sh:NodeShape ; sh:targetClass :Lock ; sh:property :Lock-lifts .
:Lock-lifts sh:path :lifts ; sh:minCount 1 ; sh:maxCount 2 .
:BargeShape a sh:NodeShape ; sh:targetClass :Barge ;
    sh:property :Barge-lift , :Barge-tows , :Barge-name .
:Barge-lift sh:path [ sh:inversePath :lifts ] ; sh:minCount 1 ; sh:maxCount 1 .
:Barge-tows sh:path :tows ; sh:minCount 1 ; sh:severity sh:Warning .
:Barge-name sh:path :name ; sh:minCount 1 .
"""

CLASSES = ("Barge", "Lock", "Pond")
PROPERTIES = ("drains", "joins", "lifts", "tows")
#: Domain and range; ``None`` is everything.
ENDS: Mapping[str, tuple[str, str | None]] = {
    "drains": ("Pond", "Lock"),
    "joins": ("Pond", "Pond"),
    "lifts": ("Lock", "Barge"),
    "tows": ("Barge", None),
}
#: Class, property, whether the holder may be the object, whether the subject; least and most.
EXPECTED = (
    ("Pond", "drains", False, True, 1, None),
    ("Pond", "joins", True, True, 2, None),
    ("Lock", "lifts", False, True, 1, 2),
    ("Barge", "lifts", True, False, 1, 1),
    ("Barge", "tows", False, True, 1, None),
)

#: Subject, property and object by their names.
Link = tuple[str, str, str]


@dataclass(frozen=True)
class Locks:
    """Entities with their classes, links between them, and rules."""

    classes: tuple[tuple[str, str], ...]
    links: tuple[Link, ...]
    rules: Mapping[str, Rule]

    def graph(self, more: Iterable[Link] = (), new: Iterable[tuple[str, str]] = ()) -> EntityGraph:
        """Return the graph, perhaps with more in it."""
        records = [
            EntityRecord(entity(name), name, (term(kind),)) for name, kind in (*self.classes, *new)
        ]
        told = [
            Relationship(entity(s), term(p), entity(o), NamedNode(f"{DATA}g"))
            for s, p, o in (*self.links, *more)
        ]
        return project(records, told, metamodel(), profile(self.rules))


def term(name: str) -> NamedNode:
    return NamedNode(TERMS + name)


def entity(name: str) -> NamedNode:
    return NamedNode(DATA + name)


def new_iri(class_name: str, key: str) -> str:
    return f"{DATA}{key}/{class_name}"


@cache
def metamodel() -> Metamodel:
    return read_metamodel([Document("ontology.ttl", ONTOLOGY)], [Document("shapes.ttl", SHAPES)])


def profile(rules: Mapping[str, Rule]) -> ImpactProfile:
    effective = {
        term(name): ImpactRule(term(f"rule-{name}"), term(name), flow, weight, modality, "any", "")
        for name, (flow, weight, modality) in rules.items()
    }
    return ImpactProfile(
        NamedNode("https://example.org/profile/locks"),
        "locks",
        "locks",
        "",
        3,
        True,
        tuple(effective.values()),
        effective,
    )


@dataclass(frozen=True)
class Asked:
    """A question to a world of locks."""

    world: Locks
    source: str
    target: str
    direction: str
    max_hops: int | None
    min_score: float
    via: tuple[str, ...]

    # -- the slow way ------------------------------------------------------------------------------

    def score(self, more: Iterable[Link] = ()) -> Fraction:
        """Return the best score of the target, 0 if it is not reached or scores too little."""
        steps = list(self._steps((*self.world.links, *more)))
        best = {self.source: Fraction(1)}
        rounds = self.max_hops if self.max_hops is not None else len(steps) + 1
        for _ in range(rounds):
            offered = dict(best)
            for tail, head, weight in steps:
                if tail in best:
                    offered[head] = max(offered.get(head, Fraction(0)), best[tail] * weight)
            best = offered
        found = best.get(self.target, Fraction(0))
        return found if found >= Fraction(str(self.min_score)) else Fraction(0)

    def _steps(self, links: Iterable[Link]) -> Iterator[tuple[str, str, Fraction]]:
        forward = Flow.SUBJECT_TO_OBJECT if self.direction == "impact" else Flow.OBJECT_TO_SUBJECT
        for subject, name, target in links:
            if name not in self.world.rules or (self.via and name not in self.via):
                continue
            flow, weight, _ = self.world.rules[name]
            if flow in (forward, Flow.BOTH):
                yield subject, target, Fraction(str(weight))
            if flow in (forward.flipped(), Flow.BOTH):
                yield target, subject, Fraction(str(weight))

    def absent(self) -> dict[Link, set[str]]:
        """Return every link that a shape expects and that is absent, with those who lack it."""
        known = dict(self.world.classes)
        everybody = {**known, **{f"new/{each}": each for each in CLASSES}}
        found: dict[Link, set[str]] = {}
        for kind, name, as_object, as_subject, least, _ in EXPECTED:
            for holder in (each for each in everybody if everybody[each] == kind):
                linked = self._linked(holder, name, as_object, as_subject)
                if len(linked) >= least:
                    continue
                for other in everybody.keys() - linked - {holder}:
                    ends = [(other, name, holder)] if as_object else []
                    ends += [(holder, name, other)] if as_subject else []
                    for link in ends:
                        if self._may_be(link, everybody):
                            found.setdefault(link, set()).add(holder)
        return found

    def _linked(self, holder: str, name: str, as_object: bool, as_subject: bool) -> set[str]:
        return {
            *(s for s, p, o in self.world.links if as_object and p == name and o == holder),
            *(o for s, p, o in self.world.links if as_subject and p == name and s == holder),
        }

    def _may_be(self, link: Link, kinds: Mapping[str, str]) -> bool:
        subject, name, target = link
        domain, reach = ENDS[name]
        if kinds[subject] != domain or reach not in (None, kinds[target]):
            return False
        return not any(
            (wanted, kind, as_this) == (name, kinds[holder], True)
            and most is not None
            and len(self._linked(holder, name, as_object, as_subject)) >= most
            for kind, wanted, as_object, as_subject, _, most in EXPECTED
            for holder, as_this in ((subject, as_subject), (target, as_object))
        )

    def connecting(self, size: int) -> list[tuple[frozenset[Link], Fraction]]:
        """Return the minimal sets of so many absent, expected links that connect, with scores."""
        absent = self.absent()
        found = []
        for links in combinations(sorted(absent), size):
            score = self.score(links)
            if score and _are_wanted(links, absent):
                parts = (each for less in range(size) for each in combinations(links, less))
                if not any(self.score(part) for part in parts):
                    found.append((frozenset(links), score))
        return found


def _are_wanted(links: tuple[Link, ...], absent: Mapping[Link, set[str]]) -> bool:
    """Tell whether somebody else expects every new entity that some links need."""
    new = {end for link in links for end in link[::2] if end.startswith("new/")}
    return all(any(each in link[::2] and absent[link] - {each} for link in links) for each in new)


def needs_new(links: Iterable[Link]) -> bool:
    return any(end.startswith("new/") for link in links for end in link[::2])
