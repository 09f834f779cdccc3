"""The steps that a question of weak spots may take, as a simple graph with canonical numbers.

Every algorithm of this room works on it. Its entities are numbered in the order of their IRIs and
its steps stand sorted, so that what is worked out depends on what is in the graph and not on how
it came there. Parallel links are one step here, and a link of an entity with itself is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from pyoxigraph import NamedNode

from orthogramic.analysis.spreading import spread
from orthogramic.graph.arrays import Flags, Numbers, ascending, row_starts
from orthogramic.graph.model import ArcIndex, Direction, EntityGraph


@dataclass(frozen=True, slots=True)
class Steps:
    """Which steps of a graph count.

    :param direction: which way they are walked.
    :param admissible: flags by kind of edge; ``None`` admits all.
    """

    graph: EntityGraph
    direction: Direction
    admissible: Flags | None

    @property
    def out(self) -> ArcIndex:
        """The steps from an entity onwards."""
        return self.graph.arcs[self.direction]

    @property
    def into(self) -> ArcIndex:
        """The same steps, found from where they lead."""
        return self.graph.arcs[self.direction.reversed()]

    def reach(self, sources: Numbers, *, backwards: bool = False) -> Numbers:
        """Return everything that steps from some entities lead to, these included."""
        arcs = self.into if backwards else self.out
        found, _ = spread(arcs, sources, None, self.admissible, self.graph.scratch)
        return found


def steps_of(
    graph: EntityGraph,
    direction: Direction,
    via: tuple[NamedNode, ...] = (),
    *,
    certain: bool = False,
) -> Steps:
    """Choose steps.

    :param via: relationships (sub-properties and inverses included); none means any.
    :param certain: leave out steps that are only possible.
    """
    admissible = graph.kinds_of(frozenset(via)) if via else None
    if certain:
        sure = graph.kinds.certain
        admissible = sure if admissible is None else admissible & sure
    return Steps(graph, direction, admissible)


@dataclass(frozen=True, eq=False)
class FlowGraph:
    """Entities by place in the order of IRIs, and the steps between them (compressed sparse rows).

    :param entity: the number that the graph of entities gives to each place.
    :param start: where the steps from each place begin in ``head``, one more than there are places.
    :param head: where each step leads, ascending for each place, without repeats.
    """

    steps: Steps
    entity: Numbers
    start: Numbers
    head: Numbers

    @property
    def size(self) -> int:
        """How many entities there are."""
        return len(self.entity)

    @cached_property
    def tail(self) -> Numbers:
        """Where each step comes from."""
        counts = np.diff(self.start)
        return np.arange(self.size, dtype=self.head.dtype).repeat(counts)

    def reversed(self) -> FlowGraph:
        """Return the graph with every step turned round."""
        order = np.argsort(self.head, kind="stable")
        turned = Steps(self.steps.graph, self.steps.direction.reversed(), self.steps.admissible)
        return FlowGraph(turned, self.entity, row_starts(self.head, self.size), self.tail[order])

    def following(self, place: int) -> Numbers:
        """Return where the steps from one place lead, ascending."""
        return self.head[self.start[place] : self.start[place + 1]]

    def without(self, tails: Numbers, heads: Numbers) -> FlowGraph:
        """Return the graph without some steps."""
        size = max(self.size, 1)
        left = ~np.isin(
            self.tail.astype(np.int64) * size + self.head, tails.astype(np.int64) * size + heads
        )
        start = row_starts(self.tail[left], self.size)
        return FlowGraph(self.steps, self.entity, start, self.head[left])

    def places(self, entities: Numbers) -> Numbers:
        """Return the places of those entities that are in the graph, ascending."""
        order = self.steps.graph.order
        keys, wanted = order.keys(self.entity), order.keys(ascending(entities))
        at = keys.searchsorted(wanted)
        at[at == self.size] = 0
        known = keys[at] == wanted if self.size else np.zeros(len(wanted), np.bool_)
        return ascending(at[known])

    def of_classes(self, classes: frozenset[NamedNode]) -> Flags:
        """Tell of each place whether its entity belongs to one of some classes."""
        graph = self.steps.graph
        flags: Flags = graph.instances(classes)[graph.classification[self.entity]]
        return flags


def flow_among(steps: Steps, members: Numbers) -> FlowGraph:
    """Return the flow graph of some entities.

    :param members: entity numbers, without repeats, in any order.
    """
    graph = steps.graph
    entity = graph.order.sorted(np.asarray(members))
    size = len(entity)
    place = np.full(graph.size, -1, np.int32)
    place[entity] = np.arange(size, dtype=np.int32)
    arc, count = steps.out.leaving(entity)
    tail = np.arange(size, dtype=np.int64).repeat(count)
    head = place[steps.out.head[arc]]
    wanted = (head >= 0) & (head != tail)
    if steps.admissible is not None:
        wanted &= steps.admissible[steps.out.kind[arc]]
    key = ascending(tail[wanted] * max(size, 1) + head[wanted])
    tails, heads = key // max(size, 1), (key % max(size, 1)).astype(np.int32)
    return FlowGraph(steps, entity, row_starts(tails, size), heads)


def whole_flow(steps: Steps) -> FlowGraph:
    """Return the flow graph of everything."""
    return flow_among(steps, steps.graph.present())


def flow_between(steps: Steps, sources: Numbers, targets: Numbers) -> FlowGraph:
    """Return the flow graph of all that lies on a walk from a source to a target.

    What is worked out on it costs what lies between the two sets, not the size of the graph.
    """
    forward = steps.reach(sources)
    backward = steps.reach(targets, backwards=True)
    return flow_among(steps, np.intersect1d(forward, backward, assume_unique=True))
