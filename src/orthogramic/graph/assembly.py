"""Puts columns of entities and edges together into an :class:`EntityGraph`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from pyoxigraph import NamedNode

from orthogramic.graph.arrays import Flags, Numbers, combined, narrowed
from orthogramic.graph.columns import EdgeColumns, EntityColumns
from orthogramic.graph.connections import edge_kinds
from orthogramic.graph.expectations import lacking_rows
from orthogramic.graph.model import (
    STANDINGS,
    ArcIndex,
    Connection,
    Direction,
    EntityGraph,
    Expectation,
    Order,
)
from orthogramic.graph.rows import Columns, Table
from orthogramic.graph.scratch import Scratch
from orthogramic.graph.texts import Texts
from orthogramic.metamodel.model import Flow

#: Additional entities for which borrowed arrays have room, and a share of those there are.
_ROOM, _SHARE_OF_ROOM = 1 << 10, 8


def assemble(
    entities: EntityColumns,
    told: EdgeColumns,
    connections: tuple[Connection, ...],
    expectations: tuple[Expectation, ...],
    profile: NamedNode,
    default_strength: int,
) -> EntityGraph:
    """Make a graph, all of it anew.

    :param entities: in the order of IRIs.
    :param told: asserted relationships, with repetitions.
    :param connections: the primaries under the profile.
    """
    size = len(entities.iris)
    order = Order(size, np.zeros(0, np.int64))
    edges = distinct(told, connections, order)
    kind = narrowed(edges.property.astype(np.int64) * STANDINGS + edges.standing)
    holder, wanting = lacking_rows(expectations, entities, edges)
    columns = Columns(
        edges.subject.astype(np.int32),
        edges.object.astype(np.int32),
        narrowed(edges.graph),
        kind,
    )
    return EntityGraph(
        profile=profile,
        default_strength=default_strength,
        entities=Texts.of(entities.iris),
        labels=Texts.of(entities.labels),
        added=MappingProxyType({}),
        order=order,
        size=size,
        classifications=entities.classifications,
        classification=narrowed(entities.classification),
        connections=connections,
        graphs=edges.graphs,
        graph_order=places_in_order(edges.graphs),
        edges=columns,
        edge_count=len(kind),
        kinds=edge_kinds(connections, default_strength),
        arcs=_arcs(edges, kind, connections, size),
        silent=_silent(edges, connections, size),
        expectations=expectations,
        lacking_table=Table.of(holder, size, wanting),
        scratch=Scratch(size + size // _SHARE_OF_ROOM + _ROOM),
    )


def places_in_order(texts: tuple[str, ...]) -> Numbers:
    """Return the place that each text has among all of them, sorted."""
    by_text = sorted(range(len(texts)), key=texts.__getitem__)
    places = np.empty(len(texts), np.int64)
    places[by_text] = np.arange(len(texts))
    return places


def distinct(told: EdgeColumns, connections: tuple[Connection, ...], order: Order) -> EdgeColumns:
    """Sort relationships by number and keep one row of each edge, with its greatest standing.

    :param order: of entities, which decides how a link of a symmetric property is spelled.
    """
    told = _symmetric_once(told, connections, order)
    size = 1 + max(int(told.subject.max(initial=0)), int(told.object.max(initial=0)))
    edge = combined(
        (told.subject, size),
        (told.property, max(len(connections), 1)),
        (told.object, size),
        (told.graph, max(len(told.graphs), 1)),
        (told.standing, STANDINGS),
    )
    rows = np.argsort(edge)
    # Within equal edges standing rises, so the last row of each run is the one to keep.
    edge = edge[rows] // STANDINGS
    last = np.ones(len(edge), np.bool_)
    np.not_equal(edge[1:], edge[:-1], out=last[:-1])
    return told.chosen(rows[last])


def _symmetric_once(
    edges: EdgeColumns, connections: tuple[Connection, ...], order: Order
) -> EdgeColumns:
    """Give a link of a symmetric property that is asserted from both ends one spelling.

    One that is asserted from one end keeps its direction.
    """
    flags = np.array([each.is_even for each in connections], np.bool_)
    rows = np.flatnonzero(flags[edges.property])
    subject, target = edges.subject[rows], edges.object[rows]
    falls = order.keys(subject) > order.keys(target)
    size = 1 + max(int(subject.max(initial=0)), int(target.max(initial=0)))
    link = combined(
        (np.where(falls, target, subject), size),
        (np.where(falls, subject, target), size),
        (edges.property[rows], max(len(connections), 1)),
        (edges.graph[rows], max(len(edges.graphs), 1)),
    )
    loops = subject == target
    twice = rows[falls & np.isin(link, link[~falls & ~loops])]
    turned_subject, turned_object = edges.subject.copy(), edges.object.copy()
    turned_subject[twice], turned_object[twice] = edges.object[twice], edges.subject[twice]
    return EdgeColumns(
        turned_subject, edges.property, turned_object, edges.graph, edges.standing, edges.graphs
    )


def _arcs(
    edges: EdgeColumns, kind: Numbers, connections: tuple[Connection, ...], size: int
) -> Mapping[Direction, ArcIndex]:
    """Turn edges into steps, indexed from both ends."""
    forward = np.flatnonzero(_admissible(edges, connections, from_object=False))
    backward = np.flatnonzero(_admissible(edges, connections, from_object=True))
    tail = np.concatenate([edges.subject[forward], edges.object[backward]])
    head = np.concatenate([edges.object[forward], edges.subject[backward]])
    edge = np.concatenate([forward, backward])
    return MappingProxyType(
        {
            Direction.IMPACT: _index(tail, head, edge, kind, size),
            Direction.DEPENDENCIES: _index(head, tail, edge, kind, size),
        }
    )


def _admissible(
    edges: EdgeColumns, connections: tuple[Connection, ...], from_object: bool
) -> Flags:
    flags = [each.propagates(Direction.IMPACT, from_object) for each in connections]
    admissible: Flags = np.array(flags, dtype=np.bool_)[edges.property]
    return admissible


def _index(tail: Numbers, head: Numbers, edge: Numbers, kind: Numbers, size: int) -> ArcIndex:
    order = np.argsort(tail, kind="stable")
    ordered = edge[order].astype(np.int32)
    table = Table.of(tail[order], size, head[order].astype(np.int32), ordered, kind[ordered])
    return ArcIndex(table)


def _silent(edges: EdgeColumns, connections: tuple[Connection, ...], size: int) -> Table:
    """Index the edges that no change passes by both ends."""
    flags = np.array([each.flow is Flow.NONE for each in connections], np.bool_)
    edge = np.flatnonzero(flags[edges.property])
    elsewhere = edge[edges.subject[edge] != edges.object[edge]]
    ends = np.concatenate([edges.subject[edge], edges.object[elsewhere]])
    order = np.argsort(ends, kind="stable")
    member = np.concatenate([edge, elsewhere])[order].astype(np.int32)
    return Table.of(ends[order], size, member)
