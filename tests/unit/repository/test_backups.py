"""A backup is the acknowledged commits, whole or not at all; of it the same store comes back."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from pyoxigraph import Literal, NamedNode, Quad

import orthogramic
from orthogramic import Repository
from orthogramic.errors import (
    BackupUnreadableError,
    InputNotFoundError,
    OrthogramicError,
    PlaceTakenError,
    StoreFormatError,
    StoreInUseError,
    StoreNotWritableError,
    StoreUnavailableError,
    UsageError,
)
from orthogramic.repository.backup import LogSource, stored_source, write_backup
from orthogramic.repository.backup_file import Backup, read_backup
from orthogramic.repository.store_lock import hold
from tests.conftest import TOY
from tests.unit.repository.processes import hives

G = NamedNode("https://bees.example/g")


def open_toy(path: Path) -> Repository:
    return orthogramic.open(path, bundle=[TOY])


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def everything(path: Path) -> tuple[bytes, list[str]]:
    """Return all statements, inferred too, and the commits of a store."""
    with open_toy(path) as repository:
        items = repository.history(1000).items
        return b"".join(sorted(repository.export("nquads", inferred=True))), list(map(str, items))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of three commits, one of them packed, one with a removal; it is only read."""
    path = tmp_path_factory.mktemp("backups") / "store"
    gone = Quad(NamedNode("urn:hive"), NamedNode("urn:says"), Literal("buzz"), G)
    with orthogramic.open(path, bundle=[TOY], base_iri="https://mine.example/") as repository:
        repository.load([TOY / "data"], author="Ada", message="The year", gate=False)
        repository.load_bytes(hives(0, 400).encode(), syntax="turtle", gate=False, message="Many")
        repository._knowledge.commit([gone], gate=False)
        repository._knowledge.commit([], [gone], gate=False, message="Not so")
    return path


@pytest.fixture(scope="module")
def made(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Backup:
    """Return a backup of the store; it is only read."""
    return write_backup(stored_source(store), tmp_path_factory.mktemp("made") / "a.backup")


# -- making ----------------------------------------------------------------------------------------


def test_a_backup_says_what_it_holds(store: Path, made: Backup) -> None:
    assert read_backup(made.path) == made
    content = made.path.read_bytes()
    assert (store / "commits.log").read_bytes() in content
    head, tail = content.split(b"\n", 1)[0], content[:-1].rsplit(b"\n", 1)[1]
    assert json.loads(head)["orthogramic-backup"] == 1
    # What anybody can check without this program.
    checked = hashlib.sha256(content[: -len(tail) - 1]).hexdigest()
    assert json.loads(tail) == {"sha256": checked} == {"sha256": made.sha256}
    assert made.to_dict() == {
        "path": str(made.path),
        "commits": 4,
        "last": made.last.isoformat() if made.last else "",
        "base_iri": "https://mine.example/",
        "layout": 2,
        "bytes": len(content),
        "sha256": checked,
    }


def test_the_same_commits_give_the_same_bytes(store: Path, made: Backup, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(store, tmp_path / "store"))
    with open_toy(copy) as repository:
        repository.backup(tmp_path / "b.backup")
    assert (tmp_path / "b.backup").read_bytes() == made.path.read_bytes()


def test_an_empty_store_has_a_backup_too(tmp_path: Path) -> None:
    with open_toy(tmp_path / "store") as repository:
        backup = repository.backup(tmp_path / "backup")
    assert (backup.commits, backup.last) == (0, None)
    orthogramic.restore(tmp_path / "backup", tmp_path / "again")
    with open_toy(tmp_path / "again") as repository:
        assert repository.snapshot == 0


def test_what_is_kept_in_memory_has_no_backup(toy: Repository, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="kept in memory"):
        toy.backup(tmp_path / "backup")
    assert names(tmp_path) == []


def test_a_backup_never_replaces_anything(store: Path, tmp_path: Path) -> None:
    target = tmp_path / "backup"
    makers: list[Callable[[], object]] = [
        target.touch,
        target.mkdir,
        lambda: target.symlink_to("nowhere"),
    ]
    for make in makers:
        make()
        with pytest.raises(PlaceTakenError, match="is there already"):
            write_backup(stored_source(store), target)
        assert names(tmp_path) == ["backup"]
        target.rmdir() if target.is_dir() else target.unlink()


@pytest.mark.parametrize("link", [True, False])
def test_a_name_that_is_taken_meanwhile_is_left_alone(
    store: Path, tmp_path: Path, link: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "backup"
    if not link:
        monkeypatch.setattr(Path, "hardlink_to", refuse_links)
    with pytest.raises(PlaceTakenError):
        write_backup(Meanwhile(stored_source(store), lambda: target.write_text("mine")), target)
    assert (names(tmp_path), target.read_text()) == (["backup"], "mine")
    target.unlink()
    assert write_backup(stored_source(store), target).commits == 4
    assert names(tmp_path) == ["backup"]


def refuse_links(_self: Path, _target: Path) -> None:
    raise OSError(1, "Operation not permitted")


class Meanwhile:
    """Gives the bytes of a backup, and lets something happen after the first."""

    def __init__(self, source: LogSource, happen: Callable[[], object]) -> None:
        self._source = source
        self._happen = happen

    @property
    def size(self) -> int:
        return self._source.size

    def chunks(self) -> Iterator[bytes]:
        chunks = self._source.chunks()
        yield next(chunks)
        self._happen()
        yield from chunks


def test_two_backups_to_one_place_do_not_mix(store: Path, tmp_path: Path) -> None:
    def another() -> None:
        with pytest.raises(PlaceTakenError, match="Somebody else is writing"):
            write_backup(stored_source(store), tmp_path / "backup")

    write_backup(Meanwhile(stored_source(store), another), tmp_path / "backup")
    assert names(tmp_path) == ["backup"]


def test_what_a_killed_backup_left_does_not_stop_the_next(store: Path, tmp_path: Path) -> None:
    (tmp_path / "backup.part").write_bytes(bytes(10_000_000))
    made = write_backup(stored_source(store), tmp_path / "backup")
    assert (names(tmp_path), read_backup(made.path).commits) == (["backup"], 4)


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_backup_that_breaks_off_leaves_nothing(
    store: Path, tmp_path: Path, error: BaseException
) -> None:
    def break_off() -> None:
        raise error

    expected = StoreNotWritableError if isinstance(error, OSError) else type(error)
    with pytest.raises(expected) as caught:
        write_backup(Meanwhile(stored_source(store), break_off), tmp_path / "backup")
    if isinstance(caught.value, StoreNotWritableError):
        assert caught.value.detail.endswith("No space left on device; nothing was made.")
    assert names(tmp_path) == []


def test_a_folder_that_is_not_there(store: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreNotWritableError, match="No such file or directory; nothing was made"):
        write_backup(stored_source(store), tmp_path / "none" / "backup")


def test_a_damaged_log_is_not_backed_up(store: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(store, tmp_path / "store"))
    log = copy / "commits.log"
    log.write_bytes(log.read_bytes().replace(b'"buzz"', b'"fuzz"', 1))
    with pytest.raises(StoreFormatError, match="is damaged at commit 3"):
        write_backup(stored_source(copy), tmp_path / "backup")
    assert names(tmp_path) == ["store"]


def test_a_log_that_becomes_shorter_meanwhile(store: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(store, tmp_path / "store"))
    source = stored_source(copy)
    os.truncate(copy / "commits.log", 100)
    with pytest.raises(StoreFormatError, match="lost commits"):
        write_backup(source, tmp_path / "backup")
    (copy / "commits.log").unlink()
    with pytest.raises(StoreUnavailableError, match="cannot be read: No such file"):
        write_backup(source, tmp_path / "backup")
    assert names(tmp_path) == ["store"]


def test_a_torn_tail_is_left_out_and_left_alone(store: Path, made: Backup, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(store, tmp_path / "store"))
    with (copy / "commits.log").open("ab") as log:
        log.write(b'{"format":1,"number":5,"at')
    before = (copy / "commits.log").read_bytes()
    write_backup(stored_source(copy), tmp_path / "backup")
    assert (tmp_path / "backup").read_bytes() == made.path.read_bytes()
    assert (copy / "commits.log").read_bytes() == before
    assert not (copy / "commits.torn").exists()


def test_a_store_that_is_held_or_not_there(store: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(store, tmp_path / "store"))
    with open_toy(copy), pytest.raises(StoreInUseError, match="held by another process"):
        stored_source(copy)
    with pytest.raises(StoreUnavailableError, match="There is no store at"):
        stored_source(tmp_path / "none")
    with pytest.raises(StoreFormatError, match="is a file"):
        stored_source(copy / "commits.log")
    # While somebody only looks, others may look too, but nobody opens it.
    with hold(copy, shared=True):
        assert stored_source(copy).commits == 4
        with pytest.raises(StoreInUseError):
            open_toy(copy)


def test_exactly_the_commits_that_were_acknowledged_when_it_began(tmp_path: Path) -> None:
    """Others write while it is copied, and one of them is half way when it begins."""
    with open_toy(tmp_path / "store") as repository:
        repository.load_bytes(hives(0, 2).encode(), syntax="turtle", gate=False)
        taken: list[LogSource] = []
        apply = repository._knowledge.store.apply

        def half_way(removed: list[Quad], added: list[Quad]) -> None:
            # The log has the second commit by now; nobody was told of it.
            taken.append(repository.backup_source())
            apply(removed, added)

        repository._knowledge.store.apply = half_way  # type: ignore[method-assign, assignment]
        repository.load_bytes(hives(2, 2).encode(), syntax="turtle", gate=False)
        half = write_backup(taken[0], tmp_path / "half")
        assert half.commits == 1
        source = repository.backup_source()

        def write() -> None:
            repository.load_bytes(hives(4, 2).encode(), syntax="turtle", gate=False)

        whole = write_backup(Meanwhile(source, write), tmp_path / "whole")
        assert (whole.commits, repository.snapshot) == (2, 3)
    orthogramic.restore(whole.path, tmp_path / "again")
    with open_toy(tmp_path / "again") as again:
        assert again.entities("Hive").total == 4


def test_no_write_waits_for_a_backup(tmp_path: Path) -> None:
    """Writers go on while backup after backup is made; what they wait for is themselves."""
    with open_toy(tmp_path / "store") as repository:
        repository.load_bytes(hives(0, 20_000).encode(), syntax="turtle", gate=False)
        stop = threading.Event()
        made: list[Backup] = []

        def back_up() -> None:
            while not stop.is_set():
                made.append(repository.backup(tmp_path / f"{len(made)}.backup"))

        thread = threading.Thread(target=back_up)
        waits: list[float] = []
        thread.start()
        try:
            while len(made) < 3 or len(waits) < 10:
                quad = Quad(NamedNode(f"urn:{len(waits)}"), NamedNode("urn:p"), Literal("x"), G)
                began = time.perf_counter()
                repository._knowledge.commit([quad], gate=False)
                waits.append(time.perf_counter() - began)
        finally:
            stop.set()
            thread.join()
        last = repository.snapshot
    # The median says what a write costs here; a busy machine may delay a single one.
    assert sorted(waits)[len(waits) // 2] < 0.1
    counts = [each.commits for each in made]
    assert counts == sorted(counts)
    assert counts[-1] <= last


# -- restoring -------------------------------------------------------------------------------------


@pytest.mark.parametrize("exists", [True, False])
def test_a_store_comes_back(store: Path, made: Backup, tmp_path: Path, exists: bool) -> None:
    root = tmp_path / "deep" / "store"
    if exists:
        root.mkdir(parents=True)
    assert orthogramic.restore(made.path, root) == made
    assert names(root) == ["commits.log", "format.json", "lock"]
    assert (root / "commits.log").read_bytes() == (store / "commits.log").read_bytes()
    assert everything(root) == everything(store)
    with open_toy(root) as repository:
        assert repository.base_iri == "https://mine.example/"
        assert repository.load_bytes(hives(900, 1).encode(), syntax="turtle") is not None
        assert repository.backup(tmp_path / "next").commits == 5


def test_a_folder_that_holds_anything_is_refused(store: Path, made: Backup, tmp_path: Path) -> None:
    (tmp_path / "some").mkdir()
    (tmp_path / "some" / "photo.jpg").touch()
    own = Path(shutil.copytree(store, tmp_path / "own"))
    before = names(own)
    with pytest.raises(PlaceTakenError, match="holds something already"):
        orthogramic.restore(made.path, tmp_path / "some")
    with pytest.raises(PlaceTakenError, match="holds a store already"):
        orthogramic.restore(made.path, own)
    with pytest.raises(PlaceTakenError, match="is a file"):
        orthogramic.restore(made.path, own / "commits.log")
    assert (names(tmp_path / "some"), names(own)) == (["photo.jpg"], before)


def damaged(content: bytes, random: Random) -> Iterator[tuple[str, bytes]]:
    for at in sorted({0, 1, len(content) - 1, *random.sample(range(len(content)), 40)}):
        yield f"cut at {at}", content[:at]
        yield f"changed at {at}", content[:at] + bytes([content[at] ^ 4]) + content[at + 1 :]
    yield "longer", content + b"\n"
    yield "twice", content + content


def test_a_backup_that_is_damaged_anywhere_is_refused(made: Backup, tmp_path: Path) -> None:
    copy, root = tmp_path / "copy", tmp_path / "store"
    for what, content in damaged(made.path.read_bytes(), Random(3)):
        copy.write_bytes(content)
        with pytest.raises((BackupUnreadableError, StoreFormatError)) as caught:
            orthogramic.restore(copy, root)
        assert str(copy) in caught.value.detail, what
        assert names(tmp_path) == ["copy"], what


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b"[]\n",
        b"7\n",
        b'{"orthogramic-backup": Infinity}\n',
        b'{"orthogramic-backup": 1}\n',
        b'{"orthogramic-backup": 1, "layout": 1, "base_iri": "x", "commits": 0, "length": -9}\n',
        b"[" * 60_000,
        b"\xff" * 200_000,
        b"PK\x03\x04",
    ],
)
def test_what_is_no_backup(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "copy").write_bytes(content)
    with pytest.raises(BackupUnreadableError, match=r"is no backup|is damaged"):
        orthogramic.restore(tmp_path / "copy", tmp_path / "store")
    assert names(tmp_path) == ["copy"]


def test_a_backup_that_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path / "none", tmp_path):
        with pytest.raises(InputNotFoundError, match="cannot be read"):
            orthogramic.restore(path, tmp_path / "store")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            (b'"orthogramic-backup": 1, "program": "0.1.0"', b'"orthogramic-backup": 2'),
            "a newer version .backup format 2.*knows backup format 1: install one or later",
        ),
        (
            (b'"program": "0.1.0", "layout": 2', b'"program": "9.4", "layout": 7'),
            r"version 9.4 .layout 7.*knows layout 2: install version 9.4 or later",
        ),
        ((b'{"format":1,"number":2', b'{"format":3,"number":2'), r"a newer version .log format 3"),
    ],
)
def test_a_newer_version_is_refused_and_named(
    made: Backup, tmp_path: Path, change: tuple[bytes, bytes], sentence: str
) -> None:
    body = made.path.read_bytes().replace(*change)[:-79]
    sealed = body + json.dumps({"sha256": hashlib.sha256(body).hexdigest()}).encode() + b"\n"
    (tmp_path / "newer").write_bytes(sealed)
    with pytest.raises(StoreFormatError, match=sentence):
        orthogramic.restore(tmp_path / "newer", tmp_path / "store")
    assert names(tmp_path) == ["newer"]


@pytest.mark.parametrize("error", [OSError(30, "Read-only file system"), KeyboardInterrupt()])
@pytest.mark.parametrize("exists", [True, False])
def test_a_restore_that_breaks_off_leaves_nothing(
    made: Backup,
    tmp_path: Path,
    error: BaseException,
    exists: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Wherever it breaks off: at each time that something is brought to the disk."""
    root = tmp_path / "deep" / "store"
    if exists:
        root.mkdir(parents=True)
    fsync, left = os.fsync, 0

    def break_off(handle: int) -> None:
        nonlocal left
        if not left:
            raise error
        left -= 1
        fsync(handle)

    expected = StoreNotWritableError if isinstance(error, OSError) else type(error)
    for after in range(6):
        left = after
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", break_off)
            with pytest.raises(expected):
                orthogramic.restore(made.path, root)
        assert names(tmp_path) == (["deep"] if exists else [])
        if exists:
            assert names(root) == []
    orthogramic.restore(made.path, root)


def half_restored(made: Backup, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave a directory as a restore does that was killed before its last step."""

    def stop(self: Path, missing_ok: bool = False) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", stop)
        with pytest.raises(ZeroDivisionError):
            orthogramic.restore(made.path, root)


def test_a_half_restored_store_is_not_opened_but_restored_again(
    made: Backup, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "store"
    half_restored(made, root, monkeypatch)
    for look in (open_toy, stored_source):
        with pytest.raises(StoreFormatError, match="broken off: wait for it, or restore again"):
            look(root)
    orthogramic.restore(made.path, root)
    assert everything(root) == everything(store)


def test_two_restores_into_one_place_do_not_mix(made: Backup, tmp_path: Path) -> None:
    root = tmp_path / "store"
    root.mkdir()
    with hold(root), pytest.raises(StoreInUseError):
        orthogramic.restore(made.path, root)
    assert names(root) == ["lock"]


def test_every_refusal_is_one_of_ours(made: Backup, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for backup, root in ((tmp_path / "file" / "x", tmp_path), (made.path, tmp_path / "file" / "x")):
        with pytest.raises(OrthogramicError):
            orthogramic.restore(backup, root)
