"""Run blocking work on a worker thread.

The engine lets other threads run while it evaluates, and is slower on the main thread.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ParamSpec, TypeVar

from fastapi.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from orthogramic.errors import OrthogramicError

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


async def on_worker(
    function: Callable[Parameters, Result], *args: Parameters.args, **kwargs: Parameters.kwargs
) -> Result:
    """Call a function on a worker thread and wait for what it returns or raises."""
    return await run_in_threadpool(_contained, partial(function, *args, **kwargs))


def _contained(work: Callable[[], Result]) -> Result:
    """Do some work; let go of its frames before an error leaves the thread.

    The engine's results may only be let go on the thread that made them, and the frames in the
    trace of an error hold them. Of an error that is no answer the trace is needed in the log.
    """
    try:
        return work()
    except (OrthogramicError, HTTPException) as error:
        error.__context__ = None
        raise error.with_traceback(None) from None
