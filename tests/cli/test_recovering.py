"""Back up and restore by command, from the files and through a service, and the commits by one."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

import orthogramic
from tests.cli.shell import Shell, start_service, stop_service
from tests.conftest import TOY


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a store that a service holds; it is only read."""
    path = tmp_path_factory.mktemp("served") / "store"
    with orthogramic.open(path, bundle=[TOY]) as repository:
        repository.load([TOY / "data"], message="The year", gate=False)
    service = start_service(path)
    yield path
    stop_service(service, signal.SIGTERM)


def test_back_up_and_restore(plain: Shell, bees: Shell, tmp_path: Path) -> None:
    outcome = bees("backup", tmp_path / "b")
    size = (tmp_path / "b").stat().st_size
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err.endswith(f"1 commit backed up to {tmp_path / 'b'} ({size} bytes).\n")
    outcome = plain("restore", tmp_path / "b", "--store", tmp_path / "store")
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err.endswith(f"1 commit restored into {tmp_path / 'store'}.\n")
    common = ("--store", tmp_path / "store", "--bundle", TOY)
    for question in (["stats", "--json"], ["history", "--json"], ["export"]):
        assert plain(*common, *question).out == bees(*question).out
    again = plain(*common, "backup", tmp_path / "c", "--json").document
    assert (again["commits"], again["bytes"]) == (1, size)
    assert (tmp_path / "b").read_bytes() == (tmp_path / "c").read_bytes()
    restored = plain("restore", tmp_path / "c", "--store", tmp_path / "s", "--json").document
    assert restored == {**again, "path": str(tmp_path / "c")}


def test_the_service_gives_the_same_backup(plain: Shell, served: Path, tmp_path: Path) -> None:
    """By the directory that it holds, and by its address alone."""
    url = json.loads((served / "service.json").read_text(encoding="utf-8"))["url"]
    for number, store in enumerate((served, url)):
        outcome = plain("--store", store, "backup", tmp_path / str(number))
        assert (outcome.code, outcome.out) == (0, ""), outcome.err
    assert (tmp_path / "0").read_bytes() == (tmp_path / "1").read_bytes()
    plain("restore", tmp_path / "0", "--store", tmp_path / "store")
    mine = plain("history", "--json", "--store", tmp_path / "store", "--bundle", TOY)
    assert mine.out == plain("history", "--json", "--store", served).out
    outcome = plain("restore", tmp_path / "0", "--store", served)
    assert (outcome.code, outcome.out) == (1, "")
    assert "holds a store already" in outcome.err


def test_what_is_no_service_of_ours_gives_no_backup(
    plain: Shell, served: Path, tmp_path: Path
) -> None:
    url = json.loads((served / "service.json").read_text(encoding="utf-8"))["url"]
    for address, code in ((f"{url}/nowhere", 5), ("http://127.0.0.1:9", 5)):
        outcome = plain("--store", address, "backup", tmp_path / "b")
        assert (outcome.code, outcome.out) == (code, "")
    assert list(tmp_path.iterdir()) == []


def test_mistakes(plain: Shell, bees: Shell, tmp_path: Path) -> None:
    (tmp_path / "some").write_text("no backup\n", encoding="utf-8")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "photo.jpg").touch()
    assert bees("backup", tmp_path / "good").code == 0
    store = ("--store", tmp_path / "store")
    for arguments, code, words in (
        (["backup"], 2, "Missing argument"),
        (["backup", tmp_path / "some"], 1, "is there already"),
        (["backup", tmp_path / "no" / "b"], 5, "No such file or directory; nothing was made"),
        (["restore"], 2, "Missing argument"),
        (["restore", tmp_path / "none", *store], 4, "cannot be read: No such file"),
        (["restore", tmp_path / "some", *store], 4, "is no backup of a store"),
        (["restore", tmp_path / "good", "--store", "http://a.example"], 2, "is an address"),
        (["restore", tmp_path / "good", "--store", tmp_path / "full"], 1, "holds something"),
        (["restore", tmp_path / "good"], 1, "holds a store already"),
    ):
        outcome = bees(*arguments)
        assert (outcome.code, outcome.out) == (code, ""), arguments
        assert words in outcome.err
    assert sorted(each.name for each in tmp_path.iterdir()) == ["full", "good", "some"]
    outcome = plain("backup", tmp_path / "b", "--store", tmp_path / "nothing")
    assert (outcome.code, "There is no store" in outcome.err) == (5, True)


def test_one_commit(bees: Shell) -> None:
    outcome = bees("history", "1", "--limit", "2", "--offset", "1")
    assert (outcome.code, outcome.err[:7]) == (0, "2 to 3 ")
    lines = outcome.out.splitlines()
    added = bees("history", "1", "--json").document["added"]
    assert lines[0] == f"commit 1: +{added} -0"
    assert lines[2:4] == ["author      Ada", "message     The year"]
    exported = bees("history", "1", "--limit", "10000").out.splitlines()
    assert [each for each in exported if each.startswith("+ ")][1:3] == lines[-2:]
    assert len([each for each in exported if each.startswith("+ ")]) == added
    assert bees("history", "2").code == 3
    assert bees("history", "0").code == bees("history", "x").code == 2


def test_verify(plain: Shell, own_store: Path, served: Path) -> None:
    common = ("--store", own_store, "--bundle", TOY)
    outcome = plain("verify", *common)
    assert outcome.code == 0
    assert outcome.out.startswith(f"{own_store} is what its log says: 1 commit, ")
    assert outcome.out.endswith(" entities.\n")
    (own_store / "catalogue.db").unlink()
    outcome = plain("verify", *common)
    assert (outcome.code, outcome.out.startswith("catalogue: ")) == (1, True)
    document = plain("verify", *common, "--json").document
    assert (document["sound"], document["differences"][0]["kind"]) == (False, "unreadable")
    assert plain("verify", *common, "--repair").code == 0
    outcome = plain("verify", "--store", served)
    assert (outcome.code, outcome.out) == (5, "")
    assert "is held by the service at http://127.0.0.1:" in outcome.err
    assert plain("verify", "--store", "http://127.0.0.1:9").code == 2
