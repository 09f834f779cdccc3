"""The matrix page, and the page of the paths behind one of its cells."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from orthogramic.analysis import EntityReference
from orthogramic.errors import InvalidParameterError, OrthogramicError
from orthogramic.web.links import Links
from orthogramic.web.page_route import page_router
from orthogramic.web.rendering import Pages
from orthogramic.web.views import parameters
from orthogramic.web.views.classes import EntityLink
from orthogramic.web.views.matrix import MatrixView, matrix_view, ways_view
from orthogramic.web.views.matrix_question import AskedMatrix, matrix_form
from orthogramic.web.views.panels import described
from orthogramic.web.views.problems import problem_view
from orthogramic.web.views.question import DIRECTIONS, MOST_HOPS, MOST_PATHS
from orthogramic.web.views.reasons import Describe

#: Paths that explain a cell.
SHOWN_PATHS = 5

router = page_router()


@router.get("/matrix")
def matrix(request: Request) -> HTMLResponse:
    """Show the form, and the heat map once there are two sides."""
    pages = Pages.of(request)
    links = pages.links(request)
    asked, answer, problem = AskedMatrix.sides(request.query_params), None, None
    heading = "How each of some things depends on each of others"
    try:
        asked = AskedMatrix.read(request.query_params)
        if asked.complete:
            heading, answer = _answer(pages, links, asked)
    except OrthogramicError as error:
        problem = problem_view(
            error.to_dict(),
            lambda entity: links.to("/matrix", **_renamed(asked, entity["iri"]).address()),
        )
    return pages.respond(
        request,
        "matrix.html",
        problem.status if problem else 200,
        heading=heading,
        view=matrix_form(pages.metamodel, asked, links),
        answer=answer,
        problem=problem,
    )


def _answer(pages: Pages, links: Links, asked: AskedMatrix) -> tuple[str, MatrixView]:
    found = pages.repository.matrix(
        asked.rows,
        asked.columns,
        row=asked.row,
        column=asked.column,
        row_parents=asked.row_parents,
        row_level=asked.row_level,
        column_parents=asked.column_parents,
        column_level=asked.column_level,
        direction=asked.direction,
        cell=asked.cell,
        profile=asked.profile,
        max_hops=asked.max_hops,
        min_score=asked.min_score,
        via=asked.via,
        hide_empty=asked.hide_empty,
        sort=asked.sort,
        limit=pages.settings.page_size,
        offset=asked.offset,
        column_limit=pages.settings.matrix_columns,
        column_offset=asked.column_offset,
    )
    return found.title, matrix_view(found, asked, links, _describe(pages, links))


def _describe(pages: Pages, links: Links) -> Describe:
    def describe(entity: EntityReference) -> EntityLink:
        return described(pages.repository, links, entity)

    return describe


def _renamed(asked: AskedMatrix, name: str) -> AskedMatrix:
    """Return a question with a name that is known, in the place of one that may not be."""
    return replace(asked, row=(name,)) if asked.row else replace(asked, column=(name,))


@router.get("/paths")
def paths(request: Request) -> HTMLResponse:
    """Show in which ways one entity depends on another, or what reaches it."""
    pages = Pages.of(request)
    links = pages.links(request)
    query = request.query_params
    ends = {name: parameters.text(query, name) for name in ("source", "target")}
    if None in ends.values():
        raise InvalidParameterError("Name a source and a target, to see the paths between them.")
    direction = parameters.choice(query, "direction", DIRECTIONS)
    question: dict[str, Any] = {
        **ends,
        "direction": direction,
        "profile": parameters.text(query, "profile"),
        "via": parameters.texts(query, "via"),
        "max_hops": parameters.whole_number(query, "max_hops", low=1, high=MOST_HOPS),
        "paths": parameters.whole_number(
            query, "paths", default=SHOWN_PATHS, low=1, high=MOST_PATHS
        ),
    }
    return pages.respond(
        request,
        "paths.html",
        view=ways_view(
            pages.repository.paths(**question),
            direction,
            links,
            pages.graph_names(),
            _describe(pages, links),
            question,
        ),
    )
