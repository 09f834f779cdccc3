"""A SQLite file of what is derived from the store: it can be thrown away and made anew."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from orthogramic.errors import StoreFormatError, StoreNotWritableError

_STATE = "CREATE TABLE IF NOT EXISTS state (snapshot INTEGER NOT NULL, bundle TEXT NOT NULL);"


def was_broken_off(path: Path) -> bool:
    """Tell whether a change of a file was broken off; the next who may write to it undoes it."""
    return path.with_name(f"{path.name}-journal").exists()


class DerivedDatabase:
    """A database that stands for one snapshot under one bundle.

    :param what: what people call what is in it.
    :param schema: statements that make its tables, if they are not there.
    :param path: its file, made if absent; ``None`` keeps it in memory. One that is damaged is made
        anew, one that cannot be used is done without.
    :param read_only: whether the file is only looked at, as it is.
    :raises StoreFormatError: if a file that is only looked at cannot be read.
    """

    def __init__(
        self, what: str, schema: str, path: Path | None, *, read_only: bool = False
    ) -> None:
        self._what = what
        self._file = path.name if path else ""
        self._schema = schema + _STATE
        self._lock = threading.Lock()
        self.connection = self._look_into(path) if path and read_only else self._connect(path)

    def state(self) -> tuple[int, str]:
        """Return the snapshot and the bundle digest that the database stands for."""
        found = self.rows("SELECT snapshot, bundle FROM state")
        return (found[0][0], found[0][1]) if found else (-1, "")

    def rows(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        """Return what a statement selects.

        :raises StoreFormatError: if the file is damaged.
        """
        with self._lock:
            try:
                return self.connection.execute(statement, values).fetchall()
            except sqlite3.DatabaseError as error:
                raise StoreFormatError(
                    f"The {self._what} cannot be read: {error}. Delete {self._file} in the store "
                    "directory; the next opening makes it anew."
                ) from error

    @contextmanager
    def replaced(self, snapshot: int, bundle: str) -> Iterator[sqlite3.Cursor]:
        """Change what is there, in one transaction, to stand for another snapshot.

        :raises StoreNotWritableError: if the file cannot be written; it is as it was.
        """
        with self._lock, self._transaction() as cursor:
            yield cursor
            cursor.execute("DELETE FROM state")
            cursor.execute("INSERT INTO state VALUES (?, ?)", (snapshot, bundle))

    def fault(self) -> str:
        """Return what SQLite itself finds wrong with the file, if anything."""
        (found,) = self.rows("PRAGMA quick_check(1)")[0]
        return "" if found == "ok" else str(found)

    def leave_file(self) -> None:
        """Go on in memory, empty: for a file that can no longer be written."""
        with self._lock:
            self.connection.close()
            self.connection = self._connect(None)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self.connection.close()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Cursor]:
        cursor = self.connection.cursor()
        try:
            cursor.execute("BEGIN")
            yield cursor
            cursor.execute("COMMIT")
        except BaseException as error:
            if self.connection.in_transaction:
                cursor.execute("ROLLBACK")
            if isinstance(error, sqlite3.DatabaseError):
                raise StoreNotWritableError(
                    f"The {self._what} cannot be written: {error}."
                ) from error
            raise

    def _connect(self, path: Path | None) -> sqlite3.Connection:
        if path is None:
            return self._database(":memory:")
        try:
            return self._database(path)
        except sqlite3.DatabaseError:
            with suppress(OSError):
                path.unlink(missing_ok=True)
        try:
            return self._database(path)
        except sqlite3.DatabaseError:
            return self._database(":memory:")

    def _look_into(self, path: Path) -> sqlite3.Connection:
        try:
            address = f"{path.absolute().as_uri()}?mode=ro"
            return sqlite3.connect(address, uri=True, check_same_thread=False, isolation_level=None)
        except sqlite3.DatabaseError as error:
            raise StoreFormatError(f"The {self._what} cannot be read: {error}.") from error

    def _database(self, where: str | Path) -> sqlite3.Connection:
        connection = sqlite3.connect(where, check_same_thread=False, isolation_level=None)
        try:
            connection.execute("PRAGMA synchronous = OFF")
            connection.executescript(self._schema)
        except BaseException:
            connection.close()
            raise
        return connection
