"""Support groups of the shipped data under the default profile, read from the files alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from pyoxigraph import Literal, NamedNode

from tests.data.datasets import SYSTEM, bundle_triples, files, triples
from tests.properties.analysis.failing import Group, Support

_SUB_PROPERTY = NamedNode("http://www.w3.org/2000/01/rdf-schema#subPropertyOf")
_INVERSE = NamedNode("http://www.w3.org/2002/07/owl#inverseOf")

Rule = tuple[str, str]


@cache
def asked() -> dict[str, tuple[bool, Support]]:
    """Return of each rule whether it is certain and what support it asks for."""
    modality, support = _values("modality"), _values("support")
    return {
        rule: (modality[rule] == f"{SYSTEM}Certain", _support(support[rule])) for rule in modality
    }


def _support(value: str) -> Support:
    return int(value) if value.isdecimal() else value.removeprefix(SYSTEM).lower()


def _values(name: str) -> dict[str, str]:
    return {
        each.subject.value: each.object.value
        for each in bundle_triples("ontology")
        if each.predicate.value == SYSTEM + name
        and isinstance(each.subject, NamedNode)
        and isinstance(each.object, NamedNode | Literal)
    }


@cache
def _rules() -> dict[str, Rule]:
    """Return the rule of each property and the end that rests on the other."""
    flow = _values("flow")
    found = {
        iri: (rule, flow[rule].removeprefix(SYSTEM)) for rule, iri in _values("onProperty").items()
    }
    ontology = bundle_triples("ontology")
    for predicate, turned in ((_SUB_PROPERTY, False), (_INVERSE, True)):
        for each in ontology:
            if each.predicate == predicate and isinstance(each.object, NamedNode):
                assert isinstance(each.subject, NamedNode)
                known = found.get(each.object.value)
                if known:
                    found.setdefault(each.subject.value, _turned(known) if turned else known)
    return found


def _turned(rule: Rule) -> Rule:
    opposite = {"ObjectToSubject": "SubjectToObject", "SubjectToObject": "ObjectToSubject"}
    return rule[0], opposite.get(rule[1], rule[1])


@cache
def supports(data: Sequence[str]) -> dict[Group, set[str]]:
    """Return the supports of each dependent by rule."""
    found: dict[Group, set[str]] = {}
    for path in files(data).values():
        for each in triples(path):
            rule, flow = _rules().get(each.predicate.value, ("", "None"))
            if flow == "None" or not isinstance(each.object, NamedNode):
                continue
            assert isinstance(each.subject, NamedNode)
            subject, target = each.subject.value, each.object.value
            if flow in {"ObjectToSubject", "Both"}:
                found.setdefault((subject, rule), set()).add(target)
            if flow in {"SubjectToObject", "Both"}:
                found.setdefault((target, rule), set()).add(subject)
    return found
