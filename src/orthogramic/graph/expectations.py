"""Which entities lack a link that the shapes expect of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from pyoxigraph import NamedNode

from orthogramic.graph.arrays import Flags, Numbers, ascending
from orthogramic.graph.columns import EdgeColumns, EntityColumns
from orthogramic.graph.model import STANDINGS, Connection, EntityGraph, Expectation
from orthogramic.metamodel.metamodel import Metamodel
from orthogramic.metamodel.model import PropertyKind, PropertyShape, Severity

#: What answers take into account: what only informs may be absent for good reasons.
ACCOUNTED = frozenset({Severity.WARNING, Severity.VIOLATION})


def expectations_of(
    metamodel: Metamodel,
    connections: tuple[Connection, ...],
    severities: frozenset[Severity] = ACCOUNTED,
) -> tuple[Expectation, ...]:
    """Return what shapes of some severities expect: at least one link."""
    return tuple(
        Expectation(shape, tuple(routes_of(shape, connections)))
        for shape in metamodel.shapes
        if shape.min_count >= 1
        and shape.severity in severities
        and is_relationship(shape, metamodel)
    )


def is_relationship(shape: PropertyShape, metamodel: Metamodel) -> bool:
    """Tell whether a shape is about links between entities."""
    terms = [metamodel.properties.get(each) for each, _ in shape.steps]
    return bool(terms) and all(
        each is not None and each.kind is PropertyKind.RELATIONSHIP for each in terms
    )


def routes_of(
    shape: PropertyShape, connections: tuple[Connection, ...]
) -> Iterator[tuple[int, bool]]:
    """Yield how a link counts for a shape: its property, and whether the entity is its object."""
    for number, connection in enumerate(connections):
        for property_iri, turned in sorted(connection.readings, key=lambda each: each[1]):
            for wanted, backwards in shape.steps:
                if property_iri == wanted:
                    yield number, turned is not backwards


def lacking_rows(
    expectations: tuple[Expectation, ...], entities: EntityColumns, edges: EdgeColumns
) -> tuple[Numbers, Numbers]:
    """Find who lacks what.

    :param edges: without repetitions.
    :returns: entities, ascending, and the number of an expectation that each does not meet.
    """
    size = len(entities.iris)
    by_property = np.argsort(edges.property, kind="stable")
    ordered = edges.property[by_property]
    by_class = np.argsort(entities.classification, kind="stable")
    of_class = entities.classification[by_class]
    holders: list[Numbers] = [np.empty(0, np.int64)]
    wanting: list[Numbers] = [np.empty(0, np.int32)]
    for number, expectation in enumerate(expectations):
        pairs: list[Numbers] = [np.empty(0, np.int64)]
        for connection, holder_is_object in expectation.routes:
            begin, end = np.searchsorted(ordered, (connection, connection + 1))
            chosen = by_property[begin:end]
            ends = (edges.object[chosen], edges.subject[chosen])
            holder, other = ends if holder_is_object else ends[::-1]
            pairs.append(holder.astype(np.int64) * size + other)
        members = _members(expectation, entities, by_class, of_class)
        served = _served(np.concatenate(pairs), expectation.shape.min_count, size)
        found = members[~served[members]]
        holders.append(found)
        wanting.append(np.full(len(found), number, np.int32))
    holder = np.concatenate(holders)
    order = np.argsort(holder, kind="stable")
    return holder[order], np.concatenate(wanting)[order].astype(np.int32)


def lacking_in(
    graph: EntityGraph, expectations: tuple[Expectation, ...]
) -> tuple[Numbers, Numbers]:
    """Find who lacks what, in a graph, of what it does not keep in step by itself.

    :returns: as :func:`lacking_rows`.
    """
    edges = graph.all_edges()
    columns = EdgeColumns(
        graph.subject[edges],
        graph.kind[edges] // STANDINGS,
        graph.object[edges],
        graph.graph[edges],
        graph.kind[edges] % STANDINGS,
        graph.graphs,
    )
    entities = EntityColumns(
        graph.entities, graph.labels, graph.classifications, graph.classification
    )
    return lacking_rows(expectations, entities, columns)


def _members(
    expectation: Expectation, entities: EntityColumns, by_class: Numbers, of_class: Numbers
) -> Numbers:
    """Return the entities of which something is expected."""
    target = expectation.shape.target_class
    codes = [
        code for code, each in enumerate(entities.classifications) if target in each.all_classes
    ]
    spans = [slice(*np.searchsorted(of_class, (code, code + 1)).tolist()) for code in codes]
    return np.concatenate([np.empty(0, np.int64), *(by_class[each] for each in spans)])


def _served(pairs: Numbers, least: int, size: int) -> Flags:
    """Tell of each entity whether it is linked with enough others.

    Links in several named graphs lead to one value: SHACL counts values, not links.

    :param pairs: entity times ``size`` plus the other entity, for each link.
    """
    if least > 1:
        distinct = ascending(pairs)
        enough: Flags = np.bincount(distinct // max(size, 1), minlength=size) >= least
        return enough
    served = np.zeros(size, np.bool_)
    served[pairs // max(size, 1)] = True
    return served


def by_class(expectations: tuple[Expectation, ...]) -> dict[NamedNode, list[int]]:
    """Return the numbers of what is expected of the instances of each class."""
    found: dict[NamedNode, list[int]] = {}
    for number, each in enumerate(expectations):
        found.setdefault(each.shape.target_class, []).append(number)
    return found


def concerned(
    graph: EntityGraph, touched: Mapping[int, set[int]], of_class: dict[NamedNode, list[int]]
) -> Iterator[int]:
    """Yield the entities that may lack something else than before.

    :param touched: by entity, the properties of which it has other links than before.
    :param of_class: from :func:`by_class`.
    """
    for entity, properties in touched.items():
        expected = (
            graph.expectations[number]
            for each in graph.classification_of(entity).all_classes
            for number in of_class.get(each, ())
        )
        if any(number in properties for each in expected for number, _ in each.routes):
            yield entity


def lacked_by(graph: EntityGraph, entity: int, of_class: dict[NamedNode, list[int]]) -> Numbers:
    """Return the numbers of the expectations that one entity does not meet, ascending.

    :param of_class: from :func:`by_class`.
    """
    classes = graph.classification_of(entity).all_classes
    expected = sorted(number for each in classes for number in of_class.get(each, ()))
    if not expected:
        return np.zeros(0, np.int32)
    edges = graph.edges_of(entity)
    subject, target = graph.subject[edges], graph.object[edges]
    property_number = graph.kind[edges] // STANDINGS
    lacked = [
        number
        for number in expected
        if _linked(graph.expectations[number], entity, subject, target, property_number)
        < graph.expectations[number].shape.min_count
    ]
    return np.array(lacked, np.int32)


def links_of(graph: EntityGraph, entity: int, expectation: Expectation) -> int:
    """Count with how many others an entity is linked as expected of it."""
    edges = graph.edges_of(entity)
    kinds = graph.kind[edges] // STANDINGS
    return _linked(expectation, entity, graph.subject[edges], graph.object[edges], kinds)


def _linked(
    expectation: Expectation,
    entity: int,
    subject: Numbers,
    target: Numbers,
    property_number: Numbers,
) -> int:
    """Count with how many others an entity is linked as expected."""
    others: set[int] = set()
    for connection, holder_is_object in expectation.routes:
        holder, other = (target, subject) if holder_is_object else (subject, target)
        others.update(other[(property_number == connection) & (holder == entity)].tolist())
    return len(others)
