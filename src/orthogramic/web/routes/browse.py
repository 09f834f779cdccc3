"""Home, search and lists."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import HTMLResponse

from orthogramic.repository.catalogue import SearchHit
from orthogramic.repository.paging import Page
from orthogramic.web.page_route import page_router
from orthogramic.web.rendering import Pages
from orthogramic.web.views import parameters
from orthogramic.web.views.home import find_examples, home_page
from orthogramic.web.views.listing import list_page, search_page

router = page_router()


@router.get("/")
def home(request: Request) -> HTMLResponse:
    """Show what is in here, and how to ask."""
    pages = Pages.of(request)
    links = pages.links(request)
    statistics = pages.statistics()
    examples = pages.cache.get(
        statistics.snapshot,
        f"examples {links.root}",
        lambda: find_examples(pages.repository, statistics, links),
    )
    at_hand = pages.repository.result_counts()
    view = home_page(pages.metamodel, statistics, examples, at_hand or {}, links)
    return pages.respond(request, "home.html", view=view)


@router.get("/entities")
def entities(request: Request) -> HTMLResponse:
    """List entities, of a class or domain if one is named."""
    pages = Pages.of(request)
    query = request.query_params
    class_name = parameters.text(query, "class")
    domain = parameters.text(query, "domain")
    chosen = pages.metamodel.class_named(class_name) if class_name else None
    page = pages.repository.entities(
        class_name=class_name,
        domain=domain,
        limit=pages.settings.page_size,
        offset=parameters.offset(query),
    )
    view = list_page(pages.metamodel, pages.links(request), page, chosen, domain)
    return pages.respond(request, "entities.html", view=view)


@router.get("/search")
def search(request: Request) -> HTMLResponse:
    """Find entities by words."""
    pages = Pages.of(request)
    query = request.query_params
    text = parameters.text(query, "q") or ""
    class_name = parameters.text(query, "class")
    chosen = pages.metamodel.class_named(class_name) if class_name else None
    limit, offset = pages.settings.page_size, parameters.offset(query)
    page: Page[SearchHit] = Page((), 0, limit, offset)
    if text:
        page = pages.repository.search(text, class_name, limit=limit, offset=offset)
    view = search_page(pages.metamodel, pages.links(request), text, page, chosen)
    return pages.respond(request, "search.html", view=view)
