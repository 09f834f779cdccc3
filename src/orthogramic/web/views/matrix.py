"""A matrix as its page shows it, and the ways from one row to one column behind a cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from orthogramic.analysis import Cell, Matrix, PathAnswer, Total
from orthogramic.exchange.heat import printed_as, scale_of
from orthogramic.exchange.matrices import MATRIX_FORMATS
from orthogramic.web.links import Links, Parameter
from orthogramic.web.views.entity import Download
from orthogramic.web.views.graphs import GraphNames
from orthogramic.web.views.heat_map import HeatCell, HeatHead, HeatMap, HeatRow
from orthogramic.web.views.matrix_question import AskedMatrix
from orthogramic.web.views.paging import Pager
from orthogramic.web.views.picture import Picture
from orthogramic.web.views.question import DEPENDENCIES, IMPACT
from orthogramic.web.views.reasons import (
    Describe,
    PathView,
    bound_sentence,
    path_view,
    picture_of,
    receipt_facts,
)

#: The largest matrix that a link takes along whole, in cells, and its longest side.
TAKEN_ALONG, LONGEST_SIDE = 100_000, 10_000
TOTALS = ("Filled", "Sum")


@dataclass(frozen=True, slots=True)
class MatrixView:
    """The answer."""

    summary: str
    notes: tuple[str, ...]
    map: HeatMap | None
    row_pager: Pager
    column_pager: Pager
    permalink: str
    turned: Download
    downloads: tuple[Download, ...]
    complete: bool
    bound: str
    receipt: tuple[tuple[str, str], ...]


def matrix_view(matrix: Matrix, asked: AskedMatrix, links: Links, describe: Describe) -> MatrixView:
    """Describe a matrix.

    :param asked: the question that it answers.
    :param describe: finds the pages of entities.
    """
    shown = bool(matrix.rows and matrix.columns)
    return MatrixView(
        summary=_summary(matrix),
        notes=matrix.notes,
        map=_map(matrix, asked, links, describe) if shown else None,
        row_pager=_pager(
            (matrix.offset, len(matrix.rows), matrix.total_rows, matrix.limit),
            lambda offset: links.to("/matrix", **replace(asked, offset=offset).address()),
        ),
        column_pager=_pager(
            (
                matrix.column_offset,
                len(matrix.columns),
                matrix.total_columns,
                matrix.column_limit,
            ),
            lambda offset: links.to("/matrix", **replace(asked, column_offset=offset).address()),
        ),
        permalink=links.to("/matrix", **asked.address()),
        turned=Download("Rows and columns changed over", links.to("/matrix", **_turned(asked))),
        downloads=_downloads(matrix, asked, links),
        complete=matrix.bound.complete,
        bound=bound_sentence(matrix.bound),
        receipt=receipt_facts(matrix.receipt),
    )


def _pager(page: tuple[int, int, int, int], address: Callable[[int], str]) -> Pager:
    offset, shown, total, limit = page
    return Pager.of(offset=offset, shown=shown, total=total, limit=limit, address=address)


def _summary(matrix: Matrix) -> str:
    total = matrix.total
    cells = matrix.total_rows * matrix.total_columns
    value = printed_as(matrix, total.sum, at_least=total.at_least)
    return f"{total.filled:,} of {cells:,} cells are filled; their sum is {value}."


def _turned(asked: AskedMatrix) -> dict[str, Parameter]:
    """Return the same matrix on its side: impact is what dependencies are, seen from there."""
    return replace(
        asked,
        rows=asked.columns,
        columns=asked.rows,
        row=asked.column,
        column=asked.row,
        row_parents=asked.column_parents,
        row_level=asked.column_level,
        column_parents=asked.row_parents,
        column_level=asked.row_level,
        direction=IMPACT if asked.direction == DEPENDENCIES else DEPENDENCIES,
        offset=asked.column_offset,
        column_offset=asked.offset,
    ).address()


def _downloads(matrix: Matrix, asked: AskedMatrix, links: Links) -> tuple[Download, ...]:
    """Return links to the whole matrix, or to this page of one that is too large."""
    sides = (matrix.total_rows, matrix.total_columns)
    whole = max(sides) <= LONGEST_SIDE and sides[0] * sides[1] <= TAKEN_ALONG
    page: dict[str, Parameter] = {"limit": LONGEST_SIDE, "column_limit": LONGEST_SIDE}
    if not whole:
        page = {
            "limit": matrix.limit,
            "offset": matrix.offset,
            "column_limit": matrix.column_limit,
            "column_offset": matrix.column_offset,
        }
    return tuple(
        Download(
            each.label if whole else f"{each.label} of this page",
            links.api("matrix", {**asked.interface(), **page, "format": each.name}),
        )
        for each in reversed(MATRIX_FORMATS)
    )


def _map(matrix: Matrix, asked: AskedMatrix, links: Links, describe: Describe) -> HeatMap:
    scale = scale_of(matrix)
    heads = [
        [HeatHead(each.label, described.href or None, described.kind) for each, described in side]
        for side in (
            [(each, describe(each)) for each in matrix.rows],
            [(each, describe(each)) for each in matrix.columns],
        )
    ]
    way: dict[str, Parameter] = {
        "direction": asked.direction,
        "profile": asked.profile,
        "max_hops": matrix.counting.max_hops if matrix.counting else asked.max_hops,
        "via": asked.via,
    }

    def cell(found: Cell | None) -> HeatCell:
        if found is None:
            return HeatCell()
        ends = {"source": matrix.rows[found.row].iri, "target": matrix.columns[found.column].iri}
        steps = "1 step" if found.hops == 1 else f"{found.hops} steps"
        return HeatCell(
            text=printed_as(matrix, found.value, at_least=found.at_least),
            level=scale.level(found.value),
            href=links.to("/paths", **ends, **way),
            title=f"{found.value:g}{'+' if found.at_least else ''}, {steps} at least",
        )

    rows = [
        HeatRow(head, tuple(map(cell, cells)), _total(matrix, total))
        for head, cells, total in zip(heads[0], matrix.grid(), matrix.row_totals, strict=True)
    ]
    below = [_total(matrix, each) for each in matrix.column_totals]
    everything = _total(matrix, matrix.total)
    return HeatMap(
        caption=matrix.title,
        corner="",
        columns=tuple(heads[1]),
        rows=tuple(rows),
        total_heads=TOTALS,
        totals=(
            (TOTALS[0], (*(each[0] for each in below), everything[0], "")),
            (TOTALS[1], (*(each[1] for each in below), "", everything[1])),
        ),
        legend=scale.ranges() if matrix.total.filled else (),
    )


def _total(matrix: Matrix, total: Total) -> tuple[str, str]:
    value = printed_as(matrix, total.sum, at_least=total.at_least)
    return f"{total.filled:,}", value


@dataclass(frozen=True, slots=True)
class WaysView:
    """In which ways one entity needs, or affects, another."""

    heading: str
    summary: str
    source: HeatHead
    target: HeatHead
    paths: tuple[PathView, ...]
    picture: Picture | None
    downloads: tuple[Download, ...]
    complete: bool
    bound: str
    receipt: tuple[tuple[str, str], ...]


def ways_view(
    answer: PathAnswer,
    direction: str,
    links: Links,
    graphs: GraphNames,
    describe: Describe,
    question: dict[str, Parameter],
) -> WaysView:
    """Describe the paths from one entity to another.

    :param question: its parameters, for the addresses that ask the same elsewhere.
    """
    source, target = (describe(each) for each in (answer.source, answer.target))
    verb = "depends on" if direction == DEPENDENCIES else "reaches"
    count = len(answer.paths)
    best = "The only path" if count == 1 else f"The best {count} paths, the strongest first"
    return WaysView(
        heading=f"How {answer.source.label} {verb} {answer.target.label}",
        summary=f"{best}." if count else "No path leads there under this profile and these limits.",
        source=HeatHead(source.label, source.href or None, source.kind),
        target=HeatHead(target.label, target.href or None, target.kind),
        paths=tuple(path_view(each, graphs) for each in answer.paths),
        picture=picture_of(
            (answer.source,),
            {answer.target.iri: f"{answer.paths[0].score:.2f}"} if answer.paths else {},
            [step for path in answer.paths for step in path.steps],
            describe,
        ),
        downloads=(Download("JSON", links.api("paths", question)),),
        complete=answer.bound.complete,
        bound=bound_sentence(answer.bound),
        receipt=receipt_facts(answer.receipt),
    )
