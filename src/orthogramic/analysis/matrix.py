"""From a question about two sides to a page of their matrix.

Scores, reach, hop limit and direction are those of :mod:`orthogramic.analysis.answering`: a cell
is what a question from its row would say of its column. The bound is that of one question from all
rows together.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from orthogramic.analysis.answer import Bound
from orthogramic.analysis.found import Found
from orthogramic.analysis.honesty import receipt_of
from orthogramic.analysis.matrix_answer import Cell, Counting, Matrix, Total
from orthogramic.analysis.matrix_cells import UNITS, Cells, Totals
from orthogramic.analysis.matrix_counting import CAP
from orthogramic.analysis.matrix_question import (
    MOST_CELLS,
    CellKind,
    MatrixQuestion,
    Order,
    Side,
)
from orthogramic.analysis.matrix_wording import notes, title
from orthogramic.analysis.question import check_terms
from orthogramic.analysis.reach import bound, reached
from orthogramic.analysis.search import search
from orthogramic.analysis.sentences import reference
from orthogramic.errors import InvalidParameterError
from orthogramic.graph import EntityGraph
from orthogramic.graph.arrays import Numbers
from orthogramic.metamodel import Metamodel


def fill_matrix(
    graph: EntityGraph, metamodel: Metamodel, question: MatrixQuestion, *, snapshot: int = 0
) -> Matrix:
    """Answer how each row needs, or affects, each column.

    Everything in the answer depends on the receipt alone. Memory depends on the two sides and the
    page, not on the number of cells.

    :param graph: the snapshot that is asked, under the profile that is meant.
    :param metamodel: the bundle under which the graph was projected.
    :param question: what is asked.
    :param snapshot: number of the commit that the graph was projected from, for the receipt.
    :raises UnknownEntityError: if a named entity is not in the graph.
    :raises UnknownTermError: if a class or relationship is not in the bundle.
    :raises InvalidParameterError: if ``via`` names what is no relationship, or the page has too
        many cells.
    """
    sides = (question.rows, question.columns)
    check_terms(metamodel, (each.of_class for each in sides if each.of_class), question.via)
    rows, columns = (_members(graph, each) for each in sides)
    cells = Cells(graph, question, rows, columns)
    all_rows = _ordered(cells.rows, question)
    all_columns = _ordered(cells.columns, question)
    row_page = all_rows[question.offset : question.offset + question.limit]
    column_page = all_columns[
        question.column_offset : question.column_offset + question.column_limit
    ]
    _check_page(len(row_page), len(column_page))
    counted = question.cell is CellKind.PATHS
    return Matrix(
        title=title(metamodel, question),
        cell=question.cell,
        rows=tuple(reference(graph, int(each)) for each in rows[row_page]),
        columns=tuple(reference(graph, int(each)) for each in columns[column_page]),
        cells=_cells(cells, row_page, column_page, counted),
        row_totals=_totals(cells.rows, row_page, counted),
        column_totals=_totals(cells.columns, column_page, counted),
        total=_total(cells.rows, counted),
        largest=_value(cells.largest, counted),
        total_rows=len(all_rows),
        total_columns=len(all_columns),
        limit=question.limit,
        offset=question.offset,
        column_limit=question.column_limit,
        column_offset=question.column_offset,
        hidden_rows=len(rows) - len(all_rows),
        hidden_columns=len(columns) - len(all_columns),
        counting=Counting(question.max_hops or 0, CAP) if counted else None,
        notes=notes(metamodel, question, (cells.rows, cells.columns)),
        bound=_bound(graph, question, rows),
        receipt=receipt_of(graph, metamodel, "matrix", question.parameters(), snapshot),
    )


def _members(graph: EntityGraph, side: Side) -> Numbers:
    """Return the entities of a side by label, then IRI."""
    named = side.chosen.members if side.chosen else side.entities
    if side.chosen and side.entities:
        wanted = frozenset(side.entities)
        named = tuple(each for each in named if each in wanted)
    if side.of_class is None or named:
        numbers = np.array([graph.number(each) for each in named], np.int64)
    else:
        numbers = np.arange(graph.size)
    if side.of_class is not None:
        flags = graph.instances(frozenset([side.of_class]))
        numbers = numbers[flags[graph.classification[numbers]]]
    # Sorting keeps the order of equals.
    ordered = sorted(graph.order.sorted(numbers).tolist(), key=graph.labels.__getitem__)
    return np.array(ordered, np.int64)


def _ordered(totals: Totals, question: MatrixQuestion) -> Numbers:
    """Return the positions of a side that are shown, in the order asked for."""
    positions = np.arange(len(totals.filled))
    if question.sort is Order.TOTAL:
        positions = np.argsort(-totals.sum, kind="stable")
    return positions[totals.filled[positions] > 0] if question.hide_empty else positions


def _check_page(rows: int, columns: int) -> None:
    if rows * columns > MOST_CELLS:
        raise InvalidParameterError(
            f"A page of {rows:,} rows and {columns:,} columns is too large; ask for at most "
            f"{MOST_CELLS:,} cells at a time by limit and column_limit."
        )


def _cells(cells: Cells, rows: Numbers, columns: Numbers, counted: bool) -> tuple[Cell, ...]:
    found = sorted(cells.of_page(rows, columns))
    return tuple(
        Cell(row, column, _value(value, counted), hops, at_least)
        for row, column, value, hops, at_least in found
    )


def _totals(totals: Totals, page: Numbers, counted: bool) -> tuple[Total, ...]:
    columns = (totals.filled[page].tolist(), totals.sum[page].tolist(), totals.at_least[page])
    return tuple(
        Total(filled, _value(value, counted), bool(at_least))
        for filled, value, at_least in zip(*columns, strict=True)
    )


def _total(totals: Totals, counted: bool) -> Total:
    # In Python's whole numbers: the sum of everything may be too great for those of arrays.
    value = sum(totals.sum.tolist())
    return Total(sum(totals.filled.tolist()), _value(value, counted), bool(totals.at_least.any()))


def _value(value: int, counted: bool) -> float:
    return value if counted else value / UNITS


def _bound(graph: EntityGraph, question: MatrixQuestion, rows: Numbers) -> Bound:
    if not len(rows):
        return Bound(0)
    anywhere = search(graph, question.direction, (), question.via, question.max_hops)
    searching = replace(anywhere, sources=graph.order.sorted(rows))
    return bound(searching, reached(searching, Found(searching)), question.min_score)
