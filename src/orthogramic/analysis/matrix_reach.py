"""Best cost and fewest steps from each of some entities, each for itself, in one sweep.

The fixpoint of :mod:`orthogramic.analysis.labelling`, layer by layer, for many sources at a time:
an array operation works on the frontiers of all of them, so that what a source costs is what it
reaches and not the number of operations. Labels are not kept; a matrix needs only the last ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from orthogramic.analysis.search import Search
from orthogramic.analysis.spreading import newcomers
from orthogramic.graph.arrays import Costs, Numbers
from orthogramic.graph.cost import EXHAUSTED, UNSPENT

#: Sources times entities of one sweep: some 50 MB.
_MOST_STATES = 1 << 22


@dataclass(frozen=True, slots=True, eq=False)
class Sweep:
    """What some sources reach but themselves, source by source and entity by entity.

    :param source: position of the source; ``entity``: what it reaches.
    :param remaining: what remains at the best end; ``hops``: steps of the shortest path.
    """

    source: Numbers
    entity: Numbers
    remaining: Costs
    hops: Numbers

    def of(self, source: int) -> tuple[Numbers, Costs, Numbers]:
        """Return entities, what remains and hops of one source."""
        rows = slice(*self.source.searchsorted((source, source + 1)).tolist())
        return self.entity[rows], self.remaining[rows], self.hops[rows]


def sweeps(searching: Search, sources: Numbers) -> Iterator[tuple[Numbers, Sweep]]:
    """Yield what each of some sources reaches, as many of them at a time as memory allows.

    :param searching: direction, hop limit and relationships; its own sources do not matter.
    :param sources: entity numbers.
    :returns: positions of sources, and what those sources reach, counted from the first of them.
    """
    size = searching.graph.size
    few = max(1, min(_MOST_STATES // max(size, 1), len(sources)))
    best, hops = np.zeros(few * size, np.int64), np.zeros(few * size, np.int32)
    for first in range(0, len(sources), few):
        chosen = np.arange(first, min(first + few, len(sources)))
        yield chosen, _sweep(searching, sources[chosen], best, hops)


def _sweep(searching: Search, sources: Numbers, best: Costs, hops: Numbers) -> Sweep:
    """Work one sweep out; the tables are all zeros before and after."""
    size = searching.graph.size
    begin: Numbers = np.arange(len(sources)) * size + sources
    best[begin] = UNSPENT
    touched, frontier, step = [begin], begin, 0
    while len(frontier) and step != searching.max_hops:
        step += 1
        state, offer = _offers(searching, best, frontier, size)
        np.maximum.at(best, state, offer)
        frontier = newcomers(state, len(best))
        fresh = frontier[hops.take(frontier) == 0]
        hops[fresh] = step
        touched.append(fresh)
    state = np.sort(np.concatenate(touched[1:])) if len(touched) > 1 else begin[:0]
    remaining, steps = best.take(state), hops.take(state)
    best[begin] = 0
    best[state] = 0
    hops[state] = 0
    return Sweep(state // max(size, 1), state % max(size, 1), remaining, steps)


def _offers(searching: Search, best: Costs, frontier: Numbers, size: int) -> tuple[Numbers, Costs]:
    """Take one step from every frontier; return where it improves something, and to what."""
    entity = frontier % size
    arc, count = searching.out.leaving(entity)
    kind = searching.out.kind.take(arc)
    state = (frontier - entity).repeat(count)
    state += searching.out.head.take(arc)
    offer = best.take(frontier).repeat(count)
    offer -= searching.graph.kinds.cost.take(kind)
    np.maximum(offer, EXHAUSTED, out=offer)
    better = np.flatnonzero(searching.usable(offer > best.take(state), kind))
    return state.take(better), offer.take(better)
