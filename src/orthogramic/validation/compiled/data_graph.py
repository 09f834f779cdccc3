"""The data as columns of numbers, for questions about many nodes at once.

:class:`IndexedGraph` keeps one sorted table of (subject, object) per predicate.  Numbering a
triple costs three look-ups of terms; sorting is done by numpy.  A set of nodes is then answered by
two binary searches per node, without a step of Python for each.  :class:`DataGraph` is all that
evaluation needs to know, so that a store can answer for a few nodes without any index.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Protocol

import numpy as np
from pyoxigraph import Triple

from orthogramic.validation.compiled.arrays import (
    EMPTY,
    Numbers,
    Pairs,
    distinct,
    matches,
    packed,
    unpacked,
)
from orthogramic.validation.compiled.terms import TermTable
from orthogramic.validation.graph_index import Node


class DataGraph(Protocol):
    """What evaluation asks of the data; every node and predicate is the number of a term."""

    @property
    def terms(self) -> TermTable:
        """The numbers of terms."""

    def objects(self, predicate: int, nodes: Numbers) -> Pairs:
        """Return what nodes have under a predicate.

        :returns: row of the node and number of the object, each pair once, sorted by row.
        """

    def subjects(self, predicate: int, nodes: Numbers) -> Pairs:
        """Return what has nodes under a predicate, as :meth:`objects` does."""

    def statements(self, predicate: int) -> Pairs:
        """Return subject and object of every triple with a predicate."""

    def outgoing(self, nodes: Numbers) -> Iterator[tuple[int, Pairs]]:
        """Yield each predicate that any of the nodes has, with what :meth:`objects` says of it."""


class _Table:
    """The triples of one predicate, in either direction."""

    def __init__(self, subjects: Numbers, objects: Numbers) -> None:
        self.forward = unpacked(distinct(packed((subjects, objects))))
        self._backward: Pairs | None = None

    def backward(self) -> Pairs:
        """Return object and subject, sorted by object; made when first asked for."""
        if self._backward is None:
            subjects, objects = self.forward
            order = np.argsort(objects, kind="stable")
            self._backward = (objects[order], subjects[order])
        return self._backward


class IndexedGraph:
    """A whole graph in memory.

    :param triples: the graph; repeated triples count once.
    :raises UnreadableInputError: if it has triple terms or directional strings.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._terms = TermTable()
        self._tables = dict(_tables(self._terms, triples))

    @property
    def terms(self) -> TermTable:
        """The numbers of terms."""
        return self._terms

    def objects(self, predicate: int, nodes: Numbers) -> Pairs:
        """See :meth:`DataGraph.objects`."""
        table = self._tables.get(predicate)
        return _neighbours(table.forward, nodes) if table else (EMPTY, EMPTY)

    def subjects(self, predicate: int, nodes: Numbers) -> Pairs:
        """See :meth:`DataGraph.subjects`."""
        table = self._tables.get(predicate)
        return _neighbours(table.backward(), nodes) if table else (EMPTY, EMPTY)

    def statements(self, predicate: int) -> Pairs:
        """See :meth:`DataGraph.statements`."""
        table = self._tables.get(predicate)
        return table.forward if table else (EMPTY, EMPTY)

    def outgoing(self, nodes: Numbers) -> Iterator[tuple[int, Pairs]]:
        """See :meth:`DataGraph.outgoing`."""
        for predicate, table in self._tables.items():
            pairs = _neighbours(table.forward, nodes)
            if len(pairs[0]):
                yield predicate, pairs

    def values(self, node: Node, predicate: Node, *, inverse: bool = False) -> list[Node]:
        """Return the objects (or subjects) of one node, for those who ask about one only."""
        lookup = self.subjects if inverse else self.objects
        _, found = lookup(self._terms.number(predicate), self._terms.column([node]))
        return self._terms.terms(found)

    def triples(self) -> Iterator[Triple]:
        """Yield every triple once."""
        term = self._terms.term
        for predicate, table in self._tables.items():
            iri = term(predicate)
            for subject, value in zip(*(column.tolist() for column in table.forward), strict=True):
                yield Triple(term(subject), iri, term(value))  # type: ignore[arg-type]


def _neighbours(table: Pairs, nodes: Numbers) -> Pairs:
    rows, positions = matches(nodes, table[0])
    return rows, table[1][positions]


def _tables(terms: TermTable, triples: Iterable[Triple]) -> Iterator[tuple[int, _Table]]:
    """Number the terms of all triples and sort the triples by predicate."""
    flat = np.fromiter(map(terms.numbers.__getitem__, chain.from_iterable(triples)), np.int32)
    subjects, named, objects = flat[0::3], flat[1::3], flat[2::3]
    terms.check()
    order = np.argsort(named, kind="stable")
    starts = np.flatnonzero(np.diff(named[order], prepend=-1))
    for start, end in zip(starts, [*starts[1:], len(order)], strict=False):
        rows = order[start:end]
        pairs = (each[rows].astype(np.int64) for each in (subjects, objects))
        yield int(named[rows[0]]), _Table(*pairs)
