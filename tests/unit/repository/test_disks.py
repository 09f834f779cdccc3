"""A disk that is full or read-only: one clear sentence, exit code 5, and nothing lost."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import orthogramic
from tests.conftest import TOY
from tests.unit.repository.processes import hives, run
from tests.unit.repository.small_disk import fill, fill_but, mount, small_disk


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a small file system."""
    with small_disk(tmp_path / "disk") as mounted:
        yield mounted


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
    if options:
        fill_but(disk, 1_000_000)
    else:
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


def test_a_read_only_disk(store: Path, disk: Path, tmp_path: Path) -> None:
    before = everything(store)
    assert mount("-o", "remount,ro", str(disk)) == ""
    for arguments in (["load", TOY / "data"], ["stats"]):
        done = run("--store", store, "--bundle", TOY, *arguments)
        assert (done.returncode, done.stdout) == (5, b"")
        assert done.stderr.decode() == (
            f"orthogramic: {store} cannot be written: Read-only file system; nothing was changed.\n"
        )
    assert mount("-o", "remount,rw", str(disk)) == ""
    assert everything(store) == before


def large_store(path: Path) -> Path:
    """Return a store whose log takes some hundred kilobytes."""
    with orthogramic.open(path, bundle=[TOY]) as repository:
        for each in range(8):
            data = hives(each * 300, 300).replace("Number", os.urandom(20_000).hex(), 1)
            repository.load_bytes(data.encode(), syntax="turtle", gate=False)
    return path


def test_a_full_disk_under_a_backup_and_a_restore(disk: Path, tmp_path: Path) -> None:
    store = large_store(tmp_path / "store")
    made = run("--store", store, "backup", tmp_path / "good")
    assert made.returncode == 0, made.stderr
    fill_but(disk, 100_000)
    (disk / "empty").mkdir()
    cases: list[tuple[list[str | Path], str]] = [
        (["--store", store, "backup", disk / "b"], f"The backup {disk / 'b'}"),
        (["--store", disk / "s", "restore", tmp_path / "good"], str(disk / "s")),
        (["--store", disk / "empty", "restore", tmp_path / "good"], str(disk / "empty")),
    ]
    for arguments, what in cases:
        done = run(*arguments)
        assert (done.returncode, done.stdout) == (5, b"")
        said = done.stderr.decode().splitlines()[-1]
        assert said == (
            f"orthogramic: {what} cannot be written: No space left on device; nothing was made."
        )
        assert sorted(each.name for each in disk.iterdir()) == ["ballast", "empty"]
        assert list((disk / "empty").iterdir()) == []
    (disk / "ballast").unlink()
    assert run("--store", disk / "s", "restore", tmp_path / "good").returncode == 0


def test_no_room_to_verify(disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = large_store(tmp_path / "store")
    before = everything(store)
    fill_but(disk, 50_000)
    monkeypatch.setenv("TMPDIR", str(disk))
    done = run("--store", store, "--bundle", TOY, "verify")
    assert (done.returncode, done.stdout) == (5, b"")
    assert "Set TMPDIR to a folder that has room" in done.stderr.decode().splitlines()[-1]
    assert [each.name for each in disk.iterdir()] == ["ballast"]
    monkeypatch.delenv("TMPDIR")
    assert everything(store) == before


def test_a_read_only_disk_can_be_backed_up_and_verified(
    store: Path, disk: Path, tmp_path: Path
) -> None:
    """That is when it is wanted most; what would have to write is refused."""
    before = everything(store)
    assert mount("-o", "remount,ro", str(disk)) == ""
    assert run("--store", store, "backup", tmp_path / "b").returncode == 0
    done = run("--store", store, "--bundle", TOY, "verify")
    assert (done.returncode, b"is what its log says" in done.stdout) == (0, True), done.stderr
    cases: list[tuple[list[str | Path], str]] = [
        (["--store", store, "backup", disk / "b"], f"The backup {disk / 'b'}"),
        (["--store", disk / "new", "restore", tmp_path / "b"], str(disk / "new")),
    ]
    for arguments, what in cases:
        done = run(*arguments)
        assert (done.returncode, done.stdout) == (5, b"")
        said = done.stderr.decode().splitlines()[-1]
        assert said.startswith(f"orthogramic: {what} cannot be written: Read-only file system")
    assert mount("-o", "remount,rw", str(disk)) == ""
    assert run("--store", tmp_path / "again", "restore", tmp_path / "b").returncode == 0
    assert everything(tmp_path / "again") == before == everything(store)


def test_a_read_only_disk_is_not_mended(store: Path, disk: Path) -> None:
    (store / "catalogue.db").unlink()
    assert mount("-o", "remount,ro", str(disk)) == ""
    done = run("--store", store, "--bundle", TOY, "verify", "--repair")
    assert (done.returncode, done.stdout) == (5, b"")
    assert "Read-only file system" in done.stderr.decode().splitlines()[-1]
    assert mount("-o", "remount,rw", str(disk)) == ""
    assert run("--store", store, "--bundle", TOY, "verify", "--repair").returncode == 0
