"""Whole-graph validation: compiled shapes first, pySHACL for what is not compiled.

No inference, no SHACL Advanced Features, no JavaScript, no import of anything: the data that comes
in is all there is, except that the subclass statements of the ontology are laid beside it, so that
``sh:class`` and ``sh:targetClass`` see subclasses in data that was not entailed.

Compiled shapes and pySHACL say the same; the difference is what it costs.  Shapes with targets of
their own are independent of each other, so a report may come from both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from pyoxigraph import Triple

from orthogramic.validation.compiled import CompiledShapes, IndexedGraph, compile_shapes
from orthogramic.validation.compiled.plan import ShapeNode
from orthogramic.validation.findings import Finding, read_findings
from orthogramic.validation.graph_index import GraphIndex
from orthogramic.validation.progress import Progress
from orthogramic.validation.pyshacl_run import PyshaclRun, run_pyshacl
from orthogramic.validation.report import ValidationReport
from orthogramic.validation.report_maker import Naming, ReportMaker
from orthogramic.validation.results import Locate


def validate(
    data: Iterable[Triple],
    shapes: CompiledShapes | Iterable[Triple],
    ontology: Iterable[Triple] = (),
    *,
    labels: Naming | None = None,
    locate: Locate | None = None,
    progress: Progress | None = None,
) -> ValidationReport:
    """Validate a whole graph.

    :param data: the data, with what follows from it already stated.
    :param shapes: the shapes graph; compiled shapes bring their ontology along.
    :param ontology: classes and properties: for their labels and their subclass statements.
    :param labels: label by IRI, asked before the labels in ontology, shapes and data.
    :param locate: tells the source and line of a statement: ``locate(focus, path, value)``.
    :param progress: is told each stage, and in validation each shape.
    :returns: every result of every severity, in a fixed order.
    :raises InvalidShapesError: if the shapes are not well formed or cannot be evaluated.
    :raises QueryRefusedError: if a SPARQL constraint reaches beyond the data (SERVICE, FROM).
    :raises UnreadableInputError: if data or shapes have triple terms or directional strings.
    """
    if not isinstance(shapes, CompiledShapes):
        shapes = compile_shapes(shapes, ontology)
    graph = indexed(shapes, data, progress)
    report_maker = ReportMaker(shapes)
    findings = whole_findings(shapes, graph, report_maker.index, progress)
    return report_maker.report(findings, graph, labels=labels, locate=locate)


def indexed(
    shapes: CompiledShapes, data: Iterable[Triple], progress: Progress | None = None
) -> IndexedGraph:
    """Return a whole graph as validation sees it, the subclass statements beside it."""
    if progress:
        progress.stage("Reading the data", None)
    return IndexedGraph(chain(_counted(data, progress), shapes.subclass_statements))


def _counted(triples: Iterable[Triple], progress: Progress | None) -> Iterator[Triple]:
    """Pass triples on, telling the progress of each ten thousand."""
    if progress is None:
        yield from triples
        return
    pending = 0
    for triple in triples:
        yield triple
        pending += 1
        if pending == 10_000:  # noqa: PLR2004 - seldom enough to cost nothing
            progress.advance(pending)
            pending = 0
    if pending:
        progress.advance(pending)


def whole_findings(
    shapes: CompiledShapes, graph: IndexedGraph, index: GraphIndex, progress: Progress | None
) -> list[Finding]:
    """Evaluate what is compiled, and have pySHACL evaluate the rest.

    :param shapes: the shapes.
    :param graph: the data.
    :param index: the shapes graph.
    :param progress: is told each stage and each shape.
    :returns: everything that is found; what pySHACL finds names no root node.
    """
    if shapes.reason is not None:
        return list(read_findings(run_pyshacl(graph.triples(), shapes.triples, progress), index))
    if progress:
        progress.stage("Validating", shapes.count)
        progress.advance(shapes.count - len(shapes.shapes) - len(shapes.remaining))
    advance = (lambda: progress.advance(1)) if progress else lambda: None
    evaluation = shapes.validate(graph, advance=advance)
    found = list(evaluation.findings)
    remaining = (*shapes.remaining, *evaluation.remaining)
    return [*found, *findings_by_pyshacl(shapes, graph.triples(), remaining, index, progress)]


def findings_by_pyshacl(
    shapes: CompiledShapes,
    data: Iterable[Triple],
    chosen: Iterable[ShapeNode],
    index: GraphIndex,
    progress: Progress | None = None,
) -> Iterator[Finding]:
    """Have pySHACL evaluate some shapes.

    :param chosen: the shapes whose targets are validated.
    :returns: what it finds; each names the shape as its root, but no root node.
    """
    wanted = tuple(chosen)
    if not wanted:
        return
    run = PyshaclRun(data, shapes.triples)
    for shape in wanted:
        for each in read_findings(run.report(progress, (shape,)), index):
            yield replace(each, root_shape=shape)
