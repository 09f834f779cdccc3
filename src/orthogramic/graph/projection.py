"""Projection of entities and relationships, under a profile, onto an :class:`EntityGraph`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from orthogramic.graph.arrays import Flags, Numbers, row_starts
from orthogramic.graph.columns import EdgeColumns, read_edges, read_entities
from orthogramic.graph.connections import connections_of, edge_kinds
from orthogramic.graph.expectations import expectations_of, lacking_rows
from orthogramic.graph.model import (
    STANDINGS,
    ArcIndex,
    Connection,
    Direction,
    EntityGraph,
    EntityRecord,
    Relationship,
)
from orthogramic.metamodel.metamodel import Metamodel
from orthogramic.metamodel.model import Flow, ImpactProfile


def project(
    entities: Iterable[EntityRecord],
    relationships: Iterable[Relationship],
    metamodel: Metamodel,
    profile: ImpactProfile,
) -> EntityGraph:
    """Make the graph of which questions are asked.

    There is one edge for each asserted subject, primary property, object and named graph. A
    link that is asserted by its inverse, or again from the other end of a symmetric property,
    is the same edge. Of several qualified relationships that speak of one edge the greatest
    stated strength counts.

    :param entities: every entity, also those without relationships; in any order.
    :param relationships: asserted (not inferred) relationships, and one row more for each
        qualified relationship; in any order.
    :returns: the graph; links with an end that is no entity stand in ``unresolved``.
    """
    nodes = read_entities(entities, metamodel)
    connections = connections_of(metamodel, profile)
    properties = {each.iri.value: number for number, each in enumerate(connections)}
    read = read_edges(relationships, nodes.numbers, properties, metamodel)
    edges = _distinct(_symmetric_once(read, connections))
    kind = _compact(edges.property * STANDINGS + edges.standing)
    expectations = expectations_of(metamodel, connections)
    lacking_start, lacking_expectation = lacking_rows(expectations, nodes, edges)
    return EntityGraph(
        profile=profile.iri,
        default_strength=profile.default_strength,
        entities=nodes.iris,
        labels=nodes.labels,
        classifications=nodes.classifications,
        classification=nodes.classification,
        connections=connections,
        graphs=edges.graphs,
        subject=edges.subject.astype(np.int32),
        object=edges.object.astype(np.int32),
        graph=edges.graph.astype(np.int32),
        kind=kind,
        kinds=edge_kinds(connections, profile.default_strength),
        arcs=_arcs(edges, kind, connections, len(nodes.iris)),
        expectations=expectations,
        lacking_start=lacking_start,
        lacking_expectation=lacking_expectation,
        unresolved=edges.unresolved,
        numbers=MappingProxyType(nodes.numbers),
    )


def _symmetric_once(edges: EdgeColumns, connections: tuple[Connection, ...]) -> EdgeColumns:
    """Give a link of a symmetric property that is asserted from both ends one spelling.

    One that is asserted from one end keeps its direction.
    """
    flags = [(each.iri, True) in each.readings and _even(each) for each in connections]
    rows = np.flatnonzero(np.array(flags, dtype=np.bool_)[edges.property])
    subject, target = edges.subject[rows], edges.object[rows]
    ends = (np.minimum(subject, target), np.maximum(subject, target))
    told = np.stack([*ends, edges.property[rows], edges.graph[rows]], axis=1)
    groups, group = np.unique(told, axis=0, return_inverse=True)
    rising = np.zeros(len(groups), np.bool_)
    rising[group[subject < target]] = True
    twice = rows[(subject > target) & rising[group]]
    turned_subject, turned_object = edges.subject.copy(), edges.object.copy()
    turned_subject[twice], turned_object[twice] = edges.object[twice], edges.subject[twice]
    return replace(edges, subject=turned_subject, object=turned_object)


def _even(connection: Connection) -> bool:
    """Tell whether it makes no difference from which end a link is told."""
    return connection.rule is None or connection.rule.flow in (Flow.BOTH, Flow.NONE)


def _distinct(edges: EdgeColumns) -> EdgeColumns:
    """Sort the edges and keep one row of each, with its greatest standing."""
    keys = (edges.standing, edges.graph, edges.object, edges.property, edges.subject)
    order = np.lexsort(keys)
    ordered = [column[order] for column in keys]
    same = np.ones(max(len(order) - 1, 0), dtype=np.bool_)
    for column in ordered[1:]:
        same &= column[1:] == column[:-1]
    # Within equal edges standing rises, so the last row of each run is the one to keep.
    last = order[np.append(~same, True)[: len(order)]]
    return replace(
        edges,
        subject=edges.subject[last],
        property=edges.property[last],
        object=edges.object[last],
        graph=edges.graph[last],
        standing=edges.standing[last],
    )


def _arcs(
    edges: EdgeColumns, kind: Numbers, connections: tuple[Connection, ...], size: int
) -> Mapping[Direction, ArcIndex]:
    """Turn edges into steps, indexed from both ends."""
    forward = _admissible(edges, connections, from_object=False)
    backward = _admissible(edges, connections, from_object=True)
    tail = np.concatenate([edges.subject[forward], edges.object[backward]])
    head = np.concatenate([edges.object[forward], edges.subject[backward]])
    edge = np.concatenate([np.flatnonzero(forward), np.flatnonzero(backward)])
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
    ordered = edge[order]
    return ArcIndex(
        start=row_starts(tail, size),
        head=head[order].astype(np.int32),
        edge=ordered.astype(np.int32),
        kind=kind[ordered],
    )


def _compact(kind: Numbers) -> Numbers:
    """Store kinds in two bytes where they fit; there are seven for each property."""
    narrow = not len(kind) or int(kind.max()) <= np.iinfo(np.int16).max
    return kind.astype(np.int16 if narrow else np.int32)
