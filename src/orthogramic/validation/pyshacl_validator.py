"""Whole-graph validation with pySHACL over a plain in-memory rdflib graph.

Never over a store adapter: there xsd:string literals compare wrongly and counting is slow.  No
inference, no SHACL Advanced Features, no JavaScript, no import of anything: the data that comes in
is all there is, except that the subclass statements of the ontology are laid beside it, so that
``sh:class`` and ``sh:targetClass`` see subclasses in data that was not entailed.

pySHACL's ``validate()`` switches rdflib's global literal handling while it runs, so the validator
underneath it is used, with graphs that are already loaded.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode, Triple

from orthogramic.errors import InvalidShapesError, OrthogramicError
from orthogramic.validation.graph_index import GraphIndex, Node
from orthogramic.validation.labels import Labels, LabelSource, labels_in
from orthogramic.validation.paths import Path, PathKind
from orthogramic.validation.progress import Progress
from orthogramic.validation.rdflib_terms import RdflibConverter, silent_literals, triples_of
from orthogramic.validation.report import ValidationReport
from orthogramic.validation.results import Context, Locate, read_results
from orthogramic.validation.safety import refuse_unsafe_shapes
from orthogramic.vocabulary import RDFS, SH

if TYPE_CHECKING:
    import rdflib

_LOG = logging.getLogger(__name__)
_DEEPEST_SHAPES = 30


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
    data_graph = converter.graph(_counted(data, progress))
    converter.add(data_graph, (each for each in ontology if each.predicate == RDFS.subClassOf))
    report_graph = _run(data_graph, converter.graph(shapes), progress)
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


def _run(data: rdflib.Graph, shapes: rdflib.Graph, progress: Progress | None) -> rdflib.Graph:
    from pyshacl import ShapesGraph, Validator  # noqa: PLC0415 - slow to import
    from pyshacl.graph_abstraction import DataGraph  # noqa: PLC0415

    class ObservedShapes(ShapesGraph):
        """Tells the progress whenever the validator goes on to the next shape."""

        @property
        def shapes(self) -> Iterator[Any]:
            found = list(super().shapes)
            if progress:
                progress.stage("Validating", len(found))
            for shape in found:
                yield shape
                if progress:
                    progress.advance(1)

    options = {"logger": _LOG, "inplace": True, "max_validation_depth": _DEEPEST_SHAPES}
    validator = Validator(DataGraph.from_rdflib(data), shacl_graph=shapes, options=options)
    validator.shacl_graph = ObservedShapes(shapes, logger=_LOG)
    try:
        with silent_literals():
            _, report, _ = validator.run()  # type: ignore[no-untyped-call]
    except OrthogramicError:
        raise
    except Exception as error:
        # Whatever goes wrong in there goes wrong over the shapes: the data is only triples.
        raise InvalidShapesError(f"The shapes cannot be applied: {_reason(error)}") from error
    graph: rdflib.Graph = report
    return graph


def _reason(error: Exception) -> str:
    message = str(getattr(error, "message", error)) or type(error).__name__
    return message.splitlines()[0].rstrip(".") + "."


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
