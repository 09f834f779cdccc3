"""Make the application: routes, error shape, limits, measuring. Holds no state between calls."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing

from fastapi import APIRouter, FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.types import Lifespan

from orthogramic.__about__ import __version__
from orthogramic.facade import Repository
from orthogramic.service import (
    analysis,
    backup,
    entities,
    entity_writes,
    export,
    failure,
    gaps,
    graph_store,
    history,
    importing,
    linked_data,
    matrix,
    mends,
    metamodel,
    openapi,
    operations,
    problems,
    queries,
    rankings,
    results,
    scratch,
    search,
    sparql,
    stats,
    validation,
    weak_spots,
    what_if,
    why_not,
)
from orthogramic.service.access.hosts import AskedByName
from orthogramic.service.access.policy import Access
from orthogramic.service.answering import bounded, with_threads
from orthogramic.service.examples import examples_of
from orthogramic.service.graph_stores import RepositoryGraphs
from orthogramic.service.memory import memory_given_back
from orthogramic.service.metrics import Metrics
from orthogramic.service.middleware import BodyBounded, HeadAnswered, Measured, NotSniffed
from orthogramic.service.responses import SNAPSHOT
from orthogramic.service.scratch_graphs import ScratchGraphs
from orthogramic.service.scratch_replica import scratch_pool
from orthogramic.service.scratch_store import ScratchStore
from orthogramic.service.scratch_updates import ScratchUpdates
from orthogramic.service.settings import Settings
from orthogramic.service.unpacking import BodyUnpacked
from orthogramic.service.write_request import COMMIT
from orthogramic.validation.isolation import Judges

_TITLE = "Orthogramic repository"
_DESCRIPTION = (
    "A repository of business-architecture knowledge. Everything that the pages show is here for "
    "programs: SPARQL, dereferenceable addresses, and answers about impact and dependencies."
)

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")

_ROUTERS = (
    linked_data.router,
    sparql.router,
    graph_store.router,
    entities.router,
    entity_writes.router,
    search.router,
    analysis.router,
    why_not.router,
    matrix.router,
    gaps.router,
    failure.router,
    rankings.router,
    weak_spots.router,
    queries.router,
    validation.router,
    results.router,
    mends.router,
    what_if.router,
    metamodel.router,
    stats.router,
    export.router,
    importing.router,
    history.router,
    backup.router,
    operations.router,
    openapi.router,
)


def create_service(repository: Repository, settings: Settings) -> FastAPI:
    """Return an application that answers questions about a repository.

    :param repository: stays open as long as the application is used; whoever opened it closes it.
    :param settings: address, origins and limits.
    :raises UsageError: if a repository in memory is to ask for tokens.
    :raises StoreUnavailableError: if it is to ask for tokens and cannot read who has one.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        bounds = settings.questions
        with bounded(repository, bounds), closing(Judges(bounds)) as judges:
            app.state.judges = judges
            repository.announce(settings.url)
            try:
                async with memory_given_back():
                    yield
            finally:
                app.state.judges = None
                repository.withdraw()

    app = _bare(settings, _access(repository, settings), _METHODS, lifespan)
    app.state.repository = repository
    app.state.judges = None
    app.state.graph_store = RepositoryGraphs(repository)
    app.state.statistics = operations.LatestStatistics()
    app.state.examples = lambda: examples_of(repository)
    for router in _ROUTERS:
        add_routes(app, router)
    return app


def create_scratch(settings: Settings) -> FastAPI:
    """Return an application over an empty store in memory, for conformance suites."""
    # There is nothing in it that could be spoilt, and whatever tests it may come from anywhere.
    access = Access(writing_origins=None)
    store = ScratchStore()
    updates = ScratchUpdates(store)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        with with_threads(bounds), closing(scratch_pool(store, bounds)) as pool:
            updates.evaluator = pool
            async with memory_given_back():
                yield
            updates.evaluator = None

    bounds = settings.limits.questions
    app = _bare(settings, access, _METHODS, lifespan)
    app.state.scratch_store = store
    app.state.scratch_updates = updates
    app.state.graph_store = ScratchGraphs(store, updates, settings.limits)
    for router in (scratch.router, graph_store.router, openapi.router):
        add_routes(app, router)
    return app


def add_routes(app: FastAPI, router: APIRouter) -> None:
    """Move the routes of a router into an application, each visible in ``app.routes``."""
    app.router.routes.extend(router.routes)


def _access(repository: Repository, settings: Settings) -> Access:
    """Return what the service asks of those who ask it; who has a token is looked at now."""
    keeper = None
    if settings.authentication:
        keeper = repository.tokens()
        keeper.check()
    named = frozenset(settings.reading_origins) - {"*"}
    return Access(keeper, settings.anonymous_read, named)


def _bare(
    settings: Settings,
    access: Access,
    methods: tuple[str, ...],
    lifespan: Lifespan[FastAPI] | None = None,
) -> FastAPI:
    """Return an application with everything but routes."""
    app = FastAPI(
        title=_TITLE,
        description=_DESCRIPTION,
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
    )
    app.state.settings = settings
    app.state.access = access
    app.state.metrics = Metrics()
    problems.install(app)
    # The last one added is the outermost.
    app.add_middleware(BodyUnpacked, limit=settings.limits.body_bytes)
    app.add_middleware(BodyBounded, limit=settings.limits.body_bytes)
    app.add_middleware(HeadAnswered)
    app.add_middleware(NotSniffed)
    if settings.reading_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(settings.reading_origins),
            allow_methods=["HEAD", "OPTIONS", *methods],
            allow_headers=["*"],
            expose_headers=["ETag", "Link", "Location", SNAPSHOT, COMMIT],
            allow_credentials=False,
        )
    if settings.host_names is not None:
        app.add_middleware(AskedByName, names=settings.host_names)
    app.add_middleware(Measured, metrics=app.state.metrics)
    return app
