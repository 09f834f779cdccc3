"""Puts the pages into an application."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import FastAPI
from fastapi.params import Depends
from fastapi.routing import APIRoute
from starlette.staticfiles import StaticFiles

from orthogramic.facade import Repository
from orthogramic.web.cache import SnapshotCache
from orthogramic.web.page_route import problem_page
from orthogramic.web.rendering import (
    Pages,
    Surrounding,
    WebSettings,
    template_environment,
    unbounded,
)
from orthogramic.web.routes import (
    ask,
    browse,
    entity,
    failure,
    gaps,
    matrix,
    metamodel,
    queries,
    rankings,
    records,
    results,
    weak_spots,
    what_if,
)

ROUTERS = (
    browse.router,
    entity.router,
    ask.router,
    matrix.router,
    gaps.router,
    queries.router,
    failure.router,
    rankings.router,
    weak_spots.router,
    metamodel.router,
    records.router,
    results.router,
    what_if.router,
)


def mount(
    app: FastAPI,
    repository: Repository,
    settings: WebSettings | None = None,
    needs: Sequence[Depends] = (),
    surrounding: Surrounding = unbounded,
) -> None:
    """Register the pages and their static files.

    The page of an entity is not registered here: its address gives linked data in many forms, and
    :func:`render_entity` makes the one for people. ``app.state.problem_page`` shows the problems
    of addresses that are not pages.

    :param app: the application; it gets ``state.pages`` and ``state.problem_page``.
    :param repository: what the pages show.
    :param settings: what the installation decides.
    :param needs: what every page depends on; this room does not decide who may see it.
    :param surrounding: makes what surrounds the work on each page; nor is it decided here how long
        a page may take.
    """
    app.state.pages = Pages(
        repository, settings or WebSettings(), template_environment(), SnapshotCache(), surrounding
    )
    app.state.problem_page = problem_page
    for router in ROUTERS:
        for route in router.routes:
            assert isinstance(route, APIRoute)
            app.router.add_api_route(
                route.path,
                route.endpoint,
                methods=route.methods,
                name=route.name,
                dependencies=needs,
                include_in_schema=False,
                route_class_override=type(route),
            )
    app.mount("/static", StaticFiles(packages=[("orthogramic.web", "static")]), name="static")
