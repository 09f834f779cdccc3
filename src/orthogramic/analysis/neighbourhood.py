"""The part of a graph that some sources can reach, numbered anew and without what may not be used.

Many searches over one part of a graph are quicker there: entities that are near each other stand
near each other, and no step is looked at that the question leaves out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orthogramic.analysis.search import Search
from orthogramic.analysis.spreading import clear, newcomers
from orthogramic.graph.arrays import Numbers, ascending


@dataclass(frozen=True, slots=True, eq=False)
class Neighbourhood:
    """Entities in places of their own, nearest to any source first, and the steps between them.

    :param entity: by place, the number in the graph.
    :param start: by place, where its steps begin; one more than there are places.
    :param head: of each step, the place where it leads; ``kind`` of its edge.
    :param sources: places of the sources, in the order in which they were given.
    """

    entity: Numbers
    start: Numbers
    head: Numbers
    kind: Numbers
    sources: Numbers

    @property
    def size(self) -> int:
        """How many places there are."""
        return len(self.entity)

    def split(self, states: Numbers) -> tuple[Numbers, Numbers]:
        """Return the place of each of some numbers ``base + place``, and its base.

        :param states: bases are multiples of the size.
        """
        # Division by one number is quick, what remains of it is not.
        bases = states // states.dtype.type(self.size)
        bases *= states.dtype.type(self.size)
        return states - bases, bases

    def leaving(self, places: Numbers) -> tuple[Numbers, Numbers]:
        """Return the steps that leave some places.

        :returns: positions of the steps, place by place, and how many each place has.
        """
        begin = self.start.take(places)
        count = self.start.take(places + 1) - begin
        begin -= np.cumsum(count, dtype=begin.dtype) - count
        positions = begin.repeat(count)
        positions += np.arange(len(positions), dtype=positions.dtype)
        return positions, count


def neighbourhood(searching: Search, sources: Numbers) -> Neighbourhood:
    """Collect what some sources reach together within the hops of a search.

    :param searching: direction, hop limit and relationships; its own sources do not matter.
    :param sources: entity numbers, perhaps repeated.
    """
    out, graph, admissible = searching.out, searching.graph, searching.admissible
    frontier = ascending(sources)
    entities: list[Numbers] = [frontier]
    counts: list[Numbers] = [np.zeros(0, np.int64)]
    heads: list[Numbers] = [np.zeros(0, np.int32)]
    kinds: list[Numbers] = [np.zeros(0, np.int16)]
    with graph.scratch.flags() as reached:
        reached[frontier] = True
        for _ in range(graph.size if searching.max_hops is None else searching.max_hops):
            arc, count = out.leaving(frontier)
            kind = out.kind.take(arc)
            if admissible is not None:
                usable = np.flatnonzero(admissible.take(kind))
                count = np.diff(usable.searchsorted(np.cumsum(count)), prepend=0)
                arc, kind = arc.take(usable), kind.take(usable)
            head = out.head.take(arc)
            counts.append(count)
            heads.append(head)
            kinds.append(kind)
            frontier = newcomers(head[~reached.take(head)], graph.size)
            if not len(frontier):
                break
            reached[frontier] = True
            entities.append(frontier)
        entity = np.concatenate(entities)
        clear(reached, entity)
    with graph.scratch.numbers() as place:
        place[entity] = np.arange(len(entity))
        head = place.take(np.concatenate(heads)).astype(np.int32)
        begin = place.take(sources)
        place[entity] = 0
    # Those that the hop limit ends at have no steps.
    start = np.full(len(entity) + 1, len(head), np.int32)
    count = np.concatenate(counts)
    start[0] = 0
    np.cumsum(count, out=start[1 : len(count) + 1])
    return Neighbourhood(entity, start, head, np.concatenate(kinds), begin)
