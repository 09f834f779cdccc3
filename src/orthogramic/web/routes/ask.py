"""The question page: what depends on what, how strongly, and why."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from fastapi import Request, Response
from fastapi.responses import HTMLResponse

from orthogramic.analysis import Answer, EntityReference
from orthogramic.errors import OrthogramicError
from orthogramic.repository.catalogue import EntitySummary
from orthogramic.repository.paging import LONGEST_PAGE
from orthogramic.web.links import Links
from orthogramic.web.page_route import page_router
from orthogramic.web.rendering import SECURITY_HEADERS, Pages
from orthogramic.web.views.answer import AnswerView, answer_view, heading
from orthogramic.web.views.classes import EntityLink
from orthogramic.web.views.graphs import GraphName
from orthogramic.web.views.panels import ask as put
from orthogramic.web.views.panels import described
from orthogramic.web.views.problems import ProblemView, problem_view
from orthogramic.web.views.question import Asked, question_form

#: Entities that are offered while a name is typed; of more, a list would be slow and no help.
MOST_OFFERED = 500
#: Columns of the answer as rows, in order: the names that the answer gives them.
ROW_COLUMNS = ("iri", "label", "class", "source", "score", "modality", "hops", "path")

router = page_router()


@router.get("/ask")
def ask(request: Request) -> HTMLResponse:
    """Show the form, and the answer once there is a question."""
    pages = Pages.of(request)
    links = pages.links(request)
    asked, answer, problem = Asked(), None, None
    names: tuple[str, ...] = ()
    try:
        asked = Asked.read(request.query_params)
        if asked.has_source:
            answer, names = _answer(pages, links, asked)
    except OrthogramicError as error:
        problem = _problem(error, asked, links)
    form = question_form(
        pages.metamodel, asked, heading(asked, names), _offered(pages), _sources(pages)
    )
    return pages.respond(
        request,
        "ask.html",
        problem.status if problem else 200,
        view=form,
        answer=answer,
        problem=problem,
    )


@router.get("/ask.csv")
def ask_for_rows(request: Request) -> Response:
    """Give the answer as comma-separated values, from the first hit to the last."""
    pages = Pages.of(request)
    asked = replace(Asked.read(request.query_params), offset=0)
    rows = put(pages.repository, asked, limit=LONGEST_PAGE).rows()
    text = io.StringIO()
    writer = csv.DictWriter(text, list(ROW_COLUMNS))
    writer.writeheader()
    writer.writerows(rows)
    return Response(
        text.getvalue(),
        media_type="text/csv",
        headers={"Content-Disposition": 'attachment; filename="answer.csv"', **SECURITY_HEADERS},
    )


def _answer(pages: Pages, links: Links, asked: Asked) -> tuple[AnswerView, tuple[str, ...]]:
    def describe(entity: EntityReference) -> EntityLink:
        return described(pages.repository, links, entity)

    answer = put(pages.repository, asked, limit=pages.settings.page_size)
    names = _names(pages, asked, answer)
    return answer_view(answer, asked, names, links, pages.graph_names(), describe), names


def _names(pages: Pages, asked: Asked, answer: Answer) -> tuple[str, ...]:
    """Return what the sources are called; all instances of a class together by that class."""
    if not asked.source_class:
        return tuple(each.label for each in answer.sources)
    metamodel = pages.metamodel
    classes = (metamodel.class_named(each).label for each in asked.source_class)
    entities = (pages.repository.resolve(each).label for each in asked.source)
    return *entities, *(f"any {each}" for each in classes)


def _sources(pages: Pages) -> tuple[GraphName, ...]:
    return tuple(GraphName(each.iri, each.label, each.illustrative) for each in pages.graphs())


def _problem(error: OrthogramicError, asked: Asked, links: Links) -> ProblemView:
    """Describe what went wrong; each near name leads to the same question about it."""
    return problem_view(
        error.to_dict(),
        lambda entity: links.ask(**replace(asked, source=(entity["iri"],)).address()),
    )


def _offered(pages: Pages) -> tuple[EntitySummary, ...]:
    page = pages.repository.entities(limit=MOST_OFFERED)
    return page.items if page.total <= MOST_OFFERED else ()
