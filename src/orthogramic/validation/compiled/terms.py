"""Whole numbers for RDF terms, so that sets of nodes are columns of numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
from pyoxigraph import BlankNode, Literal, NamedNode

from orthogramic.errors import UnreadableInputError
from orthogramic.validation.compiled.arrays import Flags, Numbers
from orthogramic.validation.graph_index import Node

_KINDS = {NamedNode: 0, BlankNode: 1, Literal: 2}
IRI, BLANK, LITERAL = 0, 1, 2


class _Numbering(dict[Any, int]):
    """Gives a number to each term that is asked for; one look-up where the term is known."""

    def __init__(self) -> None:
        super().__init__()
        self.terms: list[Node] = []
        self.kinds = bytearray()

    def __missing__(self, term: Any) -> int:
        kind = _KINDS.get(type(term))
        if kind is None:
            raise UnreadableInputError(f"Triple terms cannot be validated: {term}.")
        if kind == LITERAL and term.direction is not None:
            raise UnreadableInputError(f"Strings with a direction cannot be validated: {term}.")
        number = self[term] = len(self.terms)
        self.terms.append(term)
        self.kinds.append(kind)
        return number


class TermTable:
    """Terms and their numbers, given in the order in which the terms are first met.

    :raises UnreadableInputError: when a triple term or a directional string is met.
    """

    def __init__(self) -> None:
        self._numbering = _Numbering()
        #: Number by term; asking for an unknown term numbers it.
        self.numbers: dict[Any, int] = self._numbering
        self._kinds = np.zeros(0, np.uint8)

    def number(self, term: Node) -> int:
        """Return the number of a term, a new one if the term is new."""
        return self.numbers[term]

    def column(self, terms: list[Node]) -> Numbers:
        """Return the numbers of terms as a column."""
        return np.array([self.numbers[each] for each in terms], np.int64)

    def term(self, number: int) -> Node:
        """Return the term of a number."""
        return self._numbering.terms[number]

    def terms(self, column: Numbers) -> list[Node]:
        """Return the terms of a column."""
        known = self._numbering.terms
        return [known[each] for each in column.tolist()]

    def are(self, column: Numbers, kind: int) -> Flags:
        """Tell which terms are of a kind: :data:`IRI`, :data:`BLANK` or :data:`LITERAL`."""
        if len(self._kinds) < len(self._numbering.kinds):
            self._kinds = np.frombuffer(bytes(self._numbering.kinds), np.uint8)
        found: Flags = self._kinds[column] == kind
        return found
