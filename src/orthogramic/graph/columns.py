"""From RDF terms to numbers: the one place of the graph room that loops over terms."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from pyoxigraph import NamedNode

from orthogramic.graph.arrays import Numbers
from orthogramic.graph.model import (
    GREATEST_STRENGTH,
    Classification,
    EntityRecord,
    Relationship,
)
from orthogramic.metamodel.metamodel import Metamodel
from orthogramic.vocabulary import KR


@dataclass(frozen=True, slots=True, eq=False)
class EntityColumns:
    """Entities in the order of their IRIs."""

    iris: tuple[str, ...]
    labels: tuple[str, ...]
    classifications: tuple[Classification, ...]
    classification: Numbers
    numbers: dict[str, int]


@dataclass(frozen=True, slots=True, eq=False)
class EdgeColumns:
    """Asserted relationships as read: inverses already turned round, repetitions still in."""

    subject: Numbers
    property: Numbers
    object: Numbers
    graph: Numbers
    standing: Numbers
    graphs: tuple[str, ...]
    unresolved: tuple[Relationship, ...]


def read_entities(records: Iterable[EntityRecord], metamodel: Metamodel) -> EntityColumns:
    """Number the entities.

    Records of one IRI are merged: all their classes, and the label that sorts first.

    :returns: the columns; nothing depends on the order of the records.
    """
    merged: dict[str, tuple[str, tuple[NamedNode, ...]]] = {}
    for each in records:
        iri = each.iri.value
        known = merged.get(iri)
        merged[iri] = (
            (each.label, each.classes)
            if known is None
            else (min(known[0], each.label), (*known[1], *each.classes))
        )
    iris = tuple(sorted(merged))
    seen: dict[tuple[NamedNode, ...], int] = {}
    codes: dict[frozenset[NamedNode], int] = {}
    column = array("i")
    for iri in iris:
        classes = merged[iri][1]
        if classes not in seen:
            seen[classes] = codes.setdefault(frozenset(classes), len(codes))
        column.append(seen[classes])
    return EntityColumns(
        iris=iris,
        labels=tuple(merged[iri][0] for iri in iris),
        classifications=tuple(_classification(each, metamodel) for each in codes),
        classification=np.array(column, dtype=np.int32),
        numbers={iri: number for number, iri in enumerate(iris)},
    )


def _classification(classes: frozenset[NamedNode], metamodel: Metamodel) -> Classification:
    ordered = tuple(sorted(classes, key=lambda each: each.value))
    specific = metamodel.most_specific(ordered)
    if specific is not None:
        name = metamodel.classes[specific].name
    else:
        name = metamodel.class_label(ordered[0] if ordered else KR.Entity)
    above = frozenset(up for each in ordered for up in metamodel.superclasses(each))
    return Classification(ordered, above, name)


def read_edges(
    relationships: Iterable[Relationship],
    entities: dict[str, int],
    properties: dict[str, int],
    metamodel: Metamodel,
) -> EdgeColumns:
    """Number the ends, properties and named graphs of relationships.

    :param entities: numbers of entities by IRI.
    :param properties: numbers of primary properties by IRI.
    :returns: one row per relationship between entities; a relationship with another end, or a
        property that the metamodel does not have, is ``unresolved``.
    """
    turned = _turning(properties, metamodel)
    graphs: dict[str, int] = {}
    rows = tuple(array("i") for _ in range(5))
    subjects, predicates, objects, sources, standings = rows
    unresolved: list[Relationship] = []
    for each in relationships:
        subject = entities.get(each.subject.value)
        target = entities.get(each.object.value)
        how = turned.get(each.property.value)
        if subject is None or target is None or how is None:
            unresolved.append(each)
            continue
        number, flipped = how
        subjects.append(target if flipped else subject)
        predicates.append(number)
        objects.append(subject if flipped else target)
        sources.append(graphs.setdefault(each.graph.value, len(graphs)))
        standings.append(_standing(each))
    subject_column, predicate, object_column, graph, standing = (
        np.array(each, dtype=np.int64) for each in rows
    )
    names = sorted(graphs)
    place = np.empty(len(names), dtype=np.int64)
    place[[graphs[each] for each in names]] = np.arange(len(names))
    return EdgeColumns(
        subject=subject_column,
        property=predicate,
        object=object_column,
        graph=place[graph],
        standing=standing,
        graphs=tuple(names),
        unresolved=tuple(sorted(unresolved, key=_sort_key)),
    )


def _turning(properties: dict[str, int], metamodel: Metamodel) -> dict[str, tuple[int, bool]]:
    """Say of each property which primary property it stands for, and whether turned round."""
    found = {}
    for iri in metamodel.properties:
        primary, flipped = metamodel.primary(iri)
        if primary.value in properties:
            found[iri.value] = (properties[primary.value], flipped)
    return found


def _standing(relationship: Relationship) -> int:
    if not relationship.qualified:
        return 0
    strength = relationship.strength
    if strength is None or not 1 <= strength <= GREATEST_STRENGTH:
        return 1
    return 1 + strength


def _sort_key(relationship: Relationship) -> tuple[str, str, str, str, bool, int]:
    return (
        relationship.subject.value,
        relationship.property.value,
        relationship.object.value,
        relationship.graph.value,
        relationship.qualified,
        relationship.strength or 0,
    )
