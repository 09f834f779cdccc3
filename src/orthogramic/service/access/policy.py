"""The rules: what a permission is, and which role has which. Everything else only asks here.

What a route needs is declared by the route (see :mod:`~orthogramic.service.access.dependencies`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from orthogramic.repository.tokens import Role, Token, TokenKeeper


class Permission(StrEnum):
    """What somebody may do.

    ``open`` needs nobody to be known; ``read`` is every question; ``write`` changes data;
    ``administer`` takes the whole store away.
    """

    OPEN = "open"
    READ = "read"
    WRITE = "write"
    ADMINISTER = "administer"


_READER = frozenset({Permission.OPEN, Permission.READ})
_EDITOR = _READER | {Permission.WRITE}
_EVERYTHING = _EDITOR | {Permission.ADMINISTER}
_NOTHING = frozenset({Permission.OPEN})


def granted(role: Role) -> frozenset[Permission]:
    """Return what a role may do."""
    return {Role.READER: _READER, Role.EDITOR: _EDITOR, Role.ADMIN: _EVERYTHING}[role]


def role_for(permission: Permission) -> Role:
    """Return the least role that has a permission."""
    return next(role for role in Role if permission in granted(role))


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sent a request, as far as it is known.

    :param permissions: what the sender may do.
    :param token: the record of the token that came along; ``None`` if nobody was asked for one,
        or reading needs none.
    """

    permissions: frozenset[Permission]
    token: Token | None = None


@dataclass(frozen=True, slots=True)
class Access:
    """What an application asks of those who ask it.

    :param keeper: tells whose a token is; ``None`` asks nobody for one, and everybody may do
        everything.
    :param anonymous_read: whether reading needs no token.
    :param writing_origins: web origins, beside the service's own, whose scripts may write without
        a token where nobody is asked for one; ``None`` is any.
    """

    keeper: TokenKeeper | None = None
    anonymous_read: bool = False
    writing_origins: frozenset[str] | None = frozenset()

    def nobody(self) -> Caller:
        """Return what somebody may do who sends no token."""
        if self.keeper is None:
            return Caller(_EVERYTHING)
        return Caller(_READER if self.anonymous_read else _NOTHING)
