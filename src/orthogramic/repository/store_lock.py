"""Who holds the directory of a store: one process that writes, or several that only look."""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from orthogramic.errors import StoreFormatError, StoreInUseError, StoreUnavailableError
from orthogramic.repository.store_settings import Settings

#: What may lie in a directory whose making was broken off.
BEGINNINGS = frozenset({"lock", "format.part", "restoring.part"})

#: Tells that what lies beside it is not whole yet.
RESTORING = "restoring"

#: Somebody who looks whether the lock is held holds it for a moment: seconds, and how often to try.
_PATIENCE, _TRIES = 0.05, 6


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
