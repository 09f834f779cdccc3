"""Kill -9 in the midst of every kind of write: all that was acknowledged, nothing half."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

import orthogramic
from orthogramic.repository.tokens import TokenKeeper
from tests.conftest import TOY
from tests.unit.repository.killable_writes import start, update_text
from tests.unit.repository.killing import Killables, check_recovered, check_verified

#: How often each test kills; a hundred times and more are for a night, not for every change.
KILLS = int(os.environ.get("ORTHOGRAMIC_KILLS", "0"))
#: Where a write is stopped, in the order in which it passes these points.
WHERE = ("torn", "unsynced", "logged", "stored", "catalogued", "kept")
#: Points behind which a write is there, whoever has heard of it. What was handed to the system is
#: there after a kill, synced or not.
WRITTEN = {"unsynced", "logged", "half stored", "stored", "catalogued", "kept"}
#: A writer passes each point before, once or never. The other kinds are stopped at these points in
#: a service (tests/service).
POINTS = {
    kind: tuple((point, at % 2) for at, point in enumerate(WHERE)) for kind in ("load", "update")
} | {"bulk": (("torn", 1), ("logged", 0), ("half stored", 4), ("half stored", 2), ("stored", 1))}


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


KINDS = ("load", "bulk", "update", "put", "entity")


@pytest.mark.parametrize("kind", KINDS)
def test_killed_at_any_moment(killables: Killables, store: Path, kind: str) -> None:
    """Again and again on one store, so that what was recovered is killed in its turn."""
    random, there = Random(kind), 0
    for attempt in range(KILLS or 1):
        writer = killables.start(store, kind, first=there)
        writer.wait_until_ready((attempt + 1) % 3)
        # No longer than one write takes, so each of its moments may be the last.
        time.sleep(random.uniform(0.0, 0.04))
        writer.kill()
        there = check_recovered(store, kind, there + len(writer.acknowledged()))
        if KILLS:
            check_verified(store)
    assert there
    check_verified(store)


@pytest.mark.parametrize("kind", POINTS)
def test_killed_at_each_point_of_a_write(killables: Killables, store: Path, kind: str) -> None:
    there = 0
    for point, left in POINTS[kind]:
        writer = killables.start(store, kind, first=there, point=point, left=left)
        writer.wait_until_dead()
        heard = len(writer.acknowledged())
        now = check_recovered(store, kind, there + heard)
        assert now == there + heard + (point in WRITTEN), point
        there = now
    check_verified(store)


@pytest.mark.parametrize("point", ["torn", "logged", "catalogued", ""])
def test_a_command_that_updates(killables: Killables, store: Path, point: str) -> None:
    common = ("--store", store, "--bundle", TOY, "update", "--message")
    random, there = Random(7), 0
    for _ in range(1 if point else KILLS or 1):
        command = killables.start(
            store,
            "command",
            first=there,
            point=point,
            arguments=(*common, there, update_text(there)),
        )
        if point:
            command.wait_until_dead()
            assert command.acknowledged() == []
        else:
            command.wait_until_ready()
            time.sleep(random.uniform(0.0, 0.4))
            command.kill()
        there = check_recovered(store, "update", there + len(command.acknowledged()))
    check_verified(store)


def test_tokens_that_are_being_made(killables: Killables, store: Path) -> None:
    random, made = Random(3), 0
    for attempt in range(KILLS or 8):
        point = "disk" if attempt % 2 else ""
        maker = killables.start(store, "token", first=made, point=point, left=attempt % 12)
        maker.wait_until_ready()
        if not point:
            time.sleep(random.uniform(0.0, 0.02))
            maker.kill()
        maker.wait_until_dead()
        keeper = TokenKeeper(store)
        names = [each.name for each in keeper.tokens()]
        told = [each.split() for each in maker.acknowledged()]
        assert names == [str(each) for each in range(len(names))]
        assert made + len(told) <= len(names) <= made + len(told) + 1
        assert [keeper.holder(text).name for _, text in told] == [name for name, _ in told]
        made = len(names)
    assert made
    check_verified(store)
