"""To what degree each of those that may depend does depend on each of what is ranked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from orthogramic.analysis.matrix_reach import sweeps
from orthogramic.analysis.ranking.question import RankingQuestion
from orthogramic.analysis.search import search
from orthogramic.analysis.stopping import checkpoint
from orthogramic.graph import Direction, EntityGraph
from orthogramic.graph.arrays import Numbers, Scores
from orthogramic.graph.cost import scores


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """What one dependent depends on, of what is ranked.

    :param place: places in the ranked entities, ascending; ``share``: 0 to 1, by place.
    """

    place: Numbers
    share: Scores


def shares_by_score(
    graph: EntityGraph, question: RankingQuestion, dependents: Numbers, ranked: Numbers
) -> Iterator[Shares]:
    """Yield, dependent by dependent, the score of the best path to each of what is ranked.

    :param dependents: entity numbers; ``ranked``: likewise.
    """
    place = np.full(graph.size, -1, np.int64)
    place[ranked] = np.arange(len(ranked))
    searching = search(graph, Direction.DEPENDENCIES, (), question.via, question.max_hops)
    for positions, sweep in sweeps(searching, dependents):
        for at in range(len(positions)):
            checkpoint()
            entity, remaining, _ = sweep.of(at)
            found = place.take(entity)
            share = scores(remaining)
            kept = (found >= 0) & (share >= question.min_score) & (share > 0)
            order = np.argsort(found[kept], kind="stable")
            yield Shares(found[kept][order], share[kept][order])
