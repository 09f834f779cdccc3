"""At which gaps answers end, and how many.

The bound of an answer counts the entities on its way that lack a link over which it would have
gone on. Here the same is told from the side of the entity: whose answers count it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from orthogramic.analysis.found import Found
from orthogramic.analysis.gaps.missing import Missing
from orthogramic.analysis.gaps.question import EXPECTED
from orthogramic.analysis.honesty import leads_on
from orthogramic.analysis.reach import reached
from orthogramic.analysis.search import Search
from orthogramic.analysis.stopping import checkpoint
from orthogramic.graph import Direction, EntityGraph, Expectation
from orthogramic.graph.arrays import Flags, Numbers, Scores, ascending
from orthogramic.graph.cost import SCORE_DECIMALS

#: Up to so many entities with a gap, everybody whose answer ends there is counted, unless more
#: than so many are met on the way; beyond that, only neighbours are.
MOST_ENTITIES = 2_000
MOST_VISITS = 5_000_000
_DIRECTIONS = (Direction.DEPENDENCIES, Direction.IMPACT)


@dataclass(frozen=True, slots=True, eq=False)
class Ending:
    """What ends at each of some entities or gaps, by row.

    :param answers: how many answers; 0 where none does.
    :param weight: the scores that they give to the entity with the gap, added up.
    """

    answers: Numbers
    weight: Scores

    def chosen(self, rows: Numbers | Flags) -> Ending:
        """Return some of the rows."""
        return Ending(self.answers[rows], self.weight[rows])


@dataclass(frozen=True, slots=True, eq=False)
class Cuts:
    """The answers that end at each gap, by direction.

    :param max_hops: how far was counted; ``None`` means all the way.
    """

    ending: dict[Direction, Ending]
    max_hops: int | None

    @property
    def weight(self) -> Scores:
        """The weights of both directions, to 12 decimals."""
        both: Scores = np.stack([each.weight for each in self.ending.values()]).sum(axis=0)
        return both.round(SCORE_DECIMALS)

    def chosen(self, rows: Numbers | Flags) -> Cuts:
        """Return those of some gaps."""
        return Cuts({way: each.chosen(rows) for way, each in self.ending.items()}, self.max_hops)


def cuts_of(graph: EntityGraph, missing: Missing) -> Cuts:
    """Find the answers that end at each gap, in the order of the gaps."""
    cutting = {way: _leading(missing, graph, way)[missing.wanting] for way in _DIRECTIONS}
    holders = {way: ascending(missing.holder[cutting[way]]) for way in _DIRECTIONS}
    few = sum(map(len, holders.values())) <= MOST_ENTITIES
    counted = _everybody(graph, holders) if few else None
    max_hops = None if counted else 1
    found = counted or {way: _neighbours(graph, way, holders[way]) for way in _DIRECTIONS}
    ending = {}
    for way, chosen in cutting.items():
        row = np.searchsorted(holders[way], missing.holder[chosen])
        answers, weight = np.zeros(len(chosen), np.int64), np.zeros(len(chosen))
        answers[chosen], weight[chosen] = found[way].answers[row], found[way].weight[row]
        ending[way] = Ending(answers, weight)
    return Cuts(ending, max_hops)


def _leading(missing: Missing, graph: EntityGraph, direction: Direction) -> Flags:
    """Flag the expectations whose links an answer of this direction would go on over."""
    return np.array([_leads(graph, each, direction) for each in missing.expectations], np.bool_)


def _leads(graph: EntityGraph, expectation: Expectation, direction: Direction) -> bool:
    return expectation.shape.severity in EXPECTED and leads_on(graph, expectation, direction, None)


def _everybody(
    graph: EntityGraph, holders: dict[Direction, Numbers]
) -> dict[Direction, Ending] | None:
    """Count, for each entity, itself and all whose answer meets it; ``None`` if it is too much."""
    visits = 0
    counted = {}
    for way, entities in holders.items():
        answers, weight = np.ones(len(entities), np.int64), np.ones(len(entities))
        for row in range(len(entities)):
            checkpoint()
            # Law: whoever it is impact of, depends on it, and with the same score.
            searching = Search(graph, way.reversed(), entities[row : row + 1], None, None)
            met = reached(searching, Found(searching)).score
            answers[row] += len(met)
            weight[row] = math.fsum([1.0, *met.tolist()])
            visits += len(met)
            if visits > MOST_VISITS:
                return None
        counted[way] = Ending(answers, weight.round(SCORE_DECIMALS))
    return counted


def _neighbours(graph: EntityGraph, direction: Direction, entities: Numbers) -> Ending:
    """Count, for each entity, itself and those whose answer meets it within one step."""
    arcs = graph.arcs[direction.reversed()]
    position, count = arcs.leaving(entities)
    row = np.repeat(np.arange(len(entities)), count)
    head = arcs.head.take(position)
    steps = graph.kinds.weight[arcs.kind.take(position)]
    # The best of parallel steps comes first; a step to itself is none.
    order = np.lexsort((-steps, head, row))
    order = order[head[order] != entities[row[order]]]
    pair = row[order] * graph.size + head[order]
    best = order[np.concatenate([np.ones(min(len(pair), 1), np.bool_), pair[1:] != pair[:-1]])]
    size = len(entities)
    answers: Numbers = 1 + np.bincount(row[best], minlength=size)
    weight = 1.0 + np.bincount(row[best], weights=steps[best], minlength=size).astype(np.float64)
    return Ending(answers, weight.round(SCORE_DECIMALS))
