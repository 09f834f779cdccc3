"""Shapes are data that is executed: they may read the data that is validated and nothing else."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from orthogramic.errors import OrthogramicError, QueryRefusedError
from orthogramic.validation import validate
from orthogramic.validation.prepared_graph import new_graph
from tests.unit.validation.harbour import turtle


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail the test on any attempt to reach the network."""

    def refuse(*_arguments: object, **_options: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def sparql_shape(query: str) -> str:
    """Return a shape with one SPARQL constraint."""
    return f""":S a sh:NodeShape ; sh:targetNode :argo ;
        sh:sparql [ sh:select '''{query}''' ] ."""


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("SELECT $this { SERVICE <http://127.0.0.1:9/> { $this ?p ?o } }", "service-not-allowed"),
        ("SELECT $this { SERVICE SILENT ?s { $this ?p ?o } }", "service-not-allowed"),
        (
            r"SELECT $this { \\u0053ERVICE <http://127.0.0.1:9/> { $this ?p ?o } }",
            "service-not-allowed",
        ),
        ("SELECT $this FROM <http://127.0.0.1:9/> { $this ?p ?o }", "dataset-not-allowed"),
        ("SELECT $this FROM NAMED <http://127.0.0.1:9/> { $this ?p ?o }", "dataset-not-allowed"),
        ("DELETE WHERE { ?s ?p ?o }", "update-not-allowed"),
        ("SELECT $this { " + "{" * 100 + "}" * 100 + " }", "query-too-deep"),
        ("SELECT $this { $this ?p ?o }" + " " * 20_000, "query-too-long"),
    ],
)
def test_sparql_that_reaches_out_is_refused(query: str, reason: str) -> None:
    with pytest.raises(QueryRefusedError, match="SPARQL constraint of the shapes") as caught:
        validate(turtle(":argo a :Ship ."), turtle(sparql_shape(query)))
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } }",
        r"SELECT * { \u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { { SELECT * { OPTIONAL { SERVICE SILENT ?s { ?s ?p ?o } } } } }",
        "SELECT * { ?s ?p ?o } ORDER BY (EXISTS { SERVICE ?s { ?s ?p ?o } })",
        "SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }",
        "ASK FROM NAMED <http://127.0.0.1:9/> { ?s ?p ?o }",
    ],
)
def test_the_graph_itself_refuses_whatever_the_spelling(query: str) -> None:
    with pytest.raises(QueryRefusedError):
        new_graph().query(query)


def test_the_graph_answers_what_stays_inside() -> None:
    graph = new_graph()
    for _ in range(2):
        assert not list(graph.query("SELECT ?service { ?service ?from ?load }"))


@pytest.mark.parametrize(
    "elsewhere",
    [
        "<urn:shapes> a owl:Ontology ; owl:imports <http://127.0.0.1:9/more.ttl> .",
        "<urn:data> sh:shapesGraph <http://127.0.0.1:9/shapes.ttl> .",
        """:S a sh:NodeShape ; sh:targetNode :argo ; sh:js [ a sh:JSConstraint ;
            sh:jsLibrary [ sh:jsLibraryURL <http://127.0.0.1:9/x.js> ] ;
            sh:jsFunctionName "f" ] .""",
        """:R a sh:NodeShape ; sh:targetNode :argo ; sh:rule [ a sh:TripleRule ;
            sh:subject sh:this ; sh:predicate :made ; sh:object :up ] .""",
    ],
)
def test_nothing_elsewhere_is_followed_or_run(elsewhere: str) -> None:
    both = turtle(elsewhere)
    assert validate([*both, *turtle(":argo a :Ship .")], both).conforms


def test_a_file_is_not_read_either(tmp_path: Path) -> None:
    secret = tmp_path / "secret.ttl"
    secret.write_text("<urn:s> <urn:p> <urn:o> .", "utf-8")
    query = f"SELECT $this FROM <{secret.as_uri()}> {{ ?s ?p ?o }}"
    with pytest.raises(OrthogramicError):
        validate(turtle(":argo a :Ship ."), turtle(sparql_shape(query)))
