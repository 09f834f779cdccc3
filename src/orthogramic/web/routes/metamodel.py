"""The metamodel browser and the impact rules."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import HTMLResponse

from orthogramic.web.page_route import page_router
from orthogramic.web.rendering import Pages
from orthogramic.web.views import parameters
from orthogramic.web.views.metamodel import class_view, modules_view, profile_page

router = page_router()


@router.get("/metamodel")
def metamodel(request: Request) -> HTMLResponse:
    """Show the modules with their classes."""
    pages = Pages.of(request)
    links = pages.links(request)
    return pages.respond(
        request,
        "metamodel.html",
        modules=modules_view(pages.metamodel, links),
        json=links.api("metamodel"),
    )


@router.get("/metamodel/{name:path}")
def metamodel_class(request: Request, name: str) -> HTMLResponse:
    """Show one class."""
    pages = Pages.of(request)
    view = class_view(pages.metamodel, pages.links(request), name)
    return pages.respond(request, "class.html", view=view)


@router.get("/profile")
def profile(request: Request) -> HTMLResponse:
    """Show the impact rules of a profile, the default one if none is named."""
    pages = Pages.of(request)
    name = parameters.text(request.query_params, "name")
    view = profile_page(pages.metamodel, pages.links(request), name)
    return pages.respond(request, "profile.html", view=view)
