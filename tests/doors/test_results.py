"""The results that stand are the same through every door, and nothing is judged for them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

import orthogramic
from orthogramic import Repository
from orthogramic.cli.main import run
from orthogramic.errors import InvalidParameterError, UnknownEntityError
from orthogramic.service.app import create_service
from orthogramic.service.settings import Settings
from tests.conftest import TOY
from tests.service.service_client import ServiceClient

BEE = "https://bees.example/"
FAULTY = f"""
<{BEE}id/Hive/H-9> a <{BEE}terms#Hive> ; <{BEE}terms#hiveCode> "H-9" , "H-10" .
"""


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "store"
    with orthogramic.open(path, bundle=[TOY]) as repository:
        repository.load([TOY / "data"])
        repository.load_bytes(FAULTY.encode(), syntax="turtle", gate=False)
    return path


@pytest.fixture
def faulty(store: Path) -> Iterator[Repository]:
    with orthogramic.open(store, bundle=[TOY]) as repository:
        yield repository


def test_they_are_those_of_a_whole_validation(faulty: Repository) -> None:
    standing = faulty.results(limit=1000)
    whole = faulty.validate()
    assert [each.sort_key() for each in standing.report.results] == sorted(
        each.sort_key() for each in whole.results
    )
    assert standing.counts == whole.counts
    assert standing.total == len(whole.results)
    assert standing.counts["violation"] > 0


def test_one_severity_one_entity_one_page(faulty: Repository) -> None:
    everything = faulty.results(limit=1000).report.results
    grave = faulty.results(severity="violation").report.results
    assert grave == tuple(each for each in everything if each.severity == "violation")
    about = faulty.results(entity=f"{BEE}id/Hive/H-9").report.results
    assert {str(each.focus_node) for each in about} == {f"<{BEE}id/Hive/H-9>"}
    pages = [faulty.results(limit=1, offset=at).report.results for at in range(len(everything))]
    assert tuple(each for (each,) in pages) == everything
    with pytest.raises(InvalidParameterError, match="no severity"):
        faulty.results(severity="grave")
    with pytest.raises(UnknownEntityError):
        faulty.results(entity="Nobody")


def test_over_http_as_json_words_and_turtle(faulty: Repository) -> None:
    client = ServiceClient(create_service(faulty, Settings()))
    answer = client.get("/api/v1/results", severity="violation")
    assert answer.json() == json.loads(json.dumps(faulty.results(severity="violation").to_dict()))
    assert answer.headers["Vary"] == "Accept"
    text = client.get("/api/v1/results", "text/plain").text
    assert "H-9" in text
    turtle = client.get("/api/v1/results", "text/turtle").content
    results = [
        each
        for each in parse(turtle, RdfFormat.TURTLE)
        if each.predicate.value == "http://www.w3.org/ns/shacl#result"
    ]
    assert len(results) == faulty.results().total
    assert client.get("/api/v1/results", severity="grave").status_code == 400


def test_on_the_command_line(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--store", str(store), "--bundle", str(TOY)]
    assert run([*arguments, "results", "--severity", "violation"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("after commit 2: ")
    assert run([*arguments, "--json", "results"]) == 0
    document = json.loads(capsys.readouterr().out)
    with orthogramic.open(store, bundle=[TOY]) as repository:
        assert document == repository.results(limit=50).to_dict()


def test_a_file_that_is_lost_or_damaged_is_made_again(store: Path) -> None:
    file = store / "results.db"
    with orthogramic.open(store, bundle=[TOY]) as repository:
        expected = repository.results()
    for content in (None, b"no database"):
        file.unlink()
        if content:
            file.write_bytes(content)
        with orthogramic.open(store, bundle=[TOY]) as repository:
            assert repository.results() == expected
