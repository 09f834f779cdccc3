"""Opens the files of the embedded engine, and puts its refusals in words."""

from __future__ import annotations

import time
from pathlib import Path

from pyoxigraph import Store

from orthogramic.errors import (
    StoreFormatError,
    StoreInUseError,
    StoreNotWritableError,
    StoreUnavailableError,
)

#: Seconds, and how often to try, until those who read have let go of files.
_PATIENCE, _TRIES = 0.05, 20


def opened(path: Path | None, *, read_only: bool = False) -> Store:
    """Open the store in a directory, made if absent; ``None`` is one in memory.

    :raises StoreInUseError: if another process holds the directory.
    :raises StoreFormatError: if its files are damaged.
    :raises StoreUnavailableError: if it cannot be opened for another reason.
    """
    if path is None:
        return Store()
    try:
        if read_only:
            return Store.read_only(str(path))
        path.mkdir(parents=True, exist_ok=True)
        return Store(str(path))
    except OSError as error:
        if "lock" in str(error).lower():
            raise StoreInUseError(f"Another process has the store {path.parent} open.") from error
        raise StoreUnavailableError(f"The store {path.parent} cannot be opened: {error}") from error
    except RuntimeError as error:
        raise StoreFormatError(
            f"The files in {path} are damaged ({error}). Delete this folder; the next opening "
            "makes it anew from the commit log."
        ) from error


def opened_when_free(path: Path) -> Store:
    """Open a store that this process itself has just let go.

    :raises StoreNotWritableError: if somebody still reads from it, or the disk refuses.
    """
    for _ in range(_TRIES):
        try:
            return opened(path)
        except StoreInUseError:
            time.sleep(_PATIENCE)
        except StoreUnavailableError as error:
            raise StoreNotWritableError(
                f"The disk has refused a write, and still does: {error.detail.rstrip('.')}; "
                "nothing that was acknowledged is lost."
            ) from error
    raise StoreNotWritableError(
        "The disk has refused a write, and the store cannot be opened anew while somebody reads "
        "what it held; nothing that was acknowledged is lost. Try again."
    )


def refusal(error: OSError) -> StoreNotWritableError:
    """Return what is said when the disk refuses a write."""
    return StoreNotWritableError(
        f"The disk refused the write ({error}); nothing that was acknowledged is lost."
    )
