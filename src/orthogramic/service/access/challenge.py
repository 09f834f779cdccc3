"""What a refusal says to programs in its header fields (RFC 6750, section 3)."""

from __future__ import annotations

from orthogramic.errors import AccessRefusedError, AuthenticationRequiredError

_REALM = 'Bearer realm="orthogramic"'

#: Rules that refuse somebody who has not tried to show a token; RFC 6750 names no error then.
_NOT_TRIED = frozenset({"token-missing", "scheme-not-bearer"})


def challenge(error: AccessRefusedError) -> dict[str, str]:
    """Return the header fields that go along with a refusal.

    :returns: ``WWW-Authenticate`` where another token would help, and nothing where none would.
    """
    if isinstance(error, AuthenticationRequiredError):
        if error.rule in _NOT_TRIED:
            return {"WWW-Authenticate": _REALM}
        kind = "invalid_token"
    elif error.rule == "role-needed":
        kind = "insufficient_scope"
    else:
        return {}
    return {"WWW-Authenticate": f'{_REALM}, error="{kind}", error_description="{error.rule}"'}
