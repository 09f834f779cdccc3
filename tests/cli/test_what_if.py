"""What-if on the command line: scenarios from options and files, saved, compared, carried out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.shell import Shell
from tests.conftest import TOY

LINES = "# A hard year.\n\nretire Brook\nadd Lonely -> foragesAt -> Hill = 3\n"
OPTIONS = ("--retire", "Brook", "--add", "Lonely -> foragesAt -> Hill = 3")


def test_a_file_of_lines_and_options_are_one_scenario(bees: Shell, tmp_path: Path) -> None:
    file = tmp_path / "year.txt"
    file.write_text(LINES, "utf-8")
    assert bees("what-if", file, "--json").document == bees("what-if", *OPTIONS, "--json").document


def test_a_scenario_is_saved_and_asked_again(bees: Shell, tmp_path: Path) -> None:
    file = tmp_path / "year.json"
    first = bees("what-if", *OPTIONS, "--title", "A hard year", "--save", file, "--json")
    assert first.code == 0
    assert str(file) in first.err
    assert bees("what-if", file, "--json").document == first.document


def test_what_is_compared_is_told(bees: Shell, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("retire Lonely\n", "utf-8")
    told = bees("what-if", "--retire", "Brook", "--against", other)
    assert told.code == 0
    assert told.out.startswith("- retire “Brook”\nagainst\n- retire “Lonely”\n\nReach: ")
    assert "fails: " in told.out


def test_what_is_the_same_is_not_mentioned(bees: Shell) -> None:
    told = bees("what-if", "--set", "Lonely -> temper = gentle")
    assert told.out == "- set of “Lonely” temper to gentle\n\nReach: no difference.\n"


def test_what_would_be_refused_is_a_result(bees: Shell) -> None:
    told = bees("what-if", "--set", "Lonely -> temper = mild")
    assert told.code == 0
    assert "Violations: 1 new, 0 closed." in told.out
    assert "would be refused" in told.err


def test_carrying_out(plain: Shell, own_store: Path) -> None:
    at = ("--store", own_store, "--bundle", TOY)
    done = plain(*at, "what-if", *OPTIONS, "--apply", "-m", "Spring")
    assert (done.code, done.err) == (0, "Done in commit 2.\n")
    assert plain(*at, "what-if", "--retire", "Brook").code == 3
    refused = plain(*at, "what-if", "--set", "Lonely -> temper = mild", "--apply")
    assert refused.code == 1
    assert "violation" in refused.err


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.json", b"{", "no JSON"),
        ("a.json", b"[]", "no object"),
        ("a.json", b'{"changes": [1]}', "Change 1"),
        ("a.txt", b"\xff", "UTF-8"),
        ("a.ttl", b"<a> <b>", "line"),
        ("a.txt", b"dance Brook", "Change 1"),
    ],
)
def test_a_file_that_is_no_scenario(
    bees: Shell, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    told = bees("what-if", file)
    assert (told.code, told.out) == (4, "")
    assert words in told.err or (words == "line" and ":1" in told.err)


def test_the_document_is_valid_json_for_programs(bees: Shell) -> None:
    document = json.loads(bees("what-if", "--retire", "Brook", "--limit", "1", "--json").out)
    assert document["reach"]["total"] == 6
    assert len(document["reach"]["items"]) == 1
    assert set(document) == {
        *("scenario", "against", "change", "accepted", "reach", "failure", "violations"),
        *("gaps", "queries", "bound", "receipt"),
    }
