"""The commit log: the truth of a repository, of which the store is a materialisation.

One append-only file. A record is a line of JSON (number, time, author, message, bundle, counts,
encoding, length, and the SHA-256 of all this and the payload), the payload, and a newline. The
payload is N-Quads, one statement a line, first the removals and then the additions; it is gzipped
when it is large. A record counts once its last byte is on the disk (fsync); a torn tail was never
acknowledged and is cut off on opening, and kept aside in ``commits.torn``.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from pyoxigraph import Quad, RdfFormat, parse

from orthogramic.errors import (
    StoreFormatError,
    StoreNotWritableError,
    StoreUnavailableError,
    UnknownCommitError,
)
from orthogramic.repository.directory import sync_folder
from orthogramic.repository.spool import Payload, Spool

if TYPE_CHECKING:
    from typing_extensions import Buffer

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
    sealed: bytes


class CommitLog:
    """An append-only log of commits, numbered from 1.

    :param path: file of the log, made if absent; ``None`` keeps the log in memory.
    :raises StoreFormatError: if the log is damaged before its tail or was written by a newer
        version.
    :raises StoreUnavailableError: if it cannot be read.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._memory: list[tuple[CommitRecord, bytes, bool]] = []
        self._places: list[_Place] = []
        if path is not None:
            try:
                if not path.exists():
                    path.touch()
                    sync_folder(path.parent)
                self._places = _scan(path)
            except OSError as error:
                raise StoreUnavailableError(
                    f"The commit log {path} cannot be opened: {error.strerror}."
                ) from error

    @property
    def last(self) -> int:
        """Number of the last commit, 0 if there is none."""
        return len(self._memory if self._path is None else self._places)

    @property
    def _end(self) -> int:
        """Where the last record ends; what lies behind it in the file never counted."""
        return self._places[-1].offset + self._places[-1].length + 1 if self._places else 0

    def append(self, record: CommitRecord, spool: Spool) -> None:
        """Write a commit so that it survives a power failure.

        :raises StoreNotWritableError: if the disk refuses; the log is as it was.
        """
        compress = spool.size >= _GZIP_FROM
        with closing(spool.payload(compress)) as payload:
            if self._path is None:
                self._memory.append((record, b"".join(payload.chunks()), compress))
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

    def _write(self, record: CommitRecord, payload: Payload, compress: bool, size: int) -> _Place:
        assert self._path is not None
        encoding = "gzip" if compress else "identity"
        header = {
            "format": FORMAT,
            **record.to_dict(),
            "encoding": encoding,
            "length": payload.size,
        }
        sealed = _line(header)
        digest = payload.digest(sealed)
        line = _line({**header, "sha256": digest})
        with self._path.open("ab") as file:
            file.write(line)
            for chunk in payload.chunks():
                file.write(chunk)
            file.write(b"\n")
            file.flush()
            os.fsync(file.fileno())
        return _Place(record, size + len(line), payload.size, encoding, digest, sealed)

    def drop_last(self) -> None:
        """Take back the last commit, which was never acknowledged."""
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
        return iter(parse(lines, RdfFormat.N_QUADS))

    def additions(self, number: int) -> Iterator[Quad]:
        """Yield the quads that a commit added; errors as :meth:`removals`.

        :raises UnknownCommitError: if there is none of that number.
        """
        removed = self.record(number).removed
        with self._payload(number) as payload:
            for _ in islice(payload, removed):
                pass
            yield from parse(payload, RdfFormat.N_QUADS)

    def _refuse_damaged(self, place: _Place) -> None:
        """Refuse a payload that is not what was written; opening looks at the last one only."""
        assert self._path is not None
        with self._path.open("rb") as file:
            if not _intact(file, place):
                raise StoreFormatError(
                    f"Commit {place.record.number} in {self._path} is damaged; "
                    "restore the store from a backup."
                )

    @contextmanager
    def _payload(self, number: int) -> Iterator[IO[bytes]]:
        """Open the payload of a commit, unpacked."""
        if self._path is None:
            _, data, compressed = self._memory[number - 1]
            file: IO[bytes] = io.BytesIO(data)
        else:
            place = self._places[number - 1]
            self._refuse_damaged(place)
            compressed = place.encoding == "gzip"
            file = io.BufferedReader(_Window(self._path, place.offset, place.length))
        with file:
            if compressed:
                with gzip.GzipFile(mode="rb", fileobj=file) as unpacked:
                    yield cast("IO[bytes]", unpacked)
            else:
                yield file


class _Window(io.RawIOBase):
    """Some bytes in the middle of a file, as a file that can be read."""

    def __init__(self, path: Path, offset: int, length: int) -> None:
        super().__init__()
        self._file = path.open("rb")
        self._file.seek(offset)
        self._left = length

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer)
        data = self._file.read(min(len(view), self._left))
        self._left -= len(data)
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._file.close()
        super().close()


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
                # A length that is wrong leads past the next record, or into it.
                misled = bool(places) and not _intact(file, places[-1])
                if misled or _more_records(file, start, size):
                    raise StoreFormatError(f"The commit log {path} is damaged at byte {start}.")
                _cut(path, start)
                return places
            places.append(place)
            file.seek(end)
            start = end
    return places


def _cut(path: Path, start: int) -> None:
    """Cut off a torn tail. It was never acknowledged, but it is kept aside all the same."""
    with path.open("rb") as file, path.with_suffix(".torn").open("ab") as aside:
        file.seek(start)
        shutil.copyfileobj(file, aside)
        aside.flush()
        os.fsync(aside.fileno())
    os.truncate(path, start)


def _line(header: dict[str, Any]) -> bytes:
    return json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


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
        length, digest = int(header["length"]), header.pop("sha256")
        return _Place(record, file.tell(), length, header["encoding"], digest, _line(header))
    except (ValueError, KeyError, TypeError):
        return None


def _intact(file: IO[bytes], place: _Place) -> bool:
    file.seek(place.offset)
    digest = hashlib.sha256(place.sealed)
    left = place.length
    while left and (chunk := file.read(min(left, _CHUNK))):
        digest.update(chunk)
        left -= len(chunk)
    return not left and digest.hexdigest() == place.sha256 and file.read(1) == b"\n"


def _more_records(file: IO[bytes], start: int, size: int) -> bool:
    """Tell whether another record begins further on: then this is damage, not a torn tail."""
    file.seek(start)
    file.readline()
    while file.tell() < size:
        line = file.readline()
        if line.startswith(b'{"format":') and line.endswith(b"\n"):
            return True
    return False
