"""What pySHACL, with entailment that is not the engine's, finds in shipped data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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


@dataclass(frozen=True, slots=True, order=True)
class Result:
    """One result of a report, its terms spelled short.

    :param path: empty where the path is none or no single property.
    :param value: empty where there is none.
    """

    focus: str
    path: str
    component: str
    severity: str
    shape: str
    value: str


def local(term: object) -> str:
    """Spell a term short."""
    text = str(term).removeprefix("<").removesuffix(">")
    return text.removeprefix(ENTITIES).removeprefix(METAMODEL).removeprefix(SYSTEM)


def findings(data: Sequence[str]) -> Findings:
    """Validate datasets together with one another and nothing else.

    :param data: names of datasets (``bank``) or of single graphs (``bank/enterprise``).
    """
    return _findings(tuple(sorted(set(data))))


def report_on(asserted: Iterable[Triple]) -> tuple[rdflib.Graph, str]:
    """Validate statements with all that follows from them; return the report, also as text."""
    known = set(asserted)
    _, report, text = validate(
        rdflib_graph(known | entail(bundle_triples("ontology"), known)),
        shacl_graph=rdflib_graph(bundle_triples("shapes")),
    )
    assert isinstance(report, rdflib.Graph)
    return report, text


def results(report: rdflib.Graph) -> Iterator[tuple[rdflib.term.Node, Result]]:
    """Yield each result of a report with its node."""
    for node in report.subjects(rdflib.RDF.type, SH.ValidationResult):
        path = report.value(node, SH.resultPath)
        value = report.value(node, SH.value)
        yield (
            node,
            Result(
                focus=local(report.value(node, SH.focusNode)),
                path=local(path) if isinstance(path, rdflib.URIRef) else "",
                component=str(report.value(node, SH.sourceConstraintComponent)),
                severity=str(report.value(node, SH.resultSeverity)),
                shape=str(report.value(node, SH.sourceShape)),
                value="" if value is None else value.n3(),
            ),
        )


def rdflib_graph(content: Iterable[Triple]) -> rdflib.Graph:
    """Return the same triples as a graph of rdflib."""
    text = serialize(content, format=RdfFormat.N_TRIPLES)
    assert text is not None
    return rdflib.Graph().parse(data=text, format="nt")


@cache
def _findings(data: tuple[str, ...]) -> Findings:
    report, text = report_on(each for path in files(data).values() for each in triples(path))
    found = {severity: _places(report, severity) for severity in (SH.Violation, SH.Warning)}
    return Findings(found[SH.Violation], found[SH.Warning], text)


def _places(report: rdflib.Graph, severity: rdflib.URIRef) -> set[tuple[str, str]]:
    return {
        (each.focus, each.path) for _, each in results(report) if each.severity == str(severity)
    }
