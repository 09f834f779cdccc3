"""Makes a store of a backup: the log and the settings; all else is made at the first opening.

While this is going on a file tells so, and nobody opens the directory. It goes last, so a store
that is not whole is never taken for one, whatever stops the process.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from orthogramic.errors import PlaceTakenError, StoreNotWritableError
from orthogramic.repository.backup_file import Backup, log_of, read_backup
from orthogramic.repository.store_lock import BEGINNINGS, RESTORING, hold
from orthogramic.repository.whole_files import sync_folder, write_whole
from orthogramic.validation import Progress

#: What a restore puts into a directory, in the order in which it is taken away again.
_MADE = ("commits.log", "format.json", "format.part", RESTORING, f"{RESTORING}.part", "lock")


def restore(path: Path, root: Path, progress: Progress | None = None) -> Backup:
    """Make a store of a backup in a new or empty directory.

    :param path: the backup; it is checked to the last byte before anything is made.
    :param root: the directory; one in which a restore was broken off counts as empty.
    :raises InputNotFoundError: if the backup cannot be read.
    :raises BackupUnreadableError: if it is no backup, cut off, or damaged.
    :raises StoreFormatError: if it is of a newer version.
    :raises PlaceTakenError: if the directory holds anything.
    :raises StoreInUseError: if somebody else is restoring into it.
    :raises StoreNotWritableError: if the disk is full or read-only.
        Nothing is made in any of these cases.
    """
    backup = read_backup(path, progress)
    _refuse_filled(root)
    try:
        with _under_way(root):
            if progress:
                progress.stage("writing the log", backup.length)
            with (root / "commits.log").open("wb") as file:
                for chunk in log_of(backup):
                    file.write(chunk)
                    if progress:
                        progress.advance(len(chunk))
                file.flush()
                os.fsync(file.fileno())
            backup.settings.write(root)
    except OSError as error:
        raise StoreNotWritableError(
            f"{root} cannot be written: {error.strerror}; nothing was made."
        ) from error
    return backup


def _refuse_filled(root: Path) -> None:
    if not os.path.lexists(root):
        return
    if not root.is_dir():
        raise PlaceTakenError(f"{root} is a file; a store needs a folder of its own.")
    found = {each.name for each in root.iterdir()}
    if found <= {*_MADE} and (RESTORING in found or found <= BEGINNINGS):
        return
    what = "a store already" if "format.json" in found else "something already"
    raise PlaceTakenError(
        f"{root} holds {what}; a backup is restored into a new or empty folder only."
    )


@contextmanager
def _under_way(root: Path) -> Iterator[None]:
    """Hold a directory and mark it until it is a store; take everything away if it becomes none."""
    made = [each for each in (root, *root.parents) if not each.exists()]
    root.mkdir(parents=True, exist_ok=True)
    try:
        with hold(root):
            # Somebody else may have been quicker.
            _refuse_filled(root)
            try:
                write_whole(root / RESTORING, "")
                yield
                (root / RESTORING).unlink()
                sync_folder(root)
            except BaseException:
                _take_away(root)
                raise
    except BaseException:
        for each in made:
            with suppress(OSError):
                each.rmdir()
        raise


def _take_away(root: Path) -> None:
    for each in _MADE:
        with suppress(OSError):
            (root / each).unlink(missing_ok=True)
