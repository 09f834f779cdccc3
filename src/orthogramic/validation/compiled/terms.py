"""Whole numbers for RDF terms, so that sets of nodes are columns of numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import count, islice
from typing import Any

import numpy as np
from pyoxigraph import BlankNode, Literal, NamedNode

from orthogramic.errors import UnreadableInputError
from orthogramic.validation.compiled.arrays import Flags, Numbers
from orthogramic.validation.graph_index import Node

_KINDS = {NamedNode: 0, BlankNode: 1, Literal: 2}
IRI, BLANK, LITERAL = 0, 1, 2


class TermTable:
    """Terms and their numbers, given in the order in which the terms are first met."""

    def __init__(self) -> None:
        #: Number by term; asking for an unknown term numbers it, without a step of Python.
        self.numbers: defaultdict[Any, int] = defaultdict(count().__next__)
        self._terms: list[Node] = []
        self._kinds = np.zeros(0, np.uint8)

    def number(self, term: Node) -> int:
        """Return the number of a term, a new one if the term is new."""
        return self.numbers[term]

    def column(self, terms: Iterable[Node]) -> Numbers:
        """Return the numbers of terms as a column."""
        return np.array([self.numbers[each] for each in terms], np.int64)

    def term(self, number: int) -> Node:
        """Return the term of a number."""
        return self._known()[number]

    def terms(self, column: Numbers) -> list[Node]:
        """Return the terms of a column."""
        known = self._known()
        return [known[each] for each in column.tolist()]

    def are(self, column: Numbers, kind: int) -> Flags:
        """Tell which terms are of a kind: :data:`IRI`, :data:`BLANK` or :data:`LITERAL`."""
        self._known()
        found: Flags = self._kinds[column] == kind
        return found

    def check(self) -> None:
        """Make sure that all terms are of RDF 1.1.

        :raises UnreadableInputError: if there are triple terms or directional strings.
        """
        self._known()

    def _known(self) -> list[Node]:
        """Return all terms by their numbers, those that came since the last time checked."""
        fresh = len(self.numbers) - len(self._terms)
        if fresh:
            newest = [*islice(reversed(self.numbers), fresh)][::-1]
            kinds = np.fromiter((_kind(each) for each in newest), np.uint8, fresh)
            self._terms += newest
            self._kinds = np.concatenate([self._kinds, kinds])
        return self._terms


def _kind(term: Any) -> int:
    kind = _KINDS.get(type(term))
    if kind is None:
        raise UnreadableInputError(f"Triple terms cannot be validated: {term}.")
    if kind == LITERAL and term.direction is not None:
        raise UnreadableInputError(f"Strings with a direction cannot be validated: {term}.")
    return kind
