"""How a bearer token is written: which store and which record it belongs to, and its secret.

The store and the record are readable, so that a token of another store is told from one that
somebody made up. Only the secret is secret; nothing is looked up or kept here.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from uuid import UUID

_PREFIX = "orthogramic"
_STORE_BYTES, _ID_BYTES, _SECRET_BYTES = 6, 4, 32
_FORM = re.compile(
    rf"{_PREFIX}_([0-9a-f]{{{2 * _STORE_BYTES}}})_([0-9a-f]{{{2 * _ID_BYTES}}})"
    rf"_([0-9a-f]{{{2 * _SECRET_BYTES}}})"
)


@dataclass(frozen=True, slots=True)
class TokenText:
    """The parts of a token.

    :param store: the store that made it; see :func:`store_name`.
    :param id: identifier of its record there.
    :param secret: 256 random bits, in hexadecimal.
    """

    store: str
    id: str
    secret: str

    def __str__(self) -> str:
        return f"{_PREFIX}_{self.store}_{self.id}_{self.secret}"

    def __repr__(self) -> str:
        # A token must not get into a log by a debugger's or a test's way of showing values.
        return f"TokenText(store={self.store!r}, id={self.id!r})"

    @classmethod
    def new(cls, store: str, taken: frozenset[str]) -> TokenText:
        """Make a token of a store.

        :param store: see :func:`store_name`.
        :param taken: identifiers of the records that are there.
        """
        identifier = secrets.token_hex(_ID_BYTES)
        while identifier in taken:
            identifier = secrets.token_hex(_ID_BYTES)
        return cls(store, identifier, secrets.token_hex(_SECRET_BYTES))

    @classmethod
    def read(cls, text: str) -> TokenText | None:
        """Return the parts of a token, or ``None`` if no store of ours writes one like that."""
        found = _FORM.fullmatch(text)
        return cls(*found.groups()) if found else None

    def digest(self) -> str:
        """Return the SHA-256 of the token as it is written, in hexadecimal."""
        return hashlib.sha256(str(self).encode("ascii")).hexdigest()


def store_name(store: UUID) -> str:
    """Return what tokens call a store: the first digits of its identifier."""
    return store.hex[: 2 * _STORE_BYTES]
