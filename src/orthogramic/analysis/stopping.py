"""How the work on an answer hears that it is to stop: nobody waits, or it has taken too long.

Whoever asks says what is to be checked; loops that may run long check between two rounds. Nothing
here has any part in an answer: work is broken off by an error, or goes on as if not asked.

The check stands in the context of the call (PEP 567) and not among the parameters, which every
function between the door and the innermost loop would have to pass on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

#: Returns, or raises what breaks the work off.
Check = Callable[[], None]


def _go_on() -> None:
    """Break nothing off."""


_CHECK: ContextVar[Check] = ContextVar("check", default=_go_on)


@contextmanager
def stoppable(check: Check) -> Iterator[None]:
    """Let work that is done in the block be broken off.

    :param check: is called often, on the thread of the work: it must be quick.
    """
    token = _CHECK.set(check)
    try:
        yield
    finally:
        _CHECK.reset(token)


def checkpoint() -> None:
    """Go on, unless the work is to stop; costs some 100 ns.

    :raises OrthogramicError: what the check raises.
    """
    _CHECK.get()()
