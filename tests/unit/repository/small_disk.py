"""A small file system to be filled, where the system lets one be mounted."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def mount(*arguments: str) -> str:
    """Return what went wrong, or nothing."""
    done = subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)
    return done.stderr.strip() if done.returncode else ""


@contextmanager
def small_disk(place: Path, size: str = "8m") -> Iterator[Path]:
    """Mount a small file system on a new folder; skips the test where nobody may."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a file system to fill")
    place.mkdir()
    trouble = mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place))
    if trouble:
        pytest.skip(f"mounting is not permitted here: {trouble}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def free(disk: Path) -> int:
    """Return how many bytes are free."""
    return os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize


def fill_but(disk: Path, keep: int) -> None:
    """Leave so many bytes free."""
    (disk / "ballast").write_bytes(bytes(max(0, free(disk) - keep)))


def fill(disk: Path) -> None:
    """Take the last bytes."""
    with (disk / "ballast").open("ab", buffering=0) as file:
        for size in (65_536, 4096, 512, 1):
            try:
                while file.write(bytes(size)) == size:
                    pass
            except OSError:
                continue
