"""The cells of a whole matrix, and what they add up to.

What is kept for the whole matrix are its totals, and the cells of the first lines up to a fixed
number, so that a page of a small matrix costs nothing more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Protocol

import numpy as np

from orthogramic.analysis.matrix_lines import Line, Lines
from orthogramic.graph.arrays import Flags, Numbers

#: Cells that are kept while the totals are worked out.
_KEPT = 200_000


@dataclass(frozen=True, slots=True, eq=False)
class Totals:
    """Filled cells, sums and lower bounds of one side, by position."""

    filled: Numbers
    sum: Numbers
    at_least: Flags

    @classmethod
    def none(cls, size: int, *, large: bool = False) -> Totals:
        """Return totals of nothing.

        :param large: whether sums may be too great for the whole numbers of arrays.
        """
        nothing = np.zeros(size, np.int64)
        together: Numbers = np.zeros(size, object if large else np.int64)
        return cls(nothing, together, np.zeros(size, np.bool_))

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


class FilledCells(Protocol):
    """All filled cells of a matrix; ``largest`` and ``smallest`` are the values farthest from 0."""

    rows: Totals
    columns: Totals
    largest: int
    smallest: int

    def of_page(self, rows: Numbers, columns: Numbers) -> Iterator[tuple[int, int, int, int, bool]]:
        """Yield the filled cells of a page.

        :param rows: positions of its rows.
        :param columns: positions of its columns.
        :returns: places of row and column on the page, value, hops, and whether the value is a
            lower bound; in any order.
        """


class Cells:
    """The cells of one matrix, and their totals: :class:`FilledCells`.

    :param large: whether values add up to more than arrays can hold.
    """

    def __init__(self, lines: Lines, *, large: bool = False) -> None:
        self._lines = lines
        self._kept: dict[int, Line] = {}
        self.largest = self.smallest = 0
        self.rows, self.columns = (Totals.none(each, large=large) for each in lines.sizes)
        self._add_up()

    def _add_up(self) -> None:
        kept = 0
        along, across = self.rows, self.columns
        if self._lines.by_column:
            along, across = across, along
        for number, line in self._lines.worked_out(np.arange(self._lines.count)):
            along.add(number, line, whole=True)
            across.add(line.place, line, whole=False)
            self.largest = max(self.largest, int(line.value.max(initial=0)))
            self.smallest = min(self.smallest, int(line.value.min(initial=0)))
            kept += len(line.value)
            if kept <= _KEPT:
                self._kept[number] = line

    def of_page(self, rows: Numbers, columns: Numbers) -> Iterator[tuple[int, int, int, int, bool]]:
        """Yield the filled cells of a page; see :meth:`FilledCells.of_page`."""
        by_column = self._lines.by_column
        lines, others = (columns, rows) if by_column else (rows, columns)
        shown = np.full(self._lines.across, -1, np.int64)
        shown[others] = np.arange(len(others))
        missing = np.array([each for each in lines.tolist() if each not in self._kept], np.int64)
        places = {number: at for at, number in enumerate(lines.tolist())}
        for number, line in chain(self._kept.items(), self._lines.worked_out(missing)):
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
                row, column = (other, at) if by_column else (at, other)
                yield row, column, value, hops, at_least
