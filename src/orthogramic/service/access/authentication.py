"""Who sent a request: the bearer token in its header field (RFC 6750, section 2.1).

A token in the address or in a form is not looked for, because addresses get into logs.
"""

from __future__ import annotations

from fastapi import Request

from orthogramic.errors import AuthenticationRequiredError
from orthogramic.service.access.policy import Access, Caller, granted

#: No token of ours is half as long.
_LONGEST = 256


def access_of(request: Request) -> Access:
    """Return what the application asks of those who ask it."""
    access = request.app.state.access
    assert isinstance(access, Access)
    return access


def caller_of(request: Request) -> Caller:
    """Return who sent a request, and what the sender may do.

    A token that does not count is refused even where none is needed: who sends one means to be
    somebody, and must learn that it does not work. Where nobody is asked, nothing is looked at.

    :raises AuthenticationRequiredError: with the rule by which the token does not count.
    :raises StoreUnavailableError: if the file of tokens cannot be read.
    """
    known: Caller | None = getattr(request.state, "caller", None)
    if known is None:
        access = access_of(request)
        fields = request.headers.getlist("authorization")
        if access.keeper is None or not fields:
            known = access.nobody()
        else:
            token = access.keeper.holder(_bearer(fields))
            known = Caller(granted(token.role), token)
        request.state.caller = known
    return known


def _bearer(fields: list[str]) -> str:
    """Return what stands behind the scheme.

    :raises AuthenticationRequiredError: if it is another scheme, or there is nothing to look up.
    """
    scheme, _, given = fields[0].strip().partition(" ")
    if scheme.lower() != "bearer":
        raise AuthenticationRequiredError(
            "Whoever asks is known by a token here, sent as 'Authorization: Bearer TOKEN', and not "
            "in another way.",
            rule="scheme-not-bearer",
        )
    given = given.strip()
    if len(fields) > 1 or not given or len(given) > _LONGEST:
        raise AuthenticationRequiredError(
            "The field Authorization must hold one token: 'Authorization: Bearer TOKEN'.",
            rule="token-malformed",
        )
    return given
