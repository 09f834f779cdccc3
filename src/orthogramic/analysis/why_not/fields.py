"""What remains at every node on the way from a source, or to a target, by number of steps.

A field is the result of a search from one end: for every node the best that remains of
:data:`orthogramic.graph.cost.UNSPENT` within a number of steps. Without a hop limit steps do not
matter, so there is one number for each node.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from orthogramic.analysis.offering import offers
from orthogramic.analysis.settling import settle
from orthogramic.analysis.spreading import newcomers
from orthogramic.graph.arrays import Costs, Flags, Numbers
from orthogramic.graph.cost import UNSPENT
from orthogramic.graph.model import ArcIndex, EntityGraph


@dataclass(frozen=True, slots=True, eq=False)
class Seeds:
    """What remains at each node before the first step; 0 where a field does not begin.

    :param remaining: by node; entities first, then new ones.
    :param wanted: by new node: the same over links that somebody else than the new one lacks.
    """

    remaining: Costs
    wanted: Costs


class Field:
    """What remains at each node within numbers of steps.

    :param entity: entities that were reached or improved, in the order of steps.
    :param steps: in how many steps each was.
    :param remaining: what remained there.
    :param seeds: for the new nodes, by number of steps; what is new is not searched.
    :param size: how many entities there are.
    """

    def __init__(
        self,
        entity: Numbers,
        steps: Numbers,
        remaining: Costs,
        seeds: Sequence[Seeds],
        size: int,
    ) -> None:
        self._entity = entity
        self._steps = steps
        self._remaining = remaining
        self._seeds = seeds
        self._size = size
        self._dense: dict[int | None, Costs] = {}

    def budgets(self, most: int | None) -> Sequence[int | None]:
        """Return the numbers of steps that may make a difference, least first.

        :param most: greatest number of steps, or ``None``: then steps do not matter.
        """
        if most is None:
            return (None,)
        last = max(int(self._steps.max(initial=0)), len(self._seeds) - 1)
        return range(min(most, last) + 1)

    def within(self, steps: int | None) -> Costs:
        """Return what remains at each node within so many steps, 0 where nothing leads."""
        found = self._dense.get(steps)
        if found is None:
            found = self._dense[steps] = self._within(steps)
        return found

    def wanted(self, steps: int | None) -> Costs:
        """Return what remains at each new node over a link that somebody else lacks."""
        last = len(self._seeds) if steps is None else steps + 1
        found = np.zeros(len(self._seeds[0].wanted), np.int64)
        for each in self._seeds[:last]:
            np.maximum(found, each.wanted, out=found)
        return found

    def _within(self, steps: int | None) -> Costs:
        last = len(self._seeds) if steps is None else steps + 1
        nodes = len(self._seeds[0].remaining)
        found = np.zeros(nodes, np.int64)
        for each in self._seeds[:last]:
            np.maximum(found[self._size :], each.remaining[self._size :], out=found[self._size :])
        end = (
            len(self._entity)
            if steps is None
            else int(self._steps.searchsorted(steps, side="right"))
        )
        # Later entries of an entity are better, and of equal indices the last one stays.
        found[self._entity[:end]] = self._remaining[:end]
        return found


def field_of(
    graph: EntityGraph,
    arcs: ArcIndex,
    seeds: Sequence[Seeds],
    most: int | None,
    admissible: Flags | None,
) -> Field:
    """Search from some nodes.

    :param arcs: the steps to take.
    :param seeds: where the search begins; by number of steps already gone if steps matter.
    :param most: greatest number of steps, or ``None``.
    :param admissible: flags by kind of edge; ``None`` admits all.
    """
    size = graph.size
    if most is None:
        (seed,) = seeds
        begin = np.flatnonzero(seed.remaining[:size])
        settled = settle(
            arcs,
            graph.kinds,
            begin,
            graph.scratch,
            start=seed.remaining[begin],
            admissible=admissible,
        )
        nothing = np.zeros(len(settled.entity), np.int64)
        return Field(settled.entity, nothing, settled.remaining, seeds, size)
    layers: list[Numbers] = []
    remaining: list[Costs] = []
    frontier: Numbers = np.zeros(0, np.int64)
    with graph.scratch.numbers() as best:
        for step in range(most + 1):
            if step < len(seeds):
                frontier = _joined(best, frontier, seeds[step].remaining[:size])
            layers.append(frontier)
            remaining.append(best.take(frontier))
            if step == most or (not len(frontier) and step >= len(seeds)):
                break
            head, offer = offers(arcs, graph.kinds, best, frontier, admissible, None)
            np.maximum.at(best, head, offer)
            frontier = newcomers(head, len(best))
        entity = np.concatenate(layers)
        best[entity] = 0
    steps = np.arange(len(layers)).repeat([len(each) for each in layers])
    return Field(entity, steps, np.concatenate(remaining), seeds, size)


def seed_at(node: int, nodes: int, size: int) -> Seeds:
    """Begin at one node, with nothing spent.

    :param nodes: how many nodes there are; :param size: how many of them are entities.
    """
    remaining = np.zeros(nodes, np.int64)
    remaining[node] = UNSPENT
    return Seeds(remaining, np.zeros(nodes - size, np.int64))


def _joined(best: Costs, frontier: Numbers, seed: Costs) -> Numbers:
    """Let a search begin where a seed is better than what was found, beside its frontier."""
    better = np.flatnonzero(seed > best[: len(seed)])
    best[better] = seed[better]
    return newcomers(np.concatenate([frontier, better]), len(best))
