"""The graph of entities as whole numbers in arrays, and the records that it is made from.

Entities, properties and named graphs are numbered in the order of their IRIs, so comparing
numbers compares IRIs. Arrays are never written after projection; a graph is a snapshot that any
number of questions may read at once. No I/O here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from pyoxigraph import NamedNode

from orthogramic.errors import UnknownEntityError
from orthogramic.graph.arrays import Costs, Flags, Numbers, Scores, row_positions
from orthogramic.metamodel.model import Flow, ImpactRule, PropertyShape

#: Standings of an edge: 0 without a qualified relationship, 1 with one that states no strength,
#: 1 + s with one that states strength s.
STANDINGS = 7
GREATEST_STRENGTH = 5


class Direction(StrEnum):
    """Which way a question walks: to what is affected, or to what is needed."""

    IMPACT = "impact"
    DEPENDENCIES = "dependencies"

    def reversed(self) -> Direction:
        """Return the other direction."""
        return Direction.DEPENDENCIES if self is Direction.IMPACT else Direction.IMPACT


@dataclass(frozen=True, slots=True)
class EntityRecord:
    """One entity as the store knows it. ``classes`` may or may not list superclasses."""

    iri: NamedNode
    label: str
    classes: tuple[NamedNode, ...]


@dataclass(frozen=True, slots=True)
class Relationship:
    """One asserted relationship, or one qualified relationship that speaks of it.

    :param strength: 1 to 5 as stated by a qualified relationship, else ``None``.
    :param qualified: whether this comes from a qualified relationship.
    """

    subject: NamedNode
    property: NamedNode
    object: NamedNode
    graph: NamedNode
    strength: int | None = None
    qualified: bool = False


@dataclass(frozen=True, slots=True)
class Classification:
    """A combination of classes that entities have in common.

    ``classes`` are as asserted, ``all_classes`` includes ancestors, ``name`` is the local name
    of the most specific class.
    """

    classes: tuple[NamedNode, ...]
    all_classes: frozenset[NamedNode]
    name: str


@dataclass(frozen=True, slots=True)
class Connection:
    """A primary property under the profile of the graph.

    ``readings`` holds every property that a link of this one entails, itself included, with
    whether that property reads it from object to subject. ``rule`` is ``None`` where the
    profile has none: then nothing propagates.
    """

    iri: NamedNode
    rule: ImpactRule | None
    readings: frozenset[tuple[NamedNode, bool]]

    def propagates(self, direction: Direction, from_object: bool) -> bool:
        """Tell whether a step from one end of a link to the other is admissible.

        :param from_object: true for a step from object to subject.
        """
        flow = self.rule.flow if self.rule else Flow.NONE
        if direction is Direction.DEPENDENCIES:
            flow = flow.flipped()
        wanted = Flow.OBJECT_TO_SUBJECT if from_object else Flow.SUBJECT_TO_OBJECT
        return flow in (wanted, Flow.BOTH)


@dataclass(frozen=True, slots=True, eq=False)
class EdgeKinds:
    """What edges of one property and one standing share, as columns by kind.

    The kind of an edge is ``property * STANDINGS + standing``. ``cost`` is the weight as
    :func:`orthogramic.graph.cost.cost_of` has it.
    """

    weight: Scores
    cost: Costs
    certain: Flags


@dataclass(frozen=True, slots=True, eq=False)
class ArcIndex:
    """The admissible steps of one direction, by the entity they leave (compressed sparse rows).

    The steps that leave entity *i* are those from ``start[i]`` to ``start[i + 1]``.
    """

    start: Numbers
    head: Numbers
    edge: Numbers
    kind: Numbers

    def leaving(self, entities: Numbers) -> tuple[Numbers, Numbers]:
        """Return the steps that leave some entities.

        :param entities: entity numbers.
        :returns: positions in the columns, entity by entity, and how many each entity has.
        """
        return row_positions(self.start, entities)


@dataclass(frozen=True, slots=True)
class Expectation:
    """A link that a shape expects of each entity of its target class.

    ``routes`` are the ways to meet it: the number of a primary property, and whether the entity
    is the object of that link.
    """

    shape: PropertyShape
    routes: tuple[tuple[int, bool], ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class EntityGraph:
    """Entities, edges and arcs under one profile. Made by :func:`orthogramic.graph.project`.

    Edge columns are sorted by subject, property, object and named graph.
    """

    profile: NamedNode
    default_strength: int
    entities: tuple[str, ...]
    labels: tuple[str, ...]
    classifications: tuple[Classification, ...]
    classification: Numbers
    connections: tuple[Connection, ...]
    graphs: tuple[str, ...]
    subject: Numbers
    object: Numbers
    graph: Numbers
    kind: Numbers
    kinds: EdgeKinds
    arcs: Mapping[Direction, ArcIndex]
    expectations: tuple[Expectation, ...]
    lacking_start: Numbers
    lacking_expectation: Numbers
    unresolved: tuple[Relationship, ...]
    numbers: Mapping[str, int]

    def __repr__(self) -> str:
        return (
            f"<EntityGraph of {len(self.entities)} entities and {len(self.subject)} edges "
            f"under {self.profile.value}>"
        )

    def number(self, entity: NamedNode) -> int:
        """Return the number of an entity.

        :raises UnknownEntityError: if it is not in the graph.
        """
        found = self.numbers.get(entity.value)
        if found is None:
            raise UnknownEntityError(f"No entity has the IRI <{entity.value}>.")
        return found

    def instances(self, classes: frozenset[NamedNode]) -> Flags:
        """Tell of each classification whether it belongs to one of some classes."""
        flags = (not classes.isdisjoint(each.all_classes) for each in self.classifications)
        return np.fromiter(flags, dtype=np.bool_, count=len(self.classifications))

    def kinds_of(self, properties: frozenset[NamedNode]) -> Flags:
        """Tell of each kind of edge whether it says one of some properties.

        Sub-properties and inverses count: their links entail the property.
        """
        flags = [
            any(entailed in properties for entailed, _ in each.readings)
            for each in self.connections
        ]
        return np.repeat(np.array(flags, dtype=np.bool_), STANDINGS)

    def connection_of(self, edge: int) -> Connection:
        """Return the property of an edge."""
        return self.connections[int(self.kind[edge]) // STANDINGS]

    def standing_of(self, edge: int) -> tuple[bool, int | None]:
        """Return whether an edge is qualified, and the strength that is stated of it."""
        standing = int(self.kind[edge]) % STANDINGS
        return standing > 0, standing - 1 if standing > 1 else None

    def lacking(self) -> Iterator[tuple[str, Expectation]]:
        """Yield each entity with each expectation that it does not meet, in order of IRIs."""
        for number, iri in enumerate(self.entities):
            for each in range(self.lacking_start[number], self.lacking_start[number + 1]):
                yield iri, self.expectations[self.lacking_expectation[each]]
