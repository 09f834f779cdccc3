"""Whole-graph validation: compiled shapes first, pySHACL for what is not compiled.

No inference, no SHACL Advanced Features, no JavaScript, no import of anything: the data that comes
in is all there is, except that the subclass statements of the ontology are laid beside it, so that
``sh:class`` and ``sh:targetClass`` see subclasses in data that was not entailed.

Compiled shapes and pySHACL say the same; the difference is what it costs.  Shapes with targets of
their own are independent of each other, so a report may come from both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain
from typing import TypeAlias

from pyoxigraph import NamedNode, Triple

from orthogramic.validation.compiled import CompiledShapes, IndexedGraph, compile_shapes
from orthogramic.validation.findings import Finding, read_findings
from orthogramic.validation.graph_index import GraphIndex, Node
from orthogramic.validation.labels import Labels, LabelSource, labels_in
from orthogramic.validation.paths import Path, PathKind
from orthogramic.validation.progress import Progress
from orthogramic.validation.pyshacl_run import run_pyshacl
from orthogramic.validation.report import ValidationReport
from orthogramic.validation.results import Context, Locate, Wording
from orthogramic.vocabulary import RDFS, SH

#: Names by IRI, or a function that finds them.
Naming: TypeAlias = LabelSource | Mapping[NamedNode, str]


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
    if progress:
        progress.stage("Reading the data", None)
    graph = IndexedGraph(chain(_counted(data, progress), shapes.subclass_statements))
    index = GraphIndex(shapes.triples)
    findings = _findings(shapes, graph, index, progress)
    context = Context(
        shapes=index,
        labels=_labels(labels, shapes, graph),
        locate=locate,
        count=lambda focus, path: _count(graph, focus, path),
    )
    return _report(findings, context)


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


def _findings(
    shapes: CompiledShapes, graph: IndexedGraph, index: GraphIndex, progress: Progress | None
) -> list[Finding]:
    """Evaluate what is compiled, and have pySHACL evaluate the rest."""
    if shapes.reason is not None:
        return list(read_findings(run_pyshacl(graph.triples(), shapes.triples, progress), index))
    if progress:
        progress.stage("Validating", shapes.count)
        progress.advance(shapes.count - len(shapes.shapes) - len(shapes.remaining))
    advance = (lambda: progress.advance(1)) if progress else lambda: None
    evaluation = shapes.validate(graph, advance=advance)
    found = list(evaluation.findings)
    remaining = frozenset((*shapes.remaining, *evaluation.remaining))
    if remaining:
        report = run_pyshacl(graph.triples(), shapes.triples, progress, remaining)
        found += read_findings(report, index)
    return found


def _labels(given: Naming | None, shapes: CompiledShapes, data: IndexedGraph) -> Labels:
    """Look for labels with the caller, then in ontology, data (when one is needed) and shapes."""
    naming = [RDFS.label]
    naming += [
        each.subject
        for each in shapes.ontology
        if each.predicate == RDFS.subPropertyOf
        and each.object == RDFS.label
        and isinstance(each.subject, NamedNode)
    ]

    sources: list[Naming] = [
        labels_in(shapes.ontology),
        _DataLabels(data, naming),
        labels_in(shapes.triples, (RDFS.label, SH.name)),
    ]
    return Labels(*([given] if given is not None else []), *sources)


class _DataLabels:
    """The labels in the data, collected when the first one is asked for."""

    def __init__(self, data: IndexedGraph, naming: list[NamedNode]) -> None:
        self._data = data
        self._naming = naming

    def __call__(self, iri: NamedNode) -> str | None:
        """Return the first label of an IRI in the order of their texts, or ``None``."""
        return self._labels.get(iri)

    @cached_property
    def _labels(self) -> dict[Node, str]:
        labels: dict[Node, str] = {}
        terms = self._data.terms
        for each in self._naming:
            pairs = (terms.terms(column) for column in self._data.statements(terms.number(each)))
            for subject, label in zip(*pairs, strict=True):
                known = labels.get(subject)
                labels[subject] = label.value if known is None else min(known, label.value)
        return labels


def _count(data: IndexedGraph, focus: Node, path: Path | None) -> int | None:
    """Count the values of a focus node under a path of one property, in either direction."""
    if isinstance(path, NamedNode):
        return len(data.values(focus, path))
    if path is not None and path.kind is PathKind.INVERSE and isinstance(path.parts[0], NamedNode):
        return len(data.values(focus, path.parts[0], inverse=True))
    return None


def _report(findings: list[Finding], context: Context) -> ValidationReport:
    wording = Wording(context)
    pairs = ((wording.result(each), each) for each in findings)
    ordered = sorted(pairs, key=lambda pair: pair[0].sort_key())
    return ValidationReport(
        tuple(result for result, _ in ordered), findings=tuple(finding for _, finding in ordered)
    )
