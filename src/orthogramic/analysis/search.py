"""Where a question may walk: what reach and paths have in common."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from pyoxigraph import NamedNode

from orthogramic.graph.arrays import Flags, Numbers
from orthogramic.graph.model import ArcIndex, Direction, EntityGraph


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """One search: the graph, the direction, the sources by IRI, and what limits it.

    :param admissible: flags of the kinds of edge that may be used; ``None`` admits all.
    """

    graph: EntityGraph
    direction: Direction
    sources: Numbers
    max_hops: int | None
    admissible: Flags | None

    @property
    def out(self) -> ArcIndex:
        """The steps from an entity onwards."""
        return self.graph.arcs[self.direction]

    @property
    def into(self) -> ArcIndex:
        """The same steps, found from where they lead."""
        return self.graph.arcs[self.direction.reversed()]

    def usable(self, flags: Flags, kinds: Numbers) -> Flags:
        """Unflag the kinds of edge that the question may not use."""
        return flags if self.admissible is None else flags & self.admissible[kinds]

    def left(self, steps: int) -> int | None:
        """Return how many steps may go before some others; ``None`` if there is no limit."""
        return None if self.max_hops is None else self.max_hops - steps

    def cost(self, edges: tuple[int, ...]) -> int:
        """Return what some steps cost together."""
        graph = self.graph
        return sum(int(graph.kinds.cost[graph.kind[each]]) for each in edges)


def search(
    graph: EntityGraph,
    direction: Direction,
    sources: tuple[NamedNode, ...],
    via: tuple[NamedNode, ...],
    max_hops: int | None,
    classes: tuple[NamedNode, ...] = (),
) -> Search:
    """Prepare a search.

    :param classes: classes whose instances (subclasses included) are sources as well.
    :raises UnknownEntityError: if a source is not in the graph.
    """
    numbers = np.array(list({graph.number(each) for each in sources}), dtype=np.int64)
    if classes:
        flags = graph.instances(frozenset(classes))
        members = np.flatnonzero(flags[graph.classification[: graph.size]])
        numbers = np.union1d(numbers, members)
    admissible = graph.kinds_of(frozenset(via)) if via else None
    return Search(graph, direction, graph.order.sorted(numbers), max_hops, admissible)
