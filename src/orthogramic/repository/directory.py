"""The directory of a repository on disk: what lies in it, and who holds it.

::

    format.json     version of the layout, base IRI of new entities
    commits.log     the truth (see commit_log)
    commits.torn    what was cut off the log after a crash, if ever; never acknowledged
    quads/          the store, a materialisation of the log
    catalogue.db    names and text of entities, derived from the store
    lock            held by the one process that has the repository open
    service.json    address of the service, while one holds the repository
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from pyoxigraph import NamedNode

from orthogramic.errors import (
    InvalidParameterError,
    StoreFormatError,
    StoreInUseError,
    StoreNotWritableError,
    StoreUnavailableError,
)

LAYOUT = 1

DEFAULT_BASE_IRI = "https://data.orthogramic.com/"

#: What may lie in a directory whose making was broken off.
_BEGINNINGS = frozenset({"lock", "format.part"})

#: Somebody who looks whether the lock is held holds it for a moment: seconds, and how often to try.
_PATIENCE, _TRIES = 0.05, 6


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
            if not create and not (root / "format.json").exists():
                raise StoreUnavailableError(f"There is no store at {root}; load something first.")
            root.mkdir(parents=True, exist_ok=True)
            _refuse_foreign(root)
            self._lock = _hold(root)
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
        path = self.root / "format.json"
        if not path.exists():
            chosen = check_base_iri(base_iri or DEFAULT_BASE_IRI)
            write_whole(path, json.dumps({"layout": LAYOUT, "base_iri": chosen}) + "\n")
            return chosen
        try:
            said = json.loads(path.read_text(encoding="utf-8"))
            layout, chosen = int(said["layout"]), check_base_iri(str(said["base_iri"]))
        except (OSError, ValueError, KeyError, TypeError, InvalidParameterError) as error:
            raise StoreFormatError(f"{path} is damaged; restore it from a backup.") from error
        if layout > LAYOUT:
            raise StoreFormatError(
                f"{self.root} was written by a newer version (layout {layout}); "
                "install that version to open it."
            )
        return chosen

    @property
    def log(self) -> Path:
        """File of the commit log."""
        return self.root / "commits.log"

    @property
    def quads(self) -> Path:
        """Directory of the store."""
        return self.root / "quads"

    @property
    def catalogue(self) -> Path:
        """File of the catalogue."""
        return self.root / "catalogue.db"

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
    if any(each.name not in _BEGINNINGS for each in root.iterdir()):
        raise StoreFormatError(f"{root} holds something else than a store.")


def _hold(root: Path) -> IO[Any]:
    lock = (root / "lock").open("a+")
    for _ in range(_TRIES):
        with suppress(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return lock
        time.sleep(_PATIENCE)
    lock.close()
    url = announced_service(root)
    by = f"the service at {url}" if url else "another process"
    raise StoreInUseError(f"The store {root} is held by {by}.", service=url)


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


def write_whole(path: Path, text: str) -> None:
    """Write a small file so that it is there whole or not at all."""
    part = path.with_suffix(".part")
    try:
        with part.open("w", encoding="utf-8") as file:
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
