"""Finds in a document what a result speaks of."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode

from orthogramic.syntax import PositionIndex, RdfSyntax
from orthogramic.syntax.jsonld_positions import JsonPositions
from orthogramic.syntax.rdfxml_positions import RdfXmlPositions
from orthogramic.validation.graph_index import Node
from orthogramic.validation.paths import Path, PathKind
from orthogramic.validation.place import Place

#: Tells where a statement stands (focus node, path, value), or its subject, or ``None``.
Locate: TypeAlias = Callable[[Node, Path | None, Node | None], Place | None]

_Statement: TypeAlias = tuple[NamedNode, NamedNode | None, NamedNode | Literal | None]


class DocumentPlaces:
    """The places of one document; it is gone through when the first one is asked for.

    :param document: its bytes, in UTF-8.
    :param syntax: its syntax.
    :param source: what people call it.
    :param base_iri: resolves relative IRIs.
    """

    def __init__(
        self, document: bytes, syntax: RdfSyntax, source: str, base_iri: str | None = None
    ) -> None:
        self._document = document
        self._syntax = syntax
        self._source = source
        self._base_iri = base_iri

    def locate(self, focus: Node, path: Path | None, value: Node | None) -> Place | None:
        """Return the place of a statement, as exactly as it is known.

        :param focus: the focus node of a result.
        :param path: its path; only those of one property are looked for, in either direction.
        :param value: its value.
        :returns: the place of the statement, else of its property, else of the focus node.
        """
        found = self.located(focus, path, value)
        return found[1] if found else None

    def located(
        self, focus: Node, path: Path | None, value: Node | None
    ) -> tuple[int, Place] | None:
        """Return the place with how far it is from what was asked: 0 for the very statement."""
        if not isinstance(focus, NamedNode):
            return None
        subject, predicate, term = focus, path, value
        if not isinstance(path, NamedNode):
            predicate = None
            turned = path is not None and path.kind is PathKind.INVERSE
            if turned and path and isinstance(value, NamedNode):
                predicate, subject, term = path.parts[0], value, focus
        named = predicate if isinstance(predicate, NamedNode) else None
        known = term if isinstance(term, NamedNode | Literal) else None
        attempts: list[_Statement] = []
        if known is not None and named:
            attempts.append((subject, named, known))
        attempts += [(subject, named, None)] if named else []
        for distance, attempt in enumerate([*attempts, (focus, None, None)], 3 - len(attempts)):
            place = self._exact(*attempt)
            if place is not None:
                return distance, place
        return None

    def _exact(
        self, subject: NamedNode, predicate: NamedNode | None, term: NamedNode | Literal | None
    ) -> Place | None:
        if self._syntax is RdfSyntax.JSONLD:
            position = self._json.exact(subject, predicate, term)
            return Place(self._source, position.line, position.pointer) if position else None
        line = self._line(subject, predicate, term)
        return Place(self._source, line) if line else None

    def _line(
        self, subject: NamedNode, predicate: NamedNode | None, term: NamedNode | Literal | None
    ) -> int | None:
        if self._syntax is RdfSyntax.RDFXML:
            return self._xml.exact(subject, predicate) if term is None else None
        if predicate is None:
            return self._lines.subject(subject)
        if term is None:
            return self._lines.statement(subject, predicate)
        return self._lines.triple(subject, predicate, term)

    @cached_property
    def _text(self) -> str:
        return self._document.decode("utf-8-sig", "replace")

    @cached_property
    def _lines(self) -> PositionIndex:
        return PositionIndex.of(self._text, self._base_iri)

    @cached_property
    def _json(self) -> JsonPositions:
        return JsonPositions(self._text, self._base_iri)

    @cached_property
    def _xml(self) -> RdfXmlPositions:
        return RdfXmlPositions(self._document, self._base_iri or "")
