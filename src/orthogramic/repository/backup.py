"""Backups: the commit log up to one commit, in one file that can be checked by itself.

Store and catalogue are left out: they are made of the log. The log only grows, so nobody who
writes has to wait while it is copied. What the file looks like is the matter of backup_file.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from orthogramic.errors import (
    PlaceTakenError,
    StoreFormatError,
    StoreNotWritableError,
    StoreUnavailableError,
    UsageError,
)
from orthogramic.repository.backup_file import TRAILER, Backup, check, header, pieces, trailer
from orthogramic.repository.commit_log import CommitLog
from orthogramic.repository.store_lock import looked_at
from orthogramic.repository.store_settings import LAYOUT, Settings
from orthogramic.repository.whole_files import sync_folder
from orthogramic.validation import Progress

#: A commit that is brought to the disk may have to wait for what else is on its way there. So a
#: backup never lets more than this many bytes wait.
_SYNC_EVERY = 4 << 20


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
        return len(self._header()) + self.length + TRAILER

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
                for chunk in pieces(file, self.length):
                    read += len(chunk)
                    digest.update(chunk)
                    yield chunk
        except OSError as error:
            raise StoreUnavailableError(
                f"The commit log {self.log} cannot be read: {error.strerror}."
            ) from error
        if read < self.length:
            raise StoreFormatError(f"The commit log {self.log} has lost commits.")
        yield trailer(digest.hexdigest())

    def _header(self) -> bytes:
        return header(self.settings, self.commits, self.length)


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
            waiting = 0
            for chunk in source.chunks():
                file.write(chunk)
                waiting += len(chunk)
                if waiting >= _SYNC_EVERY:
                    _sync(file)
                    waiting = 0
                if progress:
                    progress.advance(len(chunk))
            _sync(file)
            backup = check(part, path)
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


def _sync(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


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
