"""Entities as keys: a short list while there are few, else a table as long as the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

import numpy as np

from orthogramic.graph.arrays import Numbers

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Asking about so many at once pays for a table.
_MANY = 1 << 12


_Value = TypeVar("_Value", bound="np.integer[Any]")


class Lookup(Generic[_Value]):
    """What belongs to some of the entities; 0 belongs to all others.

    :param keys: entity numbers, ascending, none of them twice.
    :param values: what belongs to each.
    :param size: how many entities there are.
    """

    __slots__ = ("_keys", "_size", "_table", "_values")

    def __init__(self, keys: Numbers, values: NDArray[_Value], size: int) -> None:
        self._keys = keys
        self._values = values
        self._size = size
        self._table: NDArray[_Value] | None = None

    def of(self, entities: Numbers) -> NDArray[_Value]:
        """Return what belongs to each of some entities."""
        if self._table is None and len(entities) < _MANY:
            if not len(self._keys):
                return np.zeros(len(entities), self._values.dtype)
            slot = self._keys.searchsorted(entities)
            slot[slot == len(self._keys)] = 0
            found: NDArray[_Value] = self._values[slot]
            found[self._keys[slot] != entities] = 0
            return found
        if self._table is None:
            self._table = np.zeros(self._size, self._values.dtype)
            self._table[self._keys] = self._values
        return self._table.take(entities)
