"""Reading the results out of an ``sh:ValidationReport`` and putting them in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from orthogramic.metamodel import Severity
from orthogramic.validation.graph_index import GraphIndex, Node
from orthogramic.validation.labels import Labels
from orthogramic.validation.paths import Path, read_path
from orthogramic.validation.report import ValidationResult
from orthogramic.validation.wording import ShapeWords, found_words
from orthogramic.vocabulary import SH

#: Tells the source and line of a statement, or of its subject, or ``None``.
Locate: TypeAlias = Callable[[Node, Path | None, Node | None], tuple[str, int] | None]

_SEVERITIES = MappingProxyType(
    {
        SH.Violation: Severity.VIOLATION,
        SH.Warning: Severity.WARNING,
        SH.Info: Severity.INFO,
    }
)
_COUNTING = frozenset(
    NamedNode(f"{SH.base}{name}ConstraintComponent") for name in ("MinCount", "MaxCount")
)


@dataclass(frozen=True, slots=True)
class Context:
    """What is needed to put a result in words.

    :param shapes: the shapes graph.
    :param labels: names for whatever a result mentions.
    :param locate: tells where a statement stands, if anybody can.
    :param count: gives the number of values of a focus node under a path, or ``None``.
    """

    shapes: GraphIndex
    labels: Labels
    locate: Locate | None
    count: Callable[[Node, Path | None], int | None]


def read_results(graph: Iterable[Triple], context: Context) -> Iterator[ValidationResult]:
    """Read the results of a report graph.

    :param graph: the graph of one report.
    :param context: where words come from.
    :returns: its top-level results, in no particular order.
    """
    triples = list(graph)
    index = GraphIndex(triples)
    words = ShapeWords(context.shapes, context.labels)
    for triple in triples:
        if triple.predicate == SH.result and isinstance(triple.object, NamedNode | BlankNode):
            yield _result(index, triple.object, context, words)


def _result(
    index: GraphIndex, node: NamedNode | BlankNode, context: Context, words: ShapeWords
) -> ValidationResult:
    focus = _required(index, node, SH.focusNode)
    component = _required(index, node, SH.sourceConstraintComponent)
    shape = _required(index, node, SH.sourceShape)
    if not isinstance(component, NamedNode) or isinstance(shape, Literal):
        raise ValueError("a validation result names no constraint component or shape")
    head = index.object(node, SH.resultPath)
    path = read_path(index, head) if head is not None else None
    value = index.object(node, SH.value)
    severity = index.object(node, SH.resultSeverity)
    path_label = _path_label(context, shape, path)
    expected = words.expected(component, shape)
    counts = component in _COUNTING
    source, line = _place(context, focus, path, value)
    return ValidationResult(
        focus_node=focus,
        focus_label=context.labels.of(focus),
        path=path,
        path_label=path_label,
        value=value,
        component=component,
        severity=_severity(severity),
        message=_authored(index, node, component, shape, context)
        or words.message(component, path_label, expected),
        source_shape=shape,
        expected=expected,
        found=found_words(
            context.labels, component, value, context.count(focus, path) if counts else None
        ),
        source=source,
        line=line,
    )


def _required(index: GraphIndex, node: Node, predicate: NamedNode) -> Node:
    found = index.object(node, predicate)
    if found is None:
        raise ValueError(f"a validation result has no {predicate}")
    return found


def _severity(node: Node | None) -> Severity:
    """Read a severity; one of the shape's own making counts as a violation."""
    if not isinstance(node, NamedNode):
        return Severity.VIOLATION
    return _SEVERITIES.get(node, Severity.VIOLATION)


def _path_label(context: Context, shape: Node, path: Path | None) -> str | None:
    """Name the path as its shape does, else by the labels of its properties."""
    if path is None:
        return None
    return context.shapes.text(shape, SH.name) or context.labels.path(path)


def _authored(
    index: GraphIndex,
    node: Node,
    component: NamedNode,
    shape: Node,
    context: Context,
) -> str | None:
    """Return the message if a person wrote it, not the validator."""
    is_core = component.value.startswith(SH.base) and component != SH.SPARQLConstraintComponent
    if is_core and not context.shapes.objects(shape, SH.message):
        return None
    return index.text(node, SH.resultMessage)


def _place(
    context: Context, focus: Node, path: Path | None, value: Node | None
) -> tuple[str | None, int | None]:
    place = context.locate(focus, path, value) if context.locate else None
    return place if place is not None else (None, None)
