"""Backups: the commit log up to one commit, in one file that can be checked by itself.

The file is a line of JSON (format of the backup, layout and base IRI of the store, number of
commits, length of the log), the bytes of the log, and a line with the SHA-256 of all before it.
Store and catalogue are left out: they are made of the log. The log only grows, so nobody who
writes has to wait while it is copied.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Protocol

from orthogramic.__about__ import __version__
from orthogramic.errors import (
    BackupUnreadableError,
    InputNotFoundError,
    PlaceTakenError,
    StoreFormatError,
    StoreNotWritableError,
    StoreUnavailableError,
    UsageError,
)
from orthogramic.repository.commit_log import CommitLog
from orthogramic.repository.directory import LAYOUT, Settings, looked_at, sync_folder
from orthogramic.repository.log_records import intact, refuse_newer, scan
from orthogramic.validation import Progress

FORMAT = 1

_CHUNK = 1 << 20
_LONGEST_HEADER = 1 << 16
_TRAILER = len(json.dumps({"sha256": "0" * 64})) + 1


class Source(Protocol):
    """Something that gives a backup byte by byte: a store here, or a service elsewhere."""

    @property
    def size(self) -> int | None:
        """How many bytes will come, if that is known."""

    def chunks(self) -> Iterator[bytes]:
        """Yield the bytes."""


@dataclass(frozen=True, slots=True)
class LogSource:
    """A backup of the first commits of a log, to be read while others go on writing.

    :param log: file of the log.
    :param length: how many of its bytes the commits take.
    """

    log: Path
    commits: int
    length: int
    settings: Settings

    @property
    def size(self) -> int:
        """How many bytes will come."""
        return len(self._header()) + self.length + _TRAILER

    def chunks(self) -> Iterator[bytes]:
        """Yield the bytes of the backup.

        :raises StoreUnavailableError: if the log cannot be read, or has become shorter.
        """
        header = self._header()
        digest = hashlib.sha256(header)
        yield header
        read = 0
        try:
            with self.log.open("rb") as file:
                for chunk in _pieces(file, self.length):
                    read += len(chunk)
                    digest.update(chunk)
                    yield chunk
        except OSError as error:
            raise StoreUnavailableError(
                f"The commit log {self.log} cannot be read: {error.strerror}."
            ) from error
        if read < self.length:
            raise StoreFormatError(f"The commit log {self.log} has lost commits.")
        yield json.dumps({"sha256": digest.hexdigest()}).encode() + b"\n"

    def _header(self) -> bytes:
        said = {
            "orthogramic-backup": FORMAT,
            "program": __version__,
            "layout": self.settings.layout,
            "base_iri": self.settings.base_iri,
            "commits": self.commits,
            "length": self.length,
        }
        return json.dumps(said).encode() + b"\n"


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


# -- making one ------------------------------------------------------------------------------------


def source_of(log: CommitLog, commits: int, base_iri: str) -> LogSource:
    """Return what gives a backup of the first commits of an open log.

    :raises UsageError: if the log is kept in memory.
    """
    prefix = log.prefix(commits)
    if prefix is None:
        raise UsageError("This repository is kept in memory: export it, there is no log to copy.")
    path, length = prefix
    return LogSource(path, commits, length, Settings(LAYOUT, base_iri))


def stored_source(root: Path) -> LogSource:
    """Return what gives a backup of a store that nobody holds.

    It is held only while the end of the log is looked for, so others may open it meanwhile.

    :raises StoreUnavailableError: if there is no store, another process holds it, or it is damaged.
    """
    with looked_at(root) as settings:
        log = CommitLog(root / "commits.log", writable=False)
        found = source_of(log, log.last, settings.base_iri)
        return LogSource(found.log, found.commits, found.length, settings)


def write_backup(source: Source, path: Path, progress: Progress | None = None) -> Backup:
    """Write a backup and read it again; the file is there whole, or not at all.

    :raises PlaceTakenError: if something has that name already.
    :raises StoreNotWritableError: if the disk is full or read-only, or there is no such folder.
    :raises StoreFormatError: if the log is damaged.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        with _alone(part, path) as file:
            if progress:
                progress.stage("copying the log", source.size)
            for chunk in source.chunks():
                file.write(chunk)
                if progress:
                    progress.advance(len(chunk))
            file.flush()
            os.fsync(file.fileno())
            backup = _checked(part, path)
            _publish(part, path)
            return backup
    except OSError as error:
        raise StoreNotWritableError(
            f"The backup {path} cannot be written: {error.strerror}; nothing was made."
        ) from error


@contextmanager
def _alone(part: Path, path: Path) -> Iterator[IO[bytes]]:
    """Open the file in which a backup grows; it goes again if anything breaks off.

    What a killed process has left is written over.
    """
    _refuse_existing(path)
    with part.open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise PlaceTakenError(f"Somebody else is writing the backup {path}.") from None
        try:
            _refuse_existing(path)
            file.truncate(0)
            yield file
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)


def _refuse_existing(path: Path) -> None:
    if os.path.lexists(path):
        raise PlaceTakenError(f"{path} is there already; a backup never replaces anything.")


def _publish(part: Path, path: Path) -> None:
    """Give a finished backup its name, unless somebody has taken it meanwhile."""
    try:
        path.hardlink_to(part)
    except FileExistsError:
        _refuse_existing(path)
    except OSError:
        # Not every file system knows a second name for a file.
        _refuse_existing(path)
        part.rename(path)
    sync_folder(path.parent)


# -- reading one -----------------------------------------------------------------------------------


def read_backup(path: Path, progress: Progress | None = None) -> Backup:
    """Look whether a backup is whole, to the last byte.

    :raises InputNotFoundError: if it cannot be read.
    :raises BackupUnreadableError: if it is no backup, cut off, or damaged.
    :raises StoreFormatError: if it is of a newer version.
    """
    if progress:
        progress.stage("checking the backup", None)
    try:
        return _checked(path, path, progress)
    except OSError as error:
        raise InputNotFoundError(f"{path} cannot be read: {error.strerror}.") from error


def _checked(path: Path, name: Path, progress: Progress | None = None) -> Backup:
    with path.open("rb") as file:
        line = file.readline(_LONGEST_HEADER)
        settings, commits, length = _header(line, name)
        size, wanted = os.fstat(file.fileno()).st_size, len(line) + length + _TRAILER
        if size != wanted:
            raise BackupUnreadableError(
                f"The backup {name} is damaged: it has {size} bytes and should have {wanted}."
            )
        digest = hashlib.sha256(line)
        for chunk in _pieces(file, length):
            digest.update(chunk)
            if progress:
                progress.advance(len(chunk))
        trailer = json.dumps({"sha256": digest.hexdigest()}).encode() + b"\n"
        if file.read(_TRAILER) != trailer:
            raise BackupUnreadableError(
                f"The backup {name} is damaged: its content does not fit its checksum."
            )
        last = _check_records(file, len(line), length, commits, name)
        begins = len(line)
    return Backup(name, settings, commits, last, begins, length, size, digest.hexdigest())


def _header(line: bytes, name: Path) -> tuple[Settings, int, int]:
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
            for chunk in _pieces(file, backup.length):
                digest.update(chunk)
                yield chunk
    except OSError as error:
        raise InputNotFoundError(f"{backup.path} cannot be read: {error.strerror}.") from error
    if digest.hexdigest() != backup.sha256:
        raise BackupUnreadableError(f"The backup {backup.path} has changed while it was read.")


def _pieces(file: IO[bytes], length: int) -> Iterator[bytes]:
    while length and (chunk := file.read(min(length, _CHUNK))):
        length -= len(chunk)
        yield chunk
