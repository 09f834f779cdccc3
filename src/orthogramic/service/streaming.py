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
from typing import BinaryIO, cast

from fastapi.responses import StreamingResponse

_CHUNK = 1 << 16
_WAITING_CHUNKS = 8
_PATIENCE = 0.5

_HandOver = Callable[[bytes], bool]


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


def streamed_writing(
    write: Callable[[BinaryIO], None], media_type: str, headers: dict[str, str]
) -> StreamingResponse:
    """Return what a function writes, as it writes it; otherwise as :func:`streamed_response`.

    :param write: writes the whole body to a binary file; it may still change the header fields
        before it writes the first byte.
    """

    def work(hand_over: _HandOver) -> None:
        outlet = _Outlet(hand_over)
        write(cast("BinaryIO", outlet))
        outlet.flush()

    chunks = _handed_over(work)
    first = next(chunks, b"")
    return StreamingResponse(chain([first], chunks), headers=headers, media_type=media_type)


def on_own_thread(produce: Callable[[], Iterator[bytes]]) -> Iterator[bytes]:
    """Yield what a function's iterator yields, joined to chunks of useful size.

    The producer waits while nobody takes its chunks, and stops when this iterator is let go.

    :raises Exception: what the producer raised, when everything before it has been taken.
    """

    def work(hand_over: _HandOver) -> None:
        for chunk in _joined(produce()):
            if not hand_over(chunk):
                return

    return _handed_over(work)


def _handed_over(work: Callable[[_HandOver], None]) -> Iterator[bytes]:
    """Yield what a function hands over on a thread of its own."""
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

    def run() -> None:
        try:
            work(hand_over)
            hand_over(None)
        except _Abandoned:
            pass
        except Exception as error:
            # The frames in the trace hold the engine's iterators, which may not leave the thread.
            error.__context__ = None
            hand_over(error.with_traceback(None))

    threading.Thread(target=run, name="export", daemon=True).start()
    try:
        while (item := handover.get()) is not None:
            if isinstance(item, Exception):
                raise item
            yield item
    finally:
        abandoned.set()


class _Abandoned(Exception):  # noqa: N818 - nothing went wrong
    """Nobody wants the rest."""


class _Outlet:
    """A binary file that hands over what is written to it, in chunks of useful size."""

    def __init__(self, hand_over: _HandOver) -> None:
        self._hand_over = hand_over
        self._waiting = bytearray()

    def write(self, data: bytes) -> int:
        """Take some bytes.

        :raises _Abandoned: if nobody wants them.
        """
        self._waiting += data
        if len(self._waiting) >= _CHUNK:
            self.flush()
        return len(data)

    def flush(self) -> None:
        """Hand over what waits."""
        if self._waiting and not self._hand_over(bytes(self._waiting)):
            raise _Abandoned
        self._waiting.clear()


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
