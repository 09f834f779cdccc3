"""From a question about two sides to a page of their matrix.

Scores, reach, hop limit and direction are those of :mod:`orthogramic.analysis.answering`: a cell
is what a question from its row would say of its column. The bound is that of one question from all
rows together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from pyoxigraph import NamedNode

from orthogramic.analysis.answer import Bound
from orthogramic.analysis.found import Found
from orthogramic.analysis.honesty import receipt_of
from orthogramic.analysis.matrix_answer import Cell, Counting, Matrix, MeasuredBy, Total
from orthogramic.analysis.matrix_cells import Cells, FilledCells, Totals
from orthogramic.analysis.matrix_counting import CAP
from orthogramic.analysis.matrix_lines import UNITS, Lines
from orthogramic.analysis.matrix_numbers import MEASURE_UNITS, CellNumbers, cell_numbers
from orthogramic.analysis.matrix_question import MOST_CELLS, CellKind, MatrixQuestion, Order
from orthogramic.analysis.matrix_rolled import Gathering, RolledCells
from orthogramic.analysis.matrix_sides import Axis, axes_of
from orthogramic.analysis.matrix_wording import notes, title
from orthogramic.analysis.measuring import Measured
from orthogramic.analysis.reach import bound, reached
from orthogramic.analysis.search import search
from orthogramic.analysis.sentences import reference
from orthogramic.errors import InvalidParameterError
from orthogramic.graph import EntityGraph
from orthogramic.graph.arrays import Numbers
from orthogramic.metamodel import Metamodel, Operation

#: What 1 is in the whole numbers that cells are worked out in.
_UNITS = {CellKind.SCORE: UNITS, CellKind.PATHS: 1, CellKind.MEASURE: MEASURE_UNITS}


def fill_matrix(
    graph: EntityGraph,
    metamodel: Metamodel,
    question: MatrixQuestion,
    measured: Mapping[NamedNode, Measured] | None = None,
    *,
    axes: tuple[Axis, Axis] | None = None,
    snapshot: int = 0,
) -> Matrix:
    """Answer how each row needs, or affects, each column.

    Everything in the answer depends on the receipt alone. Memory depends on the two sides and the
    page, not on the number of cells, unless they are rolled up.

    :param graph: the snapshot that is asked, under the profile that is meant.
    :param metamodel: the bundle under which the graph was projected.
    :param question: what is asked.
    :param measured: what the parts of the measure that is asked for come to, by IRI; see
        :func:`orthogramic.analysis.matrix_sides.to_measure`.
    :param axes: what :func:`orthogramic.analysis.matrix_sides.axes_of` gave, if it was asked.
    :param snapshot: number of the commit that the graph was projected from, for the receipt.
    :raises UnknownEntityError: if a named entity is not in the graph.
    :raises UnknownTermError: if a class or relationship is not in the bundle.
    :raises InvalidParameterError: if ``via`` names what is no relationship, the page has too many
        cells, or the measure speaks of neither side.
    """
    rows, columns = axes = axes or axes_of(graph, metamodel, question)
    numbers = _numbers(graph, metamodel, question, measured or {}, axes)
    cells = _filled(graph, question, axes, numbers)
    all_rows = _ordered(cells.rows, question)
    all_columns = _ordered(cells.columns, question)
    row_page = all_rows[question.offset : question.offset + question.limit]
    column_page = all_columns[
        question.column_offset : question.column_offset + question.column_limit
    ]
    _check_page(len(row_page), len(column_page))
    kind = question.cell
    return Matrix(
        title=title(metamodel, question),
        cell=kind,
        rows=tuple(reference(graph, int(each)) for each in rows.heads[row_page]),
        columns=tuple(reference(graph, int(each)) for each in columns.heads[column_page]),
        cells=_cells(cells, row_page, column_page, kind),
        row_totals=_totals(cells.rows, row_page, kind),
        column_totals=_totals(cells.columns, column_page, kind),
        total=_total(cells.rows, kind),
        largest=_value(cells.largest, kind),
        smallest=_value(cells.smallest, kind),
        total_rows=len(all_rows),
        total_columns=len(all_columns),
        limit=question.limit,
        offset=question.offset,
        column_limit=question.column_limit,
        column_offset=question.column_offset,
        hidden_rows=len(rows.heads) - len(all_rows),
        hidden_columns=len(columns.heads) - len(all_columns),
        counting=Counting(question.max_hops or 0, CAP) if kind is CellKind.PATHS else None,
        measure=_measured_by(numbers),
        row_members=rows.held(row_page),
        column_members=columns.held(column_page),
        notes=notes(graph, metamodel, question, axes, (cells.rows, cells.columns), numbers),
        bound=_bound(graph, question, rows.members),
        receipt=receipt_of(graph, metamodel, "matrix", question.parameters(), snapshot),
    )


def _numbers(
    graph: EntityGraph,
    metamodel: Metamodel,
    question: MatrixQuestion,
    measured: Mapping[NamedNode, Measured],
    axes: tuple[Axis, Axis],
) -> CellNumbers | None:
    if question.measure is None:
        return None
    measure = metamodel.measure(question.measure.value)
    sides = (axes[0].members, axes[1].members)
    return cell_numbers(graph, measure, measured, sides, question.direction)


def _filled(
    graph: EntityGraph,
    question: MatrixQuestion,
    axes: tuple[Axis, Axis],
    numbers: CellNumbers | None,
) -> FilledCells:
    rows, columns = axes
    large = numbers is not None
    if rows.groups is None and columns.groups is None:
        lines = Lines(graph, question, rows.members, columns.members, numbers)
        return Cells(lines, large=large)
    gathering, by_column = _gathering(question, numbers)
    lines = Lines(graph, question, rows.members, columns.members, numbers, by_column=by_column)
    return RolledCells(lines, (rows.each_alone(), columns.each_alone()), gathering, large=large)


def _gathering(
    question: MatrixQuestion, numbers: CellNumbers | None
) -> tuple[Gathering, bool | None]:
    """Return how cells are rolled up, and which side lines must be of; ``None`` for either."""
    if numbers is None:
        summed = question.cell is CellKind.PATHS
        return Gathering(within_line=summed, across_lines=summed), None
    summed = numbers.measure.roll_up is Operation.SUM
    if numbers.of_rows is None:
        return Gathering(within_line=summed, across_lines=summed), None
    # Each line is one entity that is measured, and counts once.
    return Gathering(within_line=False, across_lines=summed), not numbers.of_rows


def _measured_by(numbers: CellNumbers | None) -> MeasuredBy | None:
    if numbers is None:
        return None
    told = numbers.measure
    return MeasuredBy(told.iri.value, told.name, told.label, told.description, numbers.unit)


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


def _cells(cells: FilledCells, rows: Numbers, columns: Numbers, kind: CellKind) -> tuple[Cell, ...]:
    found = sorted(cells.of_page(rows, columns))
    return tuple(
        Cell(row, column, _value(value, kind), hops, at_least)
        for row, column, value, hops, at_least in found
    )


def _totals(totals: Totals, page: Numbers, kind: CellKind) -> tuple[Total, ...]:
    columns = (totals.filled[page].tolist(), totals.sum[page].tolist(), totals.at_least[page])
    return tuple(
        Total(filled, _value(value, kind), bool(at_least))
        for filled, value, at_least in zip(*columns, strict=True)
    )


def _total(totals: Totals, kind: CellKind) -> Total:
    # In Python's whole numbers: the sum of everything may be too great for those of arrays.
    value = sum(totals.sum.tolist())
    return Total(sum(totals.filled.tolist()), _value(value, kind), bool(totals.at_least.any()))


def _value(value: int, kind: CellKind) -> float:
    if kind is CellKind.SCORE:
        return value / UNITS
    whole, rest = divmod(value, _UNITS[kind])
    return value / _UNITS[kind] if rest else whole


def _bound(graph: EntityGraph, question: MatrixQuestion, rows: Numbers) -> Bound:
    if not len(rows):
        return Bound(0)
    anywhere = search(graph, question.direction, (), question.via, question.max_hops)
    searching = replace(anywhere, sources=graph.order.sorted(rows))
    return bound(searching, reached(searching, Found(searching)), question.min_score)
