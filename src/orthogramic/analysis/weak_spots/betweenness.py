"""Betweenness, exact: on what share of all shortest paths an entity lies between others.

Brandes' accumulation (2001) for many sources at a time: one array operation works on the frontiers
of all of them, so that what a source costs is what it reaches. Normalised as is usual for directed
graphs: divided by (n - 1)(n - 2) ordered pairs of other entities. Steps count one each; parallel
links are one step.
"""

from __future__ import annotations

import numpy as np

from orthogramic.analysis.spreading import newcomers
from orthogramic.analysis.stopping import checkpoint
from orthogramic.analysis.weak_spots.flow import FlowGraph
from orthogramic.graph.arrays import Numbers, Scores

#: Sources times entities of one sweep: what fits into a processor's cache is quickest.
_MOST_STATES = 1 << 17
#: Pairs of entities need a third one to lie between them.
_LEAST = 3


def betweenness(flow: FlowGraph) -> Scores:
    """Return the betweenness of every place.

    :returns: values from 0 to 1; all 0 where there are fewer than three entities.
    """
    size = flow.size
    total = np.zeros(size)
    if size < _LEAST:
        return total
    # Nothing lies behind an entity without steps.
    sources = np.flatnonzero(np.diff(flow.start)).astype(np.int32)
    few = max(1, min(_MOST_STATES // size, len(sources)))
    sweep = _Sweep(flow, few)
    for first in range(0, len(sources), few):
        checkpoint()
        total += sweep.run(sources[first : first + few])
    return total / ((size - 1) * (size - 2))


class _Sweep:
    """Sweeps over some sources each; a state is a source of the sweep together with a place.

    The tables by state (how far, how many shortest paths, how much leans on it) are clean between
    sweeps.

    :param few: how many sources there are at most.
    """

    def __init__(self, flow: FlowGraph, few: int) -> None:
        self._start: Numbers = flow.start.astype(np.int32)
        self._count: Numbers = self._start[1:] - self._start[:-1]
        self._head, self._size = flow.head.astype(np.int32), flow.size
        self._known = np.zeros(few * flow.size, np.bool_)
        self._paths, self._leaning = np.zeros((2, few * flow.size))

    def run(self, sources: Numbers) -> Scores:
        """Return what each place gets from all shortest paths of some sources."""
        origin = np.arange(len(sources), dtype=np.int32) * np.int32(self._size) + sources
        layers, steps = self._walk(origin)
        for tail, count, head in reversed(steps):
            share = (1.0 + self._leaning.take(head)) / self._paths.take(head)
            begin = np.cumsum(count) - count
            self._leaning[tail] = np.add.reduceat(share, begin) * self._paths[tail]
        self._leaning[origin] = 0.0
        whole = len(sources) * self._size
        found: Scores = self._leaning[:whole].reshape(len(sources), self._size).sum(axis=0)
        states = np.concatenate(layers)
        self._known[states] = False
        self._paths[states] = self._leaning[states] = 0.0
        return found

    def _walk(
        self, origin: Numbers
    ) -> tuple[list[Numbers], list[tuple[Numbers, Numbers, Numbers]]]:
        """Go on from all sources.

        :returns: the states by layer; and for each layer, the steps that shortest paths take from
            it: states that have some, how many each has, and where they lead.
        """
        self._known[origin], self._paths[origin] = True, 1.0
        layers: list[Numbers] = [origin]
        steps: list[tuple[Numbers, Numbers, Numbers]] = []
        while len(layers[-1]):
            tail, count, head = self._onwards(layers[-1])
            np.add.at(self._paths, head, self._paths[tail].repeat(count))
            fresh = newcomers(head, len(self._known))
            self._known[fresh] = True
            layers.append(fresh)
            if len(tail):
                steps.append((tail, count, head))
        return layers, steps

    def _onwards(self, states: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """Return the steps to states that nothing reached before, as :meth:`_walk` has them."""
        place = states % np.int32(self._size)
        count = self._count.take(place)
        begin = self._start.take(place) - (np.cumsum(count, dtype=np.int32) - count)
        at = begin.repeat(count)
        at += np.arange(len(at), dtype=np.int32)
        head = self._head.take(at)
        head += (states - place).repeat(count)
        onwards = ~self._known.take(head)
        left = np.zeros(len(head) + 1, np.int32)
        np.cumsum(onwards, out=left[1:])
        ends = np.cumsum(count)
        count = left[ends] - left[ends - count]
        some = np.flatnonzero(count)
        return states[some], count[some], head[onwards]
