"""Many short texts as one piece of memory: a million names need no million objects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import overload

import numpy as np

from orthogramic.graph.arrays import Numbers

_NOTHING: Mapping[int, str] = MappingProxyType({})


class Texts(Sequence[str]):
    """An immutable sequence of texts, of which a few may have been changed or added since.

    :param blob: all texts in UTF-8, one behind the other.
    :param start: where each begins, and where the last ends.
    :param changed: by position, what stands there now; positions behind the last are additions.
    """

    __slots__ = ("_blob", "_changed", "_size", "_start")

    def __init__(self, blob: bytes, start: Numbers, changed: Mapping[int, str] = _NOTHING) -> None:
        self._blob = blob
        self._start = start
        self._changed = changed
        self._size = max(len(start) - 1, 1 + max(changed, default=-1))

    @classmethod
    def of(cls, texts: Iterable[str]) -> Texts:
        """Pack texts."""
        encoded = [each.encode("utf-8", "surrogatepass") for each in texts]
        start = np.zeros(len(encoded) + 1, np.int64)
        np.cumsum(np.fromiter(map(len, encoded), np.int64, len(encoded)), out=start[1:])
        narrow = start[-1] <= np.iinfo(np.int32).max
        return cls(b"".join(encoded), start.astype(np.int32) if narrow else start)

    def changed(self, changes: Mapping[int, str]) -> Texts:
        """Return the texts with some of them replaced or added; what is unchanged is shared."""
        return Texts(self._blob, self._start, {**self._changed, **changes}) if changes else self

    @property
    def nbytes(self) -> int:
        """What the texts take in memory, changes left out."""
        return len(self._blob) + self._start.nbytes

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[str, ...]: ...
    def __getitem__(self, at: int | slice) -> str | tuple[str, ...]:
        if isinstance(at, slice):
            return tuple(self[each] for each in range(*at.indices(self._size)))
        if at in self._changed:
            return self._changed[at]
        return self._packed(at).decode("utf-8", "surrogatepass")

    def find(self, text: str) -> int | None:
        """Return the position of a text among those that were packed, if they are ascending."""
        # UTF-8 has the order of code points, which is that of Python's strings.
        wanted = text.encode("utf-8", "surrogatepass")
        at = self.place(text)
        return at if at < len(self._start) - 1 and self._packed(at) == wanted else None

    def place(self, text: str) -> int:
        """Return before which of the packed texts a text belongs, if they are ascending."""
        wanted = text.encode("utf-8", "surrogatepass")
        low, high = 0, len(self._start) - 1
        while low < high:
            middle = (low + high) // 2
            if self._packed(middle) < wanted:
                low = middle + 1
            else:
                high = middle
        return low

    def _packed(self, at: int) -> bytes:
        if not 0 <= at < len(self._start) - 1:
            raise IndexError(at)
        return self._blob[self._start[at] : self._start[at + 1]]
