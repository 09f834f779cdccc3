"""Names for the arrays of this package, and the operations that all of it shares."""

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


def narrowed(numbers: Numbers) -> Numbers:
    """Return numbers from 0 in as few bytes as hold the greatest of them, 2 or 4."""
    narrow = not len(numbers) or int(numbers.max()) <= np.iinfo(np.int16).max
    return numbers.astype(np.int16 if narrow else np.int32)


def combined(*columns: tuple[Numbers, int]) -> NDArray[np.int64]:
    """Return one number for each row of some columns; the numbers compare as the rows do.

    :param columns: whole numbers from 0, each with the number that all of them lie below.
    """
    (first, span), *others = columns
    key = first.astype(np.int64)
    for column, size in others:
        if span * size > np.iinfo(np.int64).max:
            distinct, key = np.unique(key, return_inverse=True)
            span = len(distinct)
        key = key * size + column
        span *= size
    return key
