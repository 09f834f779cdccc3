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


class Wording:
    """Puts findings in words; what it says of a shape is made up once.

    :param context: where words come from.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._words = ShapeWords(context.shapes, context.labels)
        self._expected: dict[tuple[NamedNode, Node], str] = {}
        self._paths: dict[tuple[Node, Path], str | None] = {}

    def result(self, finding: Finding) -> ValidationResult:
        """Return the result of a finding."""
        context, component = self._context, finding.component
        path_label = self._path_label(finding.source_shape, finding.path)
        expected = self._expectation(component, finding.source_shape)
        counts = component in _COUNTING
        count = context.count(finding.focus, finding.path) if counts else None
        source, line = _place(context, finding)
        return ValidationResult(
            focus_node=finding.focus,
            focus_label=context.labels.of(finding.focus),
            path=finding.path,
            path_label=path_label,
            value=finding.value,
            component=component,
            severity=_severity(finding.severity),
            message=_preferred(finding.messages)
            or self._words.message(component, path_label, expected),
            source_shape=finding.source_shape,
            expected=expected,
            found=found_words(context.labels, component, finding.value, count),
            source=source,
            line=line,
        )

    def _expectation(self, component: NamedNode, shape: Node) -> str:
        key = (component, shape)
        if key not in self._expected:
            self._expected[key] = self._words.expected(component, shape)
        return self._expected[key]

    def _path_label(self, shape: Node, path: Path | None) -> str | None:
        """Name the path as its shape does, else by the labels of its properties."""
        if path is None:
            return None
        key = (shape, path)
        if key not in self._paths:
            name = self._context.shapes.text(shape, SH.name)
            self._paths[key] = name or self._context.labels.path(path)
        return self._paths[key]


def _severity(node: Node) -> Severity:
    """Read a severity; one of the shape's own making counts as a violation."""
    if not isinstance(node, NamedNode):
        return Severity.VIOLATION
    return _SEVERITIES.get(node, Severity.VIOLATION)


def _preferred(messages: Iterable[Literal]) -> str | None:
    """Choose among messages: untagged or English before other languages, then the first by text."""
    ranked = sorted(messages, key=lambda each: (each.language not in (None, "en"), each.value))
    return ranked[0].value if ranked else None


def _place(context: Context, finding: Finding) -> tuple[str | None, int | None]:
    if context.locate is None:
        return None, None
    return context.locate(finding.focus, finding.path, finding.value) or (None, None)
