"""How many paths lead from one entity to each of some others, as far as counting is worth it.

Paths visit no entity twice, have at most so many steps, and differ already in a parallel edge.
They are grown step by step, many at a time in arrays, and given up where no target that is still
counted can be reached in the steps that remain. Whatever is left to grow waits on a stack, the
longest on top, so that memory depends on the size of a batch and not on the number of paths.

Counting ends in two ways: a target has more paths than the cap, or the work that one search may
cost is done. Either way what is told is a lower bound, and is marked as one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orthogramic.analysis.search import Search
from orthogramic.analysis.stopping import checkpoint
from orthogramic.graph.arrays import Flags, Numbers, ascending

#: The most paths that a cell counts.
CAP = 1000
#: Steps that all searches of one matrix may look at together, and one of them at least.
WORK = 20_000_000
LEAST_WORK = 20_000
#: Steps that are looked at in one go.
_BATCH = 1 << 16


@dataclass(frozen=True, slots=True, eq=False)
class Targets:
    """Where paths end.

    :param place: by entity, its position among the targets, or -1.
    :param size: how many targets there are.
    :param near: by entity, the fewest steps to any target, or more than the hop limit.
    """

    place: Numbers
    size: int
    near: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """The number of paths by target, and whether there are, or may be, more."""

    paths: Numbers
    at_least: Flags


def targets_of(searching: Search, entities: Numbers, hops: int) -> Targets:
    """Prepare to count the paths to some entities; serves every search of one matrix."""
    place = np.full(searching.graph.size, -1, np.int32)
    place[entities] = np.arange(len(entities))
    return Targets(place, len(entities), _near(searching, entities, hops))


def count_paths(searching: Search, targets: Targets, reached: Flags, work: int) -> Counted:
    """Count the paths from the source of a search.

    :param searching: a search from one entity with a hop limit.
    :param reached: which targets are worth counting; each has a path.
    :param work: how many steps may be looked at.
    """
    counting = _Counting(searching, targets, reached)
    waiting = [searching.sources.reshape(1, 1)]
    while waiting and work > 0 and counting.wanted.any():
        checkpoint()
        walks = waiting.pop()
        fitting = _fitting(searching, walks)
        if fitting < len(walks):
            waiting.append(walks[fitting:])
        grown, looked_at = counting.grow(walks[:fitting])
        work -= looked_at
        if len(grown):
            waiting.append(grown)
    unfinished = counting.wanted if waiting else np.zeros_like(counting.wanted)
    paths = np.minimum(counting.paths, CAP)
    return Counted(
        # What is reached has a path, even where the work was done before it was found.
        paths=np.maximum(paths, reached.astype(np.int64)),
        at_least=reached & (unfinished | (counting.paths > CAP)),
    )


def _fitting(searching: Search, walks: Numbers) -> int:
    """Return how many walks can take their next step in one go; at least one."""
    steps = np.cumsum(searching.out.counts(walks[:, -1]))
    return max(int(np.searchsorted(steps, _BATCH, side="right")), 1)


class _Counting:
    """What has been counted so far."""

    def __init__(self, searching: Search, targets: Targets, reached: Flags) -> None:
        assert searching.max_hops is not None
        self._searching = searching
        self._hops = searching.max_hops
        self._place = targets.place
        self._near = targets.near
        self._looked_for = targets.size
        self.paths = np.zeros(targets.size, np.int64)
        self.wanted = reached.copy()

    def grow(self, walks: Numbers) -> tuple[Numbers, int]:
        """Take one step more.

        :param walks: their entities, one walk to a row.
        :returns: the walks that may go on, and how many steps were looked at.
        """
        searching, out = self._searching, self._searching.out
        left = self._hops - walks.shape[1]
        arc, count = out.leaving(walks[:, -1])
        head = out.head[arc]
        useful = searching.usable(self._near[head] <= left, out.kind[arc])
        walk, head = np.repeat(np.arange(len(walks)), count)[useful], head[useful]
        fresh = ~(walks[walk] == head[:, None]).any(axis=1)
        walk, head = walk[fresh], head[fresh]
        self._count(self._place[head], left)
        if not left:
            return np.zeros((0, 0), np.int64), len(arc)
        return np.concatenate([walks[walk], head[:, None]], axis=1), len(arc)

    def _count(self, place: Numbers, left: int) -> None:
        arrived = place[place >= 0]
        self.paths += np.bincount(arrived, minlength=len(self.paths))
        self.wanted &= self.paths <= CAP
        wanted = int(self.wanted.sum())
        # Looking anew for the way to what is still wanted pays when much of it is done.
        if left and wanted and 2 * wanted <= self._looked_for:
            self._looked_for = wanted
            numbers = np.flatnonzero(self._place >= 0)
            wanted_numbers = numbers[self.wanted[self._place[numbers]]]
            self._near = _near(self._searching, wanted_numbers, self._hops)


def _near(searching: Search, targets: Numbers, hops: int) -> Numbers:
    """Return the fewest steps from each entity to any target; ``hops + 1`` stands for more."""
    into = searching.into
    near = np.full(searching.graph.size, hops + 1, np.int16)
    near[targets] = 0
    frontier = targets
    for steps in range(1, hops):
        arc, _ = into.leaving(frontier)
        fresh = searching.usable(near[into.head[arc]] > steps, into.kind[arc])
        frontier = ascending(into.head[arc][fresh])
        near[frontier] = steps
        if not len(frontier):
            break
    return near
