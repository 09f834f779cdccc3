"""The cells of a matrix as lines: what each entity of one side reaches on the other.

A cell is the same whether it is looked for from its row, or from its column against the
direction (the mirror law of impact and dependencies; paths read backwards are paths). So one
search runs for each entity of one side, and lines are worked out a few at a time and let go.

Values are whole numbers of the last decimal that an answer shows, so what they add up to depends
neither on the order of the cells nor on the side that was searched from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from orthogramic.analysis.matrix_counting import LEAST_WORK, WORK, Targets, count_paths, targets_of
from orthogramic.analysis.matrix_numbers import CellNumbers, whole_units
from orthogramic.analysis.matrix_question import CellKind, MatrixQuestion
from orthogramic.analysis.matrix_reach import sweeps
from orthogramic.analysis.search import Search
from orthogramic.analysis.stopping import checkpoint
from orthogramic.graph.arrays import Costs, Flags, Numbers, Scores
from orthogramic.graph.cost import SCORE_DECIMALS, scores
from orthogramic.graph.model import EntityGraph

#: What one point of a score counts in the sums.
UNITS: int = 10**SCORE_DECIMALS


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """The filled cells of one row, or of one column.

    :param place: positions on the other side, ascending.
    :param value: scores or numbers of a measure in units, or numbers of paths.
    :param hops: steps of the shortest path.
    :param at_least: whether the value is a lower bound.
    """

    place: Numbers
    value: Numbers
    hops: Numbers
    at_least: Flags


class Lines:
    """The lines of one matrix.

    :param rows: entities of the rows, in the order of labels.
    :param columns: entities of the columns, in the same order.
    :param numbers: what a measure puts into the cells; ``None`` for scores and paths.
    :param by_column: whether lines are columns; by default, whichever are fewer.
    """

    def __init__(
        self,
        graph: EntityGraph,
        question: MatrixQuestion,
        rows: Numbers,
        columns: Numbers,
        numbers: CellNumbers | None = None,
        *,
        by_column: bool | None = None,
    ) -> None:
        self.by_column = len(columns) < len(rows) if by_column is None else by_column
        self.sizes = (len(rows), len(columns))
        self._entities, self._others = (columns, rows) if self.by_column else (rows, columns)
        direction = question.direction.reversed() if self.by_column else question.direction
        admissible = graph.kinds_of(frozenset(question.via)) if question.via else None
        self._searching = Search(graph, direction, self._entities, question.max_hops, admissible)
        self._min_score = question.min_score
        self._numbers = numbers
        self._targets: Targets | None = None
        if question.cell is CellKind.PATHS:
            self._targets = targets_of(self._searching, self._others, question.max_hops or 1)
        self._place = np.full(graph.size, -1, np.int32)
        self._place[self._others] = np.arange(len(self._others))
        self._work = max(WORK // max(len(self._entities), 1), LEAST_WORK)

    @property
    def count(self) -> int:
        """How many lines there are; ``across`` is how many cells each may have."""
        return len(self._entities)

    @property
    def across(self) -> int:
        """How many cells a line may have."""
        return len(self._others)

    def worked_out(self, numbers: Numbers) -> Iterator[tuple[int, Line]]:
        """Yield some lines, by number, a few at a time in memory."""
        # To count paths, it is enough to know who is reached.
        scored = self._targets is None or self._min_score > 0
        for positions, sweep in sweeps(self._searching, self._entities[numbers], scored=scored):
            for at, number in enumerate(numbers[positions].tolist()):
                checkpoint()
                entity, remaining, hops = sweep.of(at)
                place = self._place.take(entity)
                shown = np.flatnonzero(place >= 0)
                shown = shown[np.argsort(place[shown], kind="stable")]
                yield number, self._line(number, place[shown], remaining[shown], hops[shown])

    def _line(self, number: int, place: Numbers, remaining: Costs, hops: Numbers) -> Line:
        """Make a line of what its source reaches on the other side.

        :param place: positions on the other side, ascending.
        """
        score = scores(remaining)
        good = score >= self._min_score
        place, score, hops = place[good], score[good], hops[good]
        if self._numbers is not None:
            return self._measured(self._numbers, number, place, score, hops)
        if self._targets is None:
            value = np.rint(score * UNITS).astype(np.int64)
            return Line(place, value, hops, np.zeros(len(place), np.bool_))
        reached = np.zeros(len(self._others), np.bool_)
        reached[place] = True
        alone = replace(self._searching, sources=self._entities[number : number + 1])
        counted = count_paths(alone, self._targets, reached, self._work)
        return Line(place, counted.paths[place], hops, counted.at_least[place])

    def _measured(
        self, numbers: CellNumbers, number: int, place: Numbers, score: Scores, hops: Numbers
    ) -> Line:
        """Make a line of the numbers of a measure, where there are any."""
        own = np.full(len(place), number, np.int64)
        ends = (place, own) if self.by_column else (own, place)
        found = numbers.of_cells(ends[0], ends[1], score)
        known = np.flatnonzero(~np.isnan(found))
        values = whole_units(found[known])
        return Line(place[known], values, hops[known], np.zeros(len(known), np.bool_))
