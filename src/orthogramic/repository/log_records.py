"""The bytes of a commit log: how a record is written, found again, and told from damage.

A record is a line of JSON (number, time, author, message, bundle, counts, encoding, length, and the
SHA-256 of all this and the payload), the payload, and a newline. A backup holds the same bytes, so
records are read from any part of any file. Nothing is written here.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from orthogramic.__about__ import __version__
from orthogramic.errors import StoreFormatError

if TYPE_CHECKING:
    from typing_extensions import Buffer

FORMAT = 1

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
class Place:
    """Where the payload of a record lies in a file, and what seals it."""

    record: CommitRecord
    offset: int
    length: int
    encoding: str
    sha256: str
    sealed: bytes

    @property
    def end(self) -> int:
        """Where the record ends."""
        return self.offset + self.length + 1


@dataclass(frozen=True, slots=True)
class Scan:
    """The records of a log; ``torn`` is where a torn tail begins, if there is one."""

    places: tuple[Place, ...]
    torn: int | None


def header(
    record: CommitRecord, encoding: str, length: int, seal: Callable[[bytes], str]
) -> tuple[bytes, Place]:
    """Return the line that begins a record, and the place of the record in a file that begins so.

    :param encoding: ``gzip`` or ``identity``.
    :param length: bytes of the payload.
    :param seal: gives the SHA-256 of the bytes that it takes, followed by the payload.
    """
    said = {"format": FORMAT, **record.to_dict(), "encoding": encoding, "length": length}
    sealed = _line(said)
    digest = seal(sealed)
    line = _line({**said, "sha256": digest})
    return line, Place(record, len(line), length, encoding, digest, sealed)


def scan(file: IO[bytes], start: int, size: int, name: str) -> Scan:
    """Find the records between two bytes of a file by their headers.

    A torn tail was never acknowledged; whatever else is wrong is damage. The payload of the last
    record is held against its seal, those before it are not.

    :param name: what the person calls the file.
    :raises StoreFormatError: if the log is damaged before its tail or of a newer version.
    """
    places: list[Place] = []
    file.seek(start)
    while start < size:
        place = _read_header(file, len(places) + 1, name)
        end = place.end if place else size + 1
        if place is None or end > size or (end == size and not intact(file, place)):
            # A length that is wrong leads past the next record, or into it.
            misled = bool(places) and not intact(file, places[-1])
            if misled or _more_records(file, start, size):
                raise StoreFormatError(f"{name} is damaged at byte {start}.")
            return Scan(tuple(places), start)
        places.append(place)
        file.seek(end)
        start = end
    return Scan(tuple(places), None)


def intact(file: IO[bytes], place: Place) -> bool:
    """Tell whether a record is what was written."""
    file.seek(place.offset)
    digest = hashlib.sha256(place.sealed)
    left = place.length
    while left and (chunk := file.read(min(left, _CHUNK))):
        digest.update(chunk)
        left -= len(chunk)
    return not left and digest.hexdigest() == place.sha256 and file.read(1) == b"\n"


def refuse_newer(name: str, what: str, found: int, known: int, program: str | None = None) -> None:
    """Refuse a format that this version does not know yet, and say which version does.

    :param what: what carries the number: ``layout``, ``log format``, ``backup format``.
    :param program: the version of the program that wrote it, where it is known.
    :raises StoreFormatError: if the format is newer than what is known.
    """
    if found <= known:
        return
    writer = f"version {program}" if program else "a newer version"
    raise StoreFormatError(
        f"{name} was written by {writer} ({what} {found}), and this is version {__version__}, "
        f"which knows {what} {known}: install {writer if program else 'one'} or later to use it."
    )


class Window(io.RawIOBase):
    """Some bytes in the middle of a file, as a file that can be read."""

    def __init__(self, path: Path, offset: int, length: int) -> None:
        super().__init__()
        self._file = path.open("rb")
        self._file.seek(offset)
        self._left = length

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: Buffer) -> int:
        """Read the next bytes into a buffer; return how many."""
        view = memoryview(buffer)
        data = self._file.read(min(len(view), self._left))
        self._left -= len(data)
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()


def _line(header: dict[str, Any]) -> bytes:
    return json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _read_header(file: IO[bytes], number: int, name: str) -> Place | None:
    line = file.readline()
    try:
        header = json.loads(line)
        refuse_newer(name, "log format", header["format"], FORMAT)
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
        return Place(record, file.tell(), length, header["encoding"], digest, _line(header))
    except (ValueError, KeyError, TypeError):
        return None


def _more_records(file: IO[bytes], start: int, size: int) -> bool:
    """Tell whether another record begins further on: then this is damage, not a torn tail."""
    file.seek(start)
    file.readline()
    while file.tell() < size:
        line = file.readline()
        if line.startswith(b'{"format":') and line.endswith(b"\n"):
            return True
    return False
