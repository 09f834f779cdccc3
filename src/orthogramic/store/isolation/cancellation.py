"""How somebody who no longer wants an answer says so, from another thread."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Cancellation:
    """Said once; whoever works for the answer is told, now or as soon as he begins."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stop: Callable[[], None] | None = None
        self._said = False

    @property
    def said(self) -> bool:
        """Whether nobody wants the answer any more."""
        return self._said

    def cancel(self) -> None:
        """Say that nobody wants the answer any more."""
        with self._lock:
            self._said = True
            # Under the lock: once other work is begun, this may not stop it any more.
            if self._stop:
                self._stop()

    def stop_by(self, stop: Callable[[], None] | None) -> None:
        """Say how the work that is being done now is stopped; ``None`` if there is none."""
        with self._lock:
            self._stop = stop
            if self._said and stop:
                stop()
