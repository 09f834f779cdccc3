"""The failure page: what is lost, what is degraded and what stands if something fails."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from fastapi import Request, Response
from fastapi.responses import HTMLResponse

from orthogramic.analysis import EntityReference
from orthogramic.analysis.failure import FailureAnswer
from orthogramic.errors import OrthogramicError
from orthogramic.repository.catalogue import EntitySummary
from orthogramic.repository.paging import LONGEST_PAGE
from orthogramic.web.links import Links
from orthogramic.web.page_route import page_router
from orthogramic.web.rendering import SECURITY_HEADERS, Pages
from orthogramic.web.views.classes import EntityLink
from orthogramic.web.views.failure import failure_view, heading
from orthogramic.web.views.failure_question import AskedFailure, failure_form
from orthogramic.web.views.panels import described
from orthogramic.web.views.problems import ProblemView, problem_view

#: Entities that are offered while a name is typed; of more, a list would be slow and no help.
MOST_OFFERED = 500
#: Columns of the answer as rows, in order: the names that the answer gives them.
ROW_COLUMNS = (
    "iri", "label", "class", "state", "modality", "score", "hops", "self_sustaining", "reason",
)  # fmt: skip

router = page_router()


@router.get("/failure")
def failure(request: Request) -> HTMLResponse:
    """Show the form, and the answer once something fails."""
    pages = Pages.of(request)
    links = pages.links(request)
    asked, answer, problem = AskedFailure.entities(request.query_params), None, None
    title = heading((), ())
    try:
        asked = AskedFailure.read(request.query_params)
        if asked.complete:
            found = _ask(pages, asked, pages.settings.page_size)
            removed, degraded = (
                [each.label for each in some] for some in (found.removed, found.degraded)
            )
            title = heading(removed, degraded)
            answer = failure_view(
                found,
                asked,
                links,
                pages.graph_names(),
                lambda entity: _described(pages, links, entity),
            )
    except OrthogramicError as error:
        problem = _problem(error, asked, links)
    return pages.respond(
        request,
        "failure.html",
        problem.status if problem else 200,
        view=failure_form(pages.metamodel, asked, title, _offered(pages)),
        answer=answer,
        problem=problem,
    )


@router.get("/failure.csv")
def failure_rows(request: Request) -> Response:
    """Give the answer as comma-separated values, from the first dependent to the last."""
    pages = Pages.of(request)
    asked = replace(AskedFailure.read(request.query_params), offset=0)
    text = io.StringIO()
    writer = csv.DictWriter(text, list(ROW_COLUMNS))
    writer.writeheader()
    writer.writerows(_ask(pages, asked, LONGEST_PAGE).rows())
    return Response(
        text.getvalue(),
        media_type="text/csv",
        headers={"Content-Disposition": 'attachment; filename="failure.csv"', **SECURITY_HEADERS},
    )


def _ask(pages: Pages, asked: AskedFailure, limit: int) -> FailureAnswer:
    return pages.repository.failure(
        asked.remove,
        degrade=asked.degrade,
        to=asked.to,
        domain=asked.domain,
        state=asked.state or None,
        certain=asked.certain,
        profile=asked.profile,
        limit=limit,
        offset=asked.offset,
    )


def _described(pages: Pages, links: Links, entity: EntityReference) -> EntityLink:
    return described(pages.repository, links, entity)


def _problem(error: OrthogramicError, asked: AskedFailure, links: Links) -> ProblemView:
    """Describe what went wrong; each near name leads to the same question about it alone."""
    return problem_view(
        error.to_dict(),
        lambda entity: links.to(
            "/failure", **replace(asked, remove=(entity["iri"],), degrade=()).address()
        ),
    )


def _offered(pages: Pages) -> tuple[EntitySummary, ...]:
    page = pages.repository.entities(limit=MOST_OFFERED)
    return page.items if page.total <= MOST_OFFERED else ()
