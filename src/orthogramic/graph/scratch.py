"""Arrays as long as a graph, lent to questions: to make them anew costs more than to answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from orthogramic.graph.arrays import Costs, Flags

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Arrays of each sort that wait for the next question.
_MOST_WAITING = 4

_Scalar = TypeVar("_Scalar", np.int64, np.bool_)


class Scratch:
    """Lends arrays of zeros, one for each entity; whoever borrows one leaves it as it was.

    What two snapshots have in common: safe to use from many threads.

    :param size: how long the arrays are.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self._numbers: list[Costs] = []
        self._flags: list[Flags] = []

    @contextmanager
    def numbers(self) -> Iterator[Costs]:
        """Lend an array of whole numbers."""
        array = _take(self._numbers)
        if array is None:
            array = np.zeros(self.size, np.int64)
        yield array
        _give_back(self._numbers, array)

    @contextmanager
    def flags(self) -> Iterator[Flags]:
        """Lend an array of flags."""
        array = _take(self._flags)
        if array is None:
            array = np.zeros(self.size, np.bool_)
        yield array
        _give_back(self._flags, array)


def _take(waiting: list[NDArray[_Scalar]]) -> NDArray[_Scalar] | None:
    try:
        return waiting.pop()
    except IndexError:
        return None


def _give_back(waiting: list[NDArray[_Scalar]], array: NDArray[_Scalar]) -> None:
    # An array that a question broke off over is not given back: it may not be clean.
    if len(waiting) < _MOST_WAITING:
        waiting.append(array)
