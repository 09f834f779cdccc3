"""What routes depend on: one function per permission, and the author of a change.

Each may also be called with the request, where only its content tells what it needs.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query, Request


async def open_to_all(_request: Request) -> None:
    """Let everybody in, whatever the request says of its sender."""


async def may_read(_request: Request) -> None:
    """Let in whoever may read.

    :raises AccessRefusedError: with the rule that refused.
    """


async def may_write(_request: Request) -> None:
    """Let in whoever may change data.

    :raises AccessRefusedError: with the rule that refused.
    """


async def may_administer(_request: Request) -> None:
    """Let in whoever may take the whole store away, or let others in.

    :raises AccessRefusedError: with the rule that refused.
    """


async def author_of(
    _request: Request,
    author: Annotated[
        str | None,
        Query(description="Who makes the change, for the log; a token says it by itself"),
    ] = None,
) -> str | None:
    """Return whom the log names as author of a change; ``None`` is the user of the system.

    :raises AccessRefusedError: if the request claims another author than its token has.
    """
    return author


Author = Annotated[str | None, Depends(author_of)]
