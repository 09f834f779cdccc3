"""The cells of a matrix whose rows or columns are gathered under their parents.

A cell stands for every pair of an entity of its row and one of its column. Its score is the best
of all pairs; its paths are those of all pairs, which differ already in where they begin or end. A
measure of entities counts each entity once, however many pairs it is in, with the best of them; a
measure that takes something of both ends counts each pair once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from orthogramic.analysis.matrix_cells import Totals
from orthogramic.analysis.matrix_groups import Groups
from orthogramic.analysis.matrix_lines import Line, Lines
from orthogramic.errors import InvalidParameterError
from orthogramic.graph.arrays import Flags, Numbers

#: The most cells of a matrix that is rolled up: they are all kept.
MOST_ROLLED = 4_000_000
#: Less than any value, as arrays hold it and beyond.
_LOWEST, _LOWER = -(1 << 62), -(1 << 400)


@dataclass(frozen=True, slots=True)
class Gathering:
    """How the values of pairs become the value of a cell.

    :param within_line: whether the values of one line add up in a cell; otherwise the greatest
        counts.
    :param across_lines: whether the values of several lines add up.
    """

    within_line: bool
    across_lines: bool


class _Row:
    """What is known of one group of lines, by group of the other side."""

    def __init__(self, size: int, *, large: bool) -> None:
        self.value: Numbers = np.full(size, 0, object if large else np.int64)
        self.hops: Numbers = np.zeros(size, np.int64)
        self.filled: Flags = np.zeros(size, np.bool_)
        self.at_least: Flags = np.zeros(size, np.bool_)

    def add(self, place: Numbers, line: Line, gathering: Gathering) -> None:
        """Take in the cells of one line; each place is told once."""
        before, value = self.filled[place], line.value
        together = self.value[place] + value if gathering.across_lines else np.maximum(
            self.value[place], value
        )  # fmt: skip
        self.value[place] = np.where(before, together, value)
        self.hops[place] = np.where(before, np.minimum(self.hops[place], line.hops), line.hops)
        self.at_least[place] |= line.at_least
        self.filled[place] = True


class RolledCells:
    """The cells of one matrix of groups, and their totals.

    :param groups: the groups of the rows and of the columns.
    :param large: whether values add up to more than arrays can hold.
    :raises InvalidParameterError: if there are too many.
    """

    def __init__(
        self,
        lines: Lines,
        groups: tuple[Groups, Groups],
        gathering: Gathering,
        *,
        large: bool = False,
    ) -> None:
        self._by_column = lines.by_column
        sizes = tuple(len(each.heads) for each in groups)
        if sizes[0] * sizes[1] > MOST_ROLLED:
            raise InvalidParameterError(
                f"Rolled up, the matrix still has {sizes[0]:,} rows and {sizes[1]:,} columns; at "
                f"most {MOST_ROLLED:,} cells can be rolled up. Choose a higher level."
            )
        self._large = large
        self._across = sizes[0] if lines.by_column else sizes[1]
        self._rows: dict[int, _Row] = {}
        own, others = (groups[1], groups[0]) if lines.by_column else groups
        for number, line in lines.worked_out(np.arange(lines.count)):
            gathered = _gathered(line, others, self._across, gathering, large=large)
            for group in own.of_member[number].tolist():
                row = self._rows.setdefault(group, _Row(self._across, large=large))
                row.add(gathered.place, gathered, gathering)
        self.rows, self.columns = (Totals.none(each, large=large) for each in sizes)
        self.largest = self.smallest = 0
        self._add_up()

    def _add_up(self) -> None:
        along, across = (self.columns, self.rows) if self._by_column else (self.rows, self.columns)
        for group in sorted(self._rows):
            line = self._line(group)
            along.add(group, line, whole=True)
            across.add(line.place, line, whole=False)
            self.largest = max(self.largest, int(line.value.max(initial=0)))
            self.smallest = min(self.smallest, int(line.value.min(initial=0)))

    def _line(self, group: int) -> Line:
        row = self._rows[group]
        place = np.flatnonzero(row.filled)
        return Line(place, row.value[place], row.hops[place], row.at_least[place])

    def of_page(self, rows: Numbers, columns: Numbers) -> Iterator[tuple[int, int, int, int, bool]]:
        """Yield the filled cells of a page; see :class:`FilledCells`."""
        lines, others = (columns, rows) if self._by_column else (rows, columns)
        shown = np.full(self._across, -1, np.int64)
        shown[others] = np.arange(len(others))
        for at, group in enumerate(lines.tolist()):
            if group not in self._rows:
                continue
            line = self._line(group)
            for place, value, hops, at_least in zip(
                shown[line.place].tolist(),
                line.value.tolist(),
                line.hops.tolist(),
                line.at_least.tolist(),
                strict=True,
            ):
                if place >= 0:
                    row, column = (place, at) if self._by_column else (at, place)
                    yield row, column, value, hops, at_least


def _gathered(line: Line, groups: Groups, size: int, gathering: Gathering, *, large: bool) -> Line:
    """Make one line of a line: by groups of the other side."""
    members = [groups.of_member[each] for each in line.place.tolist()]
    if not members:
        return line
    place = np.concatenate(members)
    source = np.repeat(np.arange(len(members)), [len(each) for each in members])
    hops = np.full(size, np.iinfo(np.int64).max)
    np.minimum.at(hops, place, line.hops[source].astype(np.int64))
    lowest = _LOWER if large else _LOWEST
    value: Numbers = np.full(
        size, 0 if gathering.within_line else lowest, object if large else np.int64
    )
    (np.add if gathering.within_line else np.maximum).at(value, place, line.value[source])
    at_least = np.zeros(size, np.bool_)
    at_least[place[line.at_least[source]]] = True
    found = np.unique(place)
    return Line(found, value[found], hops[found], at_least[found])
