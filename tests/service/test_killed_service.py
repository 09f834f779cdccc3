"""Kill -9 of a service in the midst of a write: what was acknowledged is there, nobody else is."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

import orthogramic
from orthogramic.repository.backup_file import read_backup
from tests.conftest import TOY
from tests.service.killed import Gone, Served
from tests.unit.repository.killable_writes import STARTED, start
from tests.unit.repository.killing import Killables, check_recovered, check_verified

#: How often each test kills; a hundred times and more are for a night, not for every change.
KILLS = int(os.environ.get("ORTHOGRAMIC_KILLS", "0"))
#: Where a write is stopped, the kind of write, and whether it is there afterwards.
POINTS = (
    ("torn", "update", False),
    ("unsynced", "entity", True),
    ("logged", "put", True),
    ("stored", "update", True),
    ("catalogued", "put", True),
    ("kept", "entity", True),
)


@pytest.fixture(scope="module")
def killables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Killables]:
    with Killables(tmp_path_factory.mktemp("told")) as started:
        yield started


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "store"
    with orthogramic.open(path, bundle=[TOY]) as repository:
        start(repository)
        repository.results()
    return path


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Path:
    """Return a copy of a store that some hives are in."""
    return Path(shutil.copytree(made, tmp_path / "store"))


def check_cleared(store: Path) -> None:
    """See that a service clears away what one before has left, and leaves nothing itself."""
    assert not (store / "replicas" / "stale").exists()


@pytest.mark.parametrize("kind", ["update", "put", "entity"])
def test_killed_at_any_moment(killables: Killables, store: Path, kind: str) -> None:
    random, there = Random(kind), 0
    for attempt in range(KILLS or 1):
        served = Served(killables, store)
        check_cleared(store)
        # Beyond the first writes, which are slower than the others.
        timer = threading.Timer(random.uniform(0.0, 0.3), served.process.kill)
        timer.start()
        acknowledged = served.write_until_gone(kind, there)
        timer.join()
        served.check_gone(store)
        there = check_recovered(store, kind, acknowledged)
        if attempt % 10 == 0:
            check_verified(store)
    check_verified(store)


@pytest.mark.parametrize(("point", "kind", "written"), POINTS)
def test_killed_at_each_point_of_a_write(
    killables: Killables, store: Path, point: str, kind: str, written: bool
) -> None:
    served = Served(killables, store, point, 1)
    acknowledged = served.write_until_gone(kind, 0)
    assert acknowledged == 1
    served.check_gone(store)
    assert check_recovered(store, kind, acknowledged) == acknowledged + written
    check_verified(store)
    again = Served(killables, store)
    check_cleared(store)
    again.write(kind, acknowledged + written)
    again.stop()
    assert not (store / "replicas").exists()


def test_killed_while_it_gives_backups(killables: Killables, store: Path, tmp_path: Path) -> None:
    random, there, path = Random(4), 0, tmp_path / "backup"
    for _ in range(KILLS or 1):
        served = Served(killables, store)
        timer = threading.Timer(random.uniform(0.0, 0.2), served.process.kill)
        timer.start()
        try:
            for number in range(there, there + 10_000):
                served.write("update", number)
                there = number + 1
                path.write_bytes(served.send("GET", "/api/v1/backup")[1])
                assert read_backup(path).commits == STARTED + there
        except Gone:
            pass
        timer.join()
        served.check_gone(store)
        there = check_recovered(store, "update", there)
    check_verified(store)
