"""Sources and history."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import HTMLResponse

from orthogramic.errors import UnknownCommitError
from orthogramic.web.page_route import page_router
from orthogramic.web.rendering import Pages
from orthogramic.web.views import parameters
from orthogramic.web.views.records import commit_page, history_page, source_views

router = page_router()


@router.get("/sources")
def sources(request: Request) -> HTMLResponse:
    """Show the named graphs that hold data."""
    pages = Pages.of(request)
    graphs = source_views(pages.graphs(), pages.links(request))
    return pages.respond(request, "sources.html", graphs=graphs)


@router.get("/history")
def history(request: Request) -> HTMLResponse:
    """Show the commits, newest first."""
    pages = Pages.of(request)
    page = pages.repository.history(
        limit=pages.settings.page_size, offset=parameters.offset(request.query_params)
    )
    view = history_page(page, pages.links(request))
    return pages.respond(request, "history.html", view=view)


@router.get("/history/{number:path}")
def commit(request: Request, number: str) -> HTMLResponse:
    """Show one commit."""
    pages = Pages.of(request)
    if not (number.isascii() and number.isdigit()):
        raise UnknownCommitError(f"Commits have numbers; there is none called {number!r}.")
    view = commit_page(
        # One more than is shown, so that the page can say that there are more.
        pages.repository.commit(int(number), pages.settings.query_rows + 1),
        pages.links(request),
        pages.cells(request),
        pages.settings.query_rows,
    )
    return pages.respond(request, "commit.html", view=view)
