"""Keeps the restricted graphs that were asked last: to make one takes longer than to ask it."""

from __future__ import annotations

import threading
from collections import OrderedDict

from pyoxigraph import NamedNode

from orthogramic.graph import EntityGraph, within

#: Restricted graphs that are kept; each takes about as much memory as its steps.
_MOST_KEPT = 3

_Key = tuple[NamedNode, frozenset[str]]


class Restrictions:
    """Graphs restricted to some named graphs, each for the latest snapshot that was asked."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: OrderedDict[_Key, tuple[EntityGraph, EntityGraph]] = OrderedDict()

    def of(self, graph: EntityGraph, graphs: tuple[NamedNode, ...]) -> EntityGraph:
        """Return a graph restricted to named graphs; itself if none are given."""
        if not graphs:
            return graph
        admitted = frozenset(each.value for each in graphs)
        key = graph.profile, admitted
        with self._lock:
            whole, restricted = self._made.get(key, (None, graph))
            if whole is not graph:
                restricted = within(graph, admitted)
                self._made[key] = graph, restricted
            self._made.move_to_end(key)
            while len(self._made) > _MOST_KEPT:
                self._made.popitem(last=False)
            return restricted
