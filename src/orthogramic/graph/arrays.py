"""Names for the arrays of this package, and the one operation that all row indexes share."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

#: Whole numbers: of entities, edges, arcs or kinds.
Numbers = NDArray[np.integer[Any]]
#: What remains of :data:`orthogramic.graph.cost.UNSPENT`, or what a step costs.
Costs = NDArray[np.int64]
#: Scores and weights, 0 to 1.
Scores = NDArray[np.float64]
Flags = NDArray[np.bool_]


def ascending(numbers: Numbers) -> Numbers:
    """Return numbers sorted and without repetitions.

    Sorting beats the hashing of ``numpy.unique`` several times on the small whole numbers here.
    """
    ordered = np.sort(numbers)
    fresh = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=fresh[1:])
    return ordered[fresh]


def row_starts(rows: Numbers, size: int) -> Numbers:
    """Return where each row begins among members that are sorted by row.

    :param rows: the row of each member, in any order.
    :param size: number of rows.
    :returns: ``size + 1`` positions.
    """
    start = np.zeros(size + 1, np.int64)
    np.cumsum(np.bincount(rows, minlength=size), out=start[1:])
    return start


def row_positions(start: Numbers, rows: Numbers) -> tuple[Numbers, Numbers]:
    """Return where the members of some rows stand in compressed sparse rows.

    :param start: row starts, one more than there are rows.
    :param rows: numbers of the rows.
    :returns: positions of the members, row by row, and how many each row has.
    """
    begin = start[rows]
    count = start[rows + 1] - begin
    positions = np.repeat(begin - (np.cumsum(count) - count), count)
    positions += np.arange(len(positions))
    return positions, count
