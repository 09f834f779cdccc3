"""Saved queries and the SPARQL workbench."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing

from fastapi import Request
from fastapi.responses import HTMLResponse

from orthogramic.errors import OrthogramicError
from orthogramic.metamodel import QueryParameter, SavedQuery
from orthogramic.repository.catalogue import EntitySummary
from orthogramic.web.page_route import page_router
from orthogramic.web.rendering import Pages
from orthogramic.web.views import parameters
from orthogramic.web.views.display import ShownAnswer, shown_as
from orthogramic.web.views.problems import problem_view
from orthogramic.web.views.saved import answerable, query_groups, query_page
from orthogramic.web.views.workbench import Shown, shown_answer, workbench_page

#: Entities that a field of a form offers.
MOST_OFFERED = 500

router = page_router()


@router.get("/queries")
def queries(request: Request) -> HTMLResponse:
    """List the saved queries."""
    pages = Pages.of(request)
    groups = query_groups(pages.repository.queries(), pages.links(request))
    return pages.respond(request, "queries.html", groups=groups)


@router.get("/queries/{name:path}")
def saved_query(request: Request, name: str) -> HTMLResponse:
    """Show the form of a saved query, and the answer once it has its parameters."""
    pages = Pages.of(request)
    links = pages.links(request)
    query = pages.metamodel.query(name)
    given = {
        each: value
        for each in request.query_params
        if each != "run" and (value := parameters.text(request.query_params, each))
    }
    wanted = "run" in request.query_params or bool(given) or not query.parameters
    answer, problem = None, None
    if wanted and (answerable(query, given) or "run" in request.query_params):
        try:
            answer = _answer(request, query, given)
        except OrthogramicError as error:
            problem = problem_view(
                error.to_dict(), lambda entity: links.to("/entity", name=entity["iri"])
            )
    return pages.respond(
        request,
        "query.html",
        problem.status if problem else 200,
        view=query_page(query, given, links, lambda each: _candidates(pages, each)),
        answer=answer,
        problem=problem,
    )


def _answer(request: Request, query: SavedQuery, given: dict[str, str]) -> ShownAnswer:
    pages = Pages.of(request)
    answer = pages.repository.saved_query(query.name, given)
    return shown_as(
        query.display,
        answer.variables,
        answer.rows,
        pages.cells(request),
        limit=pages.settings.query_rows,
    )


def _candidates(pages: Pages, parameter: QueryParameter) -> Iterable[EntitySummary]:
    wanted = parameter.entity_class
    class_name = wanted.value if wanted else None
    return pages.repository.entities(class_name=class_name, limit=MOST_OFFERED).items


@router.get("/workbench")
def workbench(request: Request) -> HTMLResponse:
    """Show the workbench, and the answer once there is a query."""
    pages = Pages.of(request)
    links = pages.links(request)
    text = request.query_params.get("query", "").replace("\r\n", "\n")
    shown: Shown | None = None
    problem = None
    if text.strip():
        try:
            with closing(pages.repository.sparql(text)) as found:
                shown = shown_answer(
                    found,
                    pages.cells(request),
                    pages.metamodel.prefixes,
                    pages.settings.query_rows,
                )
        except OrthogramicError as error:
            problem = problem_view(
                error.to_dict(), lambda entity: links.to("/entity", name=entity["iri"]), text
            )
    view = workbench_page(text, shown, links, pages.metamodel.prefixes, pages.repository.queries())
    return pages.respond(
        request, "workbench.html", problem.status if problem else 200, view=view, problem=problem
    )
