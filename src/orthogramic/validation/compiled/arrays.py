"""Joins over columns of whole numbers: what judging many nodes at once is made of."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

#: Whole numbers: of terms, or of rows of another column.
Numbers: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]
#: Two columns of equal length: the row of a node, and the number of a value that it has.
Pairs: TypeAlias = tuple[Numbers, Numbers]

EMPTY: Numbers = np.zeros(0, np.int64)
EMPTY.flags.writeable = False
_HALF = 32
_LOWER = (1 << _HALF) - 1


def numbers(values: list[int]) -> Numbers:
    """Return a list as a column."""
    return np.array(values, np.int64)


def distinct(column: Numbers) -> Numbers:
    """Return a column sorted and without repetitions."""
    ordered = np.sort(column)
    if len(ordered) < 2:  # noqa: PLR2004 - nothing can be repeated
        return ordered
    fresh = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=fresh[1:])
    return ordered[fresh]


def packed(pairs: Pairs) -> Numbers:
    """Return each pair as one number; both members must be below 2 ** 31."""
    return (pairs[0] << _HALF) | pairs[1]


def unpacked(column: Numbers) -> Pairs:
    """Return the pairs that :func:`packed` made numbers of."""
    return column >> _HALF, column & _LOWER


def distinct_pairs(pairs: Pairs) -> Pairs:
    """Return pairs sorted, each once."""
    return unpacked(distinct(packed(pairs)))


def ranges(begin: Numbers, end: Numbers) -> Pairs:
    """Write out half-open ranges.

    :param begin: where each range begins.
    :param end: where it ends.
    :returns: the number of the range and the position, for every position in every range.
    """
    count = end - begin
    owners = np.repeat(np.arange(len(begin)), count)
    positions = np.repeat(begin - (np.cumsum(count) - count), count)
    positions += np.arange(len(positions))
    return owners, positions


def matches(wanted: Numbers, ordered: Numbers) -> Pairs:
    """Find each wanted number in a sorted column.

    :param wanted: numbers, in any order.
    :param ordered: a sorted column, with repetitions.
    :returns: row of the wanted number and position in the sorted column, for every match.
    """
    begin = np.searchsorted(ordered, wanted, "left")
    end = np.searchsorted(ordered, wanted, "right")
    return ranges(begin, end)


def followed(pairs: Pairs, hops: tuple[Numbers, Pairs]) -> Pairs:
    """Continue pairs by what their values lead to.

    :param pairs: rows and values.
    :param hops: the sorted values without repetitions, and for the rows of that column where they
        lead to, sorted by row.
    :returns: rows and new values, each pair once.
    """
    rows, values = pairs
    sources, (hop_rows, hop_values) = hops
    owners, positions = matches(np.searchsorted(sources, values), hop_rows)
    return distinct_pairs((rows[owners], hop_values[positions]))


def among(column: Numbers, members: Numbers) -> Flags:
    """Tell for each number of a column whether it is among the sorted members."""
    if not len(members):
        return np.zeros(len(column), np.bool_)
    positions = np.searchsorted(members, column)
    positions[positions == len(members)] = 0
    found: Flags = members[positions] == column
    return found
