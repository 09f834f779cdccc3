"""The directory of a repository on disk: what lies in it, and who holds it.

::

    format.json     version of the layout and of the program, base IRI of new entities
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
    restoring       here only while a backup is being restored, or if that was broken off
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from pyoxigraph import NamedNode

from orthogramic.__about__ import __version__
from orthogramic.errors import (
    InvalidParameterError,
    StoreFormatError,
    StoreInUseError,
    StoreNotWritableError,
    StoreUnavailableError,
)
from orthogramic.repository.log_records import refuse_newer

LAYOUT = 1

DEFAULT_BASE_IRI = "https://data.orthogramic.com/"

#: File of the catalogue of entities.
CATALOGUE = "catalogue.db"

#: What may lie in a directory whose making was broken off.
BEGINNINGS = frozenset({"lock", "format.part", "restoring.part"})

#: Tells that what lies beside it is not whole yet.
RESTORING = "restoring"

#: Somebody who looks whether the lock is held holds it for a moment: seconds, and how often to try.
_PATIENCE, _TRIES = 0.05, 6


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``format.json`` says of a store: in which layout it is, and what it builds IRIs on."""

    layout: int
    base_iri: str

    def write(self, root: Path) -> None:
        """Make a directory a store.

        :raises StoreNotWritableError: if the disk refuses.
        """
        said = {"layout": self.layout, "base_iri": self.base_iri, "program": __version__}
        write_whole(root / "format.json", json.dumps(said) + "\n")

    @classmethod
    def read(cls, root: Path) -> Settings:
        """Read the settings of a store.

        :raises StoreFormatError: if they are damaged, or of a newer version.
        """
        path = root / "format.json"
        try:
            said = json.loads(path.read_text(encoding="utf-8"))
            layout, base_iri = int(said["layout"]), check_base_iri(str(said["base_iri"]))
            program = said.get("program")
            if layout < 1:
                raise ValueError(layout)
        except (OSError, ValueError, KeyError, TypeError, InvalidParameterError) as error:
            raise StoreFormatError(f"{path} is damaged; restore it from a backup.") from error
        refuse_newer(f"The store {root}", "layout", layout, LAYOUT, program)
        return cls(layout, base_iri)


class StoreDirectory:
    """An open, locked repository directory.

    :param root: the directory.
    :param base_iri: base of entity IRIs for a new directory; an existing one keeps its own.
    :param create: whether to make the directory if it is not there.
    :raises InvalidParameterError: if the base is no IRI.
    :raises StoreUnavailableError: if it is not there and may not be made.
    :raises StoreInUseError: if another process holds it; the sentence gives its service if any.
    :raises StoreFormatError: if it is no repository, or one of a newer version.
    :raises StoreNotWritableError: if the disk is full or read-only.
    """

    def __init__(self, root: Path, *, base_iri: str | None = None, create: bool = True) -> None:
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
            self.base_iri = self._settle(base_iri)
        except BaseException:
            self._lock.close()
            raise

    def _settle(self, base_iri: str | None) -> str:
        # A restore may have begun, and been broken off, since the first look.
        refuse_half_restored(self.root)
        if not (self.root / "format.json").exists():
            chosen = check_base_iri(base_iri or DEFAULT_BASE_IRI)
            Settings(LAYOUT, chosen).write(self.root)
            return chosen
        return Settings.read(self.root).base_iri

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

    def announce(self, url: str) -> None:
        """Let other processes find the service that holds this directory."""
        write_whole(self.root / "service.json", json.dumps({"url": url, "pid": os.getpid()}) + "\n")

    def withdraw(self) -> None:
        """Take the announcement back."""
        (self.root / "service.json").unlink(missing_ok=True)

    def close(self) -> None:
        """Let the directory go."""
        self._lock.close()


def check_base_iri(text: str) -> str:
    """Return the base of entity IRIs, if names can be put behind it.

    :raises InvalidParameterError: if it is no absolute IRI, or names would run into its end.
    """
    with suppress(ValueError):
        if NamedNode(text).value.endswith(("/", "#")):
            return text
    raise InvalidParameterError(
        f"{text!r} is no base of IRIs: it must be absolute and end in / or #, "
        f"such as {DEFAULT_BASE_IRI}."
    )


@contextmanager
def looked_at(root: Path) -> Iterator[Settings]:
    """Keep others from opening a store while it is looked at; nothing is written.

    So it works on a read-only disk too, and several may look at once.

    :raises StoreUnavailableError: if there is no store.
    :raises StoreInUseError: if another process holds it.
    :raises StoreFormatError: if it is damaged, or of a newer version.
    """
    if root.is_file():
        raise StoreFormatError(f"{root} is a file, not a store.")
    refuse_half_restored(root)
    if not (root / "format.json").exists():
        raise StoreUnavailableError(f"There is no store at {root}; load something first.")
    with hold(root, shared=True):
        refuse_half_restored(root)
        yield Settings.read(root)


def announced_service(root: Path) -> str | None:
    """Return the URL of the service that holds a directory, if a live one announced itself."""
    try:
        said = json.loads((root / "service.json").read_text(encoding="utf-8"))
        url, process = str(said["url"]), int(said["pid"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return url if _is_held(root) and _is_alive(process) else None


def _refuse_foreign(root: Path) -> None:
    """Refuse a directory that holds something else, before anything is put into it."""
    if (root / "format.json").exists():
        return
    if (root / "commits.log").exists():
        raise StoreFormatError(f"{root} has lost its format.json; restore it from a backup.")
    if any(each.name not in BEGINNINGS for each in root.iterdir()):
        raise StoreFormatError(f"{root} holds something else than a store.")


def refuse_half_restored(root: Path) -> None:
    """Refuse a directory that a restore has not finished.

    :raises StoreFormatError: with what to do.
    """
    if (root / RESTORING).exists():
        raise StoreFormatError(
            f"A backup is being restored into {root}, or that was broken off: "
            "wait for it, or restore again."
        )


def hold(root: Path, *, shared: bool = False) -> IO[Any]:
    """Lock a directory until the file that is returned is closed, or the process ends.

    :param shared: whether others may hold it in the same way.
    :raises StoreInUseError: if another process holds it; the sentence gives its service if any.
    """
    kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    lock = _lock_file(root, shared)
    for _ in range(_TRIES):
        with suppress(BlockingIOError):
            fcntl.flock(lock, kind | fcntl.LOCK_NB)
            return lock
        time.sleep(_PATIENCE)
    lock.close()
    url = announced_service(root)
    by = f"the service at {url}" if url else "another process"
    raise StoreInUseError(f"The store {root} is held by {by}.", service=url)


def _lock_file(root: Path, shared: bool) -> IO[Any]:
    """Open the file that is locked; on a read-only disk any file that is there serves."""
    path = root / "lock"
    try:
        return path.open("a+")
    except OSError:
        if not shared:
            raise
    return (path if path.exists() else root / "format.json").open("rb")


def _is_held(root: Path) -> bool:
    try:
        with (root / "lock").open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def write_whole(path: Path, text: str, *, mode: int = 0o666) -> None:
    """Write a small file so that it is there whole or not at all.

    :param mode: who may do what with it, less what the user's mask takes away.
    """
    part = path.with_suffix(".part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise StoreNotWritableError(
            f"{path} cannot be written: {error.strerror}; nothing was changed."
        ) from error


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk: a file is found again only by its name."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
