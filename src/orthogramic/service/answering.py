"""Answers to queries as responses: as they are evaluated, and no longer than somebody listens.

What fails before the first bytes is a problem document. What fails later can only break the
connection, so that nobody takes the part that was sent for the whole.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from typing import TypeVar

from anyio.to_thread import current_default_thread_limiter
from fastapi import Request, Response
from fastapi.concurrency import iterate_in_threadpool
from starlette.types import Receive, Scope, Send

from orthogramic.analysis.stopping import Check, stoppable
from orthogramic.errors import (
    InterruptedWorkError,
    InvalidParameterError,
    OrthogramicError,
    QueryTimeoutError,
)
from orthogramic.facade import Repository
from orthogramic.repository.asking import Timing
from orthogramic.service.responses import SNAPSHOT
from orthogramic.service.worker import on_worker
from orthogramic.store.isolation.bounds import Bounds
from orthogramic.store.isolation.cancellation import Cancellation
from orthogramic.store.isolation.evaluator import AnswerBytes

Result = TypeVar("Result")

_LOG = logging.getLogger("orthogramic.service")


async def while_wanted(
    request: Request, seconds: float | None, ask: Callable[[Timing], Result]
) -> Result:
    """Ask on a worker thread, and stop what was asked if the client goes away meanwhile.

    :param request: its body has been read.
    :param seconds: how long the answer may take, if that is less than the bound.
    """
    cancellation = Cancellation()
    watching = asyncio.ensure_future(_tell_of_departure(request.receive, cancellation.cancel))
    try:
        return await on_worker(ask, Timing(seconds, cancellation))
    finally:
        watching.cancel()


async def analysed(request: Request, ask: Callable[[], Result]) -> Result:
    """Ask a question of the graph on a worker thread, and stop it as a query would be stopped.

    :param request: its body has been read.
    :param ask: its work is broken off where :func:`orthogramic.analysis.stopping.checkpoint` is
        called, if the client goes away or the time that a query may take is over.
    """
    seconds = request.app.state.settings.limits.query_seconds

    def work(timing: Timing) -> Result:
        with stoppable(_check(timing.cancellation, seconds)):
            return ask()

    return await while_wanted(request, None, work)


@asynccontextmanager
async def listened_to(request: Request) -> AsyncIterator[None]:
    """Let questions of the graph be stopped in the block, as :func:`analysed` stops one.

    The check goes along to worker threads that the block calls, as they take over its context.

    :param request: has no body, or its body has been read.
    """
    cancellation = Cancellation()
    watching = asyncio.ensure_future(_tell_of_departure(request.receive, cancellation.cancel))
    try:
        with stoppable(_check(cancellation, request.app.state.settings.limits.query_seconds)):
            yield
    finally:
        watching.cancel()


def _check(cancellation: Cancellation, seconds: float) -> Check:
    until: float | None = None

    def check() -> None:
        nonlocal until
        if cancellation.said:
            raise InterruptedWorkError("The question was stopped: nobody waits for its answer.")
        now = time.monotonic()
        # Time begins with the first check: reading a graph anew is no part of a question.
        until = until or now + seconds
        if now > until:
            raise QueryTimeoutError(
                f"The question took longer than {seconds:g} seconds and was stopped; ask for "
                "fewer hits, paths or cells at a time.",
                limit=seconds,
            )

    return check


async def _tell_of_departure(receive: Receive, tell: Callable[[], None]) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    tell()


@contextmanager
def bounded(repository: Repository, bounds: Bounds) -> Iterator[None]:
    """Let queries be evaluated where they can be killed, as long as the block lasts."""
    with with_threads(bounds), repository.bounded_questions(bounds):
        yield


@contextmanager
def with_threads(bounds: Bounds) -> Iterator[None]:
    """Allow more threads as long as the block lasts, one for each question that may be asked.

    Whoever waits for an answer holds a thread; other requests shall not wait for one behind him.
    """
    threads = current_default_thread_limiter()
    more = bounds.workers + bounds.waiting
    threads.total_tokens += more
    try:
        yield
    finally:
        threads.total_tokens -= more


def seconds_of(text: str | None) -> float | None:
    """Read the parameter that asks for less time than a question may take.

    :raises InvalidParameterError: if it is no number above 0.
    """
    if text is None:
        return None
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise InvalidParameterError(
            f"'timeout' is a number of seconds above 0, not {text!r}.", parameter="timeout"
        )
    return seconds


def bytes_response(
    answer: AnswerBytes, media_type: str, headers: Mapping[str, str] | None = None
) -> Response:
    """Return an answer: at once if it is short, else as it comes.

    :param answer: is closed when it was sent, or cannot be sent any more.
    """
    fields = {"Vary": "Accept", SNAPSHOT: str(answer.head.snapshot), **(headers or {})}
    if answer.whole is not None:
        content = answer.whole
        answer.close()
        return Response(content, headers=fields, media_type=media_type)
    return _AnswerResponse(answer, media_type, fields)


class _AnswerResponse(Response):
    """A long answer, sent piece by piece."""

    def __init__(self, answer: AnswerBytes, media_type: str, headers: Mapping[str, str]) -> None:
        super().__init__(headers=headers, media_type=media_type)
        del self.headers["Content-Length"]
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answer; let go of it whatever comes of that."""
        watching = asyncio.ensure_future(_tell_of_departure(receive, self._answer.cancel))
        start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
        try:
            await send(start)
            if scope.get("orthogramic.method") != "HEAD":
                async for piece in iterate_in_threadpool(self._answer.pieces()):
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        except OrthogramicError as error:
            # Without the end of the body, the server closes the connection.
            _LOG.warning("An answer was broken off: %s", error.detail)
        finally:
            watching.cancel()
            self._answer.close()
