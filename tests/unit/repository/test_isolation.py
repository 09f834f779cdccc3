"""A repository whose questions are answered elsewhere: the same answers, and its own writes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import orthogramic
from orthogramic import Repository
from orthogramic.errors import QueryRefusedError, QueryTimeoutError
from orthogramic.repository.asking import Timing
from orthogramic.store.isolation.bounds import Bounds
from orthogramic.store.question import Formats
from orthogramic.syntax import RdfSyntax, ResultFormat
from tests.conftest import TOY

BOUNDS = Bounds(seconds=20, workers=1, spares=0, nesting=40, text_length=2000)
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
LABELS = "SELECT ?s ?o WHERE { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?o } ORDER BY ?s ?o"


@pytest.fixture(params=["memory", "disk"])
def isolated(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Repository]:
    bundle = [TOY]
    with (
        orthogramic.open(tmp_path / "store", bundle=bundle)
        if request.param == "disk"
        else orthogramic.open_memory(bundle=bundle)
    ) as repository:
        repository.load([TOY / "data"], gate=False)
        with repository.bounded_questions(BOUNDS):
            yield repository


def test_rows_and_triples_are_those_of_the_repository(
    isolated: Repository, toy: Repository
) -> None:
    rows = list(toy.sparql(LABELS).rows())
    assert rows
    assert list(isolated.sparql(LABELS).rows()) == rows
    assert isolated.sparql("ASK { ?s ?p ?o }").boolean is True
    graph = isolated.sparql("CONSTRUCT WHERE { ?s ?p ?o }")
    assert graph.is_graph
    assert set(graph.triples()) == set(toy.sparql("CONSTRUCT WHERE { ?s ?p ?o }").triples())


def test_an_answer_names_the_commit_that_it_saw_and_sees_the_last(isolated: Repository) -> None:
    before = isolated.snapshot
    for number in range(3):
        data = f"<https://things.example/{number}> <https://things.example/says> {number} ."
        isolated.load_bytes(data.encode(), syntax="turtle", gate=number == 1)
        found = isolated.sparql(f"ASK {{ <https://things.example/{number}> ?p ?o }}")
        assert (found.snapshot, found.boolean) == (before + number + 1, True)


def test_saved_queries_are_answered_elsewhere_too(isolated: Repository, toy: Repository) -> None:
    given = {"meadow": "Brook"}
    expected = toy.saved_query("hives-of-meadow", given)
    found = isolated.saved_query("hives-of-meadow", given)
    assert expected.rows
    assert (found.variables, found.rows) == (expected.variables, expected.rows)
    content = isolated.saved_query_bytes("hives-of-meadow", given, ResultFormat.JSON)
    assert b"".join(content.pieces()) == expected.document


def test_the_bounds_are_those_given(isolated: Repository) -> None:
    with pytest.raises(QueryRefusedError, match="longer than 2,000"):
        isolated.sparql(COUNT + " " * 2000)
    with pytest.raises(QueryRefusedError, match="at most 40"):
        isolated.sparql("ASK " + "{" * 41 + "}" * 41)
    endless = COUNT.replace("}", ". ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
    with pytest.raises(QueryTimeoutError):
        isolated.sparql_bytes(endless, Formats(), timing=Timing(0.2))


def test_it_may_be_closed_before_it_was_read(isolated: Repository) -> None:
    answer = isolated.sparql("SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    assert next(answer.rows())
    answer.close()
    assert isolated.sparql("ASK { ?s ?p ?o }").boolean is True


def test_bytes_are_the_same_without_workers(toy: Repository, isolated: Repository) -> None:
    for text, formats in (
        (LABELS, Formats(rows=ResultFormat.TSV)),
        ("CONSTRUCT WHERE { ?s a ?o }", Formats(graph=RdfSyntax.NTRIPLES)),
    ):
        at_home = toy.sparql_bytes(text, formats)
        elsewhere = isolated.sparql_bytes(text, formats)
        assert sorted(b"".join(at_home.pieces()).splitlines()) == sorted(
            b"".join(elsewhere.pieces()).splitlines()
        )
        at_home.close()
        elsewhere.close()


def test_nothing_stays_behind(tmp_path: Path) -> None:
    with orthogramic.open(tmp_path, bundle=[TOY]) as repository:
        with repository.bounded_questions(BOUNDS):
            repository.sparql("ASK {}")
        assert not (tmp_path / "replicas").exists()
        assert repository.sparql("ASK {}").boolean is True
