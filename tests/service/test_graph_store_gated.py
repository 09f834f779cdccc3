"""The Graph Store HTTP Protocol over a gated repository: every write one judged commit."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pyoxigraph
import pytest
from rdflib import Graph

from orthogramic import Repository
from orthogramic.service.settings import Limits, Settings
from orthogramic.service.write_request import COMMIT
from orthogramic.syntax import RdfSyntax
from orthogramic.vocabulary import KR
from tests.service.gated import BEES, FENCE, GRAPH, NO_HIVE, TURTLE, gated
from tests.service.service_client import ServiceClient, problem
from tests.unit.repository.processes import hives

Bees = tuple[Repository, ServiceClient]


@pytest.fixture
def bees() -> Iterator[Bees]:
    with gated() as found:
        yield found


def put(client: ServiceClient, body: str | bytes, address: str = GRAPH, **fields: str) -> int:
    headers = {**TURTLE, **fields}
    return client.send("PUT", address, content=body, headers=headers).status_code


def held(client: ServiceClient, address: str = GRAPH) -> set[pyoxigraph.Triple]:
    answer = client.get(address, "application/n-triples")
    assert answer.status_code == 200, answer.text
    return {
        each.triple for each in pyoxigraph.parse(answer.content, pyoxigraph.RdfFormat.N_TRIPLES)
    }


def test_put_makes_then_replaces_and_names_its_commit(bees: Bees) -> None:
    repository, client = bees
    made = client.send("PUT", GRAPH, content=hives(1, 2), headers=TURTLE)
    assert (made.status_code, made.headers[COMMIT], made.content) == (201, "1", b"")
    changed = client.send("PUT", GRAPH, content=hives(2, 2), headers=TURTLE)
    assert (changed.status_code, changed.headers[COMMIT]) == (204, "2")
    assert (repository.commit(2).record.removed, repository.commit(2).record.added) == (4, 4)
    again = client.send("PUT", GRAPH, content=hives(2, 2), headers=TURTLE)
    assert (again.status_code, again.headers.get(COMMIT)) == (204, None)
    assert again.headers["etag"] == changed.headers["etag"] != made.headers["etag"]


@pytest.mark.parametrize("syntax", list(RdfSyntax))
def test_every_syntax_comes_in_and_goes_out(bees: Bees, syntax: RdfSyntax) -> None:
    repository, client = bees
    put(client, hives(1, 2))
    answer = client.get(GRAPH, syntax.media_type)
    assert answer.headers["content-type"].startswith(syntax.media_type)
    assert answer.headers["vary"] == "Accept"
    headers = {"Content-Type": syntax.media_type}
    same = client.send("PUT", GRAPH, content=answer.content, headers=headers)
    assert (same.status_code, repository.snapshot) == (204, 1)


def test_post_adds_and_delete_takes_away(bees: Bees) -> None:
    repository, client = bees
    assert client.post(GRAPH, hives(1, 1), "text/turtle").status_code == 201
    assert client.post(GRAPH, hives(2, 1), "text/turtle").status_code == 204
    assert len(held(client)) == 10
    assert client.send("DELETE", GRAPH).status_code == 204
    problem(client.get(GRAPH), 404, "unknown-graph")
    problem(client.send("DELETE", GRAPH), 404, "unknown-graph")
    assert repository.snapshot == 3


def test_what_is_put_into_the_default_graph_is_what_is_got(bees: Bees) -> None:
    _, client = bees
    assert held(client, "/graphs?default") == set()
    put(client, hives(1, 1))
    assert put(client, hives(2, 1), "/graphs?default") == 201
    assert len(held(client, "/graphs?default")) == 6
    assert held(client, "/graphs?default") == held(
        client, f"/graphs?graph={KR.default.value}".replace("#", "%23")
    )
    assert client.send("DELETE", "/graphs?default").status_code == 204
    assert held(client, "/graphs?default") == set()


def test_post_without_a_name_makes_a_graph_at_its_own_address(bees: Bees) -> None:
    _, client = bees
    made = client.post("/graphs", hives(1, 1), "text/turtle")
    assert made.status_code == 201
    place = made.headers["location"]
    assert place.startswith("http://service/graphs/")
    assert len(held(client, place)) == 6
    assert put(client, hives(1, 2), place) == 204
    assert len(held(client, f"/graphs?graph={place}")) == 10


def test_a_refusal_says_why_and_changes_nothing(bees: Bees) -> None:
    repository, client = bees
    put(client, hives(1, 1))
    before = held(client)
    for method in ("PUT", "POST"):
        answer = client.send(method, GRAPH, content=NO_HIVE, headers=TURTLE)
        document = problem(answer, 422, "data-does-not-conform")
        places = {(each["source"], each["line"]) for each in document["report"]["results"]}
        assert places == {("the body", 2)}
        report = client.send(method, GRAPH, accept="text/turtle", content=NO_HIVE, headers=TURTLE)
        assert report.status_code == 422
        assert "sh:ValidationReport" in report.text
    assert (held(client), repository.snapshot) == (before, 1)


def test_a_dry_run_tells_difference_report_and_impact(bees: Bees) -> None:
    repository, client = bees
    put(client, hives(1, 2))
    address = f"{GRAPH}&dry_run=true"
    fine = client.send("PUT", address, content=hives(2, 1), headers=TURTLE)
    assert fine.status_code == 200
    told = fine.json()
    assert (told["accepted"], told["removed"], told["added"], told["commit"]) == (True, 4, 0, None)
    assert len(told["removed_quads"]) == 4
    assert [each["label"] for each in told["impact"]["touched"]] == ["Number 1"]
    bad = client.send("PUT", address, content=NO_HIVE, headers=TURTLE).json()
    assert not bad["accepted"]
    assert bad["report"]["results"]
    assert repository.snapshot == 1


def test_a_request_may_prefer_to_see_what_it_did(bees: Bees) -> None:
    _, client = bees
    headers = {**TURTLE, "Prefer": "return=representation"}
    made = client.send(
        "PUT", f"{GRAPH}&message=Spring&author=Ada", content=hives(1, 1), headers=headers
    )
    assert (made.status_code, made.headers["preference-applied"]) == (201, "return=representation")
    commit = made.json()["commit"]
    assert (commit["author"], commit["message"], commit["added"]) == ("Ada", "Spring", 6)


def test_a_tag_belongs_to_a_graph_and_a_format(bees: Bees) -> None:
    _, client = bees
    put(client, hives(1, 1))
    put(client, hives(2, 1), "/graphs?default")
    turtle, lines = client.get(GRAPH, "text/turtle"), client.get(GRAPH, "application/n-triples")
    assert turtle.headers["etag"] != lines.headers["etag"]
    put(client, hives(3, 1), "/graphs?default")
    known = {"If-None-Match": f'"other", {turtle.headers["etag"]}'}
    unchanged = client.send("GET", GRAPH, headers=known, accept="text/turtle")
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert unchanged.headers["etag"] == turtle.headers["etag"]
    put(client, hives(1, 2))
    assert client.send("GET", GRAPH, headers=known).status_code == 200


def test_a_stale_tag_stops_every_kind_of_write(bees: Bees) -> None:
    _, client = bees
    put(client, hives(1, 1))
    stale = client.get(GRAPH).headers["etag"]
    assert put(client, hives(1, 2), **{"If-Match": stale}) == 204
    for method in ("PUT", "POST", "DELETE"):
        answer = client.send(
            method, GRAPH, content=hives(5, 1), headers={**TURTLE, "If-Match": stale}
        )
        assert problem(answer, 412, "precondition-failed")["current"]
    assert put(client, hives(1, 2), **{"If-None-Match": "*"}) == 412
    assert put(client, hives(1, 2), "/graphs?graph=http://e/new", **{"If-Match": "*"}) == 412
    assert len(held(client)) == 10


def test_of_clashing_writers_exactly_one_wins(bees: Bees) -> None:
    _, client = bees
    put(client, hives(1, 1))
    tag = client.get(GRAPH).headers["etag"]

    def write(number: int) -> int:
        return put(client, hives(number, 1), **{"If-Match": tag})

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(write, range(2, 6))) == [204, 412, 412, 412]


def test_writers_without_a_tag_take_turns(bees: Bees) -> None:
    repository, client = bees

    def write(number: int) -> int:
        return client.post(GRAPH, hives(number, 1), "text/turtle").status_code

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(write, range(4))) == [201, 204, 204, 204]
    assert (repository.snapshot, len(held(client))) == (4, 18)


@pytest.mark.parametrize("name", ["inferred", "ontology", "shapes", "commits", "datasets"])
def test_a_system_graph_is_read_and_never_written(bees: Bees, name: str) -> None:
    repository, client = bees
    put(client, hives(1, 1))
    address = f"/graphs?graph=https://orthogramic.com/repository%23{name}"
    if name != "datasets":
        assert held(client, address)
    for method in ("PUT", "POST", "DELETE"):
        answer = client.send(method, address, content=hives(2, 1), headers=TURTLE)
        problem(answer, 403, "protected-graph")
    assert repository.snapshot == 1


def test_a_change_over_the_bound_is_refused(bees: Bees) -> None:
    with gated(Settings(limits=replace(Limits(), change_statements=20))) as (repository, client):
        assert put(client, hives(1, 4)) == 201
        for method in ("PUT", "POST"):
            answer = client.send(method, GRAPH, content=hives(10, 6), headers=TURTLE)
            assert problem(answer, 413, "change-too-large")["limit"] == 20
        # What is sent may be longer, if little of it is new.
        assert client.post(GRAPH, hives(1, 8), "text/turtle").status_code == 204
        problem(client.send("DELETE", GRAPH), 413, "change-too-large")
        assert repository.snapshot == 2


def test_a_million_statements_are_refused_in_words(bees: Bees) -> None:
    repository, client = bees
    body = b"".join(
        b"<http://e/%d> <http://e/p> %d .\n" % (each, each) for each in range(1_000_000)
    )
    answer = client.send(
        "PUT", GRAPH, content=gzip.compress(body, 1), headers={**TURTLE, "Content-Encoding": "gzip"}
    )
    assert problem(answer, 413, "change-too-large")["limit"] == Limits().change_statements
    assert repository.snapshot == 0
    assert put(client, hives(1, 1)) == 201


def test_blank_nodes_of_several_parts_do_not_clash(bees: Bees) -> None:
    _, client = bees
    parts = [
        ("a", ("a.ttl", f"_:x <http://e/p> {number} . [] <http://e/q> _:x .", "text/turtle"))
        for number in (1, 2)
    ]
    assert client.send("POST", GRAPH, files=parts).status_code == 201
    found = held(client)
    assert len(found) == 4
    assert len({each.subject for each in found}) == 4
    assert all(isinstance(each.subject, pyoxigraph.NamedNode) for each in found)
    # The same once more changes nothing: the same document has the same addresses.
    assert client.send("POST", GRAPH, files=parts).status_code == 204
    assert held(client) == found


TORN = '<http://e/s> <http://e/p> "never ended'


@pytest.mark.parametrize(
    ("body", "media_type", "status", "code"),
    [
        (b"", "text/turtle", 400, "empty-input"),
        (b"\n \n", "application/n-triples", 400, "empty-input"),
        (TORN.encode(), "text/turtle", 400, "rdf-syntax"),
        ('<http://e/s> <http://e/p> "é" .'.encode("latin-1"), "text/turtle", 400, "rdf-syntax"),
        (b"<a> <b> <c> .", "text/turtle; charset=iso-8859-1", 415, "unsupported-media-type"),
        (b"<a> <b> <c> .", "application/x-nothing", 415, "unsupported-media-type"),
        (b"<a> <b> <c> .", "", 415, "unsupported-media-type"),
        (b"<a> <b> <c> .", "application/rdf+xml", 400, "rdf-syntax"),
        (b"<a> <b> <c> .", "application/ld+json", 400, "rdf-syntax"),
        (b"<g> { <a> <b> <c> }", "application/trig", 400, "rdf-syntax"),
    ],
)
def test_a_bad_body_changes_nothing(
    bees: Bees, body: bytes, media_type: str, status: int, code: str
) -> None:
    repository, client = bees
    put(client, hives(1, 1))
    for method in ("PUT", "POST"):
        headers = {"Content-Type": media_type}
        problem(client.send(method, GRAPH, content=body, headers=headers), status, code)
    assert (repository.snapshot, len(held(client))) == (1, 6)


def test_nothing_is_an_empty_graph_but_takes_the_place_of_none(bees: Bees) -> None:
    repository, client = bees
    assert put(client, "") == 204
    assert put(client, hives(1, 1)) == 201
    assert put(client, "") == 400
    assert put(client, "# nothing any more\n") == 204
    problem(client.get(GRAPH), 404, "unknown-graph")
    assert repository.snapshot == 2


def test_a_torn_part_refuses_all_parts(bees: Bees) -> None:
    repository, client = bees
    parts = [
        ("a", ("good.ttl", hives(1, 1), "text/turtle")),
        ("b", ("torn.ttl", TORN, "text/turtle")),
        ("c", ("more.ttl", hives(2, 1), "text/turtle")),
    ]
    document = problem(client.send("POST", GRAPH, files=parts), 400, "rdf-syntax")
    assert document["source"] == "torn.ttl"
    whole = [("a", ("a.ttl", hives(1, 1), "text/turtle"))]
    other = [*whole, ("b", ("b.ttl", b"<a> <b> 1 .", "text/turtle; charset=utf-16"))]
    problem(client.send("POST", GRAPH, files=other), 415, "unsupported-media-type")
    cut = client.send(
        "POST",
        GRAPH,
        content=b"--x\r\nno end",
        headers={"Content-Type": "multipart/form-data; boundary=x"},
    )
    assert cut.status_code == 400
    assert repository.snapshot == 0


def test_a_misspelt_parameter_is_told(bees: Bees) -> None:
    repository, client = bees
    answer = client.send("PUT", f"{GRAPH}&dryrun=true", content=hives(1, 1), headers=TURTLE)
    assert problem(answer, 400, "invalid-parameter")["suggestions"] == ["dry_run"]
    answer = client.send("PUT", f"{GRAPH}&dry_run=perhaps", content=hives(1, 1), headers=TURTLE)
    problem(answer, 400, "invalid-parameter")
    assert repository.snapshot == 0


def test_head_and_options(bees: Bees) -> None:
    _, client = bees
    put(client, hives(1, 1))
    head, got = client.send("HEAD", GRAPH), client.get(GRAPH)
    assert (head.status_code, head.content) == (200, b"")
    for field in ("content-type", "etag", "vary", "x-orthogramic-snapshot"):
        assert head.headers[field] == got.headers[field]
    assert client.send("HEAD", "/graphs?graph=http://e/none").status_code == 404
    assert set(client.send("OPTIONS", GRAPH).headers["allow"].split(", ")) >= {
        "GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS",
    }  # fmt: skip


def test_relative_addresses_resolve_against_the_graph(bees: Bees) -> None:
    _, client = bees
    put(client, "<> <p> <#frag> .", "/graphs?graph=http://e/a/g")
    (found,) = held(client, "/graphs?graph=http://e/a/g")
    assert [found.subject, found.predicate, found.object] == [
        pyoxigraph.NamedNode(each) for each in ("http://e/a/g", "http://e/a/p", "http://e/a/g#frag")
    ]


def test_the_bees_prefix_is_used(bees: Bees) -> None:
    _, client = bees
    put(client, hives(1, 1))
    assert BEES.strip() in client.get(GRAPH, "text/turtle").text
    assert FENCE in client.get("/sparql", query="SELECT ?g { GRAPH ?g { ?s ?p ?o } }").text


def test_rdfxml_carries_every_statement_as_it_is_or_none(bees: Bees) -> None:
    _, client = bees
    put(client, "<x:a> <x:says> 'one\\r\\ntwo' .")
    answer = client.get(GRAPH, RdfSyntax.RDFXML.media_type)
    read = Graph().parse(data=answer.content, format="xml")
    assert [str(each) for each in read.objects()] == ["one\r\ntwo"]
    for beyond in ("<x:a> <x:says> '\\u0001' .", "<x:a> <x:b/1> 'no name' ."):
        put(client, beyond)
        refused = client.get(GRAPH, RdfSyntax.RDFXML.media_type)
        problem(refused, 406, "inexpressible-data")
        assert len(held(client)) == 1
