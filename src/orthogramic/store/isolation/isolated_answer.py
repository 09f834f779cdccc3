"""An answer as its bytes, while a worker is still writing them.

The first bytes are held back, so that an error that comes early is still an error; an answer that
ends within them is whole. Of a longer one the rest goes to a file, as fast as the worker writes:
a client that reads slowly keeps no worker from the next question, and no bytes in memory.
"""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from orthogramic.errors import OrthogramicError, StoreNotWritableError
from orthogramic.store.isolation.frames import Frame

_HELD_BACK = 1 << 18
_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class AnswerHead:
    """What is known of an answer before its content.

    :param snapshot: number of the last commit that it saw.
    :param variables: of a SELECT, in the order of projection; else empty.
    :param boolean: the answer to an ASK, else ``None``.
    :param is_graph: whether the answer is an RDF graph.
    """

    snapshot: int
    variables: tuple[str, ...]
    boolean: bool | None
    is_graph: bool

    @classmethod
    def of(cls, frame: Frame) -> AnswerHead:
        """Read the first frame of an answer."""
        said = frame.document()
        return cls(said["snapshot"], tuple(said["variables"]), said["boolean"], said["graph"])


class IsolatedAnswer:
    """The answer to one question; its content can be taken once. Close it.

    :param frames: what the worker says; raises where a bound is passed.
    :param stop: ends the work of the worker, if it is still at it.
    :param finished: called once, when the worker has nothing more to say or was stopped.
    :raises OrthogramicError: what fails before the first bytes.
    """

    def __init__(
        self, frames: Iterator[Frame], stop: Callable[[], None], finished: Callable[[], None]
    ) -> None:
        self._frames = frames
        self._stop = stop
        self._finished = finished
        self._rest: _GrowingFile | None = None
        try:
            self.head = AnswerHead.of(next(frames))
            self._first, ended = self._begin()
        except BaseException as error:
            if not isinstance(error, OrthogramicError):
                stop()
            finished()
            raise
        if ended:
            finished()
        else:
            self._rest = _GrowingFile()
            threading.Thread(target=self._receive, name="answer", daemon=True).start()

    @property
    def whole(self) -> bytes | None:
        """The whole content, if it was short."""
        return self._first if self._rest is None else None

    def pieces(self) -> Iterator[bytes]:
        """Yield the content as it comes.

        :raises OrthogramicError: at the place where a bound was passed.
        """
        yield self._first
        if self._rest:
            yield from self._rest.pieces()

    def cancel(self) -> None:
        """Stop the worker, if it is still writing; whoever reads the content is told."""
        self._stop()

    def close(self) -> None:
        """Let go of the content; a worker that is still writing it is stopped."""
        if self._rest and self._rest.abandon():
            self._stop()

    def _begin(self) -> tuple[bytes, bool]:
        """Return the first bytes, and whether they are all."""
        pieces: list[bytes] = []
        size = 0
        for frame in self._frames:
            pieces.append(frame.content)
            size += len(frame.content)
            if size >= _HELD_BACK:
                return b"".join(pieces), False
        return b"".join(pieces), True

    def _receive(self) -> None:
        assert self._rest
        fault: Exception | None = None
        try:
            for frame in self._frames:
                self._rest.append(frame.content)
        except OrthogramicError as error:
            fault = error
        except OSError as error:
            fault = StoreNotWritableError(f"There is no room for a long answer: {error}.")
            self._stop()
        finally:
            self._finished()
            self._rest.end(fault)


class _GrowingFile:
    """A file that one thread writes while another reads it."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the last of two threads
        self._grown = threading.Condition()
        self._size = 0
        self._ended = False
        self._abandoned = False
        self._fault: Exception | None = None

    def append(self, data: bytes) -> None:
        self._file.write(data)
        self._file.flush()
        with self._grown:
            self._size += len(data)
            self._grown.notify()

    def end(self, fault: Exception | None) -> None:
        """Say that nothing more comes, because of a fault or not."""
        with self._grown:
            self._ended, self._fault = True, fault
            self._grown.notify()
            if self._abandoned:
                self._file.close()

    def pieces(self) -> Iterator[bytes]:
        place = 0
        while True:
            with self._grown:
                self._grown.wait_for(lambda: self._ended or self._size > place)  # noqa: B023
                size = self._size
                if place == size:
                    if self._fault:
                        raise self._fault
                    return
            data = os.pread(self._file.fileno(), min(_PIECE, size - place), place)
            place += len(data)
            yield data

    def abandon(self) -> bool:
        """Let go of the reading side.

        :returns: whether somebody is still writing.
        """
        with self._grown:
            self._abandoned = True
            if self._ended:
                self._file.close()
            return not self._ended
