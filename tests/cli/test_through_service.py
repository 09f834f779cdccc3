"""A store that a service holds is asked through the service, and answers the same."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from orthogramic.cli.main import run
from tests.cli.shell import Outcome, Shell, environment, start_service, stop_service
from tests.conftest import TOY

#: What people ask; each is answered locally first, then through the service.
QUESTIONS: list[list[str]] = [
    ["impact", "Hill", "--json", "--paths", "3"],
    ["impact", "Hill", "Brook", "--to", "Keeper", "--to", "Hive", "--limit", "2", "--json"],
    ["dependencies", "Ada", "--max-hops", "2", "--min-score", "0.2", "--via", "minds", "--json"],
    ["impact", "--from-class", "Meadow", "--group-by", "domain", "--domain", "Apiary", "--json"],
    ["impact", "Brook", "--from-class", "Hive", "--graph", "https://bees.example/year"],
    ["paths", "Ada", "Brook", "--json"],
    ["paths", "Ada", "Brook", "--graph", "https://bees.example/year", "--json"],
    ["paths", "Brook", "Ada", "--direction", "impact", "--json"],
    ["matrix", "Hive", "Meadow", "--json"],
    [
        "matrix",
        "--row",
        "Ada",
        "--row",
        "Lonely",
        "--columns",
        "Meadow",
        "--via",
        "minds",
        "--json",
    ],
    ["matrix", "Meadow", "Keeper", "--direction", "impact", "--cell", "paths", "--hide-empty"],
    ["matrix", "Hive", "Meadow", "--format", "svg", "--sort", "total", "--min-score", "0.5"],
    ["matrix", "Hive", "Meadow", "--format", "csv", "--limit", "1", "--column-offset", "1"],
    ["gaps", "--json"],
    ["what-if", "--retire", "Brook", "--json"],
    ["what-if", "--retire", "Brook", "--to", "Hive", "--fail", "Hill", "--direction", "impact"],
    ["what-if", "--retire", "Lonely", "--query", "hives-of-meadow?meadow=Hill", "--json"],
    ["failure", "Hill", "--json"],
    ["failure", "--degrade", "Hill", "--to", "Hive", "--state", "untouched", "--json"],
    ["failure", "Brook", "Hill", "--domain", "Apiary", "--limit", "1", "--certain"],
    ["gaps", "--class", "Hive", "--domain", "Apiary", "--cutting", "--limit", "1"],
    ["gaps", "--via", "foragesAt", "--severity", "info", "--severity", "warning", "--json"],
    ["why-not", "Lonely", "Hill"],
    ["why-not", "Lonely", "Hill", "--turtle"],
    ["why-not", "Hill", "Lonely", "--direction", "impact", "--json"],
    ["weak-spots", "dominators", "--source", "Ada", "--target", "class:Meadow", "--certain"],
    ["weak-spots", "cut", "--source", "Ada", "--target", "Hill", "--class", "Hive", "--json"],
    ["weak-spots", "articulation", "--certain", "--json"],
    ["weak-spots", "cycles", "--direction", "impact"],
    ["weak-spots", "centrality", "--samples", "50", "--limit", "2"],
    ["ranking"],
    ["ranking", "--json"],
    ["ranking", "mowing", "--json"],
    ["ranking", "smoke", "--dependent", "Ada", "--entity", "Old Willow", "--explain"],
    ["search", "willow", "--class", "Hive", "--json"],
    ["show", "Old Willow", "--json"],
    ["show", "https://bees.example/id/Meadow/brook", "--json"],
    ["list", "Hive", "--json"],
    ["list", "--domain", "Apiary", "--offset", "1", "--limit", "2", "--json"],
    ["stats", "--json"],
    ["history", "--json"],
    ["history", "1", "--json"],
    ["history", "1", "--limit", "2", "--offset", "1"],
    ["results", "--json"],
    ["results", "--class", "Hive", "--entity", "Lonely"],
    ["mends", "--severity", "warning", "--json"],
    ["mends", "--apply", "0123456789abcdef", "--json"],
    ["query", "--json"],
    ["query", "hives-of-meadow", "-p", "meadow=Brook", "--json"],
    ["query", "hives-of-meadow", "-p", "meadow=Brook", "--format", "csv"],
    ["query", "--text", "SELECT ?s ?l { ?s rdfs:label ?l } ORDER BY ?l", "--json"],
    ["query", "--text", "ASK { ?s a bee:Keeper }"],
    ["query", "--text", "CONSTRUCT WHERE { ?s bee:caption 'Ada' }"],
    ["export", "--format", "nquads"],
    ["export", "--entity", "Ada"],
    # What goes wrong is said in the same words, with the same exit code.
    ["show", "Old Wilow"],
    ["impact", "Hill", "--to", "Hiv"],
    ["impact"],
    ["impact", "--from-class", "Hiv"],
    ["impact", "Hill", "--domain", "Zoo"],
    ["impact", "Hill", "--graph", "urn:none"],
    ["matrix", "Hyve", "Meadow"],
    ["gaps", "--class", "Hyve"],
    ["failure", "Hil"],
    ["failure", "Hill", "--domain", "Nowhere"],
    ["weak-spots", "cut", "--source", "Ada", "--target", "Ada"],
    ["weak-spots", "cut", "--source", "class:Hyve", "--target", "Hill"],
    ["why-not", "Lonely", "Hil"],
    ["why-not", "Lonely", "Lonely"],
    ["why-not", "Lonely", "Hill", "--proposals", "0"],
    ["ranking", "mowin"],
    ["ranking", "mowing", "--dependent", "Ida"],
    ["gaps", "--graph", "urn:none"],
    ["query", "hives-of-meadow"],
    ["query", "nothing-like-it"],
    ["query", "--text", "SELECT *\nWHERE { ?s ?p }"],
    ["query", "--text", "CLEAR ALL"],
    ["export", "--graph", "urn:none"],
    ["history", "7"],
    ["results", "--entity", "Lonly"],
    ["mends", "--apply", "Lonely"],
    ["mends", "--apply", "0123456789abcdef"],
]

#: Goes through a list of questions; takes them from standard input, gives outcomes as JSON.
ASKER = """
import json, os, sys, tempfile
from orthogramic.cli.main import run

real, outcomes = os.dup(1), []
for question in json.load(sys.stdin):
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
        code = run([*sys.argv[1:], *question])
        sys.stdout.flush()
        sys.stderr.flush()
        heard = [os.pread(each.fileno(), 10_000_000, 0).decode() for each in (out, err)]
        outcomes.append([code, *heard])
os.write(real, json.dumps(outcomes).encode())
"""


@pytest.fixture(scope="module")
def answers(bee_store: Path) -> dict[str, Outcome]:
    """Ask the store itself, in one other process."""
    done = subprocess.run(
        [sys.executable, "-c", ASKER, "--store", str(bee_store), "--bundle", str(TOY)],
        env=environment(),
        input=json.dumps(QUESTIONS).encode(),
        stdout=subprocess.PIPE,
        check=True,
        timeout=60,
    )
    outcomes = (Outcome(*each) for each in json.loads(done.stdout))
    return {json.dumps(asked): each for asked, each in zip(QUESTIONS, outcomes, strict=True)}


@pytest.fixture(scope="module")
def served(bee_store: Path, answers: dict[str, Outcome]) -> Iterator[Path]:
    """Serve the store after it was asked itself."""
    assert answers
    service = start_service(bee_store)
    yield bee_store
    stop_service(service, signal.SIGTERM)
    assert not (bee_store / "service.json").exists()


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_the_same_bytes_by_either_way(
    served: Path,
    answers: dict[str, Outcome],
    capfd: pytest.CaptureFixture[str],
    question: list[str],
) -> None:
    code = run(["--store", str(served), *question])
    out, err = capfd.readouterr()
    before = answers[json.dumps(question)]
    assert (code, out) == (before.code, before.out)
    assert err == before.err


def test_the_address_may_be_given(served: Path, plain: Shell) -> None:
    url = json.loads((served / "service.json").read_text(encoding="utf-8"))["url"]
    stats = plain("--store", url, "stats", "--json")
    assert stats == plain("--store", f"{url}/", "stats", "--json")
    assert stats.document["entities"] == 6
    assert plain("--store", f"{url}/nowhere", "stats").code == 5


@pytest.mark.parametrize("option", [["impact", "Hill", "--max-hops", "-1"], ["list", "--limit=0"]])
def test_what_the_service_does_not_take_is_wrong_usage(
    served: Path, plain: Shell, option: list[str]
) -> None:
    outcome = plain("--store", served, *option)
    assert (outcome.code, outcome.out) == (2, "")


def test_loading_goes_through_the_service(served: Path, plain: Shell) -> None:
    outcome = plain("--store", served, "load", TOY / "data")
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err == "Everything was there already; nothing was changed.\n"


def test_a_second_service_says_who_has_the_store(served: Path, plain: Shell) -> None:
    outcome = plain("--store", served, "--bundle", TOY, "serve", "--port", "0")
    assert outcome.code == 5
    assert "is held by the service at http://127.0.0.1:" in outcome.err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_a_store_is_free_after_its_service(
    own_store: Path, plain: Shell, number: signal.Signals
) -> None:
    """Even if the service was killed and left its address behind."""
    service = start_service(own_store)
    stop_service(service, number)
    assert (own_store / "service.json").exists() == (number is signal.SIGKILL)
    assert plain("--store", own_store, "--bundle", TOY, "stats").code == 0
