"""The cells of a whole matrix, line by line, and what they add up to.

A cell is the same whether it is looked for from its row, or from its column against the
direction (the mirror law of impact and dependencies; paths read backwards are paths). So one
search runs for each entity of the shorter side: a *line*. Lines are worked out a few at a time
and let go; what is kept for the whole matrix are its totals, and the cells of the first
lines up to a fixed number, so that a page of a small matrix costs nothing more.

Scores are added up as whole numbers of the last decimal that an answer shows, so a total depends
neither on the order of the cells nor on the side that was searched from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np

from orthogramic.analysis.matrix_counting import LEAST_WORK, WORK, Targets, count_paths, targets_of
from orthogramic.analysis.matrix_question import CellKind, MatrixQuestion
from orthogramic.analysis.matrix_reach import sweeps
from orthogramic.analysis.search import Search
from orthogramic.analysis.stopping import checkpoint
from orthogramic.graph.arrays import Costs, Flags, Numbers
from orthogramic.graph.cost import SCORE_DECIMALS, scores
from orthogramic.graph.model import EntityGraph

#: What one point of a score counts in the sums.
UNITS = 10**SCORE_DECIMALS
#: Cells that are kept while the totals are worked out.
_KEPT = 200_000


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """The filled cells of one row, or of one column.

    :param place: positions on the other side, ascending.
    :param value: scores in units, or numbers of paths.
    :param hops: steps of the shortest path.
    :param at_least: whether the value is a lower bound.
    """

    place: Numbers
    value: Numbers
    hops: Numbers
    at_least: Flags


@dataclass(frozen=True, slots=True, eq=False)
class Totals:
    """Filled cells, sums and lower bounds of one side, by position."""

    filled: Numbers
    sum: Numbers
    at_least: Flags

    @classmethod
    def none(cls, size: int) -> Totals:
        """Return totals of nothing."""
        nothing = np.zeros(size, np.int64)
        return cls(nothing, nothing.copy(), np.zeros(size, np.bool_))

    def add(self, place: Numbers | int, line: Line, *, whole: bool) -> None:
        """Add a line: all of it at one position, or each cell at its own."""
        if whole:
            self.filled[place] = len(line.value)
            self.sum[place] = line.value.sum()
            self.at_least[place] = line.at_least.any()
        else:
            self.filled[place] += 1
            self.sum[place] += line.value
            self.at_least[place] |= line.at_least


class Cells:
    """The cells of one matrix, and their totals.

    :param rows: entities of the rows, in the order of labels.
    :param columns: entities of the columns, in the same order.
    """

    def __init__(
        self, graph: EntityGraph, question: MatrixQuestion, rows: Numbers, columns: Numbers
    ) -> None:
        self._by_column = len(columns) < len(rows)
        self._lines, others = (columns, rows) if self._by_column else (rows, columns)
        direction = question.direction.reversed() if self._by_column else question.direction
        admissible = graph.kinds_of(frozenset(question.via)) if question.via else None
        self._searching = Search(graph, direction, self._lines, question.max_hops, admissible)
        self._min_score = question.min_score
        self._targets: Targets | None = None
        if question.cell is CellKind.PATHS:
            self._targets = targets_of(self._searching, others, question.max_hops or 1)
        self._others = others
        self._place = np.full(graph.size, -1, np.int32)
        self._place[others] = np.arange(len(others))
        self._work = max(WORK // max(len(self._lines), 1), LEAST_WORK)
        self._kept: dict[int, Line] = {}
        self.largest = 0
        self.rows, self.columns = Totals.none(len(rows)), Totals.none(len(columns))
        self._add_up()

    def _add_up(self) -> None:
        kept = 0
        along, across = (self.columns, self.rows) if self._by_column else (self.rows, self.columns)
        for number, line in self._worked_out(np.arange(len(self._lines))):
            along.add(number, line, whole=True)
            across.add(line.place, line, whole=False)
            self.largest = max(self.largest, int(line.value.max(initial=0)))
            kept += len(line.value)
            if kept <= _KEPT:
                self._kept[number] = line

    def _worked_out(self, numbers: Numbers) -> Iterator[tuple[int, Line]]:
        """Yield some lines, by number, a few at a time in memory."""
        # To count paths, it is enough to know who is reached.
        scored = self._targets is None or self._min_score > 0
        for positions, sweep in sweeps(self._searching, self._lines[numbers], scored=scored):
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
        if self._targets is None:
            value = np.rint(score * UNITS).astype(np.int64)
            return Line(place, value, hops, np.zeros(len(place), np.bool_))
        reached = np.zeros(len(self._others), np.bool_)
        reached[place] = True
        alone = replace(self._searching, sources=self._lines[number : number + 1])
        counted = count_paths(alone, self._targets, reached, self._work)
        return Line(place, counted.paths[place], hops, counted.at_least[place])

    def of_page(self, rows: Numbers, columns: Numbers) -> Iterator[tuple[int, int, int, int, bool]]:
        """Yield the filled cells of a page.

        :param rows: positions of its rows.
        :param columns: positions of its columns.
        :returns: places of row and column on the page, value, hops, and whether the value is a
            lower bound; line by line.
        """
        lines, others = (columns, rows) if self._by_column else (rows, columns)
        size = len(self.rows.filled) if self._by_column else len(self.columns.filled)
        shown = np.full(size, -1, np.int64)
        shown[others] = np.arange(len(others))
        missing = np.array([each for each in lines.tolist() if each not in self._kept], np.int64)
        places = {number: at for at, number in enumerate(lines.tolist())}
        for number, line in chain(self._kept.items(), self._worked_out(missing)):
            at = places.get(number)
            if at is None:
                continue
            on_page = shown[line.place] >= 0
            columns_of_line = (
                shown[line.place[on_page]].tolist(),
                line.value[on_page].tolist(),
                line.hops[on_page].tolist(),
                line.at_least[on_page].tolist(),
            )
            for other, value, hops, at_least in zip(*columns_of_line, strict=True):
                row, column = (other, at) if self._by_column else (at, other)
                yield row, column, value, hops, at_least
