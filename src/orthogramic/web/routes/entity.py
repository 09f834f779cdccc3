"""The page of one entity."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import HTMLResponse

from orthogramic.errors import OrthogramicError
from orthogramic.facade import Repository
from orthogramic.repository.catalogue import EntitySummary
from orthogramic.web.page_route import page_router, problem_page
from orthogramic.web.rendering import Pages
from orthogramic.web.views import parameters
from orthogramic.web.views.entity import EntityPages
from orthogramic.web.views.panels import Panel, panel
from orthogramic.web.views.question import DIRECTIONS
from orthogramic.web.views.results import results_panel

#: Results that the page of an entity shows.
MOST_RESULTS = 20

router = page_router()


@router.get("/entity")
def entity_by_name(request: Request) -> HTMLResponse:
    """Show the entity of any name: IRI, CURIE, class and key, or title."""
    pages = Pages.of(request)
    name = parameters.text(request.query_params, "name") or ""
    return entity_page(request, pages.repository.resolve(name))


def render_entity(
    request: Request, repository: Repository, class_name: str, key: str
) -> HTMLResponse:
    """Return the page of an entity: the HTML variant of its linked data.

    :param class_name: name of its class.
    :param key: its key within the class.
    :returns: the page, or a page that explains the problem and offers near names.
    """
    try:
        return entity_page(request, repository.resolve(f"{class_name}/{key}"))
    except OrthogramicError as error:
        return problem_page(request, error.to_dict())


def entity_page(request: Request, summary: EntitySummary) -> HTMLResponse:
    """Return the page of a resolved entity."""
    pages = Pages.of(request)
    links = pages.links(request)
    maker = EntityPages(pages.metamodel, links, pages.cells(request), pages.graph_names())
    page = maker.page(pages.repository.entity(summary.iri))
    report = pages.repository.results_at_hand(summary.iri, MOST_RESULTS)
    return pages.respond(
        request,
        "entity.html",
        view=page,
        results=results_panel(report, summary, links) if report else None,
        panels=_panels(request, summary),
    )


def _panels(request: Request, summary: EntitySummary) -> tuple[Panel, ...]:
    pages = Pages.of(request)
    return tuple(
        panel(pages.repository, pages.links(request), direction, summary)
        for direction in DIRECTIONS
    )
