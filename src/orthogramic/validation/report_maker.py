"""From findings to a report in plain words: what is needed of shapes and data for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Protocol, TypeAlias

from pyoxigraph import NamedNode

from orthogramic.validation.background import Background
from orthogramic.validation.compiled import CompiledShapes, DataGraph
from orthogramic.validation.findings import Finding
from orthogramic.validation.graph_index import GraphIndex, Node
from orthogramic.validation.labels import Labels, LabelSource, labels_in
from orthogramic.validation.report import ValidationReport
from orthogramic.validation.results import Context, Locate, Wording
from orthogramic.validation.surroundings import Surroundings
from orthogramic.vocabulary import RDFS, SH

#: Names by IRI, or a function that finds them.
Naming: TypeAlias = LabelSource | Mapping[NamedNode, str]


class ReportedGraph(DataGraph, Protocol):
    """The data as a report needs it."""

    def values(self, node: Node, predicate: Node, *, inverse: bool = False) -> list[Node]:
        """Return the objects (or subjects) of one node."""


class ReportMaker:
    """Makes reports under some shapes; what it takes from the shapes is taken once.

    :param shapes: the shapes, with the ontology beside them.
    """

    def __init__(self, shapes: CompiledShapes) -> None:
        self._shapes = shapes

    @cached_property
    def index(self) -> GraphIndex:
        """The shapes graph by subject and predicate."""
        return GraphIndex(self._shapes.triples)

    @cached_property
    def _background(self) -> Background:
        """What ontology and shapes say of kinds of things."""
        return Background(self._shapes.triples, self._shapes.ontology)

    @cached_property
    def _known(self) -> tuple[Mapping[NamedNode, str], Mapping[NamedNode, str]]:
        """The labels in ontology and shapes."""
        return (
            labels_in(self._shapes.ontology),
            labels_in(self._shapes.triples, (RDFS.label, SH.name)),
        )

    @cached_property
    def _naming(self) -> tuple[NamedNode, ...]:
        """The properties whose values in the data are labels."""
        under = (
            each.subject
            for each in self._shapes.ontology
            if each.predicate == RDFS.subPropertyOf and each.object == RDFS.label
        )
        return (RDFS.label, *(each for each in under if isinstance(each, NamedNode)))

    def context(
        self, graph: ReportedGraph, *, labels: Naming | None = None, locate: Locate | None = None
    ) -> Context:
        """Return what is needed to put findings in words; parameters as in :meth:`report`."""
        ontology, shapes = self._known
        sources: list[Naming] = [ontology, _DataLabels(graph, self._naming), shapes]
        return Context(
            shapes=self.index,
            labels=Labels(*([labels] if labels is not None else []), *sources),
            locate=locate,
            surroundings=Surroundings(graph, self._background),
        )

    def report(
        self,
        findings: Iterable[Finding],
        graph: ReportedGraph,
        *,
        labels: Naming | None = None,
        locate: Locate | None = None,
    ) -> ValidationReport:
        """Put findings in words.

        :param findings: what was found, in any order.
        :param graph: the data in which it was found.
        :param labels: label by IRI, asked before the labels in ontology, data and shapes.
        :param locate: tells where a statement stands.
        :returns: the report, its results in a fixed order.
        """
        wording = Wording(self.context(graph, labels=labels, locate=locate))
        pairs = ((wording.result(each), each) for each in findings)
        ordered = sorted(pairs, key=lambda pair: pair[0].sort_key())
        return ValidationReport(
            tuple(result for result, _ in ordered),
            findings=tuple(finding for _, finding in ordered),
        )


class _DataLabels:
    """The labels in the data, looked up when they are asked for."""

    def __init__(self, graph: ReportedGraph, naming: tuple[NamedNode, ...]) -> None:
        self._graph = graph
        self._naming = naming
        self._found: dict[NamedNode, str | None] = {}

    def __call__(self, iri: NamedNode) -> str | None:
        """Return the first label of an IRI in the order of their texts, or ``None``."""
        if iri not in self._found:
            values = (v for each in self._naming for v in self._graph.values(iri, each))
            self._found[iri] = min((each.value for each in values), default=None)
        return self._found[iri]
