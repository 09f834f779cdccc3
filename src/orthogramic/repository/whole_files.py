"""Writes small files so that they are there whole or not at all, and names so that they stay."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from orthogramic.errors import StoreNotWritableError


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
