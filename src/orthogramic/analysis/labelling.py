"""Best costs from a set of sources by number of steps: the fixpoint behind every answer.

Layer by layer, every entity whose best cost fell in one layer offers its neighbours a better one
in the next, until nothing improves or the hop limit is met. The labels that remain on an entity
are its Pareto front: for every number of steps the least cost that no shorter path matches. From
them the answer within *any* hop limit can be read, which a search cut off at a depth gets wrong.

Labels range over walks, which may visit an entity twice; scores need only paths, which may not.
They agree: weights are at most 1, so cutting a cycle out of a walk never lowers its score and
always shortens it. The walk behind a label is therefore a path.

(Bellman 1958, Moore 1959, with the layers kept; one array operation per layer instead of a loop.)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orthogramic.graph.arrays import Costs, Flags, Numbers
from orthogramic.graph.cost import UNSPENT, spend
from orthogramic.graph.model import ArcIndex, EdgeKinds


@dataclass(frozen=True, slots=True, eq=False)
class Labels:
    """Entries (entity, steps, remaining), in the order in which they were found.

    ``remaining`` is what is left of ``UNSPENT``. ``latest`` has, by entity, its best entry, and
    ``previous``, by entry, the entity's entry of fewer steps. Entry 0 stands for "none".
    """

    latest: Numbers
    entity: Numbers
    steps: Numbers
    remaining: Costs
    previous: Numbers

    def within(self, entities: Numbers, steps: int | None) -> Numbers:
        """Return the best entry of each entity among those of at most so many steps, or 0."""
        entry: Numbers = self.latest[entities]
        if steps is None:
            return entry
        while np.any(late := self.steps[entry] > steps):
            entry = np.where(late, self.previous[entry], entry)
        return entry

    def first(self) -> Numbers:
        """Return the entry of fewest steps of each entity that was reached."""
        found: Numbers = np.flatnonzero(self.previous == 0)[1:]
        return found


def label(
    arcs: ArcIndex,
    kinds: EdgeKinds,
    sources: Numbers,
    max_hops: int | None,
    *,
    admissible: Flags | None = None,
    blocked: Numbers | None = None,
) -> Labels:
    """Label every entity that the sources reach.

    :param arcs: the steps of the direction asked.
    :param kinds: their costs.
    :param sources: entity numbers; no path leads into a source.
    :param max_hops: greatest number of steps, or ``None``.
    :param admissible: flags by kind of edge; ``None`` admits all.
    :param blocked: entities that no path may visit, none of them a source.
    :returns: the labels, those of the sources (0 steps, nothing spent) first.
    """
    size = len(arcs.start) - 1
    best = np.zeros(size, np.int64)
    latest = np.zeros(size, np.int32)
    if blocked is not None:
        best[blocked] = UNSPENT
    nothing = np.zeros(1, np.int64)
    best[sources] = UNSPENT
    latest[sources] = np.arange(1, len(sources) + 1)
    none_before = np.zeros(len(sources), np.int64)
    layers: list[tuple[Numbers, Numbers, Costs, Numbers]] = [
        (nothing, nothing, nothing, nothing),
        (sources, none_before, best[sources], none_before),
    ]
    count = 1 + len(sources)
    frontier, step = sources, 0
    while len(frontier) and (max_hops is None or step < max_hops):
        step += 1
        frontier = _improve(arcs, kinds, best, frontier, admissible)
        layers.append((frontier, np.full(len(frontier), step), best[frontier], latest[frontier]))
        latest[frontier] = np.arange(count, count + len(frontier))
        count += len(frontier)
    return Labels(
        latest=latest,
        entity=np.concatenate([entity for entity, _, _, _ in layers]),
        steps=np.concatenate([steps for _, steps, _, _ in layers]),
        remaining=np.concatenate([remaining for _, _, remaining, _ in layers]),
        previous=np.concatenate([previous for _, _, _, previous in layers]),
    )


def _improve(
    arcs: ArcIndex,
    kinds: EdgeKinds,
    best: Costs,
    frontier: Numbers,
    admissible: Flags | None,
) -> Numbers:
    """Take one step from the frontier: raise ``best`` and return who improved, ascending."""
    arc, owner = arcs.leaving(frontier)
    kind = arcs.kind[arc]
    head = arcs.head[arc]
    offer = spend(best[frontier][owner], kinds.cost[kind])
    better = offer > best[head]
    if admissible is not None:
        better &= admissible[kind]
    improved = head[better]
    np.maximum.at(best, improved, offer[better])
    return np.unique(improved)


def closure(arcs: ArcIndex, sources: Numbers, max_hops: int | None, admissible: Flags) -> Flags:
    """Return flags of the entities that admissible steps reach, sources included.

    :param admissible: flags by kind of edge.
    """
    reached = np.zeros(len(arcs.start) - 1, np.bool_)
    reached[sources] = True
    frontier, step = sources, 0
    while len(frontier) and (max_hops is None or step < max_hops):
        step += 1
        arc, _ = arcs.leaving(frontier)
        head = arcs.head[arc]
        fresh = head[admissible[arcs.kind[arc]] & ~reached[head]]
        reached[fresh] = True
        frontier = np.unique(fresh)
    return reached
