"""The directory of a repository on disk: what lies in it, and who holds it.

::

    format.json     version of the layout and of the program, identifier, base IRI (store_settings)
    commits.log     the truth (see commit_log)
    commits.torn    what was cut off the log after a crash, if ever; never acknowledged
    quads/          the store, a materialisation of the log
    replicas/       copies of the store, one for each query worker of a service that runs
    catalogue.db    names and text of entities, derived from the store
    results.db      the validation results that stand, derived from the store
    lock            held by the one process that has the repository open
    service.json    address of the service, while one holds the repository
    tokens.json     who is let in by a service that asks (see token_file), if anybody
    tokens.lock     held by whoever changes them
    backups/        what was backed up before the store was brought to a newer layout
    restoring       here only while a backup is being restored, or if that was broken off
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

from orthogramic.errors import StoreFormatError, StoreNotWritableError, StoreUnavailableError
from orthogramic.repository.store_lock import BEGINNINGS, hold, refuse_half_restored
from orthogramic.repository.store_settings import DEFAULT_BASE_IRI, Settings, check_base_iri
from orthogramic.repository.whole_files import write_whole

#: A commit is written several times over: to the log, the store, and the replicas of workers.
_COPIES = 5
#: Bytes that a commit leaves free at least, so that whoever reads finds room: on a small disk, a
#: part of it.
_RESERVE, _PART = 16 << 20, 50

#: File of the catalogue of entities.
CATALOGUE = "catalogue.db"


class StoreDirectory:
    """An open, locked repository directory.

    :param root: the directory.
    :param base_iri: base of entity IRIs for a new directory; an existing one keeps its own.
    :param create: whether to make the directory if it is not there.
    :param notify: takes sentences about an upgrade from an older layout, which an opening makes.
    :raises InvalidParameterError: if the base is no IRI.
    :raises StoreUnavailableError: if it is not there and may not be made.
    :raises StoreInUseError: if another process holds it; the sentence gives its service if any.
    :raises StoreFormatError: if it is no repository, or one of a newer version.
    :raises StoreNotWritableError: if the disk is full or read-only.
    """

    def __init__(
        self,
        root: Path,
        *,
        base_iri: str | None = None,
        create: bool = True,
        notify: Callable[[str], None] | None = None,
    ) -> None:
        self.root = root
        try:
            if root.exists() and not root.is_dir():
                raise StoreFormatError(f"{root} is a file, not a store.")
            refuse_half_restored(root)
            if not create and not (root / "format.json").exists():
                raise StoreUnavailableError(f"There is no store at {root}; load something first.")
            root.mkdir(parents=True, exist_ok=True)
            _refuse_foreign(root)
            self._lock = hold(root)
        except (PermissionError, NotADirectoryError) as error:
            raise StoreNotWritableError(f"{root} cannot be used: {error.strerror}.") from error
        except OSError as error:
            raise StoreNotWritableError(
                f"{root} cannot be written: {error.strerror}; nothing was changed."
            ) from error
        try:
            self.base_iri = self._settle(base_iri, notify).base_iri
        except BaseException:
            self._lock.close()
            raise

    def _settle(self, base_iri: str | None, notify: Callable[[str], None] | None) -> Settings:
        # A restore may have begun, and been broken off, since the first look.
        refuse_half_restored(self.root)
        if not (self.root / "format.json").exists():
            chosen = Settings.new(check_base_iri(base_iri or DEFAULT_BASE_IRI))
            chosen.write(self.root)
            return chosen
        settings = Settings.read(self.root)
        if settings.outdated:
            # Wanted once in the life of a store.
            from orthogramic.repository.upgrading import upgrade  # noqa: PLC0415

            return upgrade(self.root, settings, notify)
        return settings

    @property
    def log(self) -> Path:
        """File of the commit log."""
        return self.root / "commits.log"

    @property
    def quads(self) -> Path:
        """Directory of the store."""
        return self.root / "quads"

    @property
    def replicas(self) -> Path:
        """Directory of the replicas of query workers."""
        return self.root / "replicas"

    @property
    def catalogue(self) -> Path:
        """File of the catalogue."""
        return self.root / CATALOGUE

    @property
    def results(self) -> Path:
        """File of the standing validation results."""
        return self.root / "results.db"

    def require_room(self, size: int) -> None:
        """Refuse a commit that the disk has no room for, while all is still as it was.

        A disk that is full to the last byte stops replicas and the engine too, and so whoever
        reads; they need room after a commit was acknowledged.

        :param size: bytes of the commit.
        :raises StoreNotWritableError: if too little would be left.
        """
        try:
            disk = os.statvfs(self.root)
        except OSError:
            # Whoever writes now says it better.
            return
        free, whole = (each * disk.f_frsize for each in (disk.f_bavail, disk.f_blocks))
        if free < _COPIES * size + min(_RESERVE, whole // _PART):
            raise StoreNotWritableError(
                f"There is no space left on the disk of {self.root} for this and what goes with "
                f"it ({free} bytes are free); nothing was changed."
            )

    def announce(self, url: str) -> None:
        """Let other processes find the service that holds this directory."""
        write_whole(self.root / "service.json", json.dumps({"url": url, "pid": os.getpid()}) + "\n")

    def withdraw(self) -> None:
        """Take the announcement back."""
        (self.root / "service.json").unlink(missing_ok=True)

    def close(self) -> None:
        """Let the directory go."""
        self._lock.close()


def _refuse_foreign(root: Path) -> None:
    """Refuse a directory that holds something else, before anything is put into it."""
    if (root / "format.json").exists():
        return
    if (root / "commits.log").exists():
        raise StoreFormatError(f"{root} has lost its format.json; restore it from a backup.")
    if any(each.name not in BEGINNINGS for each in root.iterdir()):
        raise StoreFormatError(f"{root} holds something else than a store.")
