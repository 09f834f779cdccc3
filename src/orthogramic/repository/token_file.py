"""The file in which a store keeps its tokens, ``tokens.json``: read as a whole, written as a whole.

It is apart from the store's own lock, because tokens are made and revoked while a service holds
the store. It holds no token, only the digest of each. What cannot be read lets nobody in.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from orthogramic.errors import StoreFormatError, StoreNotWritableError, StoreUnavailableError
from orthogramic.repository.log_records import refuse_newer
from orthogramic.repository.whole_files import write_whole

FORMAT = 1

#: Only the user who runs the store may read who is let in.
_MODE = 0o600


class Role(StrEnum):
    """What somebody is let in for; each may do what those before it may."""

    READER = "reader"
    EDITOR = "editor"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Token:
    """The record of a token; the token itself is not kept.

    :param id: identifier, by which it is revoked.
    :param name: who holds it; the log names this as author.
    :param digest: SHA-256 of the token, in hexadecimal.
    :param created: when it was made.
    :param expires: from when on it does not count; ``None`` is never.
    :param revoked: since when it does not count; ``None`` if it was not revoked.
    """

    id: str
    name: str
    role: Role
    digest: str
    created: datetime
    expires: datetime | None = None
    revoked: datetime | None = None

    def state(self, now: datetime) -> str:
        """Return ``in force``, ``expired`` or ``revoked``."""
        if self.revoked is not None:
            return "revoked"
        return "expired" if self.expires is not None and self.expires <= now else "in force"

    def to_dict(self) -> dict[str, Any]:
        """Return what people may know: everything but the digest."""
        return {
            "id": self.id,
            "name": self.name,
            "role": self.role.value,
            "created": self.created.isoformat(),
            "expires": self.expires.isoformat() if self.expires else None,
            "revoked": self.revoked.isoformat() if self.revoked else None,
        }

    @classmethod
    def from_dict(cls, said: Mapping[str, Any]) -> Token:
        """Read a record; a ``KeyError``, ``TypeError`` or ``ValueError`` means damage."""
        return cls(
            _text(said["id"]),
            _text(said["name"]),
            Role(said["role"]),
            _text(said["sha256"]),
            _moment(said["created"]),
            _moment(said["expires"]) if said["expires"] is not None else None,
            _moment(said["revoked"]) if said["revoked"] is not None else None,
        )


@dataclass(frozen=True, slots=True)
class TokenBook:
    """What the file says.

    :param tokens: in the order in which they were made.
    :param store: what tokens call the store, where an earlier version wrote it here; it is read
        once, when that store is given its identifier (see upgrading).
    """

    tokens: tuple[Token, ...] = ()
    store: str | None = None


class TokenFile:
    """The file of one store.

    :param root: the directory of the store.
    """

    def __init__(self, root: Path) -> None:
        self.path = root / "tokens.json"
        self._lock = root / "tokens.lock"

    def mark(self) -> tuple[int, ...] | None:
        """Return what is another after every writing; ``None`` if there is no file.

        :raises StoreUnavailableError: if nobody can tell.
        """
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._unreadable(error) from error
        return found.st_ino, found.st_mtime_ns, found.st_ctime_ns, found.st_size

    def read(self) -> TokenBook:
        """Read the file; one that is not there says that there are no tokens.

        :raises StoreFormatError: if it is damaged, or of a newer version.
        :raises StoreUnavailableError: if it cannot be read.
        """
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return TokenBook()
        except OSError as error:
            raise self._unreadable(error) from error
        try:
            said = json.loads(content)
            version, program = said["format"], said.get("program")
            if type(version) is not int or version < 1:
                raise ValueError(version)
            refuse_newer(str(self.path), "format", version, FORMAT, program)
            tokens = tuple(Token.from_dict(each) for each in said["tokens"])
            return TokenBook(tokens, _identifier(said.get("store")))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise StoreFormatError(
                f"{self.path} is damaged, so no token lets anybody in. Put a copy of it back, or "
                "take it away and make new tokens."
            ) from error

    def write(self, book: TokenBook) -> None:
        """Replace the file; whoever reads meanwhile gets the old one or the new one, whole.

        :raises StoreNotWritableError: if the disk refuses; the old one is still there.
        """
        tokens = [{**each.to_dict(), "sha256": each.digest} for each in book.tokens]
        said = {"format": FORMAT, "tokens": tokens}
        write_whole(self.path, json.dumps(said, ensure_ascii=False, indent=1) + "\n", mode=_MODE)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep others from changing the file meanwhile; readers are not kept waiting.

        :raises StoreNotWritableError: if the disk refuses.
        """
        try:
            lock = os.open(self._lock, os.O_RDWR | os.O_CREAT, _MODE)
        except OSError as error:
            raise StoreNotWritableError(
                f"{self.path} cannot be changed: {error.strerror}; nothing was changed."
            ) from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def _unreadable(self, error: OSError) -> StoreUnavailableError:
        return StoreUnavailableError(
            f"{self.path} cannot be read, so no token lets anybody in: {error.strerror}."
        )


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError(value)
    return value


def _identifier(value: object) -> str | None:
    if value is not None and not re.fullmatch("[0-9a-f]{12}", _text(value)):
        raise ValueError(value)
    return value if value is None else str(value)


def _moment(value: object) -> datetime:
    moment = datetime.fromisoformat(_text(value))
    if moment.tzinfo is None:
        raise ValueError(value)
    return moment
