"""Compressed sparse rows that a commit can change without copying them.

The members of all rows stand in columns, row by row, with room behind them. A row that changes is
written anew into that room, and a short list says where it is now. What was written once is never
overwritten, so every earlier state of the rows stays readable and shares the columns.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from orthogramic.graph.arrays import Numbers, row_starts

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Members for which columns have room: this share of what is in them, and a few for small ones.
_SHARE_OF_ROOM = 16
_LEAST_ROOM = 1 << 12
#: From this share of all rows on, looking up which of them moved pays by a table.
_MANY = 32


class Columns:
    """Parallel arrays with room behind what was written into them.

    :param arrays: what is in them; all of one length.
    :param packed: how much of that was not written behind something else.
    """

    def __init__(self, *arrays: NDArray[Any], packed: int | None = None) -> None:
        self.used = len(arrays[0])
        self.packed = self.used if packed is None else packed
        room = self.used // _SHARE_OF_ROOM + _LEAST_ROOM
        self._lock = threading.Lock()
        self.arrays = tuple(_roomy(each, room) for each in arrays)

    def appended(self, *arrays: NDArray[Any]) -> tuple[Columns, int]:
        """Write behind everything that was written before.

        :returns: the columns, others if there was no room in these, and where the new part begins.
        """
        with self._lock:
            at = self.used
            end = at + len(arrays[0])
            pairs = list(zip(self.arrays, arrays, strict=True))
            if end > len(self.arrays[0]) or not all(_fits(new, old) for old, new in pairs):
                longer = (_joined(old[:at], new) for old, new in pairs)
                return Columns(*longer, packed=self.packed), at
            self.used = end
        for column, each in pairs:
            column[at:end] = each
        return self, at

    @property
    def nbytes(self) -> int:
        """What the columns take in memory, their unused room included."""
        return sum(each.nbytes for each in self.arrays)


def _roomy(array: NDArray[Any], room: int) -> NDArray[Any]:
    column = np.empty(len(array) + room, array.dtype)
    column[: len(array)] = array
    return column


def _fits(new: NDArray[Any], column: NDArray[Any]) -> bool:
    return not len(new) or int(new.max()) <= np.iinfo(column.dtype).max


def _joined(column: NDArray[Any], new: NDArray[Any]) -> NDArray[Any]:
    dtype = column.dtype if _fits(new, column) else np.dtype(np.int32)
    return np.concatenate([column.astype(dtype, copy=False), new.astype(dtype)])


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Where the members of each row stand.

    :param start: where each row begins among sorted members, one more than there were rows.
    :param at: numbers of the rows that stand elsewhere now, ascending.
    :param begin: where those begin; ``end``: where they end.
    """

    start: Numbers
    at: Numbers
    begin: Numbers
    end: Numbers

    @classmethod
    def of(cls, rows: Numbers, size: int) -> Rows:
        """Index members that are sorted by row; a row without members may lie beyond ``size``."""
        start = row_starts(rows, size)
        narrow = 2 * len(rows) <= np.iinfo(np.int32).max
        nothing = np.zeros(0, np.int64)
        return cls(start.astype(np.int32) if narrow else start, nothing, nothing, nothing)

    def span(self, row: int) -> slice:
        """Return where the members of one row stand."""
        if len(self.at):
            slot = int(self.at.searchsorted(row))
            if slot < len(self.at) and self.at[slot] == row:
                return slice(int(self.begin[slot]), int(self.end[slot]))
        if row >= len(self.start) - 1:
            return slice(0, 0)
        return slice(int(self.start[row]), int(self.start[row + 1]))

    def counts(self, rows: Numbers) -> Numbers:
        """Return how many members each of some rows has."""
        return self._spans(rows)[1]

    def positions(self, rows: Numbers) -> tuple[Numbers, Numbers]:
        """Return where the members of some rows stand.

        :returns: positions of the members, row by row, and how many each row has.
        """
        begin, count = self._spans(rows)
        # Equal to one range for each row, but without a loop over rows.
        begin -= np.cumsum(count, dtype=begin.dtype) - count
        positions = begin.repeat(count)
        positions += np.arange(len(positions), dtype=positions.dtype)
        return positions, count

    def _spans(self, rows: Numbers) -> tuple[Numbers, Numbers]:
        # Clipped, a row that was added later and never written is an empty one.
        begin = self.start.take(rows, mode="clip")
        count = self.start.take(rows + 1, mode="clip") - begin
        if not len(self.at):
            return begin, count
        moved, slot = self._moved(rows)
        begin[moved] = self.begin[slot]
        count[moved] = self.end[slot] - self.begin[slot]
        return begin, count

    def _moved(self, rows: Numbers) -> tuple[Numbers, Numbers]:
        """Return which positions of ``rows`` name a row that moved, and its place in ``at``."""
        if len(rows) * _MANY < len(self.start):
            slot = self.at.searchsorted(rows)
            slot[slot == len(self.at)] = 0
            moved = np.flatnonzero(self.at[slot] == rows)
            return moved, slot[moved]
        # The last place is for rows that were added later and never written.
        table = np.zeros(max(len(self.start), int(self.at[-1]) + 1) + 1, np.bool_)
        table[self.at] = True
        moved = np.flatnonzero(table.take(rows, mode="clip"))
        return moved, self.at.searchsorted(rows[moved])

    def moved(self, rows: Numbers, begin: Numbers, count: Numbers) -> Rows:
        """Return the rows with some of them elsewhere.

        :param rows: which ones, ascending.
        """
        keep = ~np.isin(self.at, rows)
        at = np.concatenate([self.at[keep], rows])
        order = np.argsort(at, kind="stable")
        return replace(
            self,
            at=at[order],
            begin=np.concatenate([self.begin[keep], begin])[order],
            end=np.concatenate([self.end[keep], begin + count])[order],
        )


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Rows together with the columns of their members."""

    rows: Rows
    columns: Columns

    @classmethod
    def of(cls, rows: Numbers, size: int, *members: NDArray[Any]) -> Table:
        """Make a table of members that are sorted by row."""
        return cls(Rows.of(rows, size), Columns(*members))

    def members(self, row: int) -> tuple[NDArray[Any], ...]:
        """Return the members of one row, column by column."""
        span = self.rows.span(row)
        return tuple(each[span] for each in self.columns.arrays)

    def with_rows(self, written: Mapping[int, Sequence[NDArray[Any]]]) -> Table:
        """Return the table with some rows written anew.

        :param written: the members, column by column, of each row.
        """
        if not written:
            return self
        rows = sorted(written)
        count = np.array([len(written[each][0]) for each in rows], np.int64)
        columns = zip(*(written[each] for each in rows), strict=True)
        grown, first = self.columns.appended(*(np.concatenate(each) for each in columns))
        begin = first + np.cumsum(count) - count
        return Table(self.rows.moved(np.array(rows, np.int64), begin, count), grown)

    @property
    def nbytes(self) -> int:
        """What the table takes in memory."""
        rows = (self.rows.start, self.rows.at, self.rows.begin, self.rows.end)
        return self.columns.nbytes + sum(each.nbytes for each in rows)
