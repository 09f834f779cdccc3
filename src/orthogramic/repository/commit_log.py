"""The commit log: the truth of a repository, of which the store is a materialisation.

One append-only file. A record is a line of JSON (number, time, author, message, bundle, counts,
encoding, length and SHA-256 of the payload), the payload, and a newline. The payload is one
N-Quads statement per line behind ``+ `` or ``- ``, gzipped when it is large. A record counts once
its last byte is on the disk (fsync); a torn tail was never acknowledged and is cut off on opening.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, cast

from pyoxigraph import Quad

from orthogramic.errors import StoreFormatError, StoreNotWritableError, UnknownCommitError
from orthogramic.repository.spool import Spool, signed_quads

FORMAT = 1

_GZIP_FROM = 1 << 16
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class CommitRecord:
    """Who changed how much, when and why; ``bundle`` is the digest of the bundle that judged it."""

    number: int
    at: datetime
    author: str
    message: str
    added: int
    removed: int
    bundle: str

    def to_dict(self) -> dict[str, Any]:
        """Return the record as JSON-serialisable data; the time as ISO 8601 in UTC."""
        return {**asdict(self), "at": self.at.isoformat()}


@dataclass(frozen=True, slots=True)
class _Place:
    record: CommitRecord
    offset: int
    length: int
    encoding: str
    sha256: str


class CommitLog:
    """An append-only log of commits, numbered from 1.

    :param path: file of the log, made if absent; ``None`` keeps the log in memory.
    :raises StoreFormatError: if the log is damaged before its tail or was written by a newer
        version.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._memory: list[tuple[CommitRecord, bytes]] = []
        self._places: list[_Place] = []
        if path is not None:
            path.touch(exist_ok=True)
            self._places = _scan(path)

    @property
    def last(self) -> int:
        """Number of the last commit, 0 if there is none."""
        return len(self._memory if self._path is None else self._places)

    def append(self, record: CommitRecord, payload: Spool) -> None:
        """Write a commit so that it survives a power failure.

        :raises StoreNotWritableError: if the disk refuses; the log is as it was.
        """
        if self._path is None:
            self._memory.append((record, b"".join(payload.chunks())))
            return
        size = self._path.stat().st_size
        try:
            self._write(record, payload, size)
        except BaseException as error:
            os.truncate(self._path, size)
            if isinstance(error, OSError):
                raise StoreNotWritableError(
                    f"The commit log cannot be written ({error.strerror}); nothing was changed."
                ) from error
            raise

    def _write(self, record: CommitRecord, payload: Spool, size: int) -> None:
        large = payload.size >= _GZIP_FROM
        with payload.compressed() if large else nullcontext(payload) as body:
            self._write_body(record, body, "gzip" if large else "identity", size)

    def _write_body(self, record: CommitRecord, body: Spool, encoding: str, size: int) -> None:
        assert self._path is not None
        header = {
            "format": FORMAT,
            **record.to_dict(),
            "encoding": encoding,
            "length": body.size,
            "sha256": body.digest(),
        }
        line = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        with self._path.open("ab") as file:
            file.write(line)
            for chunk in body.chunks():
                file.write(chunk)
            file.write(b"\n")
            file.flush()
            os.fsync(file.fileno())
        place = _Place(record, size + len(line), body.size, encoding, header["sha256"])
        self._places.append(place)

    def drop_last(self) -> None:
        """Take back the last commit, which was never acknowledged."""
        if self._path is None:
            self._memory.pop()
            return
        self._places.pop()
        end = self._places[-1].offset + self._places[-1].length + 1 if self._places else 0
        os.truncate(self._path, end)

    def records(self) -> Iterator[CommitRecord]:
        """Yield the commits, newest first."""
        if self._path is None:
            yield from (record for record, _ in reversed(self._memory))
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

    def changes(self, number: int) -> Iterator[tuple[bool, Quad]]:
        """Yield the exact triples of a commit: true for an addition, false for a removal.

        :raises UnknownCommitError: if there is none of that number.
        """
        self.record(number)
        yield from signed_quads(self._lines(number))

    def _lines(self, number: int) -> Iterable[bytes]:
        if self._path is None:
            yield from self._memory[number - 1][1].splitlines(keepends=True)
            return
        place = self._places[number - 1]
        with self._path.open("rb") as file:
            file.seek(place.offset)
            window = _Window(file, place.length)
            if place.encoding == "gzip":
                with gzip.GzipFile(mode="rb", fileobj=cast("IO[bytes]", window)) as unpacked:
                    yield from unpacked
            else:
                yield from window


class _Window:
    """The next ``length`` bytes of a file, as a file that can be read."""

    def __init__(self, file: IO[bytes], length: int) -> None:
        self._file = file
        self._left = length

    def read(self, size: int = -1) -> bytes:
        """Return up to ``size`` bytes of what is left."""
        wanted = self._left if size < 0 else min(size, self._left)
        data = self._file.read(wanted)
        self._left -= len(data)
        return data

    def __iter__(self) -> Iterator[bytes]:
        while self._left > 0:
            line = self._file.readline(self._left)
            if not line:
                return
            self._left -= len(line)
            yield line


def _scan(path: Path) -> list[_Place]:
    """Read the headers; cut off a torn tail; refuse what is damaged in the middle."""
    places: list[_Place] = []
    size = path.stat().st_size
    with path.open("rb") as file:
        start = 0
        while start < size:
            place = _read_header(file, len(places) + 1)
            end = place.offset + place.length + 1 if place else size + 1
            if place is None or end > size or (end == size and not _intact(file, place)):
                if place is None and _more_records(file, size):
                    raise StoreFormatError(f"The commit log {path} is damaged at byte {start}.")
                os.truncate(path, start)
                return places
            places.append(place)
            file.seek(end)
            start = end
    return places


def _read_header(file: IO[bytes], number: int) -> _Place | None:
    line = file.readline()
    try:
        header = json.loads(line)
        if header["format"] > FORMAT:
            raise StoreFormatError(
                f"The store was written by a newer version (log format {header['format']})."
            )
        if header["number"] != number:
            return None
        record = CommitRecord(
            number=number,
            at=datetime.fromisoformat(header["at"]),
            author=header["author"],
            message=header["message"],
            added=header["added"],
            removed=header["removed"],
            bundle=header["bundle"],
        )
        return _Place(record, file.tell(), header["length"], header["encoding"], header["sha256"])
    except (ValueError, KeyError, TypeError):
        return None


def _intact(file: IO[bytes], place: _Place) -> bool:
    file.seek(place.offset)
    digest = hashlib.sha256()
    left = place.length
    while left and (chunk := file.read(min(left, _CHUNK))):
        digest.update(chunk)
        left -= len(chunk)
    return not left and digest.hexdigest() == place.sha256 and file.read(1) == b"\n"


def _more_records(file: IO[bytes], size: int) -> bool:
    """Tell whether a well-formed header stands anywhere further on: damage, not a torn tail."""
    while file.tell() < size:
        line = file.readline()
        if line.startswith(b'{"format":') and line.endswith(b"\n"):
            return True
    return False
