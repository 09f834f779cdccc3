"""The what-if page: what would be different if something changed."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import HTMLResponse

from orthogramic.analysis import EntityReference
from orthogramic.errors import OrthogramicError
from orthogramic.repository.scenarios.what_if import ScenarioQuery
from orthogramic.web.links import Links
from orthogramic.web.page_route import page_router
from orthogramic.web.rendering import Pages
from orthogramic.web.views.classes import EntityLink
from orthogramic.web.views.panels import described
from orthogramic.web.views.problems import problem_view
from orthogramic.web.views.what_if import AskedWhatIf, WhatIfView, what_if_form, what_if_view

router = page_router()


@router.get("/what-if")
def what_if(request: Request) -> HTMLResponse:
    """Show the form, and the difference once there is a scenario."""
    pages = Pages.of(request)
    links = pages.links(request)
    asked, answer, problem = AskedWhatIf(), None, None
    try:
        asked = AskedWhatIf.read(request.query_params)
        if asked.changes:
            answer = _answer(pages, links, asked)
    except OrthogramicError as error:
        problem = problem_view(
            error.to_dict(), lambda entity: links.to("/entity", name=entity["iri"])
        )
    return pages.respond(
        request,
        "what_if.html",
        problem.status if problem else 200,
        view=what_if_form(pages.metamodel, asked),
        answer=answer,
        problem=problem,
    )


def _answer(pages: Pages, links: Links, asked: AskedWhatIf) -> WhatIfView:
    def describe(entity: EntityReference) -> EntityLink:
        return described(pages.repository, links, entity)

    answer = pages.repository.what_if(
        asked.scenario,
        against=asked.other,
        sources=(asked.source,) if asked.source else (),
        fail=(asked.fail,) if asked.fail else (),
        direction=asked.direction,
        profile=asked.profile,
        queries=tuple(ScenarioQuery(each, {}) for each in asked.queries),
        limit=pages.settings.page_size,
        offset=asked.offset,
    )
    return what_if_view(answer, asked, links, describe)
