"""What pySHACL, with entailment that is not the engine's, finds in shipped data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import rdflib
from pyoxigraph import RdfFormat, Triple, serialize
from pyshacl import validate
from rdflib.namespace import SH

from tests.data.datasets import (
    ENTITIES,
    METAMODEL,
    SYSTEM,
    bundle_triples,
    entail,
    files,
    triples,
)


@dataclass(frozen=True, slots=True)
class Findings:
    """Focus node and path of each result: the key of an entity, the local name of a property."""

    violated: set[tuple[str, str]]
    warned: set[tuple[str, str]]
    text: str


def local(term: object) -> str:
    """Spell a term short."""
    text = str(term).removeprefix("<").removesuffix(">")
    return text.removeprefix(ENTITIES).removeprefix(METAMODEL).removeprefix(SYSTEM)


def findings(data: Sequence[str]) -> Findings:
    """Validate datasets together with one another and nothing else.

    :param data: names of datasets (``bank``) or of single graphs (``bank/enterprise``).
    """
    return _findings(tuple(data))


@cache
def _findings(data: tuple[str, ...]) -> Findings:
    asserted = {each for path in files(data).values() for each in triples(path)}
    _, report, text = validate(
        _rdflib_graph(asserted | entail(bundle_triples("ontology"), asserted)),
        shacl_graph=_rdflib_graph(bundle_triples("shapes")),
    )
    assert isinstance(report, rdflib.Graph)
    return Findings(_results(report, SH.Violation), _results(report, SH.Warning), text)


def _results(report: rdflib.Graph, severity: rdflib.URIRef) -> set[tuple[str, str]]:
    return {
        (local(focus), local(report.value(node, SH.resultPath)))
        for node in report.subjects(SH.resultSeverity, severity)
        for focus in report.objects(node, SH.focusNode)
    }


def _rdflib_graph(content: Iterable[Triple]) -> rdflib.Graph:
    text = serialize(content, format=RdfFormat.N_TRIPLES)
    assert text is not None
    return rdflib.Graph().parse(data=text, format="nt")
