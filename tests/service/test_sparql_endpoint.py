"""SPARQL 1.1 Protocol over the repository: every way in, every format out, every refusal."""

from __future__ import annotations

import csv
import io
import json
from urllib.parse import urlencode

import pyoxigraph
import pytest

from orthogramic import Repository
from orthogramic.service.app import create_service
from orthogramic.service.settings import Settings
from tests.service.service_client import ServiceClient, problem

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s a <https://orthogramic.com/metamodel#CustomerPersona> }"
CONSTRUCT = "CONSTRUCT { <http://e/s> <http://e/p> 'é'@fr } WHERE { }"
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"


def count(body: str) -> int:
    return int(json.loads(body)["results"]["bindings"][0]["n"]["value"])


def test_a_query_has_three_ways_in_and_one_answer(client: ServiceClient) -> None:
    by_get = client.get("/sparql", query=COUNT)
    by_form = client.post("/sparql", urlencode({"query": COUNT}), FORM)
    direct = client.post("/sparql", COUNT, f"{QUERY}; charset=UTF-8")
    assert [each.status_code for each in (by_get, by_form, direct)] == [200, 200, 200]
    assert by_get.content == by_form.content == direct.content
    assert count(by_get.text) == 2


def test_an_answer_says_which_commit_it_saw(client: ServiceClient, reference: Repository) -> None:
    answer = client.get("/sparql", query=COUNT)
    assert answer.headers["x-orthogramic-snapshot"] == str(reference.snapshot)
    assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize(
    ("media_type", "results_format"),
    [
        ("application/sparql-results+json", pyoxigraph.QueryResultsFormat.JSON),
        ("application/sparql-results+xml", pyoxigraph.QueryResultsFormat.XML),
        ("text/tab-separated-values", pyoxigraph.QueryResultsFormat.TSV),
    ],
)
def test_rows_come_in_the_accepted_format(
    client: ServiceClient, media_type: str, results_format: pyoxigraph.QueryResultsFormat
) -> None:
    answer = client.get("/sparql", media_type, query="SELECT ('é,\"' AS ?x) WHERE { }")
    assert answer.headers["content-type"].partition(";")[0] == media_type
    rows = pyoxigraph.parse_query_results(answer.content, results_format)
    assert isinstance(rows, pyoxigraph.QuerySolutions)
    assert [each["x"] for each in rows] == [pyoxigraph.Literal('é,"')]


def test_rows_come_as_csv(client: ServiceClient) -> None:
    answer = client.get("/sparql", "text/csv", query="SELECT ('é,\"' AS ?x) WHERE { }")
    assert list(csv.reader(io.StringIO(answer.text))) == [["x"], ['é,"']]


@pytest.mark.parametrize(
    ("media_type", "rdf_format"),
    [
        ("text/turtle", pyoxigraph.RdfFormat.TURTLE),
        ("application/n-triples", pyoxigraph.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", pyoxigraph.RdfFormat.RDF_XML),
        ("application/ld+json", pyoxigraph.RdfFormat.JSON_LD),
        ("application/trig", pyoxigraph.RdfFormat.TRIG),
        ("application/n-quads", pyoxigraph.RdfFormat.N_QUADS),
    ],
)
def test_a_graph_comes_in_the_accepted_syntax(
    client: ServiceClient, media_type: str, rdf_format: pyoxigraph.RdfFormat
) -> None:
    answer = client.get("/sparql", media_type, query=CONSTRUCT)
    assert answer.headers["content-type"].partition(";")[0] == media_type
    (quad,) = pyoxigraph.parse(answer.content, rdf_format)
    assert quad.object == pyoxigraph.Literal("é", language="fr")


def test_weights_decide_and_a_browser_is_served(client: ServiceClient) -> None:
    weighed = client.get(
        "/sparql", "text/csv;q=0.2, application/sparql-results+json;q=0.9", query=COUNT
    )
    assert weighed.headers["content-type"] == "application/sparql-results+json"
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert client.get("/sparql", browser, query=COUNT).status_code == 200


@pytest.mark.parametrize("name", ["format", "output", "results"])
def test_a_format_can_be_asked_for_by_name(client: ServiceClient, name: str) -> None:
    answer = client.get("/sparql", "application/json", query=COUNT, **{name: "csv"})
    assert answer.headers["content-type"].startswith("text/csv")
    refused = client.get("/sparql", query=COUNT, **{name: "turtle"})
    assert "json" in problem(refused, 400, "invalid-parameter")["detail"]


def test_a_yes_or_no_has_no_csv(client: ServiceClient) -> None:
    assert client.get("/sparql", query="ASK { ?s ?p ?o }").json()["boolean"] is True
    document = problem(client.get("/sparql", "text/csv", query="ASK { }"), 406, "not-acceptable")
    assert "application/sparql-results+json" in document["offered"]


def test_the_protocol_names_the_dataset(client: ServiceClient, reference: Repository) -> None:
    graph = reference.graphs()[0]
    text = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    inside = client.get("/sparql", query=text, **{"default-graph-uri": graph.iri})
    assert count(inside.text) == graph.triples
    nowhere = client.get("/sparql", query=text, **{"default-graph-uri": "http://e/nothing"})
    assert count(nowhere.text) == 0
    named = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
    one = client.get("/sparql", query=named, **{"named-graph-uri": graph.iri})
    assert count(one.text) == graph.triples


def test_without_a_query_the_service_is_described(
    client: ServiceClient, reference: Repository
) -> None:
    answer = client.get("/sparql", "application/n-triples")
    triples = {
        (quad.predicate.value, str(quad.object))
        for quad in pyoxigraph.parse(answer.content, pyoxigraph.RdfFormat.N_TRIPLES)
    }
    sd = "http://www.w3.org/ns/sparql-service-description#"
    assert (f"{sd}endpoint", "<http://service/sparql>") in triples
    assert (f"{sd}supportedLanguage", f"<{sd}SPARQL11Query>") in triples
    assert (f"{sd}supportedLanguage", f"<{sd}SPARQL11Update>") in triples
    features = {value for key, value in triples if key == f"{sd}feature"}
    assert features == {f"<{sd}UnionDefaultGraph>"}
    assert {value for key, value in triples if key == f"{sd}name"} == {
        f"<{each.iri}>" for each in reference.graphs()
    }


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/sparql?query=", 400, "invalid-parameter"),
        ("/sparql?query=ASK%7B%7D&query=ASK%7B%7D", 400, "invalid-parameter"),
        ("/sparql?default-graph-uri=http://e/g", 400, "invalid-parameter"),
        ("/sparql?query=ASK%7B%7D&default-graph-uri=no%20iri", 400, "invalid-parameter"),
        ("/sparql?query=ASK%7B%7D&default-graf-uri=http://e/g", 400, "invalid-parameter"),
        ("/sparql?query=ASK%7B%7D&using-graph-uri=http://e/g", 400, "invalid-parameter"),
        ("/sparql?query=%FF", 400, "invalid-parameter"),
        ("/sparql?query=SELECT%20*%20WHERE%20%7B%20%3Fs%20%3Fp%20%7D", 400, "query-syntax"),
        ("/sparql?query=CLEAR%20ALL", 400, "query-refused"),
        ("/sparql?update=CLEAR%20ALL", 400, "query-refused"),
        ("/sparql?query=ASK%7BSERVICE%20%3Chttp://e/%3E%7B%7D%7D", 400, "query-refused"),
    ],
)
def test_a_bad_query_is_refused(
    client: ServiceClient, address: str, status: int, code: str
) -> None:
    problem(client.get(address), status, code)


@pytest.mark.parametrize(
    ("body", "media_type", "status", "code"),
    [
        (b"ASK { }", "text/plain", 415, "unsupported-media-type"),
        (b"ASK { }", f"{QUERY}; charset=utf-16", 415, "unsupported-media-type"),
        (b"\xff\xfe", QUERY, 400, "invalid-parameter"),
        (b"", QUERY, 400, "invalid-parameter"),
        (b"x=1", FORM, 400, "invalid-parameter"),
        (b"query=ASK%7B%7D&update=CLEAR%20ALL", FORM, 400, "invalid-parameter"),
    ],
)
def test_a_bad_body_is_refused(
    client: ServiceClient, body: bytes, media_type: str, status: int, code: str
) -> None:
    problem(client.post("/sparql", body, media_type), status, code)


def test_a_syntax_error_says_where(client: ServiceClient) -> None:
    document = problem(client.get("/sparql", query="ASK {\n ?s ?p }"), 400, "query-syntax")
    assert document["line"] == 2


def test_parameters_of_other_clients_are_left_alone(client: ServiceClient) -> None:
    assert client.get("/sparql", query="ASK { }", timeout="10", debug="on").status_code == 200


def test_nothing_was_written_by_all_of_this(reference: Repository) -> None:
    assert reference.snapshot == 1


def test_scripts_of_other_origins_may_read_where_that_was_asked_for(reference: Repository) -> None:
    client = ServiceClient(create_service(reference, Settings(allowed_origins=("*",))))
    headers = {
        "Origin": "https://app.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    preflight = client.send("OPTIONS", "/sparql", headers=headers)
    assert preflight.status_code == 200
    assert "POST" in preflight.headers["access-control-allow-methods"]
    assert "access-control-allow-credentials" not in preflight.headers
    simple = client.send(
        "GET", "/sparql?query=ASK%7B%7D", headers={"Origin": "https://app.example"}
    )
    assert simple.headers["access-control-allow-origin"] == "*"


def test_head_answers_as_get_without_the_body(client: ServiceClient) -> None:
    head = client.send("HEAD", "/sparql?query=ASK%7B%7D")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == "application/sparql-results+json"
