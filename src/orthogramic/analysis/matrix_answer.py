"""The answer that is a matrix: frozen, and able to become JSON or a data frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from orthogramic.analysis.answer import Bound, EntityReference, Receipt
from orthogramic.analysis.matrix_question import CellKind

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Cell:
    """One filled cell; ``row`` and ``column`` are places on the page, from 0.

    :param value: best score (0 to 1), number of paths, or number of a measure.
    :param hops: steps of the shortest path.
    :param at_least: whether there are, or may be, more paths than the value says.
    """

    row: int
    column: int
    value: float
    hops: int
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Total:
    """What the cells of a row, a column or the whole matrix add up to, off the page too.

    :param filled: how many are filled.
    :param sum: sum of their values.
    :param at_least: whether one of them is a lower bound, so that the sum is one.
    """

    filled: int
    sum: float
    at_least: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Return ``filled``, ``sum`` and ``at_least``."""
        return {"filled": self.filled, "sum": self.sum, "at_least": self.at_least}


@dataclass(frozen=True, slots=True)
class Counting:
    """How far paths were counted.

    :param max_hops: greatest number of steps of a path.
    :param cap: the most paths that a cell counts.
    """

    max_hops: int
    cap: int

    def to_dict(self) -> dict[str, Any]:
        """Return ``max_hops`` and ``cap``."""
        return {"max_hops": self.max_hops, "cap": self.cap}


@dataclass(frozen=True, slots=True)
class MeasuredBy:
    """The measure whose numbers the cells hold.

    :param name: what it is called in commands and addresses.
    :param description: what the number means.
    :param unit: what a cell counts; may be empty.
    """

    iri: str
    name: str
    label: str
    description: str
    unit: str

    def to_dict(self) -> dict[str, Any]:
        """Return ``iri``, ``name``, ``label``, ``description`` and ``unit``."""
        return {
            "iri": self.iri,
            "name": self.name,
            "label": self.label,
            "description": self.description,
            "unit": self.unit,
        }


@dataclass(frozen=True, slots=True)
class Matrix:
    """One page of a matrix; the totals are those of the whole.

    :param title: what it shows, in the words of the bundle.
    :param cell: what a cell holds.
    :param cells: the filled cells of the page, row by row.
    :param row_totals: by row of the page.
    :param column_totals: by column of the page.
    :param largest: the greatest value of the whole matrix, and ``smallest`` the least; 0 if it is
        less, or more, or the matrix is empty.
    :param total_rows: rows of all pages.
    :param total_columns: columns of all pages.
    :param hidden_rows: rows left out because they are empty.
    :param hidden_columns: columns left out because they are empty.
    :param counting: how far paths were counted; ``None`` if they were not.
    :param measure: the measure, if cells hold one.
    :param row_members: how many entities each row of the page stands for; ``None`` where each
        stands for itself. ``column_members`` likewise.
    :param notes: what a reader must know, in sentences.
    """

    title: str
    cell: CellKind
    rows: tuple[EntityReference, ...]
    columns: tuple[EntityReference, ...]
    cells: tuple[Cell, ...]
    row_totals: tuple[Total, ...]
    column_totals: tuple[Total, ...]
    total: Total
    largest: float
    smallest: float
    total_rows: int
    total_columns: int
    limit: int
    offset: int
    column_limit: int
    column_offset: int
    hidden_rows: int
    hidden_columns: int
    counting: Counting | None
    measure: MeasuredBy | None
    row_members: tuple[int, ...] | None
    column_members: tuple[int, ...] | None
    notes: tuple[str, ...]
    bound: Bound
    receipt: Receipt

    def to_dict(self) -> dict[str, Any]:
        """Return the answer, JSON-serialisable; an empty cell is absent."""
        return {
            "title": self.title,
            "cell": str(self.cell),
            "measure": self.measure.to_dict() if self.measure else None,
            "rows": _entries(self.rows, self.row_members),
            "columns": _entries(self.columns, self.column_members),
            "cells": [self._cell(each) for each in self.cells],
            "totals": {
                "rows": [each.to_dict() for each in self.row_totals],
                "columns": [each.to_dict() for each in self.column_totals],
                **self.total.to_dict(),
                "largest": self.largest,
                "smallest": self.smallest,
            },
            "total_rows": self.total_rows,
            "total_columns": self.total_columns,
            "limit": self.limit,
            "offset": self.offset,
            "column_limit": self.column_limit,
            "column_offset": self.column_offset,
            "hidden": {"rows": self.hidden_rows, "columns": self.hidden_columns},
            "counting": self.counting.to_dict() if self.counting else None,
            "notes": list(self.notes),
            "bound": self.bound.to_dict(),
            "receipt": self.receipt.to_dict(),
        }

    def _cell(self, cell: Cell) -> dict[str, Any]:
        found = {
            "row": self.rows[cell.row].iri,
            "column": self.columns[cell.column].iri,
            "value" if self.measure else str(self.cell): cell.value,
            "hops": cell.hops,
        }
        return {**found, "at_least": cell.at_least} if self.counting else found

    @property
    def rolled_up(self) -> bool:
        """Whether a row or column may stand for several entities."""
        return self.row_members is not None or self.column_members is not None

    def grid(self) -> list[list[Cell | None]]:
        """Return the cells of the page as rows of equal length; an empty cell is ``None``."""
        grid: list[list[Cell | None]] = [[None] * len(self.columns) for _ in self.rows]
        for each in self.cells:
            grid[each.row][each.column] = each
        return grid

    def to_dataframe(self) -> pd.DataFrame:
        """Return the page as a data frame, labels on both sides; an empty cell is NaN.

        ``attrs`` has the IRIs of ``rows`` and ``columns``, and the ``title``.

        :raises ImportError: if pandas is not installed (``pip install orthogramic[pandas]``).
        """
        import pandas as pd  # noqa: PLC0415 - optional, and slow to import

        frame = pd.DataFrame(
            [[each.value if each else None for each in row] for row in self.grid()],
            index=[each.label for each in self.rows],
            columns=[each.label for each in self.columns],
            dtype="float64",
        )
        frame.attrs = {
            "title": self.title,
            "rows": [each.iri for each in self.rows],
            "columns": [each.iri for each in self.columns],
        }
        return frame


def _entries(
    side: tuple[EntityReference, ...], members: tuple[int, ...] | None
) -> list[dict[str, Any]]:
    if members is None:
        return [each.to_dict() for each in side]
    return [{**each.to_dict(), "members": count} for each, count in zip(side, members, strict=True)]
