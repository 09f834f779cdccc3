"""A route whose answers, good or bad, are pages for people."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute

from orthogramic.errors import AccessRefusedError, OrthogramicError
from orthogramic.web.rendering import Pages
from orthogramic.web.views.problems import problem_view


class PageRoute(APIRoute):
    """Shows errors of the house as a page, whatever the request accepts."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap the handler of the route."""
        handle = super().get_route_handler()

        async def with_problem_page(request: Request) -> Response:
            try:
                async with Pages.of(request).surrounding(request):
                    return await handle(request)
            except AccessRefusedError:
                # What such an answer says in its header is not decided here.
                raise
            except OrthogramicError as error:
                return problem_page(request, error.to_dict())

        return with_problem_page


def page_router() -> APIRouter:
    """Return a router for pages; they are not part of the interface for programs."""
    return APIRouter(route_class=PageRoute, include_in_schema=False)


def problem_page(request: Request, problem: Mapping[str, Any]) -> HTMLResponse:
    """Show a problem document to a person, near names as links.

    :param problem: as :meth:`orthogramic.errors.OrthogramicError.to_dict` gives it.
    """
    pages = Pages.of(request)
    links = pages.links(request)
    view = problem_view(problem, lambda entity: links.to("/entity", name=entity["iri"]))
    return pages.respond(request, "error.html", view.status, view=view)
