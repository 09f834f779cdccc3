"""A matrix as comma-separated values (RFC 4180), for spreadsheets and for programs.

One header row of column labels; each row begins with label, class and IRI; totals stand at the
right and at the bottom, and are those of the whole matrix. Values are not rounded.

Text that a spreadsheet would take for a formula is preceded by an apostrophe, because the labels
come from whoever wrote the data (CWE-1236).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from orthogramic.analysis import Cell, Matrix, Total

#: What the columns are called that are no columns of the matrix.
HEAD = ("row", "class", "iri")
FILLED, SUM = "filled cells", "sum"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_matrix_csv(matrix: Matrix) -> str:
    """Write the page of a matrix as CSV."""
    text = io.StringIO()
    csv.writer(text).writerows(_rows(matrix))
    return text.getvalue()


def _rows(matrix: Matrix) -> Iterator[list[str]]:
    yield [*HEAD, *(harmless(each.label) for each in matrix.columns), FILLED, SUM]
    for entity, cells, total in zip(matrix.rows, matrix.grid(), matrix.row_totals, strict=True):
        yield [
            harmless(entity.label),
            harmless(entity.class_name),
            harmless(entity.iri),
            *(_cell(each) for each in cells),
            str(total.filled),
            _sum(total),
        ]
    totals = matrix.column_totals
    yield [FILLED, "", "", *(str(each.filled) for each in totals), str(matrix.total.filled), ""]
    yield [SUM, "", "", *map(_sum, totals), "", _sum(matrix.total)]


def _cell(cell: Cell | None) -> str:
    return "" if cell is None else _number(cell.value, cell.at_least)


def _sum(total: Total) -> str:
    return _number(total.sum, total.at_least)


def _number(value: float, at_least: bool) -> str:
    return f"{value}+" if at_least else str(value)


def harmless(text: str) -> str:
    """Return text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
