"""Best costs from a set of sources to everything, however many steps it takes.

Without a hop limit the number of steps does not matter to a score, so entities need not be looked
at again for every number of steps. Those whose cost is nearest to the best go first, a band of
costs at a time; within a band and behind it costs fall until nothing improves. Few entities are
looked at more than once, and every operation works on many.

(Meyer and Sanders 2003, delta-stepping.) How many steps the best paths take is asked of few
entities, and found for those alone: by the steps that are *tight*, which lead from a best cost to
the best cost that it explains.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orthogramic.analysis.lookup import Lookup
from orthogramic.analysis.offering import Prospect, offers
from orthogramic.analysis.spreading import LARGE_SHARE, clear, newcomers
from orthogramic.graph.arrays import Costs, Flags, Numbers, ascending
from orthogramic.graph.cost import GRID, UNSPENT, spend
from orthogramic.graph.model import ArcIndex, EdgeKinds
from orthogramic.graph.rows import Rows
from orthogramic.graph.scratch import Scratch

#: Costs that are settled together: scores that differ by a factor of about two.
_BAND = 3 * GRID // 4
#: So few entities are always looked at together.
_FEW = 1 << 11


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """The entities that sources reach, ascending, and what remains at the best end of each."""

    entity: Numbers
    remaining: Costs

    def remaining_at(self, entities: Numbers) -> Costs:
        """Return what remains at some settled entities."""
        found: Costs = self.remaining[self.entity.searchsorted(entities)]
        return found


def settle(
    arcs: ArcIndex,
    kinds: EdgeKinds,
    sources: Numbers,
    scratch: Scratch,
    *,
    start: Costs | None = None,
    admissible: Flags | None = None,
    blocked: Numbers | None = None,
    prospect: Prospect | None = None,
) -> Settled:
    """Find the best cost of every entity that the sources reach.

    The parameters are those of :func:`orthogramic.analysis.labelling.label`.
    """
    with scratch.numbers() as best, scratch.flags() as flags:
        if blocked is not None:
            best[blocked] = UNSPENT
        np.maximum.at(best, sources, UNSPENT if start is None else start)
        waiting = _Waiting(best, flags)
        waiting.add(sources)
        touched = [sources]
        while len(frontier := waiting.next()):
            head, offer = offers(arcs, kinds, best, frontier, admissible, prospect)
            np.maximum.at(best, head, offer)
            waiting.add(head)
            touched.append(head)
        if blocked is not None:
            best[blocked] = 0
        if sum(map(len, touched)) * LARGE_SHARE > len(best):
            entity: Numbers = np.flatnonzero(best)
        else:
            entity = ascending(np.concatenate(touched))
        remaining = best[entity]
        best[entity] = 0
    return Settled(entity, remaining)


class _Waiting:
    """Entities whose cost fell and who have not offered it to their neighbours yet.

    :param best: what remains at each entity.
    :param flags: of those that wait.
    """

    def __init__(self, best: Costs, flags: Flags) -> None:
        self._best = best
        self._flags = flags
        self._later: list[Numbers] = []
        self._fresh: Numbers = np.zeros(0, np.int64)
        self._floor = 0

    def add(self, entities: Numbers) -> None:
        """Let entities wait whose cost just fell; they may be repeated."""
        if self._floor:
            far = self._best.take(entities) < self._floor
            self._later.append(entities[far])
            self._flags[entities[far]] = True
            entities = entities[~far]
        self._fresh = newcomers(entities, len(self._flags))

    def next(self) -> Numbers:
        """Return those whose turn it is, ascending; none if nobody waits."""
        if not self._floor and len(self._fresh) > _FEW:
            self._put_off(self._fresh)
            self._fresh = self._next_band()
        elif not len(self._fresh) and self._later:
            self._fresh = self._next_band()
        elif self._later:
            # Whoever is looked at now need not be looked at again with a later band.
            self._flags[self._fresh] = False
        return self._fresh

    def _put_off(self, entities: Numbers) -> None:
        self._later.append(entities)
        self._flags[entities] = True

    def _next_band(self) -> Numbers:
        waiting = self._gathered()
        self._flags[waiting] = False
        self._later, self._floor = [], 0
        if len(waiting) <= _FEW:
            return waiting
        remaining = self._best.take(waiting)
        self._floor = max(int(remaining.max()) - _BAND, 1)
        far = remaining < self._floor
        self._put_off(waiting[far])
        return waiting[~far]

    def _gathered(self) -> Numbers:
        if sum(map(len, self._later)) * LARGE_SHARE > len(self._flags):
            return np.flatnonzero(self._flags)
        waiting = ascending(np.concatenate(self._later))
        return waiting[self._flags[waiting]]


def steps_toward(
    targets: Numbers,
    settled: Settled,
    roots: Numbers,
    into: ArcIndex,
    kinds: EdgeKinds,
    scratch: Scratch,
    *,
    admissible: Flags | None,
) -> tuple[Numbers, Numbers]:
    """Find in how few steps best paths lead to what lies on best paths to some entities.

    :param targets: settled entities.
    :param roots: the sources that no path from another source improves.
    :param into: the steps by which costs were settled, found from where they lead.
    :returns: entities, ascending, the targets among them, and the steps of each.
    """
    remaining = Lookup(settled.entity, settled.remaining, scratch.size)
    frontier = ascending(targets)
    cone, tails, heads = [frontier], [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    with scratch.flags() as flags:
        flags[frontier] = True
        while len(frontier):
            arc, count = into.leaving(frontier)
            tail, kind = into.head.take(arc), into.kind.take(arc)
            left = remaining.of(tail)
            tight = spend(left, kinds.cost.take(kind)) == remaining.of(frontier).repeat(count)
            tight &= left > 0
            if admissible is not None:
                tight &= admissible.take(kind)
            tails.append(tail[tight])
            heads.append(frontier.repeat(count)[tight])
            frontier = newcomers(tails[-1][~flags.take(tails[-1])], scratch.size)
            flags[frontier] = True
            cone.append(frontier)
        entity = newcomers(np.concatenate(cone), scratch.size)
        clear(flags, entity)
    place = Lookup(entity, np.arange(1, len(entity) + 1), scratch.size)
    tail, head = place.of(np.concatenate(tails)) - 1, place.of(np.concatenate(heads)) - 1
    begin = place.of(roots)
    return entity, _levels(tail, head, begin[begin > 0] - 1, len(entity))


def _levels(tail: Numbers, head: Numbers, begin: Numbers, size: int) -> Numbers:
    """Return the fewest steps from some places to all of them, over arcs in any order."""
    order = np.argsort(tail, kind="stable")
    rows, head = Rows.of(tail[order], size), head[order]
    levels = np.full(size, -1, np.int64)
    frontier, step = ascending(begin), 0
    while len(frontier):
        levels[frontier] = step
        step += 1
        reached = head[rows.positions(frontier)[0]]
        frontier = newcomers(reached[levels[reached] < 0], size)
    return levels
