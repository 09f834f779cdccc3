"""Entities created, changed and deleted by command, locally and through a service."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.shell import Outcome, Shell, start_service, stop_service
from tests.conftest import TOY

CREATE = ["create", "Hive", "--set", "hiveCode=H-9", "--set", "caption=Neu", "--set"]


@pytest.fixture
def own(plain: Shell, own_store: Path) -> Shell:
    """Return what runs a command on a store that it may change."""
    return lambda *arguments: plain("--store", own_store, "--bundle", TOY, *arguments)


@pytest.fixture
def held(plain: Shell, own_store: Path) -> Iterator[Shell]:
    """Return what runs a command on a store that a service holds."""
    service = start_service(own_store)
    yield lambda *arguments: plain("--store", own_store, "--bundle", TOY, *arguments)
    stop_service(service, signal.SIGTERM)


def told(outcome: Outcome, *lines: str, code: int = 0) -> None:
    """Check what a command prints as its result."""
    assert (outcome.code, outcome.out.splitlines()) == (code, list(lines)), outcome.err


def whole_life(run: Shell, folder: Path) -> None:
    """Create, change, replace and delete an entity, with all that can go wrong on the way."""
    told(
        run(*CREATE, "foragesAt=Brook", "--dry-run"),
        "Would create Hive “Neu”:",
        "  + “Neu” forages at “Brook”",
        "  + “Neu” is a Hive",
        "  + “Neu”: caption is “Neu”",
        "  + “Neu”: hive code is “H-9”",
    )
    told(
        run(*CREATE, "foragesAt=Brook", "--author", "Ada", "-m", "A gift"),
        "Created Hive “Neu” in commit 2.",
    )
    commit = run("history", "2", "--json").document
    assert (commit["author"], commit["message"]) == ("Ada", "A gift")
    taken = run(*CREATE, "foragesAt=Brook")
    assert (taken.code, "“Neu”" in taken.err) == (1, True)
    weighed = run(
        "edit", "Neu", "--set", 'hasWeighing:={"kilograms": 3.50}', "--set", "temper=gentle"
    )
    told(weighed, "Changed Hive “Neu” in commit 3.")
    told(run("edit", "Neu", "--set", "temper=gentle"), "Nothing to do: Hive “Neu” is so already.")
    told(
        run(
            "edit",
            "Neu",
            "--unset",
            "temper",
            "--set",
            "foragesAt=Hill",
            "--set",
            "foragesAt=Brook",
        ),
        "Changed Hive “Neu” in commit 4.",
    )
    shown = run("show", "Neu", "--document").document
    assert shown["hasWeighing"][0]["kilograms"] == 3.5
    assert len(shown["foragesAt"]) == 2
    # What was printed is read back.
    file = folder / "neu.json"
    file.write_text(json.dumps({**shown, "caption": "Alt"}))
    told(run("edit", "Neu", "--from", file), "Changed Hive “Alt” in commit 5.")
    refused = run("edit", "Alt", "--set", "temper=angry")
    assert (refused.code, refused.out) == (1, "")
    assert "The temper is gentle, lively or fierce." in refused.err
    slip = run("edit", "Alt", "--set", "tempr=gentle")
    assert slip.code == 4
    assert "did you mean temper?\n  at /tempr" in slip.err
    assert run("edit", "Altt", "--set", "temper=gentle").code == 3
    assert run("edit", "Altt", "--from", file).code == 3
    assert run("edit", "Alt", "--set", "temper=gentle", "--if-match", "stale").code == 1
    referenced = run("delete", "Brook")
    assert referenced.code == 1
    assert "Hive “Alt” (forages at)" in referenced.err
    assert run("delete", "Brook", "--detach", "--dry-run").code == 0
    gone = run("delete", "Alt", "--json").document
    assert (gone["entity"]["label"], gone["commit"]["number"]) == ("Alt", 6)
    assert run("show", "Alt").code == 3


def test_an_entity_is_created_changed_and_deleted(own: Shell, tmp_path: Path) -> None:
    whole_life(own, tmp_path)


def test_a_service_does_the_same(held: Shell, tmp_path: Path) -> None:
    whole_life(held, tmp_path)


def test_a_dry_run_of_what_is_refused_leaves_with_1(own: Shell) -> None:
    outcome = own("edit", "Hive/H-1", "--set", "temper=angry", "--dry-run")
    assert outcome.code == 1
    assert "+ “Old Willow”: temper is “angry”" in outcome.out
    assert "Violation: Old Willow: The temper is gentle, lively or fierce." in outcome.err
    assert own("history", "--json").document["total"] == 1


def test_a_dry_run_names_who_is_affected(own: Shell) -> None:
    outcome = own("edit", "Hill", "--set", "caption=Ridge", "--dry-run")
    assert outcome.out.splitlines()[-1].startswith("Affected: ")


@pytest.mark.parametrize(
    "arguments",
    [
        ["create", "Hive"],
        ["create", "Hive", "--set", "caption"],
        ["create", "Hive", "--set", "=x"],
        ["create", "Hive", "--set", "caption:={"],
        ["create", "Hive", "--set", "caption=x", "--from", "x.json"],
        ["edit", "Hive/H-1"],
        ["edit", "Hive/H-1", "--set", "caption=x", "--unset", "caption"],
        ["edit", "Hive/H-1", "--unset", "caption", "--from", "x.json"],
    ],
)
def test_commands_that_say_too_little_or_too_much(own: Shell, arguments: list[str]) -> None:
    outcome = own(*arguments)
    assert (outcome.code, outcome.out) == (2, "")


def test_a_file_that_is_no_document(own: Shell, tmp_path: Path) -> None:
    assert own("edit", "Hive/H-1", "--from", tmp_path / "none.json").code == 4
    twice = tmp_path / "twice.json"
    twice.write_text('{"caption": "x", "caption": "y"}')
    outcome = own("edit", "Hive/H-1", "--from", twice)
    assert outcome.code == 4
    assert "stands twice" in outcome.err
