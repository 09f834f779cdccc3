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

from orthogramic.graph.arrays import Costs, Flags, Numbers, ascending
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


@dataclass(frozen=True, slots=True, eq=False)
class Prospect:
    """What may still be hoped for on the way: entities without a prospect are left out.

    :param labels: labels from the other end of the path.
    :param floor: what must remain at the end of the path; ``None`` for anything.
    """

    labels: Labels
    floor: int | None

    def allows(self, entities: Numbers, offer: Costs) -> Flags:
        """Tell of each entity whether an offer to it may lead to the other end."""
        entry = self.labels.latest[entities]
        if self.floor is None:
            return entry > 0
        return offer - self.floor >= UNSPENT - self.labels.remaining[entry]


def label(
    arcs: ArcIndex,
    kinds: EdgeKinds,
    sources: Numbers,
    max_hops: int | None,
    *,
    start: Costs | None = None,
    admissible: Flags | None = None,
    blocked: Numbers | None = None,
    prospect: Prospect | None = None,
) -> Labels:
    """Label every entity that the sources reach.

    :param arcs: the steps of the direction asked.
    :param kinds: their costs.
    :param sources: entity numbers.
    :param max_hops: greatest number of steps, or ``None``.
    :param start: what remains at each source; ``None`` for everything.
    :param admissible: flags by kind of edge; ``None`` admits all.
    :param blocked: entities that no path may visit, none of them a source.
    :param prospect: which entities are worth a label; ``None`` for all.
    :returns: the labels, those of the sources (0 steps) first, ascending.
    """
    size = len(arcs.start) - 1
    best = np.zeros(size, np.int64)
    latest = np.zeros(size, np.int32)
    if blocked is not None:
        best[blocked] = UNSPENT
    np.maximum.at(best, sources, UNSPENT if start is None else start)
    frontier = ascending(sources)
    nothing = np.zeros(1, np.int64)
    layers: list[tuple[Numbers, Costs, Numbers]] = [(nothing, nothing, nothing)]
    count, step = 1, 0
    while len(frontier):
        layers.append((frontier, best[frontier], latest[frontier]))
        latest[frontier] = np.arange(count, count + len(frontier))
        count += len(frontier)
        if step == max_hops:
            break
        step += 1
        frontier = _improve(arcs, kinds, best, frontier, admissible, prospect)
    return Labels(
        latest=latest,
        entity=np.concatenate([entity for entity, _, _ in layers]),
        steps=np.repeat([0, *range(len(layers) - 1)], [len(entity) for entity, _, _ in layers]),
        remaining=np.concatenate([remaining for _, remaining, _ in layers]),
        previous=np.concatenate([previous for _, _, previous in layers]),
    )


def _improve(
    arcs: ArcIndex,
    kinds: EdgeKinds,
    best: Costs,
    frontier: Numbers,
    admissible: Flags | None,
    prospect: Prospect | None,
) -> Numbers:
    """Take one step from the frontier: raise ``best`` and return who improved, ascending."""
    arc, count = arcs.leaving(frontier)
    kind = arcs.kind[arc]
    head = arcs.head[arc]
    offer = spend(np.repeat(best[frontier], count), kinds.cost[kind])
    better = offer > best[head]
    if admissible is not None:
        better &= admissible[kind]
    head, offer = head[better], offer[better]
    if prospect is not None:
        promising = prospect.allows(head, offer)
        head, offer = head[promising], offer[promising]
    np.maximum.at(best, head, offer)
    return ascending(head)


def closure(arcs: ArcIndex, sources: Numbers, max_hops: int | None, admissible: Flags) -> Flags:
    """Return flags of the entities that admissible steps reach, sources included.

    :param admissible: flags by kind of edge.
    """
    reached = np.zeros(len(arcs.start) - 1, np.bool_)
    reached[sources] = True
    frontier, step = sources, 0
    while len(frontier) and step != max_hops:
        step += 1
        frontier = _advance(arcs, frontier, reached, admissible)
    return reached


def joined(
    out: ArcIndex,
    into: ArcIndex,
    sources: Numbers,
    targets: Numbers,
    *,
    admissible: Flags | None,
    blocked: Numbers,
) -> bool:
    """Tell whether a source reaches a target, growing whichever side is smaller.

    :param into: the steps of ``out``, found from where they lead.
    :param blocked: entities that may not be visited, no source or target among them.
    """
    size = len(out.start) - 1
    sides = [(out, sources, np.zeros(size, np.bool_)), (into, targets, np.zeros(size, np.bool_))]
    for _, frontier, reached in sides:
        reached[frontier] = True
        reached[blocked] = True
    met = bool(sides[1][2][sources].any())
    while not met and all(len(frontier) for _, frontier, _ in sides):
        sides.sort(key=lambda side: len(side[1]))
        arcs, frontier, reached = sides[0]
        fresh = _advance(arcs, frontier, reached, admissible)
        sides[0] = (arcs, fresh, reached)
        met = bool(sides[1][2][fresh].any())
    return met


def _advance(
    arcs: ArcIndex, frontier: Numbers, reached: Flags, admissible: Flags | None
) -> Numbers:
    """Take one step from the frontier: flag and return who is reached for the first time."""
    arc, _ = arcs.leaving(frontier)
    head = arcs.head[arc]
    fresh = ~reached[head]
    if admissible is not None:
        fresh &= admissible[arcs.kind[arc]]
    head = head[fresh]
    reached[head] = True
    return ascending(head)
