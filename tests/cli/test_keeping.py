"""Commands that load and validate, help everywhere, and processes of their own."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from orthogramic.__about__ import __version__
from orthogramic.cli.main import cli
from tests.cli.shell import ROOT, Shell, command, environment, process
from tests.conftest import TOY

HIVE = """@prefix bee: <https://bees.example/terms#> .
<urn:h> a bee:Hive ; bee:hiveCode "h" ; bee:caption "New" .
"""


@pytest.mark.parametrize("name", [None, *cli.commands])
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_is_everywhere(plain: Shell, name: str | None, option: str) -> None:
    outcome = plain(*([name] if name else []), option)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("Usage: orthogramic")
    assert "--store" in outcome.out


def test_the_version(plain: Shell) -> None:
    assert __version__ in plain("--version").out


def test_load_says_what_it_did(plain: Shell, tmp_path: Path) -> None:
    store, data = tmp_path / "store", tmp_path / "new.ttl"
    data.write_text(HIVE, encoding="utf-8")
    common = ("--store", store, "--bundle", TOY)
    outcome = plain(*common, "load", data, "--author", "Zoë", "-m", "Spring", "--graph", "urn:g")
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err.endswith(f"Commit 1: 3 triples added to {store}.\n")
    outcome = plain(*common, "load", data, "--graph", "urn:g")
    assert outcome.err.endswith("Everything was there already; nothing was changed.\n")
    (commit,) = plain(*common, "history", "--json").document["items"]
    assert (commit["author"], commit["message"]) == ("Zoë", "Spring")
    assert plain(*common, "stats", "--json").document["graphs"][0]["iri"] == "urn:g"
    assert plain(*common, "load", data, "--graph", "urn:g", "--json").out == "null\n"


def test_load_from_standard_input(tmp_path: Path) -> None:
    common = ("--store", tmp_path / "store", "--bundle", TOY)
    outcome = process(*common, "load", "-", "--format", "turtle", stdin=HIVE.encode())
    assert (outcome.code, outcome.out) == (0, "")
    assert "Commit 1: 3 triples" in outcome.err
    outcome = process(*common, "load", "-", "--format", "turtle", stdin=b"<urn:a> .")
    assert outcome.code == 4
    assert "standard input" in outcome.err


def test_the_store_comes_from_the_environment_or_lies_here(
    plain: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert plain("--bundle", TOY, "load", TOY / "data").code == 0
    assert (tmp_path / ".orthogramic" / "commits.log").exists()
    monkeypatch.setenv("ORTHOGRAMIC_STORE", str(tmp_path / "other"))
    assert plain("--bundle", TOY, "stats").code == 5
    assert plain("--bundle", TOY, "--store", ".orthogramic", "stats").code == 0


def test_validate(plain: Shell, bees: Shell, tmp_path: Path) -> None:
    good, bad, own = (tmp_path / each for each in ("good.ttl", "bad.ttl", "own.ttl"))
    good.write_text(HIVE, encoding="utf-8")
    bad.write_text(HIVE.replace('"New"', "7"), encoding="utf-8")
    own.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . [] a sh:NodeShape ; sh:targetNode <urn:h> ; "
        "sh:property [ sh:path <urn:p> ; sh:minCount 1 ] .",
        encoding="utf-8",
    )
    assert bees("validate").code == 0
    outcome = plain("--bundle", TOY, "validate", good, bad, "--json")
    assert outcome.code == 1
    assert plain("--bundle", TOY, "validate", good).code == 0
    outcome = plain("--bundle", TOY, "validate", bad)
    assert outcome.code == 1
    assert "Call the hive by one caption." in outcome.out
    outcome = plain("--bundle", TOY, "validate", bad, "--json")
    assert outcome.document["counts"]["violation"] == 1
    outcome = plain("--bundle", TOY, "validate", good, "--shapes", own, "--format", "turtle")
    assert outcome.code == 1
    assert "sh:ValidationReport" in outcome.out


@pytest.mark.parametrize("count", [0, 1])
def test_a_reader_that_leaves_is_no_failure_of_ours(bee_store: Path, count: int) -> None:
    start = subprocess.list2cmdline(["--store", str(bee_store), "--bundle", str(TOY), "export"])
    line = f'"$@" {start} --format nquads | head -n {count}; exit ${{PIPESTATUS[0]}}'
    done = subprocess.run(
        ["bash", "-c", line, "bash", *command()],
        env=environment(),
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode in ((0, 141) if count else (141,))
    assert done.stderr == b""


def test_a_crash_has_an_exit_code_of_its_own(
    bee_store: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from orthogramic.cli import main  # noqa: PLC0415 - the module, to break it
    from orthogramic.cli.options import Context  # noqa: PLC0415

    def crash(_self: Context) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Context, "backend", crash)
    assert main.run(["stats", "--store", str(bee_store)]) == 70
    assert "ZeroDivisionError" in capfd.readouterr().err


def test_an_interrupt_while_asking(
    plain: Shell, bee_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from orthogramic.cli.options import Context  # noqa: PLC0415

    def interrupt(_self: Context) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Context, "backend", interrupt)
    outcome = plain("stats", "--store", bee_store)
    assert (outcome.code, outcome.out) == (130, "")
    assert outcome.err == "orthogramic: Stopped; nothing was changed.\n"


def test_the_reference_data_from_nothing(tmp_path: Path) -> None:
    """The README's first steps, in processes of their own, away from the checkout."""
    outcome = process("load", "--reference", cwd=tmp_path)
    assert (outcome.code, outcome.out) == (0, "")
    outcome = process("stats", "--json", cwd=tmp_path)
    assert json.loads(outcome.out)["snapshot"] == 1
    assert ROOT not in tmp_path.parents
