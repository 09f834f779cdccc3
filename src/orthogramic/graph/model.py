"""The graph of entities as whole numbers in arrays, and the records that it is made from.

Properties are numbered in the order of their IRIs, and so are the entities and named graphs that
a graph is made with; :class:`Order` speaks for those that came later. What a graph shows never
changes: it is a snapshot that any number of questions may read at once. No I/O here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from pyoxigraph import NamedNode

from orthogramic.errors import UnknownEntityError
from orthogramic.graph.arrays import Costs, Flags, Numbers, Scores, ascending
from orthogramic.graph.rows import Columns, Table
from orthogramic.graph.scratch import Scratch
from orthogramic.graph.texts import Texts
from orthogramic.metamodel.model import Flow, ImpactRule, PropertyShape

#: Standings of an edge: 0 without a qualified relationship, 1 with one that states no strength,
#: 1 + s with one that states strength s.
STANDINGS = 7
GREATEST_STRENGTH = 5
#: Sort keys of entities leave so many bits for entities that come between two others later.
LATE_BITS = 20
LATE_MASK = (1 << LATE_BITS) - 1


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
    of the most specific class. Entities that are gone have the combination ``is_absence``.
    """

    classes: tuple[NamedNode, ...]
    all_classes: frozenset[NamedNode]
    name: str
    is_absence: bool = False


#: Of what is no entity any more, but has a number still.
ABSENCE = Classification((), frozenset(), "", is_absence=True)


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
    #: The same properties, however they read it.
    entailed: frozenset[NamedNode] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "entailed", frozenset(iri for iri, _ in self.readings))

    @property
    def flow(self) -> Flow:
        """Which way a change passes a link; none without a rule."""
        return self.rule.flow if self.rule else Flow.NONE

    @property
    def is_even(self) -> bool:
        """Whether it makes no difference from which end a link is told."""
        return (self.iri, True) in self.readings and self.flow in (Flow.BOTH, Flow.NONE)

    def propagates(self, direction: Direction, from_object: bool) -> bool:
        """Tell whether a step from one end of a link to the other is admissible.

        :param from_object: true for a step from object to subject.
        """
        flow = self.flow
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


class ArcIndex:
    """The admissible steps of one direction, by the entity they leave (compressed sparse rows).

    ``head``, ``edge`` and ``kind`` are columns by position; :meth:`leaving` and :meth:`span` tell
    which positions belong to an entity. Positions that belong to none mean nothing.

    :param table: head, edge and kind of every step, by the entity it leaves.
    """

    __slots__ = ("edge", "head", "kind", "table")

    def __init__(self, table: Table) -> None:
        self.table = table
        self.head: Numbers
        self.edge: Numbers
        self.kind: Numbers
        self.head, self.edge, self.kind = table.columns.arrays

    def leaving(self, entities: Numbers) -> tuple[Numbers, Numbers]:
        """Return the steps that leave some entities.

        :param entities: entity numbers.
        :returns: positions in the columns, entity by entity, and how many each entity has.
        """
        return self.table.rows.positions(entities)

    def counts(self, entities: Numbers) -> Numbers:
        """Return how many steps leave each of some entities."""
        return self.table.rows.counts(entities)

    def span(self, entity: int) -> slice:
        """Return the positions of the steps that leave one entity."""
        return self.table.rows.span(entity)


@dataclass(frozen=True, slots=True)
class Expectation:
    """A link that a shape expects of each entity of its target class.

    ``routes`` are the ways to meet it: the number of a primary property, and whether the entity
    is the object of that link.
    """

    shape: PropertyShape
    routes: tuple[tuple[int, bool], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """The order of IRIs among the numbers of entities.

    What the graph was made with is numbered in that order. Entities that came later have higher
    numbers, whatever their IRI.

    :param packed: how many entities are numbered in order.
    :param late: by number, from there on, the sort key of an entity.
    """

    packed: int
    late: Numbers

    def keys(self, entities: Numbers) -> Numbers:
        """Return numbers that compare as the IRIs of entities do."""
        if not len(self.late):
            return entities
        keys = (entities.astype(np.int64) << LATE_BITS) + LATE_MASK
        late = np.flatnonzero(entities >= self.packed)
        keys[late] = self.late[entities[late] - self.packed]
        return keys

    def key(self, entity: int) -> int:
        """Return the sort key of one entity; see :meth:`keys`."""
        if not len(self.late):
            return entity
        if entity >= self.packed:
            return int(self.late[entity - self.packed])
        return (entity << LATE_BITS) + LATE_MASK

    def sorted(self, entities: Numbers) -> Numbers:
        """Return entities in the order of their IRIs."""
        found: Numbers = entities[np.argsort(self.keys(entities), kind="stable")]
        return found


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class EntityGraph:
    """Entities, edges and arcs under one profile: one snapshot, which never changes.

    Made by :func:`orthogramic.graph.project`, or of an earlier one by
    :func:`orthogramic.graph.amend`, which shares what did not change. Numbers of edges and
    entities that are gone may stand in the columns still; nothing leads to them.

    :param entities: IRIs by number; ``labels`` likewise.
    :param size: how many numbers of entities there are, those of entities that are gone included.
    :param edge_count: how many edges there are.
    :param edges: subject, object, named graph and kind of every edge, by number.
    :param order: what the numbers of entities say of the order of IRIs; ``graph_order`` has the
        place of each named graph in that order.
    :param silent: edges that no change passes, by either end.
    :param lacking_table: numbers of the expectations that an entity does not meet.
    """

    profile: NamedNode
    default_strength: int
    entities: Texts
    labels: Texts
    added: Mapping[str, int]
    order: Order
    size: int
    classifications: tuple[Classification, ...]
    classification: Numbers
    connections: tuple[Connection, ...]
    graphs: tuple[str, ...]
    graph_order: Numbers
    edges: Columns
    edge_count: int
    kinds: EdgeKinds
    arcs: Mapping[Direction, ArcIndex]
    silent: Table
    expectations: tuple[Expectation, ...]
    lacking_table: Table
    scratch: Scratch

    def __repr__(self) -> str:
        return (
            f"<EntityGraph of {len(self.present())} entities and {self.edge_count} edges "
            f"under {self.profile.value}>"
        )

    @property
    def subject(self) -> Numbers:
        """The subject of each edge."""
        return self.edges.arrays[0]

    @property
    def object(self) -> Numbers:
        """The object of each edge."""
        return self.edges.arrays[1]

    @property
    def graph(self) -> Numbers:
        """The named graph of each edge."""
        return self.edges.arrays[2]

    @property
    def kind(self) -> Numbers:
        """The kind of each edge."""
        return self.edges.arrays[3]

    def find(self, iri: str) -> int | None:
        """Return the number that an IRI has or had, if any."""
        found = self.added.get(iri)
        return self.entities.find(iri) if found is None else found

    def number(self, entity: NamedNode) -> int:
        """Return the number of an entity.

        :raises UnknownEntityError: if it is not in the graph.
        """
        found = self.find(entity.value)
        if found is None or self.classification_of(found).is_absence:
            raise UnknownEntityError(f"No entity has the IRI <{entity.value}>.")
        return found

    def classification_of(self, entity: int) -> Classification:
        """Return the classes of an entity by its number."""
        return self.classifications[int(self.classification[entity])]

    def present(self) -> Numbers:
        """Return the entities of the snapshot in the order of their IRIs."""
        absent = np.array([each.is_absence for each in self.classifications], np.bool_)
        numbers = np.arange(self.size)
        if absent.any():
            numbers = numbers[~absent[self.classification]]
        return self.order.sorted(numbers)

    def all_edges(self) -> Numbers:
        """Return the edges of the snapshot by subject, property, object and named graph."""
        everybody = np.arange(self.size)
        arcs = self.arcs[Direction.IMPACT]
        silent = self.silent.columns.arrays[0]
        edges = ascending(
            np.concatenate(
                [
                    arcs.edge[arcs.leaving(everybody)[0]],
                    silent[self.silent.rows.positions(everybody)[0]],
                ]
            )
        )
        ends = (self.order.keys(self.object[edges]), self.order.keys(self.subject[edges]))
        graph, kind = self.graph_order[self.graph[edges]], self.kind[edges] // STANDINGS
        found: Numbers = edges[np.lexsort((graph, ends[0], kind, ends[1]))]
        return found

    def edges_of(self, entity: int) -> Numbers:
        """Return the edges that begin or end at an entity, ascending."""
        arcs = [each.edge[each.span(entity)] for each in self.arcs.values()]
        return ascending(np.concatenate([*arcs, *self.silent.members(entity)]))

    def instances(self, classes: frozenset[NamedNode]) -> Flags:
        """Tell of each classification whether it belongs to one of some classes."""
        flags = (not classes.isdisjoint(each.all_classes) for each in self.classifications)
        return np.fromiter(flags, dtype=np.bool_, count=len(self.classifications))

    def kinds_of(self, properties: frozenset[NamedNode]) -> Flags:
        """Tell of each kind of edge whether it says one of some properties.

        Sub-properties and inverses count: their links entail the property.
        """
        flags = [not properties.isdisjoint(each.entailed) for each in self.connections]
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
        for number in self.present().tolist():
            for each in self.lacking_table.members(number)[0].tolist():
                yield self.entities[number], self.expectations[each]

    @property
    def nbytes(self) -> int:
        """What the arrays take in memory, the names of entities left out."""
        tables = (self.silent, self.lacking_table, *(each.table for each in self.arcs.values()))
        fixed = self.edges.nbytes + self.classification.nbytes
        return fixed + sum(each.nbytes for each in tables)
