"""From a value to one of five shades, and from a value to the number that is always printed.

Shades say what is more and what is less; nothing can be read from a shade that is not printed.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from orthogramic.analysis import CellKind, Matrix

LEVELS = 5


@dataclass(frozen=True, slots=True)
class Scale:
    """Five ranges of values, next to each other.

    :param low: where the first range begins.
    :param bounds: where each range ends; the end belongs to it.
    :param whole: whether values are whole numbers.
    """

    low: float
    bounds: tuple[float, ...]
    whole: bool = False

    def level(self, value: float) -> int:
        """Return the number of the range of a value, from 1 to 5."""
        return min(bisect_left(self.bounds, value), LEVELS - 1) + 1

    def ranges(self) -> tuple[tuple[int, str], ...]:
        """Return number and name of each range that can hold a value, for a legend."""
        found = []
        low = self.low
        for level, high in enumerate(self.bounds, start=1):
            first = low + 1 if self.whole else low
            if first <= high and (low < high or level == 1):
                found.append((level, _range(first, high)))
            low = high
        return tuple(found)


def scale_of(matrix: Matrix) -> Scale:
    """Return the scale of a matrix, the same on each of its pages.

    Scores are divided evenly from 0 to 1. Numbers of paths differ by magnitudes, so their ranges
    grow by a constant factor up to the greatest. Numbers of a measure are divided evenly from 0, or
    the least below it, to the greatest.
    """
    if matrix.cell is CellKind.SCORE:
        return linear(0.0, 1.0)
    if matrix.cell is CellKind.MEASURE:
        return linear(matrix.smallest, matrix.largest)
    root = (1 + matrix.largest) ** (1 / LEVELS)
    # A little more, so that rounding does not push the greatest out of its own range.
    bounds = tuple(float(int(root**level - 1 + 1e-6)) for level in range(1, LEVELS + 1))
    return Scale(0, bounds, whole=True)


def linear(low: float, high: float) -> Scale:
    """Return a scale of five ranges of equal width."""
    width = (high - low) / LEVELS
    return Scale(low, tuple(round(low + width * level, 12) for level in range(1, LEVELS + 1)))


def printed_as(matrix: Matrix, value: float, *, at_least: bool = False) -> str:
    """Return a value of a matrix as a cell prints it."""
    if matrix.cell is CellKind.MEASURE:
        return measured(value)
    return printed(value, counted=matrix.cell is CellKind.PATHS, at_least=at_least)


def measured(value: float) -> str:
    """Return a number of a measure as a cell prints it: short, so that large ones fit."""
    for power, letter in ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e4, "k")):
        if abs(value) >= power:
            size = 1e3 if letter == "k" else power
            return f"{value / size:.4g}{letter}"
    if value == int(value):
        return f"{int(value):,}"
    return "<0.01" if 0 < value < 0.005 else f"{value:,.2f}"  # noqa: PLR2004 - half of 0.01


def printed(value: float, *, counted: bool, at_least: bool = False) -> str:
    """Return a value as a cell prints it: whole, or to two decimals, with + for a lower bound."""
    if counted:
        return f"{value:,.0f}{'+' if at_least else ''}"
    return "<0.01" if 0 < value < 0.005 else f"{value:.2f}"  # noqa: PLR2004 - half of 0.01


def _range(low: float, high: float) -> str:
    return f"{low:,.4g}" if low == high else f"{low:,.4g}–{high:,.4g}"
