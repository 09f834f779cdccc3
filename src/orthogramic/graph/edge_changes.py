"""Edges that go and come, and a graph in which they have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from orthogramic.graph.arrays import Numbers, ascending
from orthogramic.graph.model import STANDINGS, ArcIndex, Direction, EntityGraph
from orthogramic.graph.rows import Columns, Table
from orthogramic.metamodel.model import Flow

#: Members of a row, column by column.
_Row = tuple[NDArray[Any], ...]


class Edge(NamedTuple):
    """What makes an edge the one it is, all of it in numbers."""

    subject: int
    property: int
    object: int
    graph: int


@dataclass(frozen=True, slots=True)
class EdgeChange:
    """Edges that go, by number, and edges that come, with their standing."""

    removed: Mapping[Edge, int]
    added: Mapping[Edge, int]

    def touched(self) -> dict[int, set[int]]:
        """Return the entities at the ends of these edges, each with the properties of those."""
        found: dict[int, set[int]] = {}
        for each in (*self.removed, *self.added):
            for end in (each.subject, each.object):
                found.setdefault(end, set()).add(each.property)
        return found


def edge_change(
    graph: EntityGraph, places: Iterable[Edge], gone: Iterable[int], wanted: Mapping[Edge, int]
) -> EdgeChange:
    """Compare the edges of a graph at some places with those that should be there.

    :param gone: entities that have no edge any more.
    :param wanted: the standing of each edge that should be there.
    """
    found: dict[Edge, int] = {}
    for place in places:
        found.update((place, each) for each in _edges_at(graph, place))
    for entity in gone:
        numbers = graph.edges_of(entity).tolist()
        found.update((edge_of(graph, each), each) for each in numbers)
    unchanged = {
        edge
        for edge, number in found.items()
        if edge in wanted and int(graph.kind[number]) % STANDINGS == wanted[edge]
    }
    return EdgeChange(
        {edge: number for edge, number in found.items() if edge not in unchanged},
        {edge: standing for edge, standing in wanted.items() if edge not in unchanged},
    )


def edge_of(graph: EntityGraph, number: int) -> Edge:
    """Return what makes an edge the one it is."""
    return Edge(
        int(graph.subject[number]),
        int(graph.kind[number]) // STANDINGS,
        int(graph.object[number]),
        int(graph.graph[number]),
    )


def _edges_at(graph: EntityGraph, place: Edge) -> Iterator[int]:
    """Yield the number of the edge at a place, if there is one, from its shorter row."""
    subject, number, target, source = place
    for edge in _candidates(graph, place).tolist():
        if (
            int(graph.graph[edge]) == source
            and int(graph.subject[edge]) == subject
            and int(graph.object[edge]) == target
            and int(graph.kind[edge]) // STANDINGS == number
        ):
            yield edge


def _candidates(graph: EntityGraph, place: Edge) -> Numbers:
    """Return edges that an entity at one end of a place has with the other, perhaps repeated."""
    senses = _senses(graph, Direction.IMPACT, place)
    if not senses:
        rows = [graph.silent.members(each)[0] for each in (place.subject, place.object)]
        return min(rows, key=len)
    tail, head = senses[0]
    out, into = graph.arcs[Direction.IMPACT], graph.arcs[Direction.DEPENDENCIES]
    forward, backward = out.span(tail), into.span(head)
    if forward.stop - forward.start <= backward.stop - backward.start:
        return ascending(out.edge[forward][out.head[forward] == head])
    return ascending(into.edge[backward][into.head[backward] == tail])


def with_edges(graph: EntityGraph, change: EdgeChange) -> EntityGraph:
    """Return a graph in which some edges have gone and others come."""
    if not change.removed and not change.added:
        return graph
    edges, first = _appended(graph, change.added)
    added = {edge: first + place for place, edge in enumerate(change.added)}
    arcs = {
        direction: ArcIndex(_with_arcs(graph, direction, change, added)) for direction in graph.arcs
    }
    return replace(
        graph,
        edges=edges,
        edge_count=graph.edge_count + len(change.added) - len(change.removed),
        arcs=MappingProxyType(arcs),
        silent=_with_silent(graph, change.removed, added),
    )


def _appended(graph: EntityGraph, added: Mapping[Edge, int]) -> tuple[Columns, int]:
    """Write new edges behind the others; return the columns and the number of the first."""
    rows = [
        (each.subject, each.object, each.graph, each.property * STANDINGS + standing)
        for each, standing in added.items()
    ]
    return graph.edges.appended(*np.array(rows, np.int64).reshape(-1, 4).T)


def _with_arcs(
    graph: EntityGraph, direction: Direction, change: EdgeChange, added: Mapping[Edge, int]
) -> Table:
    """Write the rows anew from which arcs go, or to which arcs come."""
    table = graph.arcs[direction].table
    leaving: dict[int, list[int]] = {}
    coming: dict[int, list[tuple[int, int, int]]] = {}
    for edge, number in change.removed.items():
        for tail, _ in _senses(graph, direction, edge):
            leaving.setdefault(tail, []).append(number)
    for edge, number in added.items():
        kind = edge.property * STANDINGS + change.added[edge]
        for tail, head in _senses(graph, direction, edge):
            coming.setdefault(tail, []).append((head, number, kind))
    rows: dict[int, _Row] = {}
    for tail in {*leaving, *coming}:
        row = table.members(tail)
        if tail in leaving:
            stays = ~np.isin(row[1], leaving[tail])
            row = tuple(column[stays] for column in row)
        if tail in coming:
            new = np.array(coming[tail], np.int64).T
            row = tuple(np.concatenate(each) for each in zip(row, new, strict=True))
        rows[tail] = row
    return table.with_rows(rows)


def _senses(graph: EntityGraph, direction: Direction, edge: Edge) -> list[tuple[int, int]]:
    """Return the tail and head of each arc that an edge makes in a direction."""
    connection = graph.connections[edge.property]
    ends = ((edge.subject, edge.object, False), (edge.object, edge.subject, True))
    return [
        (tail, head)
        for tail, head, from_object in ends
        if connection.propagates(direction, from_object)
    ]


def _with_silent(
    graph: EntityGraph, removed: Mapping[Edge, int], added: Mapping[Edge, int]
) -> Table:
    """Write the rows anew of entities whose edges pass nothing on."""
    changes: dict[int, tuple[list[int], list[int]]] = {}
    for which, numbers in enumerate((removed, added)):
        for edge, number in numbers.items():
            if graph.connections[edge.property].flow is Flow.NONE:
                for end in {edge.subject, edge.object}:
                    changes.setdefault(end, ([], []))[which].append(number)
    rows: dict[int, _Row] = {}
    for end, (leaving, coming) in changes.items():
        (row,) = graph.silent.members(end)
        stays: Numbers = row[~np.isin(row, leaving)]
        rows[end] = (np.concatenate([stays, np.array(coming, row.dtype)]),)
    return graph.silent.with_rows(rows)
