"""Dependencies under the default profile, worked out from the files with exact fractions.

The plainest reading of the semantics, with no eye to speed: it walks every step from every element
reached so far, layer by layer. It shares nothing with the engine but the files.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from pyoxigraph import NamedNode, Triple

from tests.data.datasets import SYSTEM, bundle_triples, files, triples
from tests.queries.reference_store import WORKED_EXAMPLE

_SUB_PROPERTY = NamedNode("http://www.w3.org/2000/01/rdf-schema#subPropertyOf")
_INVERSE = NamedNode("http://www.w3.org/2002/07/owl#inverseOf")
_OPPOSITE = {
    "ObjectToSubject": "SubjectToObject",
    "SubjectToObject": "ObjectToSubject",
    "Both": "Both",
    "None": "None",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """How a change passes along one property."""

    flow: str
    weight: Fraction
    certain: bool


@dataclass(frozen=True, slots=True)
class Dependence:
    """That one element needs another, and how much."""

    dependent: NamedNode
    support: NamedNode
    weight: Fraction
    certain: bool


@dataclass(frozen=True, slots=True)
class Reached:
    """What is known about one element reached."""

    score: Fraction
    hops: int


def _system(name: str) -> NamedNode:
    return NamedNode(SYSTEM + name)


def _facts(among: Iterable[Triple], predicate: str) -> dict[NamedNode, str]:
    """Return the value of a system property by subject."""
    return {
        each.subject: str(getattr(each.object, "value", ""))
        for each in among
        if each.predicate == _system(predicate) and isinstance(each.subject, NamedNode)
    }


@cache
def rules() -> dict[NamedNode, Rule]:
    """Return the rule of each property, inherited by sub-properties and turned for inverses."""
    ontology = bundle_triples("ontology")
    flows, weights, modalities = (_facts(ontology, name) for name in ("flow", "weight", "modality"))
    found = {
        NamedNode(iri): Rule(
            flows[rule].removeprefix(SYSTEM),
            Fraction(weights[rule]),
            modalities[rule] == f"{SYSTEM}Certain",
        )
        for rule, iri in _facts(ontology, "onProperty").items()
    }
    for each in ontology:
        if each.predicate == _SUB_PROPERTY and each.object in found:
            assert isinstance(each.subject, NamedNode)
            assert isinstance(each.object, NamedNode)
            found.setdefault(each.subject, found[each.object])
    for each in ontology:
        if each.predicate == _INVERSE and each.object in found:
            assert isinstance(each.subject, NamedNode)
            assert isinstance(each.object, NamedNode)
            rule = found[each.object]
            found.setdefault(each.subject, replace(rule, flow=_OPPOSITE[rule.flow]))
    return found


@cache
def dependences(data: Sequence[str] = WORKED_EXAMPLE) -> tuple[Dependence, ...]:
    """Return every step from something to what it needs, one per statement and direction."""
    return tuple(step for path in files(data).values() for step in _dependences(triples(path)))


def _dependences(statements: Sequence[Triple]) -> Iterable[Dependence]:
    known = rules()
    sources, properties, targets, strengths = (
        _facts(statements, role) for role in ("source", "property", "target", "strength")
    )
    qualified = {
        (sources[node], properties[node], targets[node]): Fraction(strengths.get(node, "3")) / 5
        for node in sources
    }
    for each in statements:
        rule = known.get(each.predicate)
        if rule is None:
            continue
        assert isinstance(each.subject, NamedNode)
        assert isinstance(each.object, NamedNode)
        ends = (each.subject.value, each.predicate.value, each.object.value)
        weight = rule.weight * qualified.get(ends, Fraction(1))
        if rule.flow in {"ObjectToSubject", "Both"}:
            yield Dependence(each.subject, each.object, weight, rule.certain)
        if rule.flow in {"SubjectToObject", "Both"}:
            yield Dependence(each.object, each.subject, weight, rule.certain)


def needed_by(
    source: NamedNode,
    max_hops: int,
    *,
    only_certain: bool = False,
    data: Sequence[str] = WORKED_EXAMPLE,
) -> dict[NamedNode, Reached]:
    """Return all that an element needs over at most so many steps, with the best product."""
    steps = [each for each in dependences(tuple(data)) if each.certain or not only_certain]
    found: dict[NamedNode, Reached] = {}
    layer = {source: Fraction(1)}
    for hops in range(1, max_hops + 1):
        following: dict[NamedNode, Fraction] = {}
        for each in steps:
            if each.dependent in layer and each.support != source:
                score = layer[each.dependent] * each.weight
                following[each.support] = max(score, following.get(each.support, Fraction(0)))
        for reached, score in following.items():
            before = found.get(reached, Reached(Fraction(0), hops))
            found[reached] = Reached(max(score, before.score), before.hops)
        layer = following
    return found
