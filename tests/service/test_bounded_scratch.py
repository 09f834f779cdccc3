"""Queries on the scratch store are evaluated in workers too, and see every write before them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from orthogramic.service.app import create_scratch
from orthogramic.service.scratch_differences import read_difference
from orthogramic.service.scratch_replica import ScratchReplica
from orthogramic.service.scratch_store import ScratchStore
from orthogramic.service.settings import Limits, Settings

UPDATE = {"Content-Type": "application/sparql-update"}
LIMITS = Limits(query_seconds=5, query_workers=1, query_spares=0, query_memory=200 << 20)
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_scratch(Settings(scratch=True, limits=LIMITS))) as started:
        yield started


def ask(client: TestClient, text: str) -> bool:
    answer = client.get("/sparql", params={"query": text})
    assert answer.status_code == 200, answer.text
    return bool(answer.json()["boolean"])


def test_a_query_sees_every_write_before_it(client: TestClient) -> None:
    for number in range(20):
        client.post(
            "/sparql", content=f"INSERT DATA {{ <urn:x> <urn:n> {number} }}", headers=UPDATE
        )
        assert ask(client, f"ASK {{ <urn:x> <urn:n> {number} }}")
        client.post("/sparql", content="DELETE WHERE { <urn:x> <urn:n> ?o }", headers=UPDATE)
        assert not ask(client, "ASK { <urn:x> <urn:n> ?o }")
    address = "/graphs?graph=" + quote("urn:g", safe="")
    client.put(address, content="<urn:x> <urn:p> [] .", headers={"Content-Type": "text/turtle"})
    assert ask(client, "ASK { GRAPH <urn:g> { <urn:x> <urn:p> ?o FILTER(ISBLANK(?o)) } }")
    client.delete(address)
    assert not ask(client, "ASK { GRAPH <urn:g> { ?s ?p ?o } }")


def test_empty_graphs_are_there(client: TestClient) -> None:
    client.post("/sparql", content="CREATE GRAPH <urn:empty>", headers=UPDATE)
    assert ask(client, "ASK { GRAPH <urn:empty> {} }")
    client.post("/sparql", content="DROP GRAPH <urn:empty>", headers=UPDATE)
    assert not ask(client, "ASK { GRAPH <urn:empty> {} }")


def test_a_hostile_query_does_no_harm(client: TestClient) -> None:
    values = " ".join(str(each) for each in range(500))
    client.post(
        "/sparql",
        content=f"INSERT {{ ?n <urn:p> ?n }} WHERE {{ VALUES ?v {{ {values} }} "
        "BIND(IRI(CONCAT('urn:n:', STR(?v))) AS ?n) }",
        headers=UPDATE,
    )
    answer = client.get("/sparql", params={"query": ENDLESS, "timeout": "0.3"})
    assert (answer.status_code, answer.json()["code"]) == (503, "query-timeout")
    assert ask(client, "ASK { ?n <urn:p> ?n }")


def test_unknown_functions_and_formats_are_as_without_workers(client: TestClient) -> None:
    answer = client.get("/sparql", params={"query": "SELECT (<urn:f>(1) AS ?x) {}"})
    assert json.loads(answer.content)["results"]["bindings"] == [{}]
    wrong = client.get("/sparql", params={"query": "ASK {}"}, headers={"Accept": "text/csv"})
    assert wrong.status_code == 406


TRIPLES = st.integers(0, 3).map("<urn:x> <urn:p> {}".format)
DATA = st.one_of(
    TRIPLES,
    TRIPLES.map("GRAPH <urn:g> {{ {} }}".format),
    TRIPLES.map("GRAPH <urn:h> {{ {} }}".format),
)
CHANGES = st.one_of(
    DATA.map("INSERT DATA {{ {} }}".format),
    DATA.map("DELETE DATA {{ {} }}".format),
    st.sampled_from(
        ["CREATE SILENT GRAPH <urn:g>", "DROP SILENT GRAPH <urn:g>", "CLEAR ALL", "DROP ALL",
         "INSERT DATA { _:b <urn:p> [] }", "COPY SILENT <urn:g> TO <urn:h>"]
    ),
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(CHANGES, max_size=12))
def test_a_copy_that_is_told_the_differences_stays_the_same(changes: list[str]) -> None:
    store, replica = ScratchStore(), ScratchReplica()
    for each in changes:
        before = store.content()
        store.update(each)
        after = store.content()
        replica.follow(before - after, after - before)
        assert replica._store.content() == after


HOSTILE_UPDATES = {
    "a count": (
        "INSERT { <urn:x> <urn:y> ?n } WHERE { SELECT (COUNT(*) AS ?n) "
        "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } }"
    ),
    "a text that doubles": (
        "DELETE { ?s ?p ?o } INSERT { ?s ?p ?v40 } WHERE { ?s ?p ?o BIND('aaaaaaaaaa' AS ?v0) "
        + " ".join(f"BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(40))
        + " }"
    ),
    "too much": "INSERT { ?a ?h ?i } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "behind a change": (
        "CLEAR ALL ; INSERT DATA { <urn:n> <urn:p> 1 , 2 , 3 , 4 , 5 , 6 , 7 , 8 , 9 } ; "
        "INSERT { <urn:x> <urn:y> ?n } WHERE { SELECT (COUNT(*) AS ?n) { "
        + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(20))
        + " } }"
    ),
}


def dump(client: TestClient) -> set[str]:
    answer = client.get("/graphs?default", headers={"Accept": "application/n-triples"})
    return set(answer.text.splitlines())


@pytest.mark.parametrize("name", HOSTILE_UPDATES)
@pytest.mark.parametrize("door", ["update", "patch"])
def test_a_hostile_update_leaves_the_store_as_it_was(
    client: TestClient, name: str, door: str
) -> None:
    values = " ".join(str(each) for each in range(1500))
    client.put("/graphs?default", content="", headers={"Content-Type": "text/turtle"})
    client.post(
        "/sparql",
        content=f"INSERT {{ ?n <urn:p> ?n }} WHERE {{ VALUES ?v {{ {values} }} "
        "BIND(IRI(CONCAT('urn:n:', STR(?v))) AS ?n) }",
        headers=UPDATE,
    )
    before = dump(client)
    assert len(before) == 1500
    if door == "update":
        answer = client.post("/sparql?timeout=1.5", content=HOSTILE_UPDATES[name], headers=UPDATE)
    else:
        answer = client.patch("/graphs?default", content=HOSTILE_UPDATES[name], headers=UPDATE)
    assert answer.status_code in {422, 503}, answer.text
    assert answer.json()["code"] in {"query-timeout", "query-memory", "too-many-rows"}
    assert dump(client) == before
    assert client.post("/sparql", content="CLEAR ALL", headers=UPDATE).status_code == 204
    assert not ask(client, "ASK { ?s ?p ?o }")


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(CHANGES, max_size=8))
def test_what_a_worker_works_out_is_what_the_engine_does(changes: list[str]) -> None:
    plain, store = ScratchStore(), ScratchStore()
    # The engine names blank nodes as it likes, so none here.
    for each in (each for each in changes if "[]" not in each):
        plain.update(each)
        found = read_difference(store.worked_out(each).triples())
        store.follow(found.going, found.coming)
        assert store.content() == plain.content()


def test_what_cannot_be_written_is_said_as_without_workers(client: TestClient) -> None:
    for text, status in (
        ("CREATE GRAPH <urn:twice> ; CREATE GRAPH <urn:twice>", 409),
        ("INSERT DATA { <urn:a> <urn:b> }", 400),
        ("INSERT DATA { <urn:a> <urn:b> _:c } ; CLEAR GRAPH <urn:nowhere>", 409),
    ):
        answer = client.post("/sparql", content=text, headers=UPDATE)
        assert answer.status_code == status, answer.text
    assert not ask(client, "ASK { GRAPH <urn:twice> {} }")
