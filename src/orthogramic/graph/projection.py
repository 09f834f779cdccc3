"""Projection of entities and relationships, under a profile, onto an :class:`EntityGraph`."""

from __future__ import annotations

from collections.abc import Iterable

from orthogramic.graph.assembly import assemble
from orthogramic.graph.columns import (
    EdgeColumns,
    EntityColumns,
    read_edges,
    read_entities,
    turning_of,
)
from orthogramic.graph.connections import connections_of
from orthogramic.graph.expectations import expectations_of
from orthogramic.graph.model import EntityGraph, EntityRecord, Relationship
from orthogramic.metamodel.metamodel import Metamodel
from orthogramic.metamodel.model import ImpactProfile


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
    stated strength counts. A link with an end that is no entity is no edge.

    :param entities: every entity, also those without relationships; in any order.
    :param relationships: asserted (not inferred) relationships, and one row more for each
        qualified relationship; in any order.
    """
    nodes = read_entities(entities, metamodel)
    numbers = {iri: number for number, iri in enumerate(nodes.iris)}
    turning = turning_of(connections_of(metamodel, profile), metamodel)
    return project_columns(
        nodes, read_edges(relationships, numbers.get, turning), metamodel, profile
    )


def project_columns(
    entities: EntityColumns, edges: EdgeColumns, metamodel: Metamodel, profile: ImpactProfile
) -> EntityGraph:
    """Make the graph of what was numbered already; see :func:`project`.

    :param edges: properties are numbered as :func:`connections_of` orders them.
    """
    connections = connections_of(metamodel, profile)
    return assemble(
        entities,
        edges,
        connections,
        expectations_of(metamodel, connections),
        profile.iri,
        profile.default_strength,
    )
