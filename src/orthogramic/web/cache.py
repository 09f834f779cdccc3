"""Remembers what is the same for every page of one snapshot.

Counting the statements of each source or looking for good examples takes a while on a large store,
and no page needs it fresher than the last commit.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar

Value = TypeVar("Value")


class SnapshotCache:
    """Values by name, forgotten when the snapshot moves on. Safe from many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._snapshot = -1
        self._values: dict[str, Any] = {}

    def get(self, snapshot: int, name: str, make: Callable[[], Value]) -> Value:
        """Return a value of a snapshot, making it if it is not there yet.

        :param snapshot: number of the commit that the page shows.
        :param name: what the value is called.
        :param make: makes the value; two threads may both do so, and the last one stays.
        """
        with self._lock:
            if snapshot != self._snapshot:
                self._snapshot, self._values = snapshot, {}
            if name in self._values:
                found: Value = self._values[name]
                return found
        value = make()
        with self._lock:
            if snapshot == self._snapshot:
                self._values[name] = value
        return value
