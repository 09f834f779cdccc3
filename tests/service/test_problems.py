"""Whatever goes wrong, and wherever, is told in one shape."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

import orthogramic
from orthogramic import Repository
from orthogramic.errors import (
    AmbiguousNameError,
    NonConformingDataError,
    OrthogramicError,
    StoreUnavailableError,
)
from orthogramic.service import problems
from orthogramic.service.app import create_scratch, create_service
from orthogramic.service.settings import Limits, Settings
from tests.service.service_client import PROBLEM, ServiceClient, problem


def routes() -> Iterator[tuple[str, str, str]]:
    """Yield kind of application, method and path of every route."""
    with orthogramic.open_memory() as repository:
        applications = {
            "service": create_service(repository, Settings()),
            "scratch": create_scratch(Settings(scratch=True)),
        }
    for kind, app in applications.items():
        for route in app.routes:
            assert isinstance(route, APIRoute)
            for method in sorted(route.methods or ()):
                yield kind, method, re.sub(r"\{[^}]*\}", "x", route.path)


ROUTES = list(routes())
FREE = {"/healthz", "/readyz", "/metrics", "/openapi.json", "/docs", "/sparql"}


@pytest.fixture
def clients(client: ServiceClient, scratch: ServiceClient) -> dict[str, ServiceClient]:
    return {"service": client, "scratch": scratch}


@pytest.mark.parametrize(("kind", "method", "path"), ROUTES)
def test_every_route_tells_what_is_wrong_in_one_shape(
    clients: dict[str, ServiceClient], kind: str, method: str, path: str
) -> None:
    answer = clients[kind].send(method, f"{path}?unheard_of=1", accept="application/json")
    if path in FREE and method == "GET":
        assert answer.status_code in {200, 406}
    else:
        assert 400 <= answer.status_code < 500
    if answer.is_error:
        assert answer.headers["content-type"] == PROBLEM
        assert answer.json().keys() >= {"type", "title", "status", "detail", "code"}
        assert "Vary" in answer.headers


@pytest.mark.parametrize("path", sorted({path for _, _, path in ROUTES}))
def test_a_method_that_a_route_does_not_take_is_told_with_those_it_takes(
    client: ServiceClient, scratch: ServiceClient, path: str
) -> None:
    for kind, asked in (("service", client), ("scratch", scratch)):
        taken = {method for each, method, at in ROUTES if (each, at) == (kind, path)}
        if not taken:
            continue
        answer = asked.send("TRACE", path)
        problem(answer, 405, "method-not-allowed")
        allowed = set(answer.headers["allow"].split(", "))
        assert allowed >= taken | {"OPTIONS"}
        options = asked.send("OPTIONS", path)
        assert (options.status_code, options.headers["allow"]) == (204, answer.headers["allow"])


def test_an_address_with_nothing_there(client: ServiceClient) -> None:
    assert "/nowhere" in problem(client.get("/nowhere"), 404, "not-found")["detail"]


def test_every_invalid_value_is_listed(client: ServiceClient) -> None:
    answer = client.get("/api/v1/entities?limit=x&offset=-1")
    found = problem(answer, 400, "invalid-parameter")
    assert [each["parameter"] for each in found["faults"]] == ["limit", "offset"]
    assert "'limit'" in found["detail"]
    assert "(found 'x')" in found["detail"]


def test_a_browser_gets_a_page_where_there_are_pages(
    client: ServiceClient, whole: ServiceClient
) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    for address in ("/nowhere", "/doc/Capability/nothing", "/api/v1/impact"):
        page = whole.get(address, browser)
        assert page.headers["content-type"].startswith("text/html")
        assert page.status_code == whole.get(address).status_code >= 400
        assert whole.get(address).headers["content-type"] == PROBLEM
    assert client.get("/nowhere", browser).headers["content-type"] == PROBLEM


def failing(error: Exception) -> ServiceClient:
    """Return a client of an application with one route, which fails."""
    app = FastAPI()
    problems.install(app)

    @app.get("/")
    def fail() -> None:
        raise error

    return ServiceClient(app)


def test_an_unforeseen_error_shows_nothing_of_the_inside() -> None:
    answer = failing(RuntimeError("secret in /etc/passwd")).get("/")
    problem(answer, 500, "internal-error")
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text


def test_an_error_of_the_house_keeps_what_it_carries() -> None:
    candidates = [{"iri": "http://e/1", "label": "x", "class": "C"}]
    answer = failing(AmbiguousNameError("Two are called x.", candidates=candidates)).get("/")
    assert problem(answer, 409, "ambiguous-name")["candidates"] == candidates


def test_a_store_that_cannot_be_used_says_when_to_come_back() -> None:
    answer = failing(StoreUnavailableError("The store cannot be used.")).get("/")
    problem(answer, 503, "store-unavailable")
    assert int(answer.headers["retry-after"]) > 0


def test_refused_data_comes_with_the_report(reference: Repository) -> None:
    bad = "<https://e.example/x> a <https://orthogramic.com/metamodel#Capability> ."
    report = reference.validate_bytes(bad.encode(), "turtle")
    client = failing(NonConformingDataError("The data does not conform.", report=report))
    found = problem(client.get("/"), 422, "data-does-not-conform")
    assert found["report"]["results"]
    in_rdf = client.get("/", "text/turtle")
    assert in_rdf.status_code == 422
    assert "sh:ValidationReport" in in_rdf.text


def test_extra_members_that_are_no_json_are_written_as_text(tmp_path: Any) -> None:
    answer = failing(OrthogramicError("It went wrong.", place=tmp_path)).get("/")
    assert answer.json()["place"] == str(tmp_path)


@pytest.fixture
def small() -> ServiceClient:
    """Return a client of an application that takes bodies of 100 bytes."""
    settings = Settings(limits=Limits(body_bytes=100, query_length=50))
    return ServiceClient(create_scratch(settings))


def test_a_body_over_the_bound_is_refused(small: ServiceClient) -> None:
    announced = small.post("/sparql", "x" * 101, "application/sparql-query")
    problem(announced, 413, "content-too-large")
    headers = {"Content-Type": "text/turtle", "Transfer-Encoding": "chunked"}
    found = small.send("PUT", "/graphs?default", content="#" * 101, headers=headers)
    problem(found, 413, "content-too-large")
    assert small.post("/sparql", "ASK { }", "application/sparql-query").status_code == 200


def test_a_body_that_grows_over_the_bound_is_refused(small: ServiceClient) -> None:
    headers = {"Content-Type": "text/turtle", "Content-Encoding": "gzip"}
    packed = gzip.compress(b"#" * 10_000)
    assert len(packed) < 100
    answer = small.send("PUT", "/graphs?default", content=packed, headers=headers)
    problem(answer, 413, "content-too-large")


def test_a_query_over_the_bound_is_refused(small: ServiceClient) -> None:
    answer = small.get("/sparql", query="ASK { }" + " " * 60)
    assert problem(answer, 400, "invalid-parameter")["limit"] == 50
