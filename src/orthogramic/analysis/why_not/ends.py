"""Which entities a link of a property may join, as the bundle and the links there are say.

A link fits if its ends belong to the domain and the range of its property and to the classes that
shapes ask of the other end, and if neither end has as many such links already as it may have.
"""

from __future__ import annotations

import numpy as np

from orthogramic.graph.arrays import Numbers, ascending
from orthogramic.graph.expectations import ACCOUNTED, is_relationship, routes_of
from orthogramic.graph.model import STANDINGS, Classification, Direction, EntityGraph
from orthogramic.metamodel import Metamodel, PropertyShape

#: A property by its number, and whether an entity is the object of its link.
End = tuple[int, bool]


class LinkEnds:
    """What the ends of links must be and may be, in one graph.

    :param metamodel: the bundle under which the graph was projected.
    """

    def __init__(self, graph: EntityGraph, metamodel: Metamodel) -> None:
        self._graph = graph
        self._terms = [metamodel.properties[each.iri] for each in graph.connections]
        self._shapes: dict[End, list[PropertyShape]] = {}
        self._routes: dict[PropertyShape, tuple[End, ...]] = {}
        for shape in metamodel.shapes:
            asks = shape.value_class is not None or shape.max_count is not None
            if asks and shape.severity in ACCOUNTED and is_relationship(shape, metamodel):
                routes = self._routes[shape] = tuple(routes_of(shape, graph.connections))
                for end in routes:
                    self._shapes.setdefault(end, []).append(shape)
        self._crowded: dict[End, Numbers] = {}
        self._full: dict[PropertyShape, Numbers] = {}
        self._edges: tuple[Numbers, Numbers] | None = None

    def fit(self, connection: int, subject: Classification, target: Classification) -> bool:
        """Tell whether instances of two combinations of classes may be joined by a property."""
        term = self._terms[connection]
        ends = ((subject, term.domains), (target, term.ranges))
        if any(wanted and each.all_classes.isdisjoint(wanted) for each, wanted in ends):
            return False
        return all(
            shape.value_class is None
            or shape.target_class not in holder.all_classes
            or shape.value_class in other.all_classes
            for is_object, holder, other in ((False, subject, target), (True, target, subject))
            for shape in self._shapes.get((connection, is_object), ())
        )

    def crowded(self, end: End) -> Numbers:
        """Return the entities that may have no further link of a property at one end, ascending."""
        found = self._crowded.get(end)
        if found is None:
            full = [self._filled(each) for each in self._shapes.get(end, ())]
            found = ascending(np.concatenate([np.zeros(0, np.int64), *full]))
            self._crowded[end] = found
        return found

    def others(self, entity: int, routes: tuple[End, ...]) -> Numbers:
        """Return those with which an entity is linked in one of some ways, ascending."""
        graph = self._graph
        edges = graph.edges_of(entity)
        subject, target = graph.subject[edges], graph.object[edges]
        number = graph.kind[edges] // STANDINGS
        found = [np.zeros(0, np.int64)]
        for connection, holder_is_object in routes:
            holder, other = (target, subject) if holder_is_object else (subject, target)
            found.append(other[(number == connection) & (holder == entity)].astype(np.int64))
        return ascending(np.concatenate(found))

    def _filled(self, shape: PropertyShape) -> Numbers:
        """Return the entities that have as many values as a shape allows."""
        found = self._full.get(shape)
        if found is None:
            found = self._full[shape] = self._counted(shape)
        return found

    def _counted(self, shape: PropertyShape) -> Numbers:
        graph = self._graph
        if shape.max_count is None:
            return np.zeros(0, np.int64)
        flags = graph.instances(frozenset((shape.target_class,)))
        if shape.max_count == 0:
            return np.flatnonzero(flags[graph.classification[: graph.size]])
        pairs = [np.zeros(0, np.int64)]
        for connection, holder_is_object in self._routes[shape]:
            edges = self._edges_of(connection)
            ends = (graph.subject[edges], graph.object[edges])
            holder, other = ends[::-1] if holder_is_object else ends
            pairs.append(holder.astype(np.int64) * graph.size + other)
        holders = ascending(np.concatenate(pairs)) // max(graph.size, 1)
        holders, count = np.unique(holders, return_counts=True)
        holders = holders[count >= shape.max_count]
        return holders[flags[graph.classification[holders]]]

    def _edges_of(self, connection: int) -> Numbers:
        """Return the edges of a property."""
        if self._edges is None:
            edges = present_edges(self._graph)
            number = self._graph.kind[edges] // STANDINGS
            order = np.argsort(number, kind="stable")
            self._edges = edges[order], number[order]
        edges, number = self._edges
        begin, end = number.searchsorted((connection, connection + 1))
        return edges[begin:end]


def present_edges(graph: EntityGraph) -> Numbers:
    """Return the numbers of the edges that there are, ascending."""
    everybody = np.arange(graph.size)
    arcs = graph.arcs[Direction.IMPACT]
    silent = graph.silent.columns.arrays[0]
    return ascending(
        np.concatenate(
            [
                arcs.edge[arcs.leaving(everybody)[0]],
                silent[graph.silent.rows.positions(everybody)[0]],
            ]
        )
    )
