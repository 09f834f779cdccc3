"""Best costs from a set of sources by number of steps: what answers with a hop limit are read from.

Layer by layer, every entity whose best cost fell in one layer offers its neighbours a better one
in the next, until nothing improves or the hop limit is met. The labels that remain on an entity
are its Pareto front: for every number of steps the least cost that no shorter path matches. From
them the answer within *any* hop limit can be read, which a search cut off at a depth gets wrong.
Without a limit only the last label of an entity is of use, and
:mod:`orthogramic.analysis.settling` finds it sooner.

Labels range over walks, which may visit an entity twice; scores need only paths, which may not.
They agree: weights are at most 1, so cutting a cycle out of a walk never lowers its score and
always shortens it. The walk behind a label is therefore a path.

(Bellman 1958, Moore 1959, with the layers kept; one array operation per layer instead of a loop.)
"""

from __future__ import annotations

import numpy as np

from orthogramic.analysis.lookup import Lookup
from orthogramic.analysis.offering import Prospect, offers
from orthogramic.analysis.spreading import newcomers
from orthogramic.graph.arrays import Costs, Flags, Numbers, ascending
from orthogramic.graph.cost import UNSPENT
from orthogramic.graph.model import ArcIndex, EdgeKinds
from orthogramic.graph.scratch import Scratch


class Labels:
    """Entries (entity, steps, remaining), in the order in which they were found.

    ``remaining`` is what is left of ``UNSPENT``. ``previous`` has, by entry, the entity's entry of
    fewer steps. Entry 0 stands for "none".

    :param size: how many entities there are.
    """

    __slots__ = ("_latest", "entity", "previous", "remaining", "steps")

    def __init__(self, entity: Numbers, steps: Numbers, remaining: Costs, size: int) -> None:
        self.entity = np.concatenate([np.zeros(1, np.int64), entity])
        self.steps = np.concatenate([np.zeros(1, np.int64), steps])
        self.remaining = np.concatenate([np.zeros(1, np.int64), remaining])
        entry = np.argsort(entity, kind="stable") + 1
        ordered = self.entity[entry]
        again = np.flatnonzero(ordered[1:] == ordered[:-1])
        self.previous = np.zeros(len(self.entity), np.int64)
        self.previous[entry[again + 1]] = entry[again]
        last = np.ones(len(entry), np.bool_)
        last[again] = False
        self._latest = Lookup(ordered[last], entry[last], size)

    def latest(self, entities: Numbers) -> Numbers:
        """Return the best entry of each entity, or 0."""
        return self._latest.of(entities)

    def within(self, entities: Numbers, steps: int | None) -> Numbers:
        """Return the best entry of each entity among those of at most so many steps, or 0."""
        entry = self.latest(entities)
        if steps is None:
            return entry
        while np.any(late := self.steps[entry] > steps):
            entry = np.where(late, self.previous[entry], entry)
        return entry

    def first(self) -> Numbers:
        """Return the entry of fewest steps of each entity that was reached, by entity."""
        found: Numbers = np.flatnonzero(self.previous == 0)[1:]
        return found[np.argsort(self.entity[found], kind="stable")]


def label(  # noqa: PLR0913 - what a search is made of
    arcs: ArcIndex,
    kinds: EdgeKinds,
    sources: Numbers,
    max_hops: int | None,
    scratch: Scratch,
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
    """
    layers: list[Numbers] = []
    remaining: list[Costs] = []
    with scratch.numbers() as best:
        if blocked is not None:
            best[blocked] = UNSPENT
        np.maximum.at(best, sources, UNSPENT if start is None else start)
        frontier = ascending(sources)
        while len(frontier) or not layers:
            layers.append(frontier)
            remaining.append(best.take(frontier))
            if len(layers) - 1 == max_hops:
                break
            head, offer = offers(arcs, kinds, best, frontier, admissible, prospect)
            np.maximum.at(best, head, offer)
            frontier = newcomers(head, len(best))
        entity = np.concatenate(layers)
        best[entity] = 0
        if blocked is not None:
            best[blocked] = 0
    steps = np.arange(len(layers)).repeat([len(each) for each in layers])
    return Labels(entity, steps, np.concatenate(remaining), scratch.size)
