"""Putting what a validator found in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode

from orthogramic.validation.advice import Advice
from orthogramic.validation.findings import Finding, severity_of
from orthogramic.validation.found import FoundWords
from orthogramic.validation.graph_index import GraphIndex, Node
from orthogramic.validation.headings import Headings
from orthogramic.validation.labels import Labels
from orthogramic.validation.locating import Locate
from orthogramic.validation.paths import Path
from orthogramic.validation.place import Place
from orthogramic.validation.report import ValidationResult
from orthogramic.validation.surroundings import Surroundings
from orthogramic.validation.wording import ShapeWords
from orthogramic.vocabulary import SH

__all__ = ["Context", "Locate", "Wording"]


@dataclass(frozen=True, slots=True)
class Context:
    """What is needed to put a result in words.

    :param shapes: the shapes graph.
    :param labels: names for whatever a result mentions.
    :param locate: tells where a statement stands, if anybody can.
    :param surroundings: the data around what a result speaks of.
    """

    shapes: GraphIndex
    labels: Labels
    locate: Locate | None
    surroundings: Surroundings


class Wording:
    """Puts findings in words; what it says of a shape is made up once.

    :param context: where words come from.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._words = ShapeWords(context.shapes, context.labels)
        self._headings = Headings(context.labels, context.surroundings)
        self._found = FoundWords(self._words, context.labels, self._headings, context.surroundings)
        self._advice = Advice(context.shapes, self._found)
        self._expected: dict[tuple[NamedNode, Node], str] = {}
        self._paths: dict[tuple[Node, Path], str | None] = {}

    def result(self, finding: Finding) -> ValidationResult:
        """Return the result of a finding."""
        component = finding.component
        path_label = self._path_label(finding.source_shape, finding.path)
        expected = self._expectation(component, finding.source_shape)
        return ValidationResult(
            focus_node=finding.focus,
            focus_label=self._headings.of(finding.focus),
            path=finding.path,
            path_label=path_label,
            value=finding.value,
            component=component,
            severity=severity_of(finding),
            message=self._message(finding) or self._words.message(component, path_label, expected),
            source_shape=finding.source_shape,
            expected=expected,
            found=self._found.of(finding),
            mend=self._advice.of(finding, path_label),
            place=self._place(finding),
        )

    def _message(self, finding: Finding) -> str | None:
        """Return the author's words; names take the place of addresses filled into them."""
        text = _preferred(finding.messages)
        for node in (finding.focus, finding.value):
            if text and isinstance(node, NamedNode | BlankNode) and node.value in text:
                parts = re.split(rf"(?<!\w){re.escape(node.value)}(?!\w)", text)
                text = self._headings.of(node).join(parts)
        return text

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

    def _place(self, finding: Finding) -> Place | None:
        """Return where a result stands; that of a nameless part is in what holds it."""
        locate = self._context.locate
        if locate is None:
            return None
        found = locate(finding.focus, finding.path, finding.value)
        if found is None:
            holding = self._context.surroundings.holding(finding.focus)
            found = locate(*holding, finding.focus) if holding else None
        return found


def _preferred(messages: Iterable[Literal]) -> str | None:
    """Choose among messages: untagged or English before other languages, then the first by text."""
    ranked = sorted(messages, key=lambda each: (each.language not in (None, "en"), each.value))
    return ranked[0].value if ranked else None
