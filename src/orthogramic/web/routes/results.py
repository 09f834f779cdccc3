"""What the shapes say of everything that is kept."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import HTMLResponse

from orthogramic.web.page_route import page_router
from orthogramic.web.rendering import Pages
from orthogramic.web.views import parameters
from orthogramic.web.views.results import Asked, results_page

router = page_router()


@router.get("/results")
def results(request: Request) -> HTMLResponse:
    """Show the validation results that stand, gravest first."""
    pages = Pages.of(request)
    query = request.query_params
    asked = Asked(*(parameters.text(query, each) for each in ("severity", "class", "entity")))
    report = pages.repository.results(
        severity=asked.severity,
        entity=asked.entity,
        class_name=asked.class_name,
        limit=pages.settings.page_size,
        offset=parameters.offset(query),
    )
    chosen = pages.metamodel.class_named(asked.class_name) if asked.class_name else None
    view = results_page(
        pages.metamodel,
        pages.links(request),
        report,
        asked,
        chosen,
        pages.repository.entities_of,
    )
    return pages.respond(request, "results.html", view=view)
