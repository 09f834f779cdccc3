"""What answers questions, in this process or in others: the same to whoever asks."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from typing import IO, Protocol, cast

from orthogramic.store.isolation.bounds import Bounds
from orthogramic.store.isolation.cancellation import Cancellation
from orthogramic.store.isolation.isolated_answer import AnswerHead
from orthogramic.store.protocol import QuadStore
from orthogramic.store.question import Question

_IN_MEMORY = 1 << 20
_PIECE = 1 << 16


class AnswerBytes(Protocol):
    """The content of an answer, to be taken once."""

    @property
    def head(self) -> AnswerHead:
        """What is known before the content."""

    @property
    def whole(self) -> bytes | None:
        """The whole content, if it is short."""

    def pieces(self) -> Iterator[bytes]:
        """Yield the content.

        :raises OrthogramicError: at the place where a bound was passed.
        """

    def cancel(self) -> None:
        """Stop the work for it, if it still goes on; whoever takes the content is told."""

    def close(self) -> None:
        """Let go of it."""


class Evaluator(Protocol):
    """Answers questions about one store."""

    bounds: Bounds

    def evaluate(
        self,
        question: Question,
        *,
        seconds: float | None = None,
        cancellation: Cancellation | None = None,
    ) -> AnswerBytes:
        """Answer a question.

        :param seconds: how long it may take, if that is less than the bound.
        :param cancellation: may be said from another thread.
        :raises LimitExceededError: where a bound is passed.
        :raises OrthogramicError: as :meth:`QuadStore.query`.
        """


class InProcess:
    """Answers questions in this process, where nothing can stop them.

    :param store: the store.
    :param snapshot: returns the number of the last commit.
    :param bounds: of these, the length and nesting of the text are held.
    """

    def __init__(self, store: QuadStore, snapshot: Callable[[], int], bounds: Bounds) -> None:
        self.bounds = bounds
        self._store = store
        self._snapshot = snapshot

    def evaluate(
        self,
        question: Question,
        *,
        seconds: float | None = None,
        cancellation: Cancellation | None = None,
    ) -> AnswerBytes:
        """Answer a question to its end; see :meth:`Evaluator.evaluate`."""
        snapshot = self._snapshot()
        answer = question.put_to(self._store)
        media = question.formats.of(answer)
        head = AnswerHead(snapshot, answer.variables, answer.boolean, answer.is_graph)
        spool = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - outlives us
        file = cast("IO[bytes]", spool)
        try:
            answer.write(file, media)
        except BaseException:
            file.close()
            raise
        return _Finished(head, file)


class _Finished:
    """An answer that was evaluated to its end."""

    def __init__(self, head: AnswerHead, file: IO[bytes]) -> None:
        self.head = head
        self._file = file
        size = file.tell()
        file.seek(0)
        self.whole = file.read() if size <= _IN_MEMORY else None

    def pieces(self) -> Iterator[bytes]:
        if self.whole is not None:
            yield self.whole
        while piece := self._file.read(_PIECE):
            yield piece

    def cancel(self) -> None:
        """Do nothing: it is finished."""

    def close(self) -> None:
        self._file.close()
