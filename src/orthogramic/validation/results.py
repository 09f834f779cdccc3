"""Putting what a validator found in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode

from orthogramic.metamodel import Severity
from orthogramic.validation.findings import Finding
from orthogramic.validation.graph_index import GraphIndex, Node
from orthogramic.validation.labels import Labels
from orthogramic.validation.paths import Path
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


def result_of(finding: Finding, context: Context) -> ValidationResult:
    """Put a finding in words.

    :param finding: what a validator found.
    :param context: where words come from.
    """
    component, shape = finding.component, finding.source_shape
    words = ShapeWords(context.shapes, context.labels)
    path_label = _path_label(context, shape, finding.path)
    expected = words.expected(component, shape)
    counts = component in _COUNTING
    source, line = _place(context, finding)
    return ValidationResult(
        focus_node=finding.focus,
        focus_label=context.labels.of(finding.focus),
        path=finding.path,
        path_label=path_label,
        value=finding.value,
        component=component,
        severity=_severity(finding.severity),
        message=_preferred(finding.messages) or words.message(component, path_label, expected),
        source_shape=shape,
        expected=expected,
        found=found_words(
            context.labels,
            component,
            finding.value,
            context.count(finding.focus, finding.path) if counts else None,
        ),
        source=source,
        line=line,
    )


def _severity(node: Node) -> Severity:
    """Read a severity; one of the shape's own making counts as a violation."""
    if not isinstance(node, NamedNode):
        return Severity.VIOLATION
    return _SEVERITIES.get(node, Severity.VIOLATION)


def _path_label(context: Context, shape: Node, path: Path | None) -> str | None:
    """Name the path as its shape does, else by the labels of its properties."""
    if path is None:
        return None
    return context.shapes.text(shape, SH.name) or context.labels.path(path)


def _preferred(messages: Iterable[Literal]) -> str | None:
    """Choose among messages: untagged or English before other languages, then the first by text."""
    ranked = sorted(messages, key=lambda each: (each.language not in (None, "en"), each.value))
    return ranked[0].value if ranked else None


def _place(context: Context, finding: Finding) -> tuple[str | None, int | None]:
    if context.locate is None:
        return None, None
    return context.locate(finding.focus, finding.path, finding.value) or (None, None)
