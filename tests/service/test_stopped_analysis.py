"""Work on a question of the graph ends when nobody waits for it, or its time is over."""

from __future__ import annotations

import asyncio
import json
import threading
from typing import Any

import pytest
from fastapi import Request

from orthogramic import Repository
from orthogramic.analysis.stopping import checkpoint
from orthogramic.application import create_application
from orthogramic.errors import InterruptedWorkError
from orthogramic.service.answering import analysed
from orthogramic.service.app import create_service
from orthogramic.service.settings import Limits, Settings
from tests.service.service_client import ServiceClient, problem

#: Every page that asks the graph: what it asks the repository, its address, and a question.
PAGES = [
    ("dependencies", "/ask", "source=a"),
    ("impact", "/ask", "direction=impact&source=a"),
    ("dependencies", "/ask.csv", "source=a"),
    ("matrix", "/matrix", "rows=Capability&columns=Capability"),
    ("paths", "/paths", "source=a&target=b"),
    ("failure", "/failure", "remove=a"),
    ("failure", "/failure.csv", "remove=a"),
    ("gaps", "/gaps", ""),
    ("ranking", "/rankings/investment", ""),
    ("what_if", "/what-if", "changes=retire+a"),
]
LONG = "source=Michael%20Chen&paths=100&limit=10000"


def endless() -> None:
    while True:
        checkpoint()


class Leaving:
    """A client that sends a request and goes away once the work has begun."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.sent: list[dict[str, Any]] = []
        self._asked = False

    async def receive(self) -> dict[str, Any]:
        if not self._asked:
            self._asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        while not self.begun.is_set():
            await asyncio.sleep(0.001)
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        self.sent.append(message)

    @property
    def heard(self) -> dict[str, Any]:
        body = b"".join(each.get("body", b"") for each in self.sent)
        found: dict[str, Any] = json.loads(body)
        return found


def scope(app: Any, path: str = "/", query: str = "") -> dict[str, Any]:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(b"host", b"localhost")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "app": app,
    }


def test_work_ends_when_the_client_goes_away(reference: Repository) -> None:
    client = Leaving()
    client.begun.set()
    request = Request(scope(create_service(reference, Settings())), client.receive)
    with pytest.raises(InterruptedWorkError, match="nobody waits"):
        asyncio.run(analysed(request, endless))


@pytest.mark.parametrize("door", ["impact", "dependencies", "paths", "matrix"])
def test_every_question_of_the_graph_can_be_stopped(
    reference: Repository, monkeypatch: pytest.MonkeyPatch, door: str
) -> None:
    client = Leaving()

    def ask(*_: Any, **__: Any) -> None:
        client.begun.set()
        endless()

    monkeypatch.setattr(reference, door, ask)
    app = create_service(reference, Settings())
    query = "source=a&target=b" if door == "paths" else "source=a"
    query = "rows=a&columns=b" if door == "matrix" else query
    asyncio.run(app(scope(app, f"/api/v1/{door}", query), client.receive, client.send))
    assert client.heard["code"] == "interrupted"


def test_a_long_list_of_reasons_is_broken_off(
    reference: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, ask = Leaving(), reference.dependencies

    def asked(*given: Any, **options: Any) -> Any:
        client.begun.set()
        return ask(*given, **options)

    monkeypatch.setattr(reference, "dependencies", asked)
    app = create_service(reference, Settings())
    asyncio.run(app(scope(app, "/api/v1/dependencies", LONG), client.receive, client.send))
    assert client.heard["code"] == "interrupted"


def test_a_question_takes_no_longer_than_a_query_may(reference: Repository) -> None:
    client = ServiceClient(create_service(reference, Settings(limits=Limits(query_seconds=0.05))))
    found = problem(client.get(f"/api/v1/dependencies?{LONG}"), 503, "query-timeout")
    assert "fewer hits" in found["detail"]
    assert client.get("/api/v1/dependencies", source="Michael Chen", limit=1).status_code == 200


def test_the_matrix_stops_in_time_as_well(reference: Repository) -> None:
    client = ServiceClient(create_service(reference, Settings(limits=Limits(query_seconds=1e-6))))
    address = "/api/v1/matrix?rows=Capability&columns=Capability"
    problem(client.get(address), 503, "query-timeout")


@pytest.mark.parametrize(("asked", "path", "query"), PAGES)
def test_every_page_of_the_graph_can_be_stopped(
    reference: Repository, monkeypatch: pytest.MonkeyPatch, asked: str, path: str, query: str
) -> None:
    client = Leaving()
    stopped = threading.Event()

    def ask(*_: Any, **__: Any) -> None:
        client.begun.set()
        try:
            endless()
        except InterruptedWorkError:
            stopped.set()
            raise

    monkeypatch.setattr(reference, asked, ask)
    app = create_application(reference, Settings())
    asyncio.run(app(scope(app, path, query), client.receive, client.send))
    assert stopped.is_set()


@pytest.mark.parametrize(("asked", "path", "query"), PAGES)
def test_a_page_that_takes_too_long_says_so_in_words(
    reference: Repository, monkeypatch: pytest.MonkeyPatch, asked: str, path: str, query: str
) -> None:
    monkeypatch.setattr(reference, asked, lambda *_, **__: endless())
    client = ServiceClient(
        create_application(reference, Settings(limits=Limits(query_seconds=0.05)))
    )
    page = client.get(f"{path}?{query}", accept="text/html")
    assert page.status_code == 503
    assert page.headers["content-type"].startswith("text/html")
    assert "took longer than 0.05 seconds and was stopped" in page.text


def test_only_what_takes_long_is_refused(reference: Repository) -> None:
    settings = Settings(limits=Limits(query_seconds=1e-6))
    client = ServiceClient(create_application(reference, settings))
    assert client.get("/matrix?rows=Capability&columns=Capability").status_code == 503
    assert client.get("/ask", accept="text/html").status_code == 200
    assert client.get("/", accept="text/html").status_code == 200
