"""The page of weak spots: single points of failure, least cuts, and what is central."""

from __future__ import annotations

from dataclasses import replace

from fastapi import Request
from fastapi.responses import HTMLResponse

from orthogramic.analysis import EntityReference
from orthogramic.errors import OrthogramicError
from orthogramic.web.page_route import page_router
from orthogramic.web.rendering import Pages
from orthogramic.web.views.classes import EntityLink
from orthogramic.web.views.panels import described
from orthogramic.web.views.problems import problem_view
from orthogramic.web.views.weak_spots import WeakSpotsAnswer, weak_spots_view
from orthogramic.web.views.weak_spots_question import (
    OF_TWO_SETS,
    AskedWeakSpots,
    weak_spots_form,
)

#: Entities that are offered while a name is typed; of more, a list would be slow and no help.
MOST_OFFERED = 500

router = page_router()


@router.get("/weak-spots")
def weak_spots(request: Request) -> HTMLResponse:
    """Show the form, and the answer once there is a question."""
    pages = Pages.of(request)
    links = pages.links(request)
    asked, answer, problem = AskedWeakSpots.sets(request.query_params), None, None

    def describe(entity: EntityReference) -> EntityLink:
        return described(pages.repository, links, entity)

    try:
        asked = AskedWeakSpots.read(request.query_params)
        if asked.complete:
            answer = weak_spots_view(_ask(pages, asked), asked, links, describe)
    except OrthogramicError as error:
        problem = problem_view(
            error.to_dict(),
            lambda entity: links.to(
                "/weak-spots", **replace(asked, source=(entity["iri"],)).address()
            ),
        )
    offered = pages.repository.entities(limit=MOST_OFFERED)
    return pages.respond(
        request,
        "weak_spots.html",
        problem.status if problem else 200,
        view=weak_spots_form(
            pages.metamodel, asked, offered.items if offered.total <= MOST_OFFERED else ()
        ),
        answer=answer,
        problem=problem,
    )


def _ask(pages: Pages, asked: AskedWeakSpots) -> WeakSpotsAnswer:
    ends = (asked.source, asked.target) if asked.kind in OF_TWO_SETS else ()
    ask = getattr(pages.repository.weak_spots, asked.method)
    answer: WeakSpotsAnswer = ask(
        *ends, **asked.options(), limit=pages.settings.page_size, offset=asked.offset
    )
    return answer
