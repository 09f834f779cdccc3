"""From RDF terms to numbers: the one place of the graph room that loops over terms."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from pyoxigraph import NamedNode

from orthogramic.graph.arrays import Numbers
from orthogramic.graph.model import (
    GREATEST_STRENGTH,
    Classification,
    Connection,
    EntityRecord,
    Relationship,
)
from orthogramic.metamodel.metamodel import Metamodel
from orthogramic.vocabulary import KR

#: By the IRI of a property: the number of the primary that it stands for, and whether a link of it
#: is one of that primary turned round.
Turning = dict[str, tuple[int, bool]]


@dataclass(frozen=True, slots=True, eq=False)
class EntityColumns:
    """Entities in the order of their IRIs."""

    iris: Sequence[str]
    labels: Sequence[str]
    classifications: tuple[Classification, ...]
    classification: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class EdgeColumns:
    """Asserted relationships: inverses already turned round, repetitions still in or not.

    The named graphs are numbered as ``graphs`` has them.
    """

    subject: Numbers
    property: Numbers
    object: Numbers
    graph: Numbers
    standing: Numbers
    graphs: tuple[str, ...]

    def chosen(self, rows: Numbers) -> EdgeColumns:
        """Return some of the rows, by position."""
        return EdgeColumns(
            self.subject[rows],
            self.property[rows],
            self.object[rows],
            self.graph[rows],
            self.standing[rows],
            self.graphs,
        )


class Classifier:
    """Numbers the combinations of classes that entities have.

    :param known: combinations that have a number already.
    """

    def __init__(self, metamodel: Metamodel, known: Iterable[Classification] = ()) -> None:
        self._metamodel = metamodel
        self._found = list(known)
        self._codes = {
            frozenset(each.classes): number
            for number, each in enumerate(self._found)
            if not each.is_absence
        }

    def code(self, classes: frozenset[NamedNode]) -> int:
        """Return the number of a combination."""
        number = self._codes.get(classes)
        if number is None:
            number = self._codes[classes] = len(self._found)
            self._found.append(_classification(classes, self._metamodel))
        return number

    @property
    def classifications(self) -> tuple[Classification, ...]:
        """Every combination by number."""
        return tuple(self._found)


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
    classifier = Classifier(metamodel)
    codes = array("i", (classifier.code(frozenset(merged[iri][1])) for iri in iris))
    return EntityColumns(
        iris=iris,
        labels=tuple(merged[iri][0] for iri in iris),
        classifications=classifier.classifications,
        classification=np.array(codes, dtype=np.int32),
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


def turning_of(connections: tuple[Connection, ...], metamodel: Metamodel) -> Turning:
    """Say of each property which primary it stands for, and whether turned round.

    :param connections: the primaries, by number.
    """
    numbers = {each.iri: number for number, each in enumerate(connections)}
    found: Turning = {}
    for iri in metamodel.properties:
        primary, flipped = metamodel.primary(iri)
        if primary in numbers:
            found[iri.value] = (numbers[primary], flipped)
    return found


def read_edges(
    relationships: Iterable[Relationship], number: Callable[[str], int | None], turning: Turning
) -> EdgeColumns:
    """Number the ends, properties and named graphs of relationships.

    :param number: the number of an entity by its IRI.
    :returns: one row per relationship between entities. A relationship with another end, or of a
        property that the metamodel does not have, is left out.
    """
    graphs: dict[str, int] = {}
    rows = tuple(array("q") for _ in range(5))
    subjects, predicates, objects, sources, standings = rows
    for each in relationships:
        subject, target = number(each.subject.value), number(each.object.value)
        how = turning.get(each.property.value)
        if subject is None or target is None or how is None:
            continue
        predicate, flipped = how
        subjects.append(target if flipped else subject)
        predicates.append(predicate)
        objects.append(subject if flipped else target)
        sources.append(graphs.setdefault(each.graph.value, len(graphs)))
        standings.append(standing_of(each.strength) if each.qualified else 0)
    subject_column, property_column, object_column, graph, standing = (
        np.array(each, dtype=np.int64) for each in rows
    )
    return EdgeColumns(
        subject_column, property_column, object_column, graph, standing, tuple(graphs)
    )


def standing_of(strength: int | None) -> int:
    """Return the standing of an edge of which a qualified relationship says this."""
    if strength is None or not 1 <= strength <= GREATEST_STRENGTH:
        return 1
    return 1 + strength
