"""Kill -9 at any moment of a backup or a restore: whole or not at all, and nothing else suffers."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

import orthogramic
from orthogramic.errors import StoreFormatError
from orthogramic.repository.backup_file import read_backup
from orthogramic.repository.store_lock import RESTORING
from tests.conftest import TOY
from tests.unit.repository.processes import ROOT, environment, hives

#: How often each test kills; a hundred times and more are for a night, not for every change.
KILLS = int(os.environ.get("ORTHOGRAMIC_KILLS", "0"))

#: Commits on one thread and backs up on another, and says what it was told is done.
BACKING_UP = """
import sys, threading
import orthogramic
from tests.unit.repository.processes import hives

store, bundle, folder, first = sys.argv[1:]
with orthogramic.open(store, bundle=[bundle]) as repository:
    print("ready", flush=True)

    def back_up():
        for number in range(1000):
            made = repository.backup(f"{folder}/{first}-{number}.backup")
            print(f"backup {first}-{number} {made.commits}", flush=True)

    threading.Thread(target=back_up, daemon=True).start()
    for batch in range(int(first), 1000):
        repository.load_bytes(
            hives(batch * 3, 3).encode(), syntax="turtle", gate=False, message=f"batch {batch}"
        )
        print(f"batch {batch}", flush=True)
"""

#: Restores one backup into one directory after the other.
RESTORING_ON = """
import sys
import orthogramic

backup, folder, first = sys.argv[1:]
print("ready", flush=True)
for number in range(int(first), 100_000):
    orthogramic.restore(backup, f"{folder}/{number}")
    print(number, flush=True)
"""

#: Runs a statement, and kills itself as soon as the disk was told something for the nth time.
AT_STEP = """
import os, signal, sys
from pathlib import Path
import orthogramic
from orthogramic.repository.backup import stored_source, write_backup

source, target, left = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])

def counted(work):
    def counting(*arguments, **options):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return work(*arguments, **options)
    return counting

os.fsync = counted(os.fsync)
Path.replace, Path.unlink = counted(Path.replace), counted(Path.unlink)
Path.hardlink_to = counted(Path.hardlink_to)
"""


def run_until_killed(code: str, *arguments: object, seconds: float) -> list[str]:
    """Return what a process said before a kill -9."""
    process = subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        env=environment(),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    with process, process.stdout:
        assert process.stdout.readline() == "ready\n"
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        return process.stdout.read().splitlines()


def messages(path: Path) -> list[str]:
    with orthogramic.open(path, bundle=[TOY]) as repository:
        found = [each.message for each in repository.history(10_000).items][::-1]
        assert repository.entities("Hive").total == 3 * len(found)
        return found


def test_while_commits_and_backups_are_made(tmp_path: Path) -> None:
    store, folder, random = tmp_path / "store", tmp_path / "backups", Random(5)
    folder.mkdir()
    committed = total = 0
    for attempt in range(KILLS or 3):
        if attempt % 10 == 9:
            # A restored store is made anew of all its commits: what has grown long is slow.
            shutil.rmtree(store)
            committed = 0
        said = run_until_killed(
            BACKING_UP, store, TOY, folder, committed, seconds=random.uniform(0.05, 0.6)
        )
        batches = [each for each in said if each.startswith("batch ")]
        found = messages(store)
        assert found[: committed + len(batches)] == [
            f"batch {each}" for each in range(committed + len(batches))
        ]
        # One more may be there whose end nobody heard of; half a one never is.
        assert len(found) <= committed + len(batches) + 1
        acknowledged = [each.split() for each in said if each.startswith("backup ")]
        for _, name, commits in acknowledged:
            assert read_backup(folder / f"{name}.backup").commits == int(commits)
        whole = [read_backup(each) for each in folder.glob("*.backup")]
        assert len(acknowledged) <= len(whole) <= len(acknowledged) + 1
        latest = max(whole, key=lambda each: each.commits, default=None)
        if latest is not None:
            orthogramic.restore(latest.path, tmp_path / f"restored-{attempt}")
            assert messages(tmp_path / f"restored-{attempt}") == found[: latest.commits]
        for each in folder.iterdir():
            each.unlink()
        total += len(found) - committed
        committed = len(found)
    assert total > 0


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of two commits; it is only read."""
    path = tmp_path_factory.mktemp("source") / "store"
    with orthogramic.open(path, bundle=[TOY]) as repository:
        for batch in range(2):
            repository.load_bytes(
                hives(batch * 3, 3).encode(), syntax="turtle", gate=False, message=f"batch {batch}"
            )
        repository.backup(path.parent / "good")
    return path


WHOLE = ["batch 0", "batch 1"]


def test_while_stores_are_restored(source: Path, tmp_path: Path) -> None:
    good, random, first = source.parent / "good", Random(7), 0
    for _ in range(KILLS or 3):
        said = run_until_killed(
            RESTORING_ON, good, tmp_path, first, seconds=random.uniform(0.0, 0.3)
        )
        last = first + len(said)
        assert said == [str(each) for each in range(first, last)]
        assert [int(each.name) for each in tmp_path.iterdir() if int(each.name) > last] == []
        if said:
            assert messages(tmp_path / said[-1]) == WHOLE
        check_restored(good, tmp_path / str(last))
        first = last + 1


def check_restored(good: Path, root: Path) -> None:
    """A store that nobody was told of is whole, or it is refused and can be restored again."""
    if (root / RESTORING).exists():
        with pytest.raises(StoreFormatError, match="restore again"):
            orthogramic.open(root, bundle=[TOY])
    if (root / RESTORING).exists() or not (root / "format.json").exists():
        orthogramic.restore(good, root)
    assert messages(root) == WHOLE


def killed_at(step: int, statement: str, source: Path, target: Path) -> bool:
    """Run a statement; return whether it was killed, and not already finished by then."""
    done = subprocess.run(
        [sys.executable, "-c", AT_STEP + statement, source, target, str(step)],
        env=environment(),
        cwd=ROOT,
        check=False,
        timeout=60,
    )
    assert done.returncode in {0, -signal.SIGKILL}
    return done.returncode != 0


def test_a_restore_killed_at_each_of_its_steps(source: Path, tmp_path: Path) -> None:
    step = 0
    while killed_at(
        step, "orthogramic.restore(source, target)", source.parent / "good", tmp_path / str(step)
    ):
        check_restored(source.parent / "good", tmp_path / str(step))
        step += 1
    assert step >= 8
    assert messages(tmp_path / str(step)) == WHOLE


def test_a_backup_killed_at_each_of_its_steps(source: Path, tmp_path: Path) -> None:
    step, target = 0, tmp_path / "backup"
    good = (source.parent / "good").read_bytes()
    while killed_at(step, "write_backup(stored_source(source), target)", source, target):
        if target.exists():
            assert target.read_bytes() == good
            target.unlink()
        step += 1
    assert step >= 3
    # What the killed ones left was written over, and is gone now.
    assert [each.name for each in tmp_path.iterdir()] == ["backup"]
    assert target.read_bytes() == good
