"""An answer of a saved query as its header asks for it, or a table that says why not.

A hint about the display is a wish: whether it fits shows only in the answer. Nothing is left out
to make it fit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from orthogramic.exchange.heat import linear
from orthogramic.metamodel import Display
from orthogramic.web.views.heat_map import HeatCell, HeatHead, HeatMap, HeatRow
from orthogramic.web.views.tables import Table, heading, label_places, labelled_cell, table
from orthogramic.web.views.terms import Cell, Term, TermCells

#: The largest matrix that a page draws of an answer, in cells.
MOST_CELLS = 10_000


#: What stands in a cell that the answer has a row for, but no number.
NO_NUMBER = "–"

Rows = Sequence[Sequence[Term]]


class _DoesNotFitError(Exception):
    """Why an answer cannot be drawn as its query asks."""


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """The answer as a matrix, or as a table.

    :param remark: why the hint was not followed; empty if it was.
    """

    table: Table | None
    map: HeatMap | None
    remark: str


def shown_as(
    display: Display, variables: Sequence[str], rows: Rows, cells: TermCells, *, limit: int
) -> ShownAnswer:
    """Show an answer as its query asks, or as a table.

    :param display: the hint of the query.
    :param variables: names of the columns.
    :param rows: terms, row by row.
    :param limit: most rows of a table.
    """
    remark = ""
    if display is Display.MATRIX and rows:
        try:
            return ShownAnswer(None, _matrix(variables, rows, cells), "")
        except _DoesNotFitError as error:
            remark = f"Shown as a table and not as a matrix: {error}."
    bars = display is Display.BARS
    shown = table(variables, rows, cells, limit=limit, bars=bars)
    if bars and rows and not any(column.drawn for column in shown.columns):
        remark = "Shown without bars: no column holds only numbers."
    return ShownAnswer(shown, None, remark)


def _matrix(variables: Sequence[str], rows: Rows, cells: TermCells) -> HeatMap:
    """Draw a matrix: first column of things by second one, the last column of numbers within.

    :raises _DoesNotFitError: if the answer is no matrix.
    """
    labels = label_places(variables)
    places = [each for each in range(len(variables)) if each not in labels.values()]
    things = [each for each in places if _all_things(rows, each)]
    if len(things) < 2:  # noqa: PLR2004 - one for the rows, one for the columns
        raise _DoesNotFitError("it needs two columns of things, one for each side")
    down, across = things[:2]
    numbers = [each for each in places if _all_numbers(rows, each, cells)]
    if not numbers:
        raise _DoesNotFitError("no column holds only numbers")
    inside = numbers[-1]

    def head(row: Sequence[Term], place: int) -> HeatHead:
        cell = labelled_cell(cells, row, place, labels.get(place))
        return HeatHead(cell.text, cell.href)

    row_heads: dict[Term, HeatHead] = {}
    column_heads: dict[Term, HeatHead] = {}
    values: dict[tuple[Term, Term], Cell] = {}
    for row in rows:
        one = row_heads.setdefault(row[down], head(row, down))
        other = column_heads.setdefault(row[across], head(row, across))
        pair = (row[down], row[across])
        if pair in values:
            raise _DoesNotFitError(f"there are two values for {one.label} and {other.label}")
        values[pair] = cells.cell(row[inside])
    if len(row_heads) * len(column_heads) > MOST_CELLS:
        raise _DoesNotFitError(f"it would have more than {MOST_CELLS:,} cells")
    return _heat_map(
        f"{heading(variables[down])} × {heading(variables[across])}: {heading(variables[inside])}",
        heading(variables[down]),
        (row_heads, column_heads),
        values,
    )


def _all_things(rows: Rows, place: int) -> bool:
    return all(isinstance(row[place], NamedNode) for row in rows)


def _all_numbers(rows: Rows, place: int, cells: TermCells) -> bool:
    found = [cells.cell(row[place]).number for row in rows if row[place] is not None]
    return bool(found) and None not in found


def _heat_map(
    caption: str,
    corner: str,
    heads: tuple[dict[Term, HeatHead], dict[Term, HeatHead]],
    values: dict[tuple[Term, Term], Cell],
) -> HeatMap:
    numbers = [each.number for each in values.values() if each.number is not None]
    scale = linear(min([0.0, *numbers]), max([0.0, *numbers]))

    def cell(row: Term, column: Term) -> HeatCell:
        found = values.get((row, column))
        if found is None:
            return HeatCell()
        if found.number is None:
            return HeatCell(NO_NUMBER)
        return HeatCell(found.text, scale.level(found.number))

    rows, columns = heads
    lines = {row: tuple(cell(row, column) for column in columns) for row in rows}
    below = [sum(1 for line in lines.values() if line[at].text) for at in range(len(columns))]
    return HeatMap(
        caption=caption,
        corner=corner,
        columns=tuple(columns.values()),
        rows=tuple(
            HeatRow(rows[row], line, (str(sum(1 for each in line if each.text)),))
            for row, line in lines.items()
        ),
        total_heads=("Filled",),
        totals=(("Filled", (*map(str, below), str(sum(below)))),),
        legend=scale.ranges(),
    )
