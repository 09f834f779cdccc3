"""Triples by subject and predicate: the little that reading shapes and labels needs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from orthogramic.vocabulary import RDF

Node: TypeAlias = NamedNode | BlankNode | Literal


class GraphIndex:
    """An immutable index of triples by subject and predicate; triple terms are left out."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._objects: dict[tuple[Node, NamedNode], list[Node]] = {}
        for subject, predicate, value in triples:
            if isinstance(subject, Triple) or isinstance(value, Triple):
                continue
            self._objects.setdefault((subject, predicate), []).append(value)

    def objects(self, subject: Node, predicate: NamedNode) -> list[Node]:
        """Return the objects in the order of the triples."""
        return self._objects.get((subject, predicate), [])

    def object(self, subject: Node, predicate: NamedNode) -> Node | None:
        """Return the first object in the order of the terms, or ``None``."""
        return min(self.objects(subject, predicate), key=str, default=None)

    def nodes(self, subject: Node, predicate: NamedNode) -> list[NamedNode | BlankNode]:
        """Return the objects that are no literals."""
        return [each for each in self.objects(subject, predicate) if not isinstance(each, Literal)]

    def text(self, subject: Node, predicate: NamedNode) -> str | None:
        """Return a literal's text, untagged or English before other languages, or ``None``."""
        literals = [each for each in self.objects(subject, predicate) if isinstance(each, Literal)]
        literals.sort(key=lambda each: (each.language not in (None, "en"), each.value))
        return literals[0].value if literals else None

    def members(self, head: Node | None) -> list[Node]:
        """Return the members of an RDF list; a broken list gives what can be reached."""
        found: list[Node] = []
        seen: set[Node] = set()
        while head is not None and head != RDF.nil and head not in seen:
            seen.add(head)
            found += self.objects(head, RDF.first)[:1]
            head = self.object(head, RDF.rest)
        return found
