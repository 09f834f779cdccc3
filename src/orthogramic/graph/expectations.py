"""Which entities lack a link that the shapes expect of them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from orthogramic.graph.arrays import Numbers, ascending, row_starts
from orthogramic.graph.columns import EdgeColumns, EntityColumns
from orthogramic.graph.model import Connection, Expectation
from orthogramic.metamodel.metamodel import Metamodel
from orthogramic.metamodel.model import PropertyKind, PropertyShape, Severity


def expectations_of(
    metamodel: Metamodel, connections: tuple[Connection, ...]
) -> tuple[Expectation, ...]:
    """Return what the shapes expect: at least one link, with severity warning or violation."""
    return tuple(
        Expectation(shape, tuple(_routes(shape, connections)))
        for shape in metamodel.shapes
        if shape.min_count >= 1
        and shape.severity is not Severity.INFO
        and _is_relationship(shape, metamodel)
    )


def _is_relationship(shape: PropertyShape, metamodel: Metamodel) -> bool:
    terms = [metamodel.properties.get(each) for each, _ in shape.steps]
    return bool(terms) and all(
        each is not None and each.kind is PropertyKind.RELATIONSHIP for each in terms
    )


def _routes(
    shape: PropertyShape, connections: tuple[Connection, ...]
) -> Iterator[tuple[int, bool]]:
    for number, connection in enumerate(connections):
        for property_iri, turned in sorted(connection.readings, key=lambda each: each[1]):
            for wanted, backwards in shape.steps:
                if property_iri == wanted:
                    yield number, turned is not backwards


def lacking_rows(
    expectations: tuple[Expectation, ...], entities: EntityColumns, edges: EdgeColumns
) -> tuple[Numbers, Numbers]:
    """Find who lacks what, as compressed sparse rows by entity.

    :param edges: without repetitions.
    :returns: row starts (one more than there are entities), and numbers of expectations.
    """
    size = len(entities.iris)
    by_property = np.argsort(edges.property, kind="stable")
    ordered = edges.property[by_property]
    holders: list[Numbers] = [np.empty(0, np.int64)]
    wanting: list[Numbers] = [np.empty(0, np.int32)]
    for number, expectation in enumerate(expectations):
        pairs = [np.empty(0, np.int64)]
        for connection, holder_is_object in expectation.routes:
            begin, end = np.searchsorted(ordered, (connection, connection + 1))
            chosen = by_property[begin:end]
            ends = (edges.object[chosen], edges.subject[chosen])
            holder, other = ends if holder_is_object else ends[::-1]
            pairs.append(holder * size + other)
        # Links in several named graphs lead to one value: SHACL counts values, not links.
        count = np.bincount(ascending(np.concatenate(pairs)) // max(size, 1), minlength=size)
        target = expectation.shape.target_class
        expected = np.array([target in each.all_classes for each in entities.classifications], bool)
        short = count < expectation.shape.min_count
        found = np.flatnonzero(short & expected[entities.classification]) if size else holders[0]
        holders.append(found)
        wanting.append(np.full(len(found), number, np.int32))
    holder = np.concatenate(holders)
    order = np.argsort(holder, kind="stable")
    return row_starts(holder, size), np.concatenate(wanting)[order].astype(np.int32)
