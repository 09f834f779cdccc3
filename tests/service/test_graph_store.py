"""The SPARQL 1.1 Graph Store HTTP Protocol over the scratch store."""

from __future__ import annotations

import gzip

import pyoxigraph
import pytest

from tests.service.service_client import ServiceClient, problem

GRAPH = "/graphs?graph=http://e/g"
TURTLE = {"Content-Type": "text/turtle"}
ONE = '<http://e/s> <http://e/p> "one" .'


def triples(client: ServiceClient, address: str = GRAPH) -> set[pyoxigraph.Triple]:
    answer = client.get(address, "application/n-triples")
    assert answer.status_code == 200
    return {
        quad.triple for quad in pyoxigraph.parse(answer.content, pyoxigraph.RdfFormat.N_TRIPLES)
    }


def put(client: ServiceClient, body: bytes | str = ONE, address: str = GRAPH) -> int:
    return client.send("PUT", address, content=body, headers=TURTLE).status_code


def test_put_makes_then_replaces(scratch: ServiceClient) -> None:
    assert put(scratch) == 201
    assert put(scratch, '<http://e/s> <http://e/p> "two" .') == 204
    assert {each.object for each in triples(scratch)} == {pyoxigraph.Literal("two")}


def test_post_merges_and_blank_nodes_stay_apart(scratch: ServiceClient) -> None:
    for number in (1, 2):
        scratch.post(GRAPH, f"_:a <http://e/p> {number} .", "text/turtle")
    found = triples(scratch)
    assert len({each.subject for each in found}) == len(found) == 2


def test_post_without_a_name_makes_a_graph(scratch: ServiceClient) -> None:
    answer = scratch.post("/graphs", ONE, "text/turtle")
    assert answer.status_code == 201
    assert len(triples(scratch, answer.headers["location"])) == 1


def test_a_graph_may_be_named_by_its_address(scratch: ServiceClient) -> None:
    assert put(scratch, "<> <http://e/p> <rel> .", "/graphs/a/%62") == 201
    (found,) = triples(scratch, "/graphs?graph=http://service/graphs/a/%2562")
    assert found.subject == pyoxigraph.NamedNode("http://service/graphs/a/%62")
    assert found.object == pyoxigraph.NamedNode("http://service/graphs/a/rel")
    problem(scratch.get("/graphs/a/b"), 404, "unknown-graph")


def test_delete_takes_a_graph_away(scratch: ServiceClient) -> None:
    put(scratch, address="/graphs?default")
    put(scratch)
    assert scratch.send("DELETE", GRAPH).status_code == 204
    problem(scratch.get(GRAPH), 404, "unknown-graph")
    problem(scratch.send("DELETE", GRAPH), 404, "unknown-graph")
    assert len(triples(scratch, "/graphs?default")) == 1


def test_an_empty_graph_is_there(scratch: ServiceClient) -> None:
    assert put(scratch, b"") == 201
    assert triples(scratch) == set()


def test_head_is_get_without_the_body(scratch: ServiceClient) -> None:
    put(scratch)
    head = scratch.send("HEAD", GRAPH, accept="text/turtle")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"].startswith("text/turtle")
    assert scratch.send("HEAD", "/graphs?graph=http://e/none").status_code == 404


def test_a_form_may_have_several_documents(scratch: ServiceClient) -> None:
    files = [
        ("a", ("a.ttl", ONE.encode(), "text/turtle")),
        ("b", ("b.nt", b"<http://e/s> <http://e/q> <http://e/o> .\n", "application/octet-stream")),
    ]
    assert scratch.send("POST", GRAPH, files=files).status_code == 201
    assert len(triples(scratch)) == 2


def test_a_body_may_be_compressed(scratch: ServiceClient) -> None:
    headers = {**TURTLE, "Content-Encoding": "gzip"}
    packed = gzip.compress(ONE.encode())
    assert scratch.send("PUT", GRAPH, content=packed, headers=headers).status_code == 201
    torn = scratch.send("PUT", GRAPH, content=packed[:-9], headers=headers)
    problem(torn, 400, "invalid-parameter")
    other = {**TURTLE, "Content-Encoding": "x-none"}
    problem(scratch.send("PUT", GRAPH, content=b"x", headers=other), 415, "unsupported-media-type")


def test_a_lost_update_is_prevented(scratch: ServiceClient) -> None:
    put(scratch)
    tag = scratch.get(GRAPH).headers["etag"]
    current = {**TURTLE, "If-Match": tag}
    assert scratch.send("PUT", GRAPH, content=ONE, headers=current).status_code == 204
    problem(scratch.send("PUT", GRAPH, content=ONE, headers=current), 412, "precondition-failed")
    fresh = scratch.get(GRAPH).headers["etag"]
    assert scratch.send("GET", GRAPH, headers={"If-None-Match": fresh}).status_code == 304


def test_what_does_not_parse_changes_nothing(scratch: ServiceClient) -> None:
    put(scratch)
    before = triples(scratch)
    for method in ("PUT", "POST"):
        answer = scratch.send(method, GRAPH, content=f"{ONE} <http://e/s> .", headers=TURTLE)
        problem(answer, 400, "rdf-syntax")
    named = "<http://e/g> { <http://e/s> <http://e/p> 1 }"
    trig = scratch.send("PUT", GRAPH, content=named, headers={"Content-Type": "application/trig"})
    problem(trig, 400, "rdf-syntax")
    assert triples(scratch) == before


@pytest.mark.parametrize(
    ("method", "address", "status", "code"),
    [
        ("GET", "/graphs", 400, "invalid-parameter"),
        ("GET", "/graphs?default&graph=http://e/g", 400, "invalid-parameter"),
        ("GET", "/graphs?graph=http://e/g&graph=http://e/h", 400, "invalid-parameter"),
        ("GET", "/graphs?graph=no%20iri", 400, "invalid-parameter"),
        ("GET", "/graphs?grph=http://e/g", 400, "invalid-parameter"),
        ("PUT", GRAPH, 415, "unsupported-media-type"),
        ("PATCH", GRAPH, 415, "unsupported-media-type"),
    ],
)
def test_a_bad_request_is_refused(
    scratch: ServiceClient, method: str, address: str, status: int, code: str
) -> None:
    problem(scratch.send(method, address, content=b"x" if method == "PUT" else None), status, code)


def test_no_accepted_syntax_is_a_problem(scratch: ServiceClient) -> None:
    put(scratch)
    problem(scratch.get(GRAPH, "image/png"), 406, "not-acceptable")
