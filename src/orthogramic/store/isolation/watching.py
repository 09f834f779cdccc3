"""Hears what a worker says to one question, and kills it where a bound is passed.

The thread that waits for the answer is the one that watches: between two messages it looks at the
clock and at the memory of the worker.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from orthogramic.errors import (
    InterruptedWorkError,
    LimitExceededError,
    QueryCrashedError,
    QueryMemoryError,
    QueryTimeoutError,
)
from orthogramic.store.isolation.bounds import Bounds
from orthogramic.store.isolation.cancellation import Cancellation
from orthogramic.store.isolation.faults import understood
from orthogramic.store.isolation.frames import Frame, Kind
from orthogramic.store.isolation.worker_process import WorkerProcess

#: Seconds between two looks at a worker. A query was seen to take up to some 2 GB a second.
_TICK = 0.025
#: What the engine says when the operating system gives it no memory.
_NO_MEMORY = "memory allocation"


class Watching:
    """One question under watch.

    :param worker: has just been asked.
    :param seconds: how long it may take from now.
    :param cancellation: may be said at any time.
    :param what: what people call it.
    """

    def __init__(
        self,
        worker: WorkerProcess,
        bounds: Bounds,
        seconds: float,
        cancellation: Cancellation,
        what: str = "query",
    ) -> None:
        self._what = what
        self._worker = worker
        self._bounds = bounds
        self._seconds = seconds
        self._cancellation = cancellation
        self._until = time.monotonic() + seconds

    def frames(self) -> Iterator[Frame]:
        """Yield what belongs to the answer, without the frame that ends it.

        :raises OrthogramicError: what the worker says, or a bound that it passed.
        """
        size = 0
        next_look = time.monotonic() + _TICK
        while True:
            try:
                frame = self._worker.wire.receive(_TICK)
            except EOFError:
                raise self._breakdown() from None
            now = time.monotonic()
            if now >= next_look:
                self._look(now)
                next_look = now + _TICK
            if frame is None:
                continue
            if frame.kind is Kind.END:
                return
            if frame.kind is Kind.FAULT:
                raise understood(frame.document())
            size += len(frame.content)
            if size > self._bounds.answer_bytes:
                raise self._over_size()
            yield frame

    def _look(self, now: float) -> None:
        if now >= self._until:
            self._worker.kill()
            raise QueryTimeoutError(
                f"The {self._what} took longer than {self._seconds:g} seconds and was stopped.",
                limit=self._seconds,
            )
        used, rest = self._worker.memory(), self._worker.at_rest
        if used is not None and rest is not None and used - rest > self._bounds.memory:
            raise self._over_memory()

    def _over_memory(self) -> QueryMemoryError:
        self._worker.kill()
        megabytes = self._bounds.memory >> 20
        return QueryMemoryError(
            f"The {self._what} needs more than {megabytes:,} MiB of memory and was stopped.",
            limit=self._bounds.memory,
        )

    def _over_size(self) -> LimitExceededError:
        self._worker.kill()
        megabytes = self._bounds.answer_bytes >> 20
        return LimitExceededError(
            f"The answer is longer than {megabytes:,} MiB; ask for less.",
            limit=self._bounds.answer_bytes,
        )

    def _breakdown(self) -> Exception:
        if self._cancellation.said:
            return InterruptedWorkError(
                f"The {self._what} was stopped: nobody waits for its answer."
            )
        self._worker.kill()
        complaint = self._worker.complaint()
        if _NO_MEMORY in complaint:
            return self._over_memory()
        return QueryCrashedError(
            f"The engine broke down over the {self._what}, which nests or joins more than it can "
            f"follow ({complaint or 'it said nothing more'}). Nothing else was harmed."
        )
