"""The file of a backup: how it begins and ends, and whether it is whole.

It is a line of JSON (format of the backup, layout and base IRI of the store, number of commits,
length of the log), the bytes of the log, and a line with the SHA-256 of all before it.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from orthogramic.__about__ import __version__
from orthogramic.errors import BackupUnreadableError, InputNotFoundError, StoreFormatError
from orthogramic.repository.log_records import intact, refuse_newer, scan
from orthogramic.repository.store_settings import LAYOUT, Settings
from orthogramic.validation import Progress

FORMAT = 1

_CHUNK = 1 << 20
_LONGEST_HEADER = 1 << 16


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was found to be whole.

    :param begins: where in the file the log begins.
    :param length: bytes of the log.
    :param last: when the last of the commits was made.
    """

    path: Path
    settings: Settings
    commits: int
    last: datetime | None
    begins: int
    length: int
    size: int
    sha256: str

    def to_dict(self) -> dict[str, Any]:
        """Return what people want to know of a backup, as JSON-serialisable data."""
        return {
            "path": str(self.path),
            "commits": self.commits,
            "last": self.last.isoformat() if self.last else None,
            "base_iri": self.settings.base_iri,
            "layout": self.settings.layout,
            "bytes": self.size,
            "sha256": self.sha256,
        }


def header(settings: Settings, commits: int, length: int) -> bytes:
    """Return the line with which a backup begins."""
    said = {
        "orthogramic-backup": FORMAT,
        "program": __version__,
        "layout": settings.layout,
        "base_iri": settings.base_iri,
        "commits": commits,
        "length": length,
    }
    return json.dumps(said).encode() + b"\n"


def trailer(sha256: str) -> bytes:
    """Return the line with which a backup ends; it is always equally long."""
    return json.dumps({"sha256": sha256}).encode() + b"\n"


TRAILER = len(trailer("0" * 64))


def read_backup(path: Path, progress: Progress | None = None) -> Backup:
    """Look whether a backup is whole, to the last byte.

    :raises InputNotFoundError: if it cannot be read.
    :raises BackupUnreadableError: if it is no backup, cut off, or damaged.
    :raises StoreFormatError: if it is of a newer version.
    """
    if progress:
        progress.stage("checking the backup", None)
    try:
        return check(path, path, progress)
    except OSError as error:
        raise InputNotFoundError(f"{path} cannot be read: {error.strerror}.") from error


def check(path: Path, name: Path, progress: Progress | None = None) -> Backup:
    """Look whether a file is a whole backup; errors as :func:`read_backup`.

    :param name: what the file is called, or is going to be called.
    :raises OSError: if it cannot be read.
    """
    with path.open("rb") as file:
        line = file.readline(_LONGEST_HEADER)
        settings, commits, length = _read_header(line, name)
        size, wanted = os.fstat(file.fileno()).st_size, len(line) + length + TRAILER
        if size != wanted:
            raise BackupUnreadableError(
                f"The backup {name} is damaged: it has {size} bytes and should have {wanted}."
            )
        digest = hashlib.sha256(line)
        for chunk in pieces(file, length):
            digest.update(chunk)
            if progress:
                progress.advance(len(chunk))
        if file.read(TRAILER) != trailer(digest.hexdigest()):
            raise BackupUnreadableError(
                f"The backup {name} is damaged: its content does not fit its checksum."
            )
        last = _check_records(file, len(line), length, commits, name)
        begins = len(line)
    return Backup(name, settings, commits, last, begins, length, size, digest.hexdigest())


def _read_header(line: bytes, name: Path) -> tuple[Settings, int, int]:
    try:
        said = json.loads(line)
        version, program = int(said["orthogramic-backup"]), said.get("program")
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        raise BackupUnreadableError(f"{name} is no backup of a store.") from None
    refuse_newer(f"The backup {name}", "backup format", version, FORMAT, program)
    try:
        settings = Settings(int(said["layout"]), str(said["base_iri"]))
        commits, length = int(said["commits"]), int(said["length"])
    except (ValueError, KeyError, TypeError, OverflowError):
        raise BackupUnreadableError(f"The backup {name} is damaged in its first line.") from None
    refuse_newer(f"The backup {name}", "layout", settings.layout, LAYOUT, program)
    return settings, commits, length


def _check_records(
    file: IO[bytes], begins: int, length: int, commits: int, name: Path
) -> datetime | None:
    """Hold every commit against its seal: the log may have been damaged before it was copied."""
    found = scan(file, begins, begins + length, f"The log in the backup {name}")
    damaged = [each.record.number for each in found.places if not intact(file, each)]
    if damaged or found.torn is not None or len(found.places) != commits:
        first = damaged[0] if damaged else len(found.places) + 1
        raise StoreFormatError(
            f"The log that was copied into the backup {name} is damaged at commit {first}."
        )
    return found.places[-1].record.at if found.places else None


def log_of(backup: Backup) -> Iterator[bytes]:
    """Yield the log in a backup, and look again whether it is what was read before.

    :raises BackupUnreadableError: if the file has changed meanwhile.
    """
    try:
        with backup.path.open("rb") as file:
            digest = hashlib.sha256(file.read(backup.begins))
            for chunk in pieces(file, backup.length):
                digest.update(chunk)
                yield chunk
    except OSError as error:
        raise InputNotFoundError(f"{backup.path} cannot be read: {error.strerror}.") from error
    if digest.hexdigest() != backup.sha256:
        raise BackupUnreadableError(f"The backup {backup.path} has changed while it was read.")


def pieces(file: IO[bytes], length: int) -> Iterator[bytes]:
    """Yield the next bytes of a file, fewer if it ends before."""
    while length and (chunk := file.read(min(length, _CHUNK))):
        length -= len(chunk)
        yield chunk
