"""What the header fields of the protocols say: tags of answers, other origins, first bytes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from orthogramic import Repository
from orthogramic.service.settings import Settings
from orthogramic.service.write_request import COMMIT
from tests.service.gated import FENCE, GRAPH, UPDATE, gated
from tests.service.service_client import ServiceClient
from tests.unit.repository.processes import hives

Bees = tuple[Repository, ServiceClient]

ORIGIN = {"Origin": "https://elsewhere.example"}
QUERY = "SELECT ?s { ?s a bee:Hive }"


@pytest.fixture
def bees() -> Iterator[Bees]:
    with gated(Settings(allowed_origins=("https://elsewhere.example",))) as (repository, client):
        repository.put_graph(FENCE, hives(1, 2))
        yield repository, client


def test_an_answer_is_sent_again_only_after_a_commit(bees: Bees) -> None:
    repository, client = bees

    def ask(query: str, tag: str, accept: str = "application/json") -> int:
        known = {"If-None-Match": tag}
        params = {"query": query}
        answer = client.send("GET", "/sparql", accept=accept, headers=known, params=params)
        return answer.status_code

    tag = client.get("/sparql", "application/json", query=QUERY).headers["etag"]
    assert tag.startswith('W/"')
    assert ask(QUERY, tag) == 304
    assert ask(QUERY, tag, "text/csv") == 200
    assert ask(QUERY + " LIMIT 1", tag) == 200
    repository.merge_graph(FENCE, hives(3, 1))
    assert ask(QUERY, tag) == 200


@pytest.mark.parametrize("call", ["NOW()", "rand ()", "UUID()", "STRUUID()", "BNODE()"])
def test_what_is_new_each_time_has_no_tag(bees: Bees, call: str) -> None:
    _, client = bees
    answer = client.get("/sparql", query=f"SELECT ({call} AS ?x) {{ }}")
    assert answer.status_code == 200
    assert "etag" not in answer.headers
    posted = client.post("/sparql", QUERY, "application/sparql-query")
    assert "etag" not in posted.headers


@pytest.mark.parametrize("method", ["PUT", "POST", "PATCH", "DELETE"])
def test_a_script_of_an_allowed_origin_may_write(bees: Bees, method: str) -> None:
    _, client = bees
    asked = {
        **ORIGIN,
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": "if-match, content-type, authorization",
    }
    answer = client.send("OPTIONS", GRAPH, headers=asked)
    assert answer.status_code == 200
    assert method in answer.headers["access-control-allow-methods"]
    assert "if-match" in answer.headers["access-control-allow-headers"]
    stranger = client.send("OPTIONS", GRAPH, headers={**asked, "Origin": "https://x.example"})
    assert stranger.status_code == 400


def test_a_script_may_read_what_a_write_answers(bees: Bees) -> None:
    _, client = bees
    text = "INSERT DATA { <http://e/s> <http://e/p> 1 }"
    headers = {**ORIGIN, "Content-Type": UPDATE}
    answer = client.send("POST", "/sparql", content=text, headers=headers)
    assert answer.status_code == 204
    exposed = {each.strip() for each in answer.headers["access-control-expose-headers"].split(",")}
    assert {COMMIT, "ETag", "Location"} <= exposed


@pytest.mark.parametrize(
    ("address", "accept"),
    [
        (GRAPH, "text/turtle"),
        (GRAPH, "application/rdf+xml"),
        (GRAPH, "application/ld+json"),
        ("/api/v1/export?format=nquads", "*/*"),
        ("/sparql?query=CONSTRUCT%20WHERE%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D", "text/turtle"),
    ],
)
def test_a_large_answer_begins_before_its_end_is_known(
    bees: Bees, address: str, accept: str
) -> None:
    """It is sent in parts, each made while the one before is under way."""
    repository, client = bees
    lines = "".join(f'<http://e/{n}> <http://e/p> "{"x" * 200} {n}" .\n' for n in range(20_000))
    repository.merge_graph(FENCE, lines, "ntriples")
    sizes: list[int] = []

    async def ask() -> None:
        path, _, query = address.partition("?")
        scope: dict[str, Any] = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET",
            "scheme": "http", "path": path, "raw_path": path.encode(), "root_path": "",
            "query_string": query.encode(),
            "headers": [(b"accept", accept.encode()), (b"host", b"service")],
            "client": ("127.0.0.1", 1), "server": ("service", 80),
        }  # fmt: skip
        wait = asyncio.Event()
        told = False

        async def receive() -> dict[str, Any]:
            nonlocal told
            if told:
                await wait.wait()
            told = True
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.body":
                sizes.append(len(message.get("body", b"")))

        await client.app(scope, receive, send)

    asyncio.run(ask())
    assert sum(sizes) > 4_000_000
    assert max(sizes) < 2_000_000
