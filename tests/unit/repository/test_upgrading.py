"""A store of an older layout is backed up and upgraded when it is opened, or it stays as it was."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest

import orthogramic
from orthogramic.errors import StoreFormatError, StoreInUseError, StoreNotWritableError
from orthogramic.repository import upgrading
from orthogramic.repository.backup_file import read_backup
from orthogramic.repository.store_lock import hold
from orthogramic.repository.store_settings import LAYOUT, Settings
from orthogramic.repository.tokens import Role, TokenKeeper
from tests.conftest import TOY
from tests.unit.repository.processes import ROOT, environment, hives, run

#: A store as the version of layout 1 left it: four commits, and one token.
LAYOUT_1 = Path(__file__).with_name("layout-1")
#: The token that was made there, by its parts.
TOKEN = "_".join(("orthogramic", "0c1d2e3f4a5b", "11112222", "ab" * 32))
MESSAGES = ["batch 0", "batch 1", "batch 2", "Sold"]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return Path(shutil.copytree(LAYOUT_1, tmp_path / "store"))


def layout(root: Path) -> int:
    return int(json.loads((root / "format.json").read_text("utf-8"))["layout"])


def backups(root: Path) -> list[Path]:
    return sorted((root / "backups").glob("*"))


def messages(root: Path) -> list[str]:
    with orthogramic.open(root, bundle=[TOY]) as repository:
        assert repository.entities("Hive").total == 5
        return [each.message for each in repository.history().items][::-1]


def test_an_opening_backs_up_and_upgrades(old: Path, tmp_path: Path) -> None:
    heard: list[str] = []
    log = (old / "commits.log").read_bytes()
    with orthogramic.open(old, bundle=[TOY], notify=heard.append) as repository:
        assert [each.author for each in repository.history().items] == ["Bo", "Ada", "Ada", "Ada"]
        assert repository.commit(4).to_dict()["removed"] == 4
    (backup,) = backups(old)
    assert heard == [
        f"The store {old} is of an earlier version, in layout 1.",
        f"It was backed up to {backup}, which 'orthogramic restore' takes.",
        "It is in layout 2 now.",
    ]
    assert (old / "commits.log").read_bytes() == log
    assert layout(old) == LAYOUT
    made = read_backup(backup)
    assert (made.commits, made.settings.layout) == (4, 1)
    assert orthogramic.verify(old, bundle=[TOY]).sound
    # What the backup holds is a store of the old layout, and is upgraded in its turn.
    orthogramic.restore(backup, tmp_path / "again")
    assert layout(tmp_path / "again") == 1
    assert messages(tmp_path / "again") == MESSAGES == messages(old)
    assert backups(old) == [backup]


def test_the_identifier_stays_and_is_no_others(old: Path, tmp_path: Path) -> None:
    messages(old)
    first = Settings.read(old).id
    messages(old)
    assert isinstance(first, UUID)
    assert Settings.read(old).id == first
    assert first.version == 4
    with orthogramic.open(old, bundle=[TOY]) as repository:
        repository.backup(tmp_path / "b")
    orthogramic.restore(tmp_path / "b", tmp_path / "copy")
    messages(tmp_path / "copy")
    assert Settings.read(tmp_path / "copy").id not in (None, first)


def test_tokens_that_were_made_before_still_count(old: Path) -> None:
    with orthogramic.open(old, bundle=[TOY]) as repository:
        keeper = repository.tokens()
        assert (keeper.holder(TOKEN).name, keeper.holder(TOKEN).role) == ("Cyd", Role.EDITOR)
        _, text = keeper.create("Di", Role.READER)
    assert text.store == "0c1d2e3f4a5b"
    assert "store" not in json.loads((old / "tokens.json").read_text("utf-8"))
    assert {each.name for each in TokenKeeper(old).tokens()} == {"Cyd", "Di"}
    assert TokenKeeper(old).holder(TOKEN).name == "Cyd"


def test_whoever_makes_a_token_upgrades_too(old: Path) -> None:
    with hold(old), pytest.raises(StoreInUseError):
        TokenKeeper(old).create("Di", Role.READER)
    TokenKeeper(old).create("Di", Role.READER)
    assert (layout(old), len(backups(old))) == (LAYOUT, 1)
    assert TokenKeeper(old).holder(TOKEN).name == "Cyd"


def test_a_command_says_so_on_standard_error(old: Path) -> None:
    common = ("--store", old, "--bundle", TOY)
    done = run(*common, "verify")
    assert done.returncode == 1
    assert b"layout: The store is in layout 1; the next opening brings it to" in done.stdout
    assert layout(old) == 1
    done = run(*common, "stats", "--json")
    assert (done.returncode, json.loads(done.stdout)["snapshot"]) == (0, 4)
    assert done.stderr.count(b"layout") == 3, done.stderr
    done = run(*common, "stats", "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    assert run(*common, "verify").returncode == 0


def test_verification_mends_by_an_opening(old: Path) -> None:
    assert orthogramic.verify(old, bundle=[TOY], mend=True).sound
    assert (layout(old), len(backups(old))) == (LAYOUT, 1)


def test_a_store_that_never_had_a_log_needs_no_backup(old: Path) -> None:
    (old / "commits.log").unlink()
    with orthogramic.open(old, bundle=[TOY]) as repository:
        assert repository.snapshot == 0
    assert (layout(old), (old / "backups").exists()) == (LAYOUT, False)


@pytest.mark.parametrize(
    ("name", "was", "wanted", "sentence"),
    [
        ("commits.log", b"Number 3", b"Number 8", "damaged at commit 2"),
        ("tokens.json", b'"editor"', b'"emperor"', r"tokens\.json is damaged"),
        ("tokens.json", b"0c1d2e3f4a5b", b"no identifier", r"tokens\.json is damaged"),
    ],
)
def test_what_cannot_be_upgraded_stays_as_it_is(
    old: Path, name: str, was: bytes, wanted: bytes, sentence: str
) -> None:
    content = (old / name).read_bytes()
    (old / name).write_bytes(content.replace(was, wanted))
    for _ in range(2):
        with pytest.raises(StoreFormatError, match=sentence):
            orthogramic.open(old, bundle=[TOY])
    assert layout(old) == 1
    assert len(backups(old)) == (name != "commits.log")
    (old / name).write_bytes(content)
    assert messages(old) == MESSAGES


def test_a_folder_that_cannot_be_made_is_told(old: Path) -> None:
    (old / "backups").touch()
    with pytest.raises(StoreNotWritableError, match="cannot be backed up before"):
        orthogramic.open(old, bundle=[TOY])
    assert layout(old) == 1


def test_steps_are_done_in_their_order(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it will be with the next layout, from a store that is two layouts behind."""

    def third(root: Path, settings: Settings) -> Settings:
        assert (layout(root), settings.layout) == (2, 2)
        return Settings(3, settings.base_iri, settings.id)

    monkeypatch.setattr(upgrading, "STEPS", (*upgrading.STEPS, third))
    done = upgrading.upgrade(old, Settings.read(old))
    assert (done.layout, layout(old)) == (3, 3)
    assert done.id is not None
    assert done.id.hex[:12] == "0c1d2e3f4a5b"


#: Opens a store, and kills itself when the disk is told something for the nth time.
AT_STEP = """
import os, signal, sys
from pathlib import Path
from orthogramic.repository.directory import StoreDirectory

left = int(sys.argv[2])

def counted(work):
    def counting(*arguments, **options):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return work(*arguments, **options)
    return counting

os.fsync, Path.mkdir = counted(os.fsync), counted(Path.mkdir)
Path.replace, Path.unlink = counted(Path.replace), counted(Path.unlink)
Path.hardlink_to = counted(Path.hardlink_to)
StoreDirectory(Path(sys.argv[1])).close()
"""


def killed_at(step: int, root: Path) -> bool:
    done = subprocess.run(
        [sys.executable, "-c", AT_STEP, str(root), str(step)],
        env=environment(),
        cwd=ROOT,
        check=False,
        timeout=60,
    )
    assert done.returncode in {0, -signal.SIGKILL}
    return done.returncode != 0


def test_an_upgrade_killed_at_each_of_its_steps(tmp_path: Path) -> None:
    step, root = 0, tmp_path / "store"
    shutil.copytree(LAYOUT_1, root)
    while killed_at(step, root):
        identifier = None
        if layout(root) == 1:
            # The next opening may be killed as well, one step later.
            killed_at(step + 1, root)
        if layout(root) == LAYOUT:
            identifier = Settings.read(root).id
        assert messages(root) == MESSAGES
        assert layout(root) == LAYOUT
        assert identifier in (None, Settings.read(root).id)
        assert TokenKeeper(root).holder(TOKEN).name == "Cyd"
        (backup,) = backups(root)
        assert read_backup(backup).commits == 4
        shutil.rmtree(root)
        shutil.copytree(LAYOUT_1, root)
        step += 1
    assert step >= 8


def test_an_upgraded_store_takes_commits(old: Path) -> None:
    with orthogramic.open(old, bundle=[TOY]) as repository:
        repository.load_bytes(hives(9, 1).encode(), syntax="turtle", message="after")
    with orthogramic.open(old, bundle=[TOY]) as repository:
        assert repository.history().items[0].message == "after"
    assert orthogramic.verify(old, bundle=[TOY]).sound
