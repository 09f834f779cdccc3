"""Turns view models into HTML responses: the template environment and the headers of every page.

Escaping is on for every template, whatever its name. Pages carry no script and say so: the content
security policy allows our style sheet, our icon and forms to ourselves, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from orthogramic.facade import Repository
from orthogramic.metamodel import Metamodel
from orthogramic.repository.statistics import GraphSummary, Statistics
from orthogramic.web.cache import SnapshotCache
from orthogramic.web.links import Links
from orthogramic.web.views.graphs import GraphName, GraphNames
from orthogramic.web.views.terms import TermCells

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
#: The entries of the main navigation: path and label.
NAVIGATION = (
    ("entities", "Browse"),
    ("ask", "Ask"),
    ("matrix", "Matrix"),
    ("gaps", "Gaps"),
    ("failure", "Failure"),
    ("rankings", "Rankings"),
    ("what-if", "What if"),
    ("weak-spots", "Weak spots"),
    ("queries", "Queries"),
    ("workbench", "Workbench"),
    ("results", "Checks"),
    ("metamodel", "Metamodel"),
    ("sources", "Sources"),
    ("history", "History"),
)
#: Control characters and noncharacters (HTML Living Standard, 13.2.3.5), shown as U+FFFD.
_NOT_IN_HTML = dict.fromkeys(
    (
        *range(9), 0x0B, *range(0x0E, 0x20), *range(0x7F, 0xA0), *range(0xFDD0, 0xFDF0),
        *(plane * 0x10000 + last for plane in range(17) for last in (0xFFFE, 0xFFFF)),
    ),
    "\ufffd",
)  # fmt: skip
SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    # An entity page shares its address with the machine-readable variants.
    "Vary": "Accept",
}
#: Makes what surrounds the work on a page, such as its end once nobody waits for it.
Surrounding = Callable[[Request], AbstractAsyncContextManager[None]]


def unbounded(_request: Request) -> AbstractAsyncContextManager[None]:
    """Let the work on a page take as long as it takes."""
    return nullcontext()


@dataclass(frozen=True, slots=True)
class WebSettings:
    """What an installation may decide about its pages.

    :param name: name of the installation, shown at the top of every page.
    :param page_size: rows on a page of a list.
    :param matrix_columns: columns on a page of a matrix.
    :param query_rows: most rows that a page shows of the answer of a query.
    """

    name: str = "Orthogramic"
    page_size: int = 50
    matrix_columns: int = 60
    query_rows: int = 500


@dataclass(frozen=True, slots=True)
class Pages:
    """What every page is made with: repository, settings, templates, and what is remembered.

    :param surrounding: makes what surrounds the work on each page.
    """

    repository: Repository
    settings: WebSettings
    environment: Environment
    cache: SnapshotCache
    surrounding: Surrounding = unbounded

    @classmethod
    def of(cls, request: Request) -> Pages:
        """Return the pages of the application that received a request."""
        pages = request.app.state.pages
        assert isinstance(pages, cls)
        return pages

    @property
    def metamodel(self) -> Metamodel:
        """What the bundle says."""
        return self.repository.metamodel

    def links(self, request: Request) -> Links:
        """Return the addresses as they read for the sender of a request."""
        return Links(str(request.scope.get("root_path", "")).rstrip("/"))

    def cells(self, request: Request) -> TermCells:
        """Return a maker of table cells."""
        return TermCells(
            self.metamodel,
            self.links(request),
            self.repository.resolve,
            self.graph_names(),
            self.repository.base_iri,
        )

    def statistics(self) -> Statistics:
        """Return the counts of the current snapshot."""
        return self.cache.get(self.repository.snapshot, "statistics", self.repository.stats)

    def graphs(self) -> tuple[GraphSummary, ...]:
        """Return the graphs of the current snapshot."""
        return self.cache.get(self.repository.snapshot, "graphs", self.repository.graphs)

    def graph_names(self) -> GraphNames:
        """Return the names of the graphs of the current snapshot."""
        named = (GraphName(each.iri, each.label, each.illustrative) for each in self.graphs())
        return GraphNames(self.metamodel, {each.iri: each for each in named})

    def respond(
        self, request: Request, template: str, status: int = 200, **view: Any
    ) -> HTMLResponse:
        """Render a template.

        :param template: its file name.
        :param status: HTTP status.
        :param view: what the template shows, beside what every page does.
        """
        text = self.environment.get_template(template).render(
            links=self.links(request),
            settings=self.settings,
            navigation=NAVIGATION,
            place=_place(request),
            snapshot=self.repository.snapshot,
            digest=self.metamodel.digest,
            **view,
        )
        return HTMLResponse(text, status, headers=SECURITY_HEADERS)


def _place(request: Request) -> str:
    """Return the first segment of the path: which entry of the navigation is current."""
    path = str(request.scope.get("path", "/"))
    root = str(request.scope.get("root_path", ""))
    return path.removeprefix(root).strip("/").split("/", 1)[0]


def template_environment() -> Environment:
    """Return the environment of the templates of this package."""
    return Environment(
        loader=PackageLoader("orthogramic.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=_printable,
    )


def _printable(value: Any) -> Any:
    """Replace the characters that HTML does not allow; the data may hold any."""
    return value.translate(_NOT_IN_HTML) if type(value) is str else value
