"""What a matrix is called, and what its reader must know, in the words of the bundle."""

from __future__ import annotations

from collections.abc import Iterator

from orthogramic.analysis.matrix_cells import Totals
from orthogramic.analysis.matrix_counting import CAP
from orthogramic.analysis.matrix_numbers import CellNumbers, gap_notes
from orthogramic.analysis.matrix_question import CellKind, MatrixQuestion, Side
from orthogramic.analysis.matrix_sides import Axis
from orthogramic.graph import Direction, EntityGraph
from orthogramic.metamodel import Metamodel, Operation

_HELD = {CellKind.SCORE: "best score", CellKind.PATHS: "number of paths"}
_ROLLED = {
    CellKind.SCORE: "the best score between any two of them",
    CellKind.PATHS: "the paths between any two of them",
}
#: Entities that a note names.
_NAMED = 3
_SENSES = {
    Direction.DEPENDENCIES: "how much each row needs each column",
    Direction.IMPACT: "how much a change of each row reaches each column",
}


def title(metamodel: Metamodel, question: MatrixQuestion) -> str:
    """Return what a matrix shows: ``A × B: how much each row needs each column, best score``."""
    sides = f"{_name(metamodel, question.rows)} × {_name(metamodel, question.columns)}"
    return f"{sides}: {_SENSES[question.direction]}, {_held(metamodel, question)}"


def _held(metamodel: Metamodel, question: MatrixQuestion) -> str:
    if question.measure is None:
        return _HELD[question.cell]
    label = metamodel.measure(question.measure.value).label
    return f"{label[:1].lower()}{label[1:]}"


def notes(
    graph: EntityGraph,
    metamodel: Metamodel,
    question: MatrixQuestion,
    axes: tuple[Axis, Axis],
    totals: tuple[Totals, Totals],
    numbers: CellNumbers | None,
) -> tuple[str, ...]:
    """Return what cannot be seen from the cells alone, as sentences."""
    found = [*_of_cells(metamodel, question, totals), *_rolled_up(graph, question, axes, numbers)]
    if numbers is not None:
        found += _of_measure(graph, axes, numbers)
    return tuple(found)


def _of_measure(graph: EntityGraph, axes: tuple[Axis, Axis], numbers: CellNumbers) -> Iterator[str]:
    unit = f" In {numbers.unit}." if numbers.unit else ""
    yield f"{numbers.measure.label}: {numbers.measure.description}{unit}"
    for part in numbers.parts:
        yield from gap_notes(graph, part, axes[0 if part.of_rows else 1].members)


def _rolled_up(
    graph: EntityGraph,
    question: MatrixQuestion,
    axes: tuple[Axis, Axis],
    numbers: CellNumbers | None,
) -> Iterator[str]:
    for axis, what in zip(axes, ("rows", "columns"), strict=True):
        if axis.groups is None:
            continue
        yield (
            f"{_several(len(axis.members), 'entity', 'entities')} of the {what} stand under "
            f"{_several(len(axis.heads), 'entry', 'entries')}."
        )
        if len(axis.groups.circling):
            names = [graph.labels[each] for each in axis.groups.circling[:_NAMED].tolist()]
            more = len(axis.groups.circling) - len(names)
            listed = ", ".join(names) + (f" and {more:,} more" if more else "")
            yield f"Their parents go round in a circle, so they stand for themselves: {listed}."
    if any(axis.groups is not None for axis in axes):
        yield f"A cell holds {_together(question, numbers)}."


def _together(question: MatrixQuestion, numbers: CellNumbers | None) -> str:
    if numbers is None:
        return _ROLLED[question.cell]
    greatest = numbers.measure.roll_up is Operation.GREATEST
    if numbers.of_rows is None:
        return "the greatest of all pairs" if greatest else "the sum over all pairs"
    what = "the greatest" if greatest else "the sum"
    return f"{what} over its entities, each counted once and with its best pair"


def _of_cells(
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


def _several(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one}" if count == 1 else f"{count:,} {many or f'{one}s'}"
