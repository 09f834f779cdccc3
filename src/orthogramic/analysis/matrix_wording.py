"""What a matrix is called, and what its reader must know, in the words of the bundle."""

from __future__ import annotations

from collections.abc import Iterator

from orthogramic.analysis.matrix_cells import Totals
from orthogramic.analysis.matrix_counting import CAP
from orthogramic.analysis.matrix_question import CellKind, MatrixQuestion, Side
from orthogramic.graph import Direction
from orthogramic.metamodel import Metamodel

_MEASURES = {CellKind.SCORE: "best score", CellKind.PATHS: "number of paths"}
_SENSES = {
    Direction.DEPENDENCIES: "how much each row needs each column",
    Direction.IMPACT: "how much a change of each row reaches each column",
}


def title(metamodel: Metamodel, question: MatrixQuestion) -> str:
    """Return what a matrix shows: ``A × B: how much each row needs each column, best score``."""
    sides = f"{_name(metamodel, question.rows)} × {_name(metamodel, question.columns)}"
    sense, measure = _SENSES[question.direction], _MEASURES[question.cell]
    return f"{sides}: {sense}, {measure}"


def notes(
    metamodel: Metamodel, question: MatrixQuestion, totals: tuple[Totals, Totals]
) -> tuple[str, ...]:
    """Return what cannot be seen from the cells alone, as sentences."""
    return tuple(_notes(metamodel, question, totals))


def _notes(
    metamodel: Metamodel, question: MatrixQuestion, totals: tuple[Totals, Totals]
) -> Iterator[str]:
    rows, columns = totals
    for side, members, what in (
        (question.rows, rows, "rows"),
        (question.columns, columns, "columns"),
    ):
        if not len(members.filled):
            yield f"There are no {what}: nothing here is {_kind(metamodel, side)}."
    if len(rows.filled) and len(columns.filled) and not rows.filled.any():
        yield "No cell is filled: no row leads to any column."
    if question.hide_empty:
        empty = [int((each.filled == 0).sum()) for each in totals]
        yield f"Hidden because empty: {_several(empty[0], 'row')}, {_several(empty[1], 'column')}."
    if question.cell is CellKind.PATHS:
        yield f"Paths of at most {_several(question.max_hops or 0, 'step')} are counted."
        if rows.at_least.any():
            yield (
                f"A number with + is a lower bound: counting stops at {CAP:,} paths, or sooner "
                "where it would take too long."
            )


def _kind(metamodel: Metamodel, side: Side) -> str:
    if side.chosen is not None:
        return f"in the set {side.chosen.name}"
    return f"of the class {_name(metamodel, side)}"


def _name(metamodel: Metamodel, side: Side) -> str:
    if side.chosen is not None:
        return side.chosen.name
    if side.of_class is not None:
        return metamodel.class_label(side.of_class)
    return "one entity" if len(side.entities) == 1 else f"{len(side.entities)} entities"


def _several(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"
