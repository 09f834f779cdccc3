"""Loading over HTTP: the same plans, gate and reports as a load where the store is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

import orthogramic
from orthogramic import Repository
from orthogramic.service.settings import Limits, Settings
from orthogramic.service.write_request import COMMIT
from tests.conftest import TOY
from tests.service.gated import FENCE, NO_HIVE, gated
from tests.service.service_client import ServiceClient, problem
from tests.unit.repository.processes import hives

Bees = tuple[Repository, ServiceClient]
Parts = list[tuple[str, tuple[str, bytes, str]]]

YEAR = "https://bees.example/year"


@pytest.fixture
def bees() -> Iterator[Bees]:
    with gated() as found:
        yield found


def parts(*folders: Path) -> Parts:
    return [
        ("file", (f"{folder.name}/{path.name}", path.read_bytes(), "text/turtle"))
        for folder in folders
        for path in sorted(folder.glob("*.ttl"))
    ]


def send(client: ServiceClient, files: Parts, query: str = "") -> httpx.Response:
    return client.send("POST", f"/api/v1/import{query}", files=files)


def test_a_dataset_is_loaded_as_from_its_folder(bees: Bees) -> None:
    repository, client = bees
    answer = send(client, parts(TOY / "data"), "?message=The%20year&author=Ada")
    assert (answer.status_code, answer.headers[COMMIT]) == (200, "1")
    record = repository.commit(1).record
    assert (record.author, record.message) == ("Ada", "The year")
    with orthogramic.open_memory(bundle=[TOY]) as other:
        other.load([TOY / "data"])
        assert set(repository.graph_triples(YEAR).triples) == set(other.graph_triples(YEAR).triples)
        assert [each.label for each in repository.graphs()] == [e.label for e in other.graphs()]
    assert send(client, parts(TOY / "data")).json()["commit"] is None


def test_a_single_document_may_be_the_body(bees: Bees) -> None:
    repository, client = bees
    answer = client.post(f"/api/v1/import?graph={FENCE}", hives(1, 1), "text/turtle")
    assert answer.json()["added"] == 6
    quads = f"<http://e/s> <http://e/p> 1 <{FENCE}> .".replace(" 1 ", ' "one" ')
    assert client.post("/api/v1/import", quads, "application/n-quads").status_code == 200
    assert len(list(repository.graph_triples(FENCE).triples)) == 7


def test_a_refusal_names_file_and_line_and_changes_nothing(bees: Bees) -> None:
    repository, client = bees
    files: Parts = [
        ("file", ("good.ttl", hives(1, 1).encode(), "text/turtle")),
        ("file", ("bad.ttl", NO_HIVE.encode(), "")),
    ]
    document = problem(send(client, files), 422, "data-does-not-conform")
    (found,) = [e for e in document["report"]["results"] if e["severity"] == "violation"]
    assert (found["source"], found["line"]) == ("bad.ttl", 2)
    assert repository.snapshot == 0
    told = send(client, files, "?dry_run=true").json()
    assert (told["accepted"], told["added"]) == (False, 8)
    assert repository.snapshot == 0


def test_what_cannot_be_read_is_named_and_changes_nothing(bees: Bees) -> None:
    repository, client = bees
    torn: Parts = [*parts(TOY / "data"), ("file", ("torn.ttl", b"<a> <b> ", "text/turtle"))]
    assert problem(send(client, torn), 400, "rdf-syntax")["source"] == "torn.ttl"
    alone = [each for each in parts(TOY / "data") if each[1][0].endswith("dataset.ttl")]
    assert "year.ttl" in problem(send(client, alone), 400, "unreadable-input")["detail"]
    unknown: Parts = [("file", ("notes.xyz", b"x", ""))]
    problem(send(client, unknown), 415, "unsupported-media-type")
    problem(client.post("/api/v1/import", b"", "text/turtle"), 400, "empty-input")
    problem(client.post("/api/v1/import", b"x", "image/png"), 415, "unsupported-media-type")
    problem(send(client, parts(TOY / "data"), "?grph=x"), 400, "invalid-parameter")
    system = "?graph=https://orthogramic.com/repository%23shapes"
    answer = client.post(f"/api/v1/import{system}", hives(1, 1), "text/turtle")
    problem(answer, 403, "protected-graph")
    assert repository.snapshot == 0


def test_blank_nodes_of_two_files_do_not_clash(bees: Bees) -> None:
    repository, client = bees
    files: Parts = [
        ("file", (f"{n}.ttl", b"_:a <http://e/p> %d ." % n, "text/turtle")) for n in (1, 2)
    ]
    assert send(client, files).json()["added"] == 2
    assert len({each.subject for each in repository.graph_triples().triples}) == 2


def test_a_load_over_the_bound_is_refused_unless_an_admin_does_without_the_gate() -> None:
    with gated(Settings(limits=replace(Limits(), change_statements=20))) as (repository, client):
        files: Parts = [("file", ("many.ttl", hives(1, 9).encode(), "text/turtle"))]
        assert problem(send(client, files), 413, "change-too-large")["limit"] == 20
        assert repository.snapshot == 0
        assert send(client, files, "?gate=false").json()["commit"]["added"] == 38
        problem(send(client, files, "?gate=false&dry_run=true"), 400, "invalid-parameter")


def test_a_load_may_be_for_one_state_only(bees: Bees) -> None:
    _, client = bees
    for status, number in ((200, "0"), (412, "0"), (200, "1")):
        answer = client.send(
            "POST",
            "/api/v1/import",
            content=hives(status, 1),
            headers={"Content-Type": "text/turtle", "If-Match": f'"{number}"'},
        )
        assert answer.status_code == status
