"""Where statements came from and how they changed: sources, commits, one commit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import Quad

from orthogramic.repository.commit_log import CommitRecord
from orthogramic.repository.history import CommitDetail
from orthogramic.repository.paging import Page
from orthogramic.repository.statistics import GraphSummary
from orthogramic.web.links import Links
from orthogramic.web.views.entity import Download
from orthogramic.web.views.paging import Pager
from orthogramic.web.views.tables import Table, table
from orthogramic.web.views.terms import Term, TermCells

_DOWNLOADS = (("Turtle", "turtle"), ("JSON-LD", "jsonld"), ("ArchiMate", "archimate"))
STATEMENT_COLUMNS = ("subject", "predicate", "object", "source")


@dataclass(frozen=True, slots=True)
class CommitView:
    """One commit in a list."""

    number: int
    time: str
    machine_time: str
    author: str
    message: str
    added: int
    removed: int
    bundle: str
    href: str


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """One page of the commits, newest first."""

    commits: tuple[CommitView, ...]
    pager: Pager


@dataclass(frozen=True, slots=True)
class CommitPage:
    """One commit with its statements: heading, style, table."""

    commit: CommitView
    changes: tuple[tuple[str, str, Table], ...]


@dataclass(frozen=True, slots=True)
class SourceView:
    """A named graph that holds data."""

    iri: str
    label: str
    description: str
    triples: int
    illustrative: bool
    downloads: tuple[Download, ...]


def commit_view(record: CommitRecord, links: Links) -> CommitView:
    """Describe a commit."""
    return CommitView(
        number=record.number,
        time=f"{record.at:%Y-%m-%d %H:%M} UTC",
        machine_time=record.at.isoformat(),
        author=record.author,
        message=record.message,
        added=record.added,
        removed=record.removed,
        bundle=record.bundle,
        href=links.under("/history", (str(record.number),)),
    )


def history_page(page: Page[CommitRecord], links: Links) -> HistoryPage:
    """Describe one page of the history."""
    return HistoryPage(
        commits=tuple(commit_view(each, links) for each in page.items),
        pager=Pager.of(
            offset=page.offset,
            shown=len(page.items),
            total=page.total,
            limit=page.limit,
            address=lambda offset: links.to("/history", offset=offset or None),
        ),
    )


def commit_page(detail: CommitDetail, links: Links, cells: TermCells, limit: int) -> CommitPage:
    """Describe one commit.

    :param limit: most statements of each kind to show.
    """

    def shown(quads: Iterable[Quad]) -> Table:
        return table(STATEMENT_COLUMNS, map(_terms, quads), cells, limit=limit)

    return CommitPage(
        commit=commit_view(detail.record, links),
        changes=(
            ("Added", "added", shown(detail.added)),
            ("Removed", "removed", shown(detail.removed)),
        ),
    )


def _terms(quad: Quad) -> Sequence[Term]:
    return tuple(quad)


def source_views(graphs: Iterable[GraphSummary], links: Links) -> tuple[SourceView, ...]:
    """Describe the graphs that hold data."""
    return tuple(
        SourceView(
            iri=graph.iri,
            label=graph.label,
            description=graph.description,
            triples=graph.triples,
            illustrative=graph.illustrative,
            downloads=tuple(
                Download(label, links.api("export", {"format": name, "graph": graph.iri}))
                for label, name in _DOWNLOADS
            ),
        )
        for graph in graphs
    )
