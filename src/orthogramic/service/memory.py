"""Gives memory that is free inside the process back to the system, so that a peak does not stay.

The C library keeps an arena for each thread that was busy at once, and a few long-lived bytes in
an arena keep the rest of it from leaving by itself: a service that once read many large documents
side by side would hold their memory for ever. ``malloc_trim`` (glibc, ``malloc_trim(3)``) gives
whole free pages back. It is asked for only after the process has worked: what it holds while it
works tells nothing about what is free. Where the library knows no such call, nothing is done.
"""

from __future__ import annotations

import asyncio
import ctypes
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

_SECONDS_BETWEEN_LOOKS = 5.0
#: Processor seconds of work that are worth a trim, which takes some milliseconds.
_WORTH_A_TRIM = 0.5


@asynccontextmanager
async def memory_given_back(
    seconds: float = _SECONDS_BETWEEN_LOOKS, work: float = _WORTH_A_TRIM
) -> AsyncIterator[None]:
    """Look at the process from time to time, as long as the block lasts.

    :param seconds: time between two looks.
    :param work: processor seconds that it must have used since it was last trimmed.
    """
    trim = _trimming()
    if trim is None:
        yield
        return
    watching = asyncio.create_task(_watch(trim, seconds, work))
    try:
        yield
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching


async def _watch(trim: Callable[[int], int], seconds: float, work: float) -> None:
    used = 0.0
    while True:
        await asyncio.sleep(seconds)
        if time.process_time() - used >= work:
            # In a thread, because it waits for the locks of arenas that are in use.
            await asyncio.to_thread(trim, 0)
            used = time.process_time()


def _trimming() -> Callable[[int], int] | None:
    """Return the C library's call, or none where there is none."""
    try:
        return getattr(ctypes.CDLL(None), "malloc_trim", None)
    except (OSError, TypeError):
        return None
