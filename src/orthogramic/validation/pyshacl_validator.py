"""Whole-graph validation with pySHACL over a plain in-memory rdflib graph.

Never over a store adapter: there xsd:string literals compare wrongly and counting is slow.  No
inference, no SHACL Advanced Features, no JavaScript, no import of anything: the data that comes in
is all there is, except that the subclass statements of the ontology are laid beside it, so that
``sh:class`` and ``sh:targetClass`` see subclasses in data that was not entailed.

How pySHACL is run is the business of :mod:`orthogramic.validation.pyshacl_run`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Triple

from orthogramic.validation.graph_index import GraphIndex, Node
from orthogramic.validation.labels import Labels, LabelSource, labels_in
from orthogramic.validation.paths import Path, PathKind
from orthogramic.validation.progress import Progress
from orthogramic.validation.pyshacl_run import run_pyshacl
from orthogramic.validation.rdflib_terms import RdflibConverter, triples_of
from orthogramic.validation.report import ValidationReport
from orthogramic.validation.results import Context, Locate, read_results
from orthogramic.validation.safety import refuse_unsafe_shapes
from orthogramic.vocabulary import RDFS, SH

if TYPE_CHECKING:
    import rdflib


def validate(
    data: Iterable[Triple],
    shapes: Iterable[Triple],
    ontology: Iterable[Triple] = (),
    *,
    labels: LabelSource | Mapping[NamedNode, str] | None = None,
    locate: Locate | None = None,
    progress: Progress | None = None,
) -> ValidationReport:
    """Validate a whole graph.

    :param data: the data, with what follows from it already stated.
    :param shapes: the shapes graph.
    :param ontology: classes and properties: for their labels and their subclass statements.
    :param labels: label by IRI, asked before the labels in ontology, shapes and data.
    :param locate: tells the source and line of a statement: ``locate(focus, path, value)``.
    :param progress: is told each stage, and in validation each shape.
    :returns: every result of every severity, in a fixed order, with pySHACL's report graph.
    :raises InvalidShapesError: if the shapes are not well formed or cannot be evaluated.
    :raises QueryRefusedError: if a SPARQL constraint reaches beyond the data (SERVICE, FROM).
    """
    shapes, ontology = list(shapes), list(ontology)
    refuse_unsafe_shapes(shapes)
    if progress:
        progress.stage("Reading the data", None)
    converter = RdflibConverter()
    data_graph = converter.data_graph(_counted(data, progress))
    converter.add(data_graph, (each for each in ontology if each.predicate == RDFS.subClassOf))
    report_graph = run_pyshacl(data_graph, converter.shapes_graph(shapes), progress)
    index = GraphIndex(shapes)
    context = Context(
        shapes=index,
        labels=_labels(labels, ontology, shapes, converter, data_graph),
        locate=locate,
        count=lambda focus, path: _count(converter, data_graph, focus, path),
    )
    return _report(tuple(triples_of(report_graph)), context)


def _counted(triples: Iterable[Triple], progress: Progress | None) -> Iterator[Triple]:
    """Pass triples on, telling the progress of each ten thousand."""
    pending = 0
    for triple in triples:
        yield triple
        pending += 1
        if progress and pending == 10_000:  # noqa: PLR2004 - seldom enough to cost nothing
            progress.advance(pending)
            pending = 0
    if progress and pending:
        progress.advance(pending)


def _labels(
    given: LabelSource | Mapping[NamedNode, str] | None,
    ontology: list[Triple],
    shapes: list[Triple],
    converter: RdflibConverter,
    data: rdflib.Graph,
) -> Labels:
    """Look for labels with the caller, then in ontology, data (when one is needed) and shapes."""
    naming = [RDFS.label]
    naming += [
        each.subject
        for each in ontology
        if each.predicate == RDFS.subPropertyOf
        and each.object == RDFS.label
        and isinstance(each.subject, NamedNode)
    ]
    predicates = [converter.term(each) for each in naming]

    def in_data(iri: NamedNode) -> str | None:
        subject = converter.term(iri)
        found = (str(label) for each in predicates for label in data.objects(subject, each))
        return min(found, default=None)

    sources: list[LabelSource | Mapping[NamedNode, str]] = [
        labels_in(ontology),
        in_data,
        labels_in(shapes, (RDFS.label, SH.name)),
    ]
    return Labels(*([given] if given is not None else []), *sources)


def _count(
    converter: RdflibConverter, data: rdflib.Graph, focus: Node, path: Path | None
) -> int | None:
    """Count the values of a focus node under a path of one property, in either direction."""
    node = converter.term(focus)
    if isinstance(path, NamedNode):
        return len(set(data.objects(node, converter.term(path))))
    if path is not None and path.kind is PathKind.INVERSE and isinstance(path.parts[0], NamedNode):
        return len(set(data.subjects(converter.term(path.parts[0]), node)))
    return None


def _report(graph: tuple[Triple, ...], context: Context) -> ValidationReport:
    results = read_results(graph, context)
    return ValidationReport(tuple(sorted(results, key=lambda each: each.sort_key())), graph=graph)
