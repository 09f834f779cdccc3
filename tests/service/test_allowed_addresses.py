"""What may be asked elsewhere once somebody allowed it, and what still may not."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from starlette.testclient import TestClient

import orthogramic
from orthogramic.errors import InvalidParameterError, QueryRefusedError
from orthogramic.service.app import create_service
from orthogramic.service.settings import Limits, Settings
from orthogramic.syntax.allowed_addresses import AllowedAddresses
from tests.conftest import TOY
from tests.service.listening import Listening, listening

QUERY, UPDATE = "application/sparql-query", "application/sparql-update"
TURTLE = {"Content-Type": "text/turtle; charset=utf-8"}
ROWS = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"hi"}}]}}'
THERE = "urn:there"


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Listening]:
    with listening() as found:
        found.answers.update(
            {
                "/ok/sparql": (200, {"Content-Type": "application/sparql-results+json"}, ROWS),
                "/no/sparql": (200, {"Content-Type": "application/sparql-results+json"}, ROWS),
                "/ok/graph": (200, TURTLE, b"<urn:l> <urn:p> [ <urn:q> <rel> ] ."),
                "/ok/moved": (302, {"Location": "/ok/graph"}, b""),
                "/ok/away": (302, {"Location": "/no/graph"}, b""),
                "/ok/round": (302, {"Location": "/ok/round"}, b""),
                "/ok/page": (200, {"Content-Type": "text/html"}, b"<html>"),
                "/ok/broken": (200, TURTLE, b"<urn:l> <urn:p> "),
                "/ok/bomb": (200, TURTLE, b"# 0123456789012345678901234567890\n" * 2_100_000),
                "/no/graph": (200, TURTLE, b"<urn:l> <urn:p> <urn:o> ."),
            }
        )
        yield found


@pytest.fixture(scope="module")
def client(elsewhere: Listening) -> Iterator[TestClient]:
    limits = Limits(
        query_seconds=4,
        query_workers=1,
        query_spares=0,
    )
    allowed = AllowedAddresses.of([f"{elsewhere.url}ok/"])
    with ExitStack() as stack:
        repository = stack.enter_context(orthogramic.open_memory(bundle=[TOY]))
        app = create_service(repository, Settings(limits=limits, allowed=allowed))
        yield stack.enter_context(TestClient(app, raise_server_exceptions=False))


def send(client: TestClient, text: str, media: str) -> tuple[int, str]:
    answer = client.post("/sparql", content=text, headers={"Content-Type": media})
    document = answer.json() if answer.content else {}
    return answer.status_code, str(document.get("reason", document.get("code", "")))


def test_an_allowed_endpoint_is_asked(client: TestClient, elsewhere: Listening) -> None:
    text = f"SELECT ?x {{ SERVICE <{elsewhere.url}ok/sparql> {{ ?x ?y ?z }} }}"
    answer = client.post("/sparql", content=text, headers={"Content-Type": QUERY})
    assert answer.json()["results"]["bindings"] == [{"x": {"type": "literal", "value": "hi"}}]


@pytest.mark.parametrize(
    "clause",
    [
        "SERVICE <@no/sparql> { ?x ?y ?z }",
        "SERVICE SILENT <@ok/../no/sparql> { ?x ?y ?z }",
        "SERVICE SILENT <@ok/%2e%2e/no/sparql> { ?x ?y ?z }",
        "SERVICE SILENT <@ok\\u002f../no/sparql> { ?x ?y ?z }",
        "VALUES ?e { <@ok/sparql> } SERVICE ?e { ?x ?y ?z }",
        "SERVICE <@ok/sparql> { ?x ?y ?z } SERVICE <@no/sparql> { ?x ?y ?z }",
        "SERVICE <@ok/sparql> { SERVICE <@no/sparql> { ?x ?y ?z } }",
        "SERVICE<@ok/sparql>{?x ?y ?z}SERVICEok:sparql{?x ?y ?z}",
        "SERVICE ok:sparql { ?x ?y ?z }",
    ],
)
def test_no_other_endpoint_is_asked(client: TestClient, elsewhere: Listening, clause: str) -> None:
    came = len(elsewhere.came)
    text = f"PREFIX ok: <{elsewhere.url}ok/> SELECT * {{ {clause.replace('@', elsewhere.url)} }}"
    assert send(client, text, QUERY) == (400, "service-not-allowed")
    assert len(elsewhere.came) == came


def test_an_endpoint_that_does_not_answer_is_said(client: TestClient, elsewhere: Listening) -> None:
    for path in ("ok/nothing", "ok/away", "ok/broken"):
        text = f"SELECT * {{ SERVICE <{elsewhere.url}{path}> {{ ?x ?y ?z }} }}"
        assert send(client, text, QUERY)[0] == 400
        silent = text.replace("SERVICE", "SERVICE SILENT")
        assert send(client, silent, QUERY)[0] == 200
    assert "/no/graph" not in elsewhere.came


def test_an_update_asks_an_allowed_endpoint(client: TestClient, elsewhere: Listening) -> None:
    text = (
        f"INSERT {{ <urn:said> <urn:p> ?x }} WHERE {{ SERVICE <{elsewhere.url}ok/sparql> "
        "{ ?x ?y ?z } }"
    )
    assert send(client, text, UPDATE)[0] == 204
    assert ask(client, 'ASK { <urn:said> <urn:p> "hi" }')


def ask(client: TestClient, text: str) -> bool:
    return bool(client.get("/sparql", params={"query": text}).json()["boolean"])


@pytest.mark.parametrize("path", ["ok/graph", "ok/moved"])
def test_an_allowed_document_is_loaded(client: TestClient, elsewhere: Listening, path: str) -> None:
    text = f"LOAD <{elsewhere.url}{path}> INTO GRAPH <{THERE}>"
    assert send(client, text, UPDATE)[0] == 204
    rel = f"{elsewhere.url}ok/rel"
    assert ask(
        client,
        f"ASK {{ GRAPH <{THERE}> {{ <urn:l> <urn:p> ?n . ?n <urn:q> <{rel}> "
        "FILTER(!ISBLANK(?n)) } }",
    )
    assert send(client, f"DROP GRAPH <{THERE}>", UPDATE)[0] == 204


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("no/graph", "load-not-allowed"),
        ("ok/../no/graph", "load-not-allowed"),
        ("ok/away", "load-not-allowed"),
        ("ok/round", "input-not-found"),
        ("ok/nothing", "input-not-found"),
        ("ok/page", "unsupported-media-type"),
        ("ok/broken", "rdf-syntax"),
        ("ok/bomb", "unreadable-input"),
    ],
)
def test_what_cannot_be_loaded_changes_nothing(
    client: TestClient, elsewhere: Listening, path: str, reason: str
) -> None:
    address = f"{elsewhere.url}{path}"
    text = f"INSERT DATA {{ <urn:first> <urn:p> 1 }} ; LOAD <{address}>"
    status, said = send(client, text, UPDATE)
    assert 400 <= status < 500
    assert said == reason
    assert not ask(client, "ASK { <urn:first> <urn:p> 1 }")
    assert send(client, f"LOAD SILENT <{address}>", UPDATE)[0] == 204
    assert "/no/graph" not in elsewhere.came


def test_a_server_that_never_ends_is_left_alone(client: TestClient, elsewhere: Listening) -> None:
    free = threading.Event()

    class Slowly(dict[str, tuple[int, dict[str, str], bytes]]):
        def get(self, key: str, default: object = None) -> object:  # type: ignore[override]
            if "slow" in key:
                free.wait(20)
            return super().get(key, default)

    elsewhere.answers = Slowly(elsewhere.answers)
    try:
        for text, media in (
            (f"LOAD SILENT <{elsewhere.url}ok/slow>", UPDATE),
            (f"SELECT * {{ SERVICE <{elsewhere.url}ok/slow> {{ ?x ?y ?z }} }}", QUERY),
        ):
            started = time.monotonic()
            assert send(client, text, media) == (503, "query-timeout")
            assert time.monotonic() - started < 8
    finally:
        free.set()
    assert send(client, "INSERT DATA { <urn:after> <urn:p> 1 }", UPDATE)[0] == 204


def test_nothing_is_asked_from_python(elsewhere: Listening) -> None:
    text = f"LOAD <{elsewhere.url}ok/graph>"
    with orthogramic.open_memory(bundle=[TOY]) as repository, pytest.raises(QueryRefusedError):
        repository.update(text)


@pytest.mark.parametrize(
    "text",
    ["", "example.org", "ftp://e.example/", "http:///x", "file:///etc", "http://a@b.example/",
     "http://e.example/ x", "//e.example/", "http://[x/"],
)  # fmt: skip
def test_what_is_no_beginning_of_an_address_is_refused(text: str) -> None:
    with pytest.raises(InvalidParameterError):
        AllowedAddresses.of([text])


def test_the_name_of_a_host_ends_where_it_ends() -> None:
    allowed = AllowedAddresses.of(["http://e.example"])
    assert allowed.allow("http://e.example/x")
    assert not allowed.allow("http://e.example.evil.example/x")
    assert not allowed.allow("http://e.example@evil.example/x")
    assert not allowed.allow("http://e.example")
