"""SHACL by pySHACL: the oracle that decides what the shapes of the bundle mean."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import pyshacl
from rdflib import RDF, Graph

from tests.ontology.bundle import ORTHSH, SH, entail, local_name, ontology, shapes

if TYPE_CHECKING:
    from rdflib.term import Node


@dataclass(frozen=True, slots=True)
class Result:
    """One validation result by the local names of shape, severity and component."""

    focus: str
    shape: str
    severity: str
    component: str
    message: str


def validate(data: Graph, by: Graph, background: Graph | None = None) -> list[Result]:
    """Validate a graph.

    :param data: the graph under examination.
    :param by: the shapes.
    :param background: what may be looked up but is not examined, such as the ontology.
    :returns: the results, sorted by focus node and shape.
    """
    # pySHACL writes its own axioms into the graph of shapes: it gets one that nobody else holds.
    own = Graph()
    for triple in by:
        own.add(triple)
    _, report, _ = pyshacl.validate(
        data, shacl_graph=own, ont_graph=background, inference="none", advanced=False
    )
    assert isinstance(report, Graph)
    return sorted(
        (_result(report, each) for each in report.subjects(RDF.type, SH.ValidationResult)),
        key=lambda each: (each.focus, each.shape, each.component),
    )


def validate_data(data: Graph) -> list[Result]:
    """Validate data by the shapes of the bundle, with what follows from the ontology."""
    return validate(entail(data), shapes(), ontology())


@cache
def shapes_of(name: str) -> Graph:
    """Return the shapes about one class, with the prefixes that their SPARQL needs.

    Laws try one field with many values: to apply the shapes of every class each time takes long.
    """
    found = Graph()
    waiting: list[Node] = [ORTHSH[name]]
    while waiting:
        for triple in shapes().triples((waiting.pop(), None, None)):
            if triple not in found:
                found.add(triple)
                waiting.append(triple[2])
    return found


def _result(report: Graph, result: Node) -> Result:
    def read(predicate: Node) -> str:
        return local_name(report.value(result, predicate))

    return Result(
        focus=read(SH.focusNode).rsplit("/id/", 1)[-1],
        shape=read(SH.sourceShape),
        severity=read(SH.resultSeverity),
        component=read(SH.sourceConstraintComponent).removesuffix("ConstraintComponent"),
        message=str(report.value(result, SH.resultMessage) or ""),
    )
