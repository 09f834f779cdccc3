"""Reach, score, hops and modality of a question (clauses 1 to 4), and its bound (clause 9)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orthogramic.analysis.answer import Bound
from orthogramic.analysis.found import Found
from orthogramic.analysis.honesty import bound_of
from orthogramic.analysis.search import Search
from orthogramic.analysis.spreading import clear, spread
from orthogramic.graph.arrays import Flags, Numbers, Scores
from orthogramic.graph.cost import scores
from orthogramic.graph.model import Order


@dataclass(frozen=True, slots=True, eq=False)
class Reached:
    """Entities that a search reached, sources excluded, as columns in the order of numbers."""

    entity: Numbers
    score: Scores
    hops: Numbers
    certain: Flags

    def chosen(self, rows: Flags | Numbers | slice) -> Reached:
        """Return some of the rows: flagged ones, or ones by position."""
        return Reached(self.entity[rows], self.score[rows], self.hops[rows], self.certain[rows])

    def page(
        self, order: Order, limit: int | None, offset: int, group: Numbers | None = None
    ) -> Reached:
        """Return a page of the rows by falling score, then hops, then IRI.

        :param group: of each row, the place of its group: groups come one after the other.
        """
        size = len(self.entity)
        end = size if limit is None else min(offset + limit, size)
        rows: Numbers = np.arange(size)
        if group is None and 0 < 4 * end < size:
            # Whatever the order among them, the page is part of those that score enough.
            least = np.partition(self.score, size - end)[size - end]
            rows = np.flatnonzero(self.score >= least)
        keys = order.keys(self.entity[rows])
        columns = (keys, self.hops[rows], -self.score[rows])
        ranked = np.lexsort(columns if group is None else (*columns, group[rows]))
        return self.chosen(rows[ranked[offset:end]])


def reached(searching: Search, found: Found) -> Reached:
    """Tell reach, score, hops and modality of what a search found.

    With several sources the set is asked about as a whole: the score is the best from any of
    them, hops the fewest from any, and a hit is certain if it is from any.
    """
    entity, hops = found.hops()
    hit = hops > 0
    entity, hops = entity[hit], hops[hit]
    return Reached(
        entity=entity,
        score=scores(found.remaining(entity)),
        hops=hops,
        certain=_surely(searching, entity),
    )


def _surely(searching: Search, entity: Numbers) -> Flags:
    """Tell which entities are reached by steps that are all certain."""
    graph = searching.graph
    certain = searching.usable(graph.kinds.certain, np.arange(len(graph.kinds.certain)))
    sources, limit = searching.sources, searching.max_hops
    sure, _ = spread(searching.out, sources, limit, certain, graph.scratch)
    with graph.scratch.flags() as flags:
        flags[sure] = True
        surely = flags.take(entity)
        clear(flags, sure)
    return surely


def bound(searching: Search, found: Reached, min_score: float) -> Bound:
    """State where an answer may be incomplete.

    That is at the sources and the reached entities that could have been walked on from (fewer
    hops than the limit, and a score from which a hit may still follow) but lack a link that the
    shapes expect and over which the question would have walked.

    :param found: everything reached, before hits are filtered.
    :param min_score: least score of a hit; scores only fall along a path.
    """
    open_ended = found.score >= min_score
    if searching.max_hops is not None:
        open_ended &= found.hops < searching.max_hops
    candidates = np.concatenate([searching.sources, found.entity[open_ended]])
    return bound_of(searching.graph, candidates, searching.direction, searching.admissible)
