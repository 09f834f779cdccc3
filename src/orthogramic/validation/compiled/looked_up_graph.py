"""The data as a store answers for it, node by node: for questions about a few nodes.

Nothing is indexed.  A node is looked up when it is first asked about, and what was found is kept
as long as the graph, so that many shapes may ask about the same nodes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TypeAlias

import numpy as np
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from orthogramic.validation.compiled.arrays import EMPTY, Numbers, Pairs, numbers
from orthogramic.validation.compiled.terms import TermTable
from orthogramic.validation.graph_index import Node

#: Yields each triple that has the given subject, predicate and object once (``None`` is any).
Lookup: TypeAlias = Callable[
    [NamedNode | BlankNode | None, NamedNode | None, Node | None], Iterable[Triple]
]


#: Asked about so many predicates, a node is read as a whole; but not of more triples than this.
_OFTEN, _MANY = 3, 300


class LookedUpGraph:
    """A :class:`~orthogramic.validation.compiled.data_graph.DataGraph` over look-ups.

    :param lookup: finds triples.
    :param terms: numbers of terms, to be shared with other graphs; new ones by default.
    """

    def __init__(self, lookup: Lookup, terms: TermTable | None = None) -> None:
        self._lookup = lookup
        self._terms = terms or TermTable()
        self._objects: dict[tuple[int, int], list[int]] = {}
        self._subjects: dict[tuple[int, int], list[int]] = {}
        self._asked: Counter[int] = Counter()
        self._everything: dict[int, dict[int, list[int]]] = {}

    @property
    def terms(self) -> TermTable:
        """The numbers of terms."""
        return self._terms

    def objects(self, predicate: int, nodes: Numbers) -> Pairs:
        """See :meth:`DataGraph.objects`."""
        return _gathered(self._objects_of(predicate, each) for each in nodes.tolist())

    def subjects(self, predicate: int, nodes: Numbers) -> Pairs:
        """See :meth:`DataGraph.subjects`."""
        return _gathered(self._subjects_of(predicate, each) for each in nodes.tolist())

    def statements(self, predicate: int) -> Pairs:
        """See :meth:`DataGraph.statements`."""
        number, iri = self._terms.numbers, self._predicate(predicate)
        pairs = [(number[s], number[o]) for s, _, o in self._lookup(None, iri, None)]
        if not pairs:
            return EMPTY, EMPTY
        subjects, values = np.array(pairs, np.int64).T
        return subjects, values

    def outgoing(self, nodes: Numbers) -> Iterator[tuple[int, Pairs]]:
        """See :meth:`DataGraph.outgoing`."""
        number = self._terms.numbers
        found: dict[int, list[tuple[int, int]]] = {}
        for row, node in enumerate(nodes.tolist()):
            subject = self._terms.term(node)
            if not isinstance(subject, Literal):
                for _, predicate, value in self._lookup(subject, None, None):
                    found.setdefault(number[predicate], []).append((row, number[value]))
        for predicate, pairs in found.items():
            rows, values = np.array(pairs, np.int64).T
            yield predicate, (rows, values)

    def values(self, node: Node, predicate: Node, *, inverse: bool = False) -> list[Node]:
        """Return the objects (or subjects) of one node, for those who ask about one only."""
        lookup = self.subjects if inverse else self.objects
        _, found = lookup(self._terms.number(predicate), self._terms.column([node]))
        return self._terms.terms(found)

    def _predicate(self, number: int) -> NamedNode:
        iri = self._terms.term(number)
        assert isinstance(iri, NamedNode)
        return iri

    def _objects_of(self, predicate: int, node: int) -> list[int]:
        key = (predicate, node)
        known = self._objects.get(key)
        if known is None:
            known = self._looked_up(predicate, node)
            self._objects[key] = known
        return known

    def _looked_up(self, predicate: int, node: int) -> list[int]:
        """Look one predicate of a node up; or all at once, when it was asked about often."""
        subject, number = self._terms.term(node), self._terms.numbers
        if isinstance(subject, Literal):
            return []
        self._asked[node] += 1
        if self._asked[node] == _OFTEN:
            self._read_all(node, subject)
        everything = self._everything.get(node)
        if everything is not None:
            return everything.get(predicate, [])
        iri = self._predicate(predicate)
        return [number[each.object] for each in self._lookup(subject, iri, None)]

    def _read_all(self, node: int, subject: NamedNode | BlankNode) -> None:
        """Read all triples of a node, unless there are so many that single look-ups cost less."""
        number = self._terms.numbers
        found: dict[int, list[int]] = {}
        for count, (_, predicate, value) in enumerate(self._lookup(subject, None, None)):
            if count == _MANY:
                return
            found.setdefault(number[predicate], []).append(number[value])
        self._everything[node] = found

    def _subjects_of(self, predicate: int, node: int) -> list[int]:
        key = (predicate, node)
        known = self._subjects.get(key)
        if known is None:
            value, iri = self._terms.term(node), self._predicate(predicate)
            number = self._terms.numbers
            known = [number[each.subject] for each in self._lookup(None, iri, value)]
            self._subjects[key] = known
        return known


def _gathered(found: Iterable[list[int]]) -> Pairs:
    """Return row and number for each number of each row."""
    lists = list(found)
    counts = [len(each) for each in lists]
    if not any(counts):
        return EMPTY, EMPTY
    rows = np.repeat(np.arange(len(lists)), counts)
    return rows, numbers(list(chain.from_iterable(lists)))
