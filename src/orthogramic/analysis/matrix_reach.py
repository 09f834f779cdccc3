"""Best cost and fewest steps from each of some entities, each for itself, in one sweep.

The fixpoint of :mod:`orthogramic.analysis.labelling`, layer by layer, for many sources at a time:
an array operation works on the frontiers of all of them, so that what a source costs is what it
reaches and not the number of operations. Labels are not kept; a matrix needs only the last ones.
"""

from __future__ import annotations

import numpy as np

from orthogramic.analysis.search import Search
from orthogramic.graph.arrays import Costs, Numbers, ascending
from orthogramic.graph.cost import UNSPENT, spend

#: Sources times entities of one sweep: some 50 MB.
_MOST_STATES = 1 << 22


def sources_at_a_time(searching: Search) -> int:
    """Return how many sources one sweep may have, so that its memory stays bounded."""
    return max(1, _MOST_STATES // max(searching.graph.size, 1))


def reach_of_each(searching: Search, sources: Numbers) -> tuple[Costs, Numbers]:
    """Return what remains at the best end of each entity, and the steps of its shortest path.

    :param searching: direction, hop limit and relationships; its own sources do not matter.
    :param sources: entity numbers.
    :returns: two tables, a row for each source and a column for each entity; 0 steps where nothing
        leads, and at the source itself.
    """
    size = searching.graph.size
    best = np.zeros(len(sources) * size, np.int64)
    hops = np.zeros(len(sources) * size, np.int32)
    frontier: Numbers = np.arange(len(sources)) * size + sources
    best[frontier] = UNSPENT
    step = 0
    while len(frontier) and step != searching.max_hops:
        step += 1
        frontier = _improve(searching, best, frontier, size)
        hops[frontier[hops[frontier] == 0]] = step
    return best.reshape(len(sources), size), hops.reshape(len(sources), size)


def _improve(searching: Search, best: Costs, frontier: Numbers, size: int) -> Numbers:
    """Take one step from every frontier: raise ``best`` and return where it rose, ascending."""
    entity = frontier % size
    arc, count = searching.out.leaving(entity)
    kind = searching.out.kind[arc]
    state = np.repeat(frontier - entity, count) + searching.out.head[arc]
    offer = spend(np.repeat(best[frontier], count), searching.graph.kinds.cost[kind])
    better = searching.usable(offer > best[state], kind)
    state, offer = state[better], offer[better]
    np.maximum.at(best, state, offer)
    return ascending(state)
