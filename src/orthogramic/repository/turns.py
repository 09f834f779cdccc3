"""Who may write, and when what is seen may change.

Whoever has the turn may take his time to find out what to change; what is seen changes only while
both locks are held. So a reader of several steps waits for changes, and never for thoughts. The
turn is always taken first.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from orthogramic.errors import ServiceBusyError


class Turns:
    """The two locks of a repository; the same thread may take each again.

    ``patience`` is how many seconds a write waits for its turn; ``None`` for as long as it takes.
    ``showing`` is held by whoever changes what is seen, and by whoever reads in many steps.
    """

    def __init__(self) -> None:
        self._turn = threading.RLock()
        self.showing = threading.RLock()
        self.patience: float | None = None

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold back other writes.

        :raises ServiceBusyError: if another write has the turn for too long.
        """
        patience = self.patience
        if not self._turn.acquire(timeout=-1 if patience is None else patience):
            raise ServiceBusyError(
                f"Another write has been at work for more than {patience:g} seconds. Write again "
                "in a moment."
            )
        try:
            yield
        finally:
            self._turn.release()
