"""The scratch store: updates, and what is refused before it is evaluated."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from tests.service.service_client import ServiceClient, problem

UPDATE = "application/sparql-update"
FORM = "application/x-www-form-urlencoded"


def ask(client: ServiceClient, text: str) -> bool:
    return bool(client.get("/sparql", query=text).json()["boolean"])


def update(client: ServiceClient, text: str, query: str = "") -> int:
    return client.post(f"/sparql{query}", text, UPDATE).status_code


def test_an_update_is_seen_by_the_next_query(scratch: ServiceClient) -> None:
    assert update(scratch, "INSERT DATA { <http://e/s> <http://e/p> 1 }") == 204
    assert ask(scratch, "ASK { <http://e/s> <http://e/p> 1 }")
    form = urlencode({"update": "CLEAR ALL"})
    assert scratch.post("/sparql", form, FORM).status_code == 204
    assert not ask(scratch, "ASK { ?s ?p ?o }")


def test_the_default_graph_is_plain(scratch: ServiceClient) -> None:
    update(scratch, "INSERT DATA { GRAPH <http://e/g> { <http://e/s> <http://e/p> 1 } }")
    assert not ask(scratch, "ASK { ?s ?p ?o }")
    assert ask(scratch, "ASK { GRAPH ?g { ?s ?p ?o } }")


def test_relative_iris_resolve_against_the_endpoint(scratch: ServiceClient) -> None:
    update(scratch, "INSERT DATA { <http://e/s> <http://e/p> <rel> }")
    assert ask(scratch, "ASK { ?s ?p <http://service/rel> }")


def test_a_request_may_name_the_dataset_of_an_update(scratch: ServiceClient) -> None:
    update(scratch, "INSERT DATA { GRAPH <http://e/g> { <http://e/s> <http://e/p> 1 } }")
    text = "INSERT { <http://e/s> <http://e/copied> ?o } WHERE { ?s <http://e/p> ?o }"
    assert update(scratch, text) == 204
    assert not ask(scratch, "ASK { ?s <http://e/copied> ?o }")
    assert update(scratch, text, "?using-graph-uri=http://e/g") == 204
    assert ask(scratch, "ASK { ?s <http://e/copied> 1 }")
    conflict = scratch.post(
        "/sparql?using-graph-uri=http://e/g",
        "INSERT { <http://e/s> <http://e/x> ?o } USING <http://e/h> WHERE { ?s ?p ?o }",
        UPDATE,
    )
    problem(conflict, 400, "invalid-parameter")


def test_operations_happen_together_or_not_at_all(scratch: ServiceClient) -> None:
    text = "INSERT DATA { <http://e/s> <http://e/p> 1 } ; CREATE GRAPH <http://e/g> ; "
    problem(
        scratch.post("/sparql", text + "CREATE GRAPH <http://e/g>", UPDATE), 409, "write-refused"
    )
    assert not ask(scratch, "ASK { ?s ?p ?o }")


@pytest.mark.parametrize(
    ("text", "status", "code"),
    [
        ("LOAD <http://127.0.0.1:9/x>", 403, "forbidden"),
        ("INSERT {} WHERE { SERVICE <http://e/> { ?s ?p ?o } }", 403, "forbidden"),
        ("LOAD ;", 400, "query-refused"),
        ("CREATE GRAPH <http://e/g> LOAD <http://e/x>", 400, "query-syntax"),
        ("CLEAR EVERYTHING", 400, "query-syntax"),
    ],
)
def test_what_would_fetch_is_forbidden_and_what_does_not_parse_is_a_fault(
    scratch: ServiceClient, text: str, status: int, code: str
) -> None:
    problem(scratch.post("/sparql", text, UPDATE), status, code)


def test_what_may_fail_silently_does(scratch: ServiceClient) -> None:
    text = "LOAD SILENT <http://127.0.0.1:9/x> ; INSERT DATA { <http://e/s> <http://e/p> 1 }"
    assert update(scratch, text) == 204
    assert ask(scratch, "ASK { ?s ?p 1 . SERVICE SILENT <http://127.0.0.1:9/> { ?x ?y ?z } }")


def test_a_call_of_an_unknown_function_is_an_error_of_the_expression(
    scratch: ServiceClient,
) -> None:
    text = "SELECT (<http://e/f>(1) AS ?x) (COALESCE(<http://e/g>(?x), 2) AS ?y) WHERE { }"
    (row,) = scratch.get("/sparql", query=text).json()["results"]["bindings"]
    assert row["y"]["value"] == "2"
    assert "x" not in row


def test_nesting_is_bounded(scratch: ServiceClient) -> None:
    deep = "SELECT * WHERE " + "{" * 2000 + "}" * 2000
    assert problem(scratch.get("/sparql", query=deep), 400, "query-refused")["reason"] == (
        "query-too-deep"
    )


def test_the_description_says_that_updates_are_taken(scratch: ServiceClient) -> None:
    assert "sd:SPARQL11Update" in scratch.get("/sparql").text


def test_there_is_nothing_else(scratch: ServiceClient) -> None:
    problem(scratch.get("/api/v1/stats"), 404, "not-found")
    assert "/graphs" in scratch.get("/docs").text
