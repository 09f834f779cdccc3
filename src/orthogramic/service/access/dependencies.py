"""What routes depend on: one function per permission, and the author of a change.

Each may also be called with the request, where only its content tells what it needs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import Depends, Query, Request

from orthogramic.errors import AccessRefusedError, AuthenticationRequiredError
from orthogramic.repository.tokens import check_name
from orthogramic.service.access.authentication import caller_of
from orthogramic.service.access.origins import refuse_other_sites
from orthogramic.service.access.policy import Permission, granted, role_for

_DEEDS = {
    Permission.READ: "Reading",
    Permission.WRITE: "Changing data",
    Permission.ADMINISTER: "Taking the whole store away",
}


async def open_to_all(_request: Request) -> None:
    """Let everybody in, whatever the request says of its sender."""


async def may_read(request: Request) -> None:
    """Let in whoever may read.

    :raises AccessRefusedError: with the rule that refused.
    """
    _require(request, Permission.READ)


async def may_write(request: Request) -> None:
    """Let in whoever may change data.

    :raises AccessRefusedError: with the rule that refused.
    """
    _require(request, Permission.WRITE)
    if caller_of(request).token is None:
        # A token is not sent by a browser of its own accord: who sends one means what is sent.
        refuse_other_sites(request)


async def may_administer(request: Request) -> None:
    """Let in whoever may take the whole store away, or let others in.

    :raises AccessRefusedError: with the rule that refused.
    """
    _require(request, Permission.ADMINISTER)


async def author_of(
    request: Request,
    author: Annotated[
        str | None,
        Query(description="Who makes the change, for the log; a token says it by itself"),
    ] = None,
) -> str | None:
    """Return whom the log names as author of a change; ``None`` is the user of the system.

    :raises AccessRefusedError: if the request claims another author than its token has.
    :raises InvalidParameterError: if the author is no name.
    """
    claimed = check_name(author) if author is not None else None
    token = caller_of(request).token
    if token is None:
        return claimed
    if claimed not in {None, token.name}:
        raise AccessRefusedError(
            f"The author of a change is whoever holds the token, {token.name}; another cannot be "
            "claimed.",
            rule="author-not-holder",
        )
    return token.name


Author = Annotated[str | None, Depends(author_of)]


def permission_of(route: Any) -> Permission | None:
    """Return what a route declares that it needs, or ``None`` if it declares nothing.

    :param route: a route of an application; of several declarations the strictest counts.
    """
    declared = {
        open_to_all: Permission.OPEN,
        may_read: Permission.READ,
        may_write: Permission.WRITE,
        may_administer: Permission.ADMINISTER,
    }
    found = {
        declared[call] for call in _calls(getattr(route, "dependant", None)) if call in declared
    }
    return max(found, key=list(Permission).index, default=None)


def _calls(dependant: Any) -> Iterator[Any]:
    for each in getattr(dependant, "dependencies", ()):
        yield each.call
        yield from _calls(each)


def _require(request: Request, permission: Permission) -> None:
    """Let a request pass, or refuse it.

    :raises AuthenticationRequiredError: if nobody is named who could have the permission.
    :raises AccessRefusedError: if who is named has not got it.
    """
    caller = caller_of(request)
    if permission in caller.permissions:
        return
    if caller.token is None:
        raise AuthenticationRequiredError(
            f"{_DEEDS[permission]} needs a token here: send 'Authorization: Bearer TOKEN'. Whoever "
            "runs the service makes one with 'orthogramic token create'.",
            rule="token-missing",
        )
    needed = role_for(permission)
    may = "read" if Permission.WRITE not in granted(caller.token.role) else "read and change data"
    raise AccessRefusedError(
        f"{_DEEDS[permission]} needs the role {needed}; {caller.token.name} is {caller.token.role} "
        f"and may {may}.",
        rule="role-needed",
    )
