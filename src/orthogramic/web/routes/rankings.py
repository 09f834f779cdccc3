"""The pages of rankings: which there are, and one with its arithmetic."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import HTMLResponse

from orthogramic.analysis import EntityReference
from orthogramic.errors import OrthogramicError, UnknownRankingError
from orthogramic.web.page_route import page_router
from orthogramic.web.rendering import Pages
from orthogramic.web.views.classes import EntityLink
from orthogramic.web.views.panels import described
from orthogramic.web.views.problems import problem_view
from orthogramic.web.views.ranking import AskedRanking, ranking_cards, ranking_form, ranking_view

#: Terms that are told of each row.
SHOWN_TERMS = 20

router = page_router()


@router.get("/rankings")
def rankings(request: Request) -> HTMLResponse:
    """List the rankings of the bundle."""
    pages = Pages.of(request)
    cards = ranking_cards(pages.repository.rankings(), pages.links(request))
    return pages.respond(request, "rankings.html", cards=cards)


@router.get("/rankings/{name:path}")
def ranking(request: Request, name: str) -> HTMLResponse:
    """Show a ranking, each row with its arithmetic."""
    pages = Pages.of(request)
    links = pages.links(request)
    chosen = pages.metamodel.ranking(name)
    asked, answer, problem = AskedRanking(), None, None

    def describe(entity: EntityReference) -> EntityLink:
        return described(pages.repository, links, entity)

    try:
        asked = AskedRanking.read(request.query_params)
        found = pages.repository.ranking(
            name, **asked.question(), terms=SHOWN_TERMS, limit=pages.settings.page_size
        )
        answer = ranking_view(found, chosen, asked, links, describe)
    except UnknownRankingError:
        raise
    except OrthogramicError as error:
        problem = problem_view(
            error.to_dict(), lambda entity: links.to("/entity", name=entity["iri"])
        )
    return pages.respond(
        request,
        "ranking.html",
        problem.status if problem else 200,
        view=ranking_form(pages.metamodel, chosen, asked),
        answer=answer,
        problem=problem,
    )
