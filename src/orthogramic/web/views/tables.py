"""Answers of queries as tables: columns, cells, and a bar beside each number where it helps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from orthogramic.web.views.terms import Cell, Term, TermCells

#: A column of this name ending holds the labels of the column without it.
LABEL_ENDING = "Label"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``drawn`` asks for bars; ``largest`` is what a full bar stands for."""

    label: str
    numeric: bool
    drawn: bool
    largest: float

    def share(self, number: float) -> float:
        """Return how much of a bar a number fills, from 0 to 1."""
        return max(0.0, min(1.0, number / self.largest)) if self.largest > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Table:
    """A table; each row pairs every column with its cell. ``cut`` tells that rows are left out."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[tuple[Column, Cell], ...], ...]
    cut: bool


def table(
    variables: Sequence[str],
    rows: Iterable[Sequence[Term]],
    cells: TermCells,
    *,
    limit: int,
    bars: bool = False,
) -> Table:
    """Make a table of the answer to a query.

    :param variables: names of the columns; ``thing`` and ``thingLabel`` become one column.
    :param rows: terms, row by row; ``None`` where there is no value.
    :param cells: makes the cells.
    :param limit: most rows to show.
    :param bars: draw a bar beside each number of a numeric column.
    """
    taken = list(islice(rows, limit + 1))
    labels = label_places(variables)
    kept = [place for place in range(len(variables)) if place not in labels.values()]
    shown = [
        [labelled_cell(cells, row, place, labels.get(place)) for place in kept]
        for row in taken[:limit]
    ]
    columns = tuple(
        _column(variables[place], [row[at] for row in shown]) for at, place in enumerate(kept)
    )
    if bars:
        columns = tuple(replace(column, drawn=column.numeric) for column in columns)
    cut = len(taken) > limit
    return Table(
        caption=_caption(len(shown), cut),
        columns=columns,
        rows=tuple(tuple(zip(columns, row, strict=True)) for row in shown),
        cut=cut,
    )


def label_places(variables: Sequence[str]) -> dict[int, int]:
    """Return the place of the label of each column that has one."""
    places = {name: place for place, name in enumerate(variables)}
    return {
        places[base]: place
        for name, place in places.items()
        if (base := name.removesuffix(LABEL_ENDING)) != name and base in places
    }


def labelled_cell(cells: TermCells, row: Sequence[Term], place: int, label: int | None) -> Cell:
    """Return the cell of a term, with the text of its label column if there is one."""
    cell = cells.cell(row[place])
    if label is None or row[label] is None:
        return cell
    return replace(cell, text=cells.cell(row[label]).text)


def _column(name: str, cells: Sequence[Cell]) -> Column:
    filled = [cell for cell in cells if cell.text]
    numbers = [cell.number for cell in filled if cell.number is not None]
    return Column(
        label=heading(name),
        numeric=bool(filled) and len(numbers) == len(filled),
        drawn=False,
        largest=max(numbers, default=0.0),
    )


def _caption(count: int, cut: bool) -> str:
    if cut:
        return f"The first {count} rows"
    return "No rows" if not count else "1 row" if count == 1 else f"{count} rows"


def heading(variable: str) -> str:
    """Return the name of a variable as a heading: ``lastName`` and ``last_name`` are two words."""
    spaced = "".join(
        f" {letter.lower()}"
        if letter.isupper() and place and not variable[place - 1].isupper()
        else letter
        for place, letter in enumerate(variable.replace("_", " "))
    )
    return spaced[:1].upper() + spaced[1:]
