"""Send bytes while they are still being produced.

The engine's iterators may be used on one thread only, and end the process otherwise. A streamed
answer is pulled on whichever worker thread is free, so its producer gets a thread of its own and
hands over through a short queue.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from itertools import chain
from queue import Full, Queue

from fastapi.responses import StreamingResponse

_CHUNK = 1 << 16
_WAITING_CHUNKS = 8
_PATIENCE = 0.5


def streamed_response(
    produce: Callable[[], Iterator[bytes]], media_type: str, headers: dict[str, str]
) -> StreamingResponse:
    """Return bytes as they are produced. Called on a worker thread.

    :param produce: makes the iterator; it is called and iterated on a thread of its own.
    :raises OrthogramicError: what fails before the first chunk is still an error.
    """
    chunks = on_own_thread(produce)
    first = next(chunks, b"")
    return StreamingResponse(chain([first], chunks), headers=headers, media_type=media_type)


def on_own_thread(produce: Callable[[], Iterator[bytes]]) -> Iterator[bytes]:
    """Yield what a function's iterator yields, joined to chunks of useful size.

    The producer waits while nobody takes its chunks, and stops when this iterator is let go.

    :raises Exception: what the producer raised, when everything before it has been taken.
    """
    handover: Queue[bytes | Exception | None] = Queue(_WAITING_CHUNKS)
    abandoned = threading.Event()

    def hand_over(item: bytes | Exception | None) -> bool:
        while not abandoned.is_set():
            try:
                handover.put(item, timeout=_PATIENCE)
            except Full:
                continue
            return True
        return False

    def work() -> None:
        try:
            if all(hand_over(chunk) for chunk in _joined(produce())):
                hand_over(None)
        except Exception as error:
            # The frames in the trace hold the engine's iterators, which may not leave the thread.
            error.__context__ = None
            hand_over(error.with_traceback(None))

    threading.Thread(target=work, name="export", daemon=True).start()
    try:
        while (item := handover.get()) is not None:
            if isinstance(item, Exception):
                raise item
            yield item
    finally:
        abandoned.set()


def _joined(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Join small chunks: each one sent costs a change of threads."""
    waiting: list[bytes] = []
    size = 0
    for chunk in chunks:
        waiting.append(chunk)
        size += len(chunk)
        if size >= _CHUNK:
            yield b"".join(waiting)
            waiting, size = [], 0
    if waiting:
        yield b"".join(waiting)
