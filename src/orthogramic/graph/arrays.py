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
    :returns: positions of the members, and for each the position of its row in ``rows``.
    """
    begin = start[rows]
    count = start[rows + 1] - begin
    owner = np.repeat(np.arange(len(rows)), count)
    shift = begin - (np.cumsum(count) - count)
    return np.arange(len(owner)) + shift[owner], owner
