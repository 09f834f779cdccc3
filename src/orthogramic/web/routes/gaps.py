"""The page of what is missing."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import HTMLResponse

from orthogramic.analysis import EntityReference
from orthogramic.web.page_route import page_router
from orthogramic.web.rendering import Pages
from orthogramic.web.views.classes import EntityLink
from orthogramic.web.views.gaps import AskedGaps, gaps_page
from orthogramic.web.views.panels import described

router = page_router()


@router.get("/gaps")
def gaps(request: Request) -> HTMLResponse:
    """Show how much of what is expected is there, and every gap, the heaviest first."""
    pages = Pages.of(request)
    links = pages.links(request)
    asked = AskedGaps.read(request.query_params)

    def describe(entity: EntityReference) -> EntityLink:
        return described(pages.repository, links, entity)

    answer = pages.repository.gaps(**asked.question(), limit=pages.settings.page_size)
    view = gaps_page(pages.metamodel, links, answer, asked, pages.graphs(), describe)
    return pages.respond(request, "gaps.html", view=view)
