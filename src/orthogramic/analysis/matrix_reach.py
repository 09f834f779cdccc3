"""What many sources reach, each for itself, in one sweep: how far it is, and at what best cost.

An array operation works on the frontiers of many sources at a time, so that what a source costs is
what it reaches and not the number of operations. A *state* is a source together with an entity.
Scores take the fixpoint of :mod:`orthogramic.analysis.labelling`, layer by layer, labels not kept;
where nobody asks for scores, looking at each state once is enough.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from orthogramic.analysis.neighbourhood import Neighbourhood, neighbourhood
from orthogramic.analysis.search import Search
from orthogramic.analysis.spreading import newcomers
from orthogramic.graph.arrays import Costs, Numbers, ascending
from orthogramic.graph.cost import EXHAUSTED, UNSPENT
from orthogramic.graph.model import EdgeKinds

#: States of one sweep: some 50 MB with scores, 20 MB without.
_MOST_STATES = 1 << 22
#: In place of a number of steps: where a source begins.
_BEGIN = -1


@dataclass(frozen=True, slots=True, eq=False)
class Sweep:
    """What some sources reach but themselves, source by source, in some order.

    :param source: position of the source; ``entity``: what it reaches.
    :param remaining: what remains at the best end; everything where nobody asked.
    :param hops: steps of the shortest path.
    """

    source: Numbers
    entity: Numbers
    remaining: Costs
    hops: Numbers

    def of(self, source: int) -> tuple[Numbers, Costs, Numbers]:
        """Return entities, what remains and hops of one source."""
        rows = slice(*self.source.searchsorted((source, source + 1)).tolist())
        return self.entity[rows], self.remaining[rows], self.hops[rows]


def sweeps(
    searching: Search, sources: Numbers, *, scored: bool = True
) -> Iterator[tuple[Numbers, Sweep]]:
    """Yield what each of some sources reaches, as many of them at a time as memory allows.

    :param searching: direction, hop limit and relationships; its own sources do not matter.
    :param sources: entity numbers.
    :param scored: whether best costs are asked for, too.
    :returns: positions of sources, and what those sources reach, counted from the first of them.
    """
    near = neighbourhood(searching, sources)
    few = max(1, min(_MOST_STATES // max(near.size, 1), len(sources)))
    # Numbers of 4 bytes hold all states: there are some millions, or as many as entities.
    hops = _steps_of(few * near.size, searching.max_hops)
    best = np.zeros(few * near.size if scored else 0, np.int64)
    kinds = searching.graph.kinds
    for first in range(0, len(sources), few):
        chosen = np.arange(first, min(first + few, len(sources)))
        base = np.arange(len(chosen), dtype=np.int32) * np.int32(near.size)
        begin = base + near.sources[chosen].astype(np.int32)
        if scored:
            state = _with_costs(near, kinds, begin, searching.max_hops, hops, best)
            remaining = best.take(state)
            best[state] = 0
            best[begin] = 0
        else:
            state = _without_costs(near, begin, searching.max_hops, hops)
            remaining = np.full(len(state), UNSPENT)
        place, bases = near.split(state)
        found = near.entity.take(place)
        source = bases // np.int32(max(near.size, 1))
        yield chosen, Sweep(source, found, remaining, hops.take(state))
        hops[state] = 0


def _steps_of(states: int, max_hops: int | None) -> Numbers:
    """Return a table for numbers of steps, in as few bytes as hold any that may come."""
    if max_hops is not None and max_hops <= np.iinfo(np.int8).max:
        return np.zeros(states, np.int8)
    return np.zeros(states, np.int32)


def _without_costs(
    near: Neighbourhood, begin: Numbers, max_hops: int | None, hops: Numbers
) -> Numbers:
    """Write the steps to each state that is reached; return those states, ascending.

    :param begin: states of the sources.
    :param hops: all zeros.
    """
    hops[begin] = _BEGIN
    layers, step = [begin], 0
    while len(layers[-1]) and step != max_hops:
        step += 1
        place, base = near.split(layers[-1])
        arc, count = near.leaving(place)
        state = base.repeat(count)
        state += near.head.take(arc)
        layers.append(ascending(state[hops.take(state) == 0]))
        hops[layers[-1]] = step
    hops[begin] = 0
    return np.sort(np.concatenate(layers[1:])) if len(layers) > 1 else begin[:0]


def _with_costs(
    near: Neighbourhood,
    kinds: EdgeKinds,
    begin: Numbers,
    max_hops: int | None,
    hops: Numbers,
    best: Costs,
) -> Numbers:
    """As :func:`_without_costs`, and write what remains at the best end of each state.

    :param best: all zeros.
    """
    best[begin] = UNSPENT
    layers, frontier, step = [begin], begin, 0
    cost = kinds.cost.take(near.kind)
    while len(frontier) and step != max_hops:
        step += 1
        place, base = near.split(frontier)
        arc, count = near.leaving(place)
        state = base.repeat(count)
        state += near.head.take(arc)
        offer = best.take(frontier).repeat(count)
        offer -= cost.take(arc)
        np.maximum(offer, EXHAUSTED, out=offer)
        better = np.flatnonzero(offer > best.take(state))
        state, offer = state.take(better), offer.take(better)
        np.maximum.at(best, state, offer)
        frontier = newcomers(state, len(best))
        fresh = frontier[hops.take(frontier) == 0]
        hops[fresh] = step
        layers.append(fresh)
    return np.sort(np.concatenate(layers[1:])) if len(layers) > 1 else begin[:0]
