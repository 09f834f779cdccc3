"""The tokens of a store: making them, listing them, revoking them, and telling whose one is.

Works on the store's directory beside whoever holds the store; a running service sees at its next
request what was changed. What a role may do is decided by the doors, not here.
"""

from __future__ import annotations

import hmac
import threading
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from orthogramic.errors import (
    AuthenticationRequiredError,
    InvalidParameterError,
    NamingError,
    StoreUnavailableError,
)
from orthogramic.repository.directory import StoreDirectory
from orthogramic.repository.store_settings import Settings
from orthogramic.repository.token_file import Role, Token, TokenBook, TokenFile
from orthogramic.repository.token_text import TokenText, store_name

__all__ = ["LONGEST_NAME", "Role", "Token", "TokenKeeper", "check_name"]

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the file said when it was last read."""

    mark: tuple[int, ...] | None
    book: TokenBook


class TokenKeeper:
    """The tokens of the store in a directory. Safe from many threads and processes.

    :param root: the directory of the store.
    :param clock: tells the time in UTC.
    :param notify: takes sentences about an upgrade of a store of an earlier version.
    """

    def __init__(
        self,
        root: Path,
        clock: Callable[[], datetime] | None = None,
        notify: Callable[[str], None] | None = None,
    ) -> None:
        self._root = root
        self._file = TokenFile(root)
        self._clock = clock or (lambda: datetime.now(UTC))
        self._reading = threading.Lock()
        self._seen: _Seen | None = None
        self._name: str | None = None
        self._notify = notify

    def create(
        self, name: str, role: Role, expires: datetime | None = None
    ) -> tuple[Token, TokenText]:
        """Make a token. Its text is known now and never again.

        :param name: who will hold it; one person may have several tokens.
        :param expires: from when on it does not count; ``None`` is never.
        :raises InvalidParameterError: if the name is none, or the time is past.
        :raises StoreUnavailableError: if there is no store, or the file of tokens cannot be read.
        :raises StoreNotWritableError: if the disk refuses.
        """
        store = self._store()
        name, now = check_name(name), self._now()
        if expires is not None and expires <= now:
            raise InvalidParameterError("The token would have expired before it is made.")
        with self._file.held():
            book = self._file.read()
            text = TokenText.new(store, frozenset(each.id for each in book.tokens))
            token = Token(text.id, name, role, text.digest(), now, expires)
            self._file.write(TokenBook((*book.tokens, token)))
        return token, text

    def tokens(self) -> tuple[Token, ...]:
        """Return all tokens in the order in which they were made, whether they count or not.

        :raises StoreUnavailableError: as :meth:`create`.
        """
        self._store()
        return self._file.read().tokens

    def revoke(self, wanted: str) -> tuple[Token, ...]:
        """Let a token count no more, from now on.

        :param wanted: the identifier of one token, or a name: then all tokens of that name.
        :returns: those that were revoked now.
        :raises NamingError: if no token that is in force is meant.
        :raises StoreUnavailableError: as :meth:`create`.
        :raises StoreNotWritableError: if the disk refuses.
        """
        self._store()
        wanted, now = unicodedata.normalize("NFC", wanted.strip()), self._now()
        with self._file.held():
            book = self._file.read()
            meant = [each for each in book.tokens if each.revoked is None]
            by_identifier = [each for each in meant if each.id == wanted]
            chosen = by_identifier or [each for each in meant if each.name == wanted]
            if not chosen:
                raise NamingError(f"No token has the identifier or name '{wanted}'.")
            revoked = {each.id: replace(each, revoked=now) for each in chosen}
            tokens = tuple(revoked.get(each.id, each) for each in book.tokens)
            self._file.write(TokenBook(tokens))
        return tuple(revoked.values())

    def check(self) -> int:
        """Return how many tokens are in force.

        :raises StoreUnavailableError: if the file of tokens cannot be read.
        """
        now = self._clock()
        return sum(each.state(now) == "in force" for each in self._book().tokens)

    def holder(self, text: str) -> Token:
        """Return the token that a text is.

        :raises AuthenticationRequiredError: with the rule by which it is none that counts here.
        :raises StoreUnavailableError: if the file of tokens cannot be read.
        """
        given = TokenText.read(text)
        if given is None:
            raise _refused("token-malformed", "What was sent as a token is none.")
        book = self._book()
        if given.store != self._store():
            raise _refused("token-of-another-store", "The token belongs to another store.")
        found = next((each for each in book.tokens if each.id == given.id), None)
        # The record is found by what is no secret; the secret itself is compared in equal time.
        if found is None or not hmac.compare_digest(found.digest, given.digest()):
            raise _refused("token-unknown", "There is no such token here.")
        if found.revoked is not None:
            raise _refused("token-revoked", f"The token was revoked on {_day(found.revoked)}.")
        if found.expires is not None and found.expires <= self._clock():
            raise _refused("token-expired", f"The token expired on {_day(found.expires)}.")
        return found

    def _book(self) -> TokenBook:
        """Return what the file says now; it is read only after it was changed."""
        with self._reading:
            # Looked at before it is read: what is written between the two is read again next time.
            mark = self._file.mark()
            if self._seen is None or self._seen.mark != mark:
                self._seen = None
                self._seen = _Seen(mark, self._file.read())
            return self._seen.book

    def _now(self) -> datetime:
        return self._clock().replace(microsecond=0)

    def _store(self) -> str:
        """Return what tokens call the store; one of an older layout is upgraded first."""
        if self._name is None:
            if not (self._root / "format.json").exists():
                raise StoreUnavailableError(
                    f"There is no store at {self._root}; load something first."
                )
            if Settings.read(self._root).outdated:
                StoreDirectory(self._root, create=False, notify=self._notify).close()
            identifier = Settings.read(self._root).id
            assert identifier
            self._name = store_name(identifier)
        return self._name


def check_name(name: str) -> str:
    """Return the name of somebody as it is kept: in Unicode's NFC, without space around it.

    :raises InvalidParameterError: if it is empty, too long, or has characters that do not show.
    """
    name = unicodedata.normalize("NFC", name.strip())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise InvalidParameterError(
            f"The name of a person has 1 to {LONGEST_NAME} characters, all of which can be seen."
        )
    return name


def _refused(rule: str, detail: str) -> AuthenticationRequiredError:
    return AuthenticationRequiredError(detail, rule=rule)


def _day(moment: datetime) -> str:
    return moment.astimezone(UTC).date().isoformat()
