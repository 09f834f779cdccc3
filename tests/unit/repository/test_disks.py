"""A disk that is full or read-only: one clear sentence, exit code 5, and nothing lost."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import orthogramic
from tests.conftest import TOY
from tests.unit.repository.processes import hives, run


def _mount(*arguments: str) -> str:
    """Return what went wrong, or nothing."""
    done = subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)
    return done.stderr.strip() if done.returncode else ""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a small file system."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a file system to fill")
    place = tmp_path / "disk"
    place.mkdir()
    trouble = _mount("-t", "tmpfs", "-o", "size=8m", "tmpfs", str(place))
    if trouble:
        pytest.skip(f"mounting is not permitted here: {trouble}")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.fixture
def store(disk: Path) -> Path:
    path = disk / "store"
    with orthogramic.open(path, bundle=[TOY]) as repository:
        repository.load([TOY / "data"])
    return path


def everything(path: Path) -> tuple[int, bytes]:
    with orthogramic.open(path, bundle=[TOY]) as repository:
        return repository.snapshot, b"".join(repository.export("nquads", inferred=True))


@pytest.mark.parametrize("options", [(), ("--no-gate",)])
def test_a_full_disk(store: Path, disk: Path, tmp_path: Path, options: tuple[str, ...]) -> None:
    before = everything(store)
    log = (store / "commits.log").read_bytes()
    data = tmp_path / "many.ttl"
    data.write_text(hives(0, 60_000 if options else 300), encoding="utf-8")
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    keep = 1_000_000 if options else 60_000
    (disk / "ballast").write_bytes(bytes(max(0, free - keep)))
    if not options:
        fill(disk)
    done = run("--store", store, "--bundle", TOY, "load", *options, data)
    said = done.stderr.decode().splitlines()[-1]
    assert (done.returncode, done.stdout) == (5, b""), done.stderr.decode()
    assert said.startswith("orthogramic: ")
    assert "Traceback" not in done.stderr.decode()
    assert "space" in said.lower()
    assert (store / "commits.log").read_bytes() == log
    (disk / "ballast").unlink()
    assert everything(store) == before
    again = run("--store", store, "--bundle", TOY, "load", "--no-gate", TOY / "data")
    assert again.returncode == 0


def fill(disk: Path) -> None:
    """Take the last bytes."""
    with (disk / "ballast").open("ab", buffering=0) as file:
        for size in (4096, 512, 1):
            try:
                while file.write(bytes(size)) == size:
                    pass
            except OSError:
                continue


def test_a_read_only_disk(store: Path, disk: Path, tmp_path: Path) -> None:
    before = everything(store)
    assert _mount("-o", "remount,ro", str(disk)) == ""
    for arguments in (["load", TOY / "data"], ["stats"]):
        done = run("--store", store, "--bundle", TOY, *arguments)
        assert (done.returncode, done.stdout) == (5, b"")
        assert done.stderr.decode() == (
            f"orthogramic: {store} cannot be written: Read-only file system; nothing was changed.\n"
        )
    assert _mount("-o", "remount,rw", str(disk)) == ""
    assert everything(store) == before
