"""The commit log: the truth of a repository, of which the store is a materialisation.

One append-only file of records (see log_records). The payload of a record is N-Quads, one statement
a line, first the removals and then the additions; it is gzipped when it is large. A record counts
once its last byte is on the disk (fsync); a torn tail was never acknowledged and is cut off on
opening, and kept aside in ``commits.torn``.
"""

from __future__ import annotations

import gzip
import io
import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import IO, cast

from pyoxigraph import Quad, RdfFormat, parse

from orthogramic.errors import (
    StoreFormatError,
    StoreNotWritableError,
    StoreUnavailableError,
    UnknownCommitError,
)
from orthogramic.repository.log_records import CommitRecord, Place, Window, header, intact, scan
from orthogramic.repository.spool import Payload, Spool
from orthogramic.repository.whole_files import sync_folder

__all__ = ["CommitLog", "CommitRecord"]

_GZIP_FROM = 1 << 16


class CommitLog:
    """An append-only log of commits, numbered from 1.

    :param path: file of the log, made if absent; ``None`` keeps the log in memory.
    :param writable: whether the file may be made, and a torn tail cut off; otherwise the tail is
        only left out, and nothing can be appended.
    :raises StoreFormatError: if the log is damaged before its tail or was written by a newer
        version.
    :raises StoreUnavailableError: if it cannot be read.
    """

    def __init__(self, path: Path | None, *, writable: bool = True) -> None:
        self._path = path
        self._memory: list[tuple[CommitRecord, bytes, bool]] = []
        self._places: list[Place] = []
        self.torn_bytes = 0
        #: How many statements there are after the last commit.
        self.statements = 0
        if path is not None:
            try:
                if writable and not path.exists():
                    path.touch()
                    sync_folder(path.parent)
                self._places = self._found(path, writable)
                self.statements = sum(map(_growth, self.records()))
            except OSError as error:
                raise StoreUnavailableError(
                    f"The commit log {path} cannot be opened: {error.strerror}."
                ) from error

    def _found(self, path: Path, writable: bool) -> list[Place]:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            found = scan(file, 0, size, f"The commit log {path}")
        if found.torn is not None:
            self.torn_bytes = size - found.torn
            if writable:
                _cut(path, found.torn)
        return list(found.places)

    @property
    def last(self) -> int:
        """Number of the last commit, 0 if there is none."""
        return len(self._memory if self._path is None else self._places)

    @property
    def _end(self) -> int:
        """Where the last record ends; what lies behind it in the file never counted."""
        return self._places[-1].end if self._places else 0

    def next_time(self) -> datetime:
        """Return the time for the next commit: now, but never before the last one.

        The clock of a machine can be set back; the times of a history do not run backwards.
        """
        now = datetime.now(UTC)
        return max(now, self.record(self.last).at) if self.last else now

    def prefix(self, number: int) -> tuple[Path, int] | None:
        """Return the file and how many of its bytes the first commits take; ``None`` in memory.

        These bytes never change: a log only grows, and only a commit that nobody was told of is
        ever taken back.
        """
        if self._path is None:
            return None
        return self._path, self._places[number - 1].end if number else 0

    def append(self, record: CommitRecord, spool: Spool) -> None:
        """Write a commit so that it survives a power failure.

        :raises StoreNotWritableError: if the disk refuses; the log is as it was.
        """
        compress = spool.size >= _GZIP_FROM
        with closing(spool.payload(compress)) as payload:
            if self._path is None:
                self._memory.append((record, b"".join(payload.chunks()), compress))
                self.statements += _growth(record)
                return
            try:
                os.truncate(self._path, self._end)
                place = self._write(record, payload, compress, self._end)
            except BaseException as error:
                # If even this is refused, the next append or opening does it.
                with suppress(OSError):
                    os.truncate(self._path, self._end)
                if isinstance(error, OSError):
                    raise StoreNotWritableError(
                        f"The commit log cannot be written ({error.strerror}); nothing was changed."
                    ) from error
                raise
            self._places.append(place)
            self.statements += _growth(record)

    def _write(self, record: CommitRecord, payload: Payload, compress: bool, size: int) -> Place:
        assert self._path is not None
        encoding = "gzip" if compress else "identity"
        line, place = header(record, encoding, payload.size, payload.digest)
        with self._path.open("ab") as file:
            file.write(line)
            for chunk in payload.chunks():
                file.write(chunk)
            file.write(b"\n")
            file.flush()
            os.fsync(file.fileno())
        return replace(place, offset=size + place.offset)

    def drop_last(self) -> None:
        """Take back the last commit, which was never acknowledged."""
        self.statements -= _growth(self.record(self.last))
        if self._path is None:
            self._memory.pop()
            return
        self._places.pop()
        os.truncate(self._path, self._end)

    def records(self) -> Iterator[CommitRecord]:
        """Yield the commits, newest first."""
        if self._path is None:
            yield from (record for record, _, _ in reversed(self._memory))
        else:
            yield from (place.record for place in reversed(self._places))

    def record(self, number: int) -> CommitRecord:
        """Return one commit.

        :raises UnknownCommitError: if there is none of that number.
        """
        if not 1 <= number <= self.last:
            raise UnknownCommitError(f"There is no commit {number}; the last is {self.last}.")
        if self._path is None:
            return self._memory[number - 1][0]
        return self._places[number - 1].record

    def removals(self, number: int) -> Iterator[Quad]:
        """Yield the quads that a commit removed.

        :raises UnknownCommitError: if there is none of that number.
        :raises StoreFormatError: if what was written has changed since.
        """
        removed = self.record(number).removed
        with self._payload(number) as payload:
            lines = b"".join(islice(payload, removed))
        return _statements(number, lines)

    def additions(self, number: int) -> Iterator[Quad]:
        """Yield the quads that a commit added; errors as :meth:`removals`.

        :raises UnknownCommitError: if there is none of that number.
        """
        removed = self.record(number).removed
        with self._payload(number) as payload:
            for _ in islice(payload, removed):
                pass
            yield from _statements(number, payload)

    def is_sealed(self, number: int) -> bool:
        """Tell whether a commit is, to the last byte, what was written; opening does not look.

        :raises StoreUnavailableError: if the file cannot be read.
        """
        if self._path is None:
            return True
        try:
            with self._path.open("rb") as file:
                return intact(file, self._places[number - 1])
        except OSError as error:
            raise StoreUnavailableError(
                f"The commit log {self._path} cannot be read: {error.strerror}."
            ) from error

    @contextmanager
    def _payload(self, number: int) -> Iterator[IO[bytes]]:
        """Open the payload of a commit, unpacked."""
        if self._path is None:
            _, data, compressed = self._memory[number - 1]
            file: IO[bytes] = io.BytesIO(data)
        else:
            place = self._places[number - 1]
            if not self.is_sealed(number):
                raise StoreFormatError(
                    f"Commit {number} in {self._path} is damaged; restore the store from a backup."
                )
            compressed = place.encoding == "gzip"
            file = io.BufferedReader(Window(self._path, place.offset, place.length))
        with file:
            if compressed:
                with gzip.GzipFile(mode="rb", fileobj=file) as unpacked:
                    yield cast("IO[bytes]", unpacked)
            else:
                yield file


def _statements(number: int, payload: bytes | IO[bytes]) -> Iterator[Quad]:
    try:
        yield from parse(payload, RdfFormat.N_QUADS)
    except SyntaxError as error:
        raise StoreFormatError(
            f"Commit {number} holds a statement that no reader takes ({error}). "
            "Restore the store from a backup that was made before it."
        ) from error


def _growth(record: CommitRecord) -> int:
    return record.added - record.removed


def _cut(path: Path, start: int) -> None:
    """Cut off a torn tail. It was never acknowledged, but it is kept aside all the same."""
    with path.open("rb") as file, path.with_suffix(".torn").open("ab") as aside:
        file.seek(start)
        shutil.copyfileobj(file, aside)
        aside.flush()
        os.fsync(aside.fileno())
    os.truncate(path, start)
