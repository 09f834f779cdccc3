"""Applications with the pages and nothing else: on the reference data, and on what a test loads."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI, HTTPException, Request, Response

import orthogramic
from orthogramic import Repository
from orthogramic.web import WebSettings, mount, problem_page, render_entity
from tests.web.page_client import PageClient

Serve = Callable[..., PageClient]


def application(repository: Repository, settings: WebSettings | None = None) -> FastAPI:
    """Return an application that has the pages, and entities at their address."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    mount(app, repository, settings)

    @app.exception_handler(404)
    def nothing_here(request: Request, error: HTTPException) -> Response:
        problem = {"status": 404, "title": "Nothing is here", "detail": str(error.detail)}
        return problem_page(request, problem)

    @app.get("/doc/{class_name}/{key:path}")
    def entity(request: Request, class_name: str, key: str) -> Response:
        return render_entity(request, repository, class_name, key)

    return app


@pytest.fixture(scope="session")
def client(reference: Repository) -> PageClient:
    """Return a client of the pages of the reference data."""
    return PageClient(application(reference))


@pytest.fixture(scope="module")
def serve() -> Iterator[Serve]:
    """Return a function that loads Turtle into an empty repository and serves its pages."""
    opened: list[Repository] = []

    def served(turtle: str = "", settings: WebSettings | None = None) -> PageClient:
        repository = orthogramic.open_memory()
        opened.append(repository)
        if turtle:
            repository.load_bytes(turtle.encode(), syntax="turtle", gate=False)
        return PageClient(application(repository, settings))

    yield served
    for repository in opened:
        repository.close()
