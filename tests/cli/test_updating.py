"""Updates and loads, into a store and through the service that holds it: the same outcomes."""

from __future__ import annotations

import io
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.shell import Shell, start_service, stop_service
from tests.conftest import TOY
from tests.unit.repository.processes import hives

RENAME = (
    'DELETE { GRAPH ?g { ?h bee:caption "Lonely" } } '
    'INSERT { GRAPH ?g { ?h bee:caption "Found" } } '
    'WHERE { GRAPH ?g { ?h bee:caption "Lonely" } }'
)
NO_CODE = "DELETE WHERE { GRAPH ?g { ?hive bee:hiveCode ?code } }"
DATASET = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix void: <http://rdfs.org/ns/void#> .
<https://bees.example/more> a void:Dataset ; dcterms:title "More" ; void:dataDump <more.ttl> .
"""


@pytest.fixture(params=["store", "service"])
def shell(request: pytest.FixtureRequest, own_store: Path, plain: Shell) -> Iterator[Shell]:
    """Return what runs a command on a store that may be changed, free or held by a service."""
    held = start_service(own_store) if request.param == "service" else None
    yield lambda *arguments: plain("--store", own_store, "--bundle", TOY, *arguments)
    if held:
        stop_service(held, signal.SIGTERM)


@pytest.fixture
def more(tmp_path: Path) -> Path:
    folder = tmp_path / "more"
    folder.mkdir()
    (folder / "dataset.ttl").write_text(DATASET, "utf-8")
    (folder / "more.ttl").write_text(hives(1, 2), "utf-8")
    return folder


def test_an_update_is_made_tried_and_told(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = shell("update", RENAME, "--dry-run")
    assert tried.code == 0
    assert "Would be: 1 triples removed, 1 added." in tried.err
    assert "Found" in tried.out
    done = shell("update", RENAME, "-m", "They came back", "--author", "Ada", "--json")
    commit = done.document["commit"]
    assert (commit["number"], commit["author"], commit["message"]) == (2, "Ada", "They came back")
    assert "nothing was changed" in shell("update", RENAME).err
    file = tmp_path / "back.ru"
    file.write_text(RENAME.replace("Lonely", "X").replace("Found", "Lonely").replace("X", "Found"))
    assert "Commit 3: 1 triples removed, 1 added." in shell("update", file).err
    text = io.TextIOWrapper(io.BytesIO(RENAME.encode()))
    monkeypatch.setattr("sys.stdin", text)
    assert "Commit 4" in shell("update", "-").err


def test_an_update_may_read_chosen_graphs(shell: Shell) -> None:
    text = "INSERT { ?h <https://bees.example/seen> true } WHERE { ?h a bee:Hive }"
    none = shell("update", text, "--using", "https://bees.example/none", "--dry-run", "--json")
    assert none.document["added"] == 0
    year = shell("update", text, "--using", "https://bees.example/year", "--dry-run", "--json")
    assert year.document["added"] == 2


REFUSED = [
    (NO_CODE, 1, "violations of the shapes; nothing was changed"),
    ("CLEAR GRAPH kr:shapes", 1, "kept by the repository itself"),
    ("LOAD <http://127.0.0.1:9/>", 2, "LOAD"),
    ("INSERT DATA { <a> }", 2, "orthogramic: "),
    ("DROP GRAPH <https://bees.example/none>", 3, "none"),
]


def test_an_update_that_is_refused_says_why(shell: Shell) -> None:
    for text, code, said in REFUSED:
        outcome = shell("update", text)
        assert (outcome.code, outcome.out) == (code, ""), text
        assert said in outcome.err
    tried = shell("update", NO_CODE, "--dry-run")
    assert tried.code == 1
    assert "Burn one hive code" in tried.err
    assert not shell("update", NO_CODE, "--dry-run", "--json").document["accepted"]
    assert shell("history", "--json").document["total"] == 1


def test_a_dataset_is_loaded(shell: Shell, more: Path) -> None:
    tried = shell("load", more, "--dry-run")
    assert (tried.code, "Would add" in tried.err) == (0, True)
    done = shell("load", more, "-m", "More bees", "--json")
    assert (done.document["number"], done.document["message"]) == (2, "More bees")
    stats = shell("stats", "--json").document
    assert {"The year", "More"} <= {each["label"] for each in stats["graphs"]}
    assert "Everything was there already; nothing was changed." in shell("load", more).err


def test_a_load_that_is_refused_says_where(shell: Shell, tmp_path: Path) -> None:
    bad = tmp_path / "bad.ttl"
    bad.write_text("@prefix bee: <https://bees.example/terms#> .\n<urn:h> a bee:Hive .\n", "utf-8")
    outcome = shell("load", bad)
    assert (outcome.code, outcome.out) == (1, "")
    assert f"{bad}:2" in outcome.err
    torn = tmp_path / "torn.ttl"
    torn.write_text("<urn:a> <urn:b> ", "utf-8")
    outcome = shell("load", torn)
    assert outcome.code == 4
    assert f"{torn}:1" in outcome.err
    assert shell("load", tmp_path / "none.ttl").code == 4
    assert shell("history", "--json").document["total"] == 1


def test_a_load_without_the_gate(shell: Shell, tmp_path: Path) -> None:
    """The service lets whoever reaches it do so as long as it asks nobody for a token."""
    bad = tmp_path / "bad.ttl"
    bad.write_text("@prefix bee: <https://bees.example/terms#> .\n<urn:h> a bee:Hive .\n", "utf-8")
    assert shell("load", bad, "--no-gate", "--dry-run").code == 2
    assert shell("load", bad, "--no-gate", "--json").document["added"] == 1
