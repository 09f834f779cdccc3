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
