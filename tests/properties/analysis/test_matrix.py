"""Laws of the matrix, held against single questions and against all simple paths of NetworkX."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orthogramic.analysis import (
    CellKind,
    Direction,
    Matrix,
    MatrixQuestion,
    Order,
    Question,
    Side,
    ask,
    fill_matrix,
)
from tests.properties.analysis.harbours import CLASSES, DATA, entity, metamodel, term
from tests.properties.analysis.oracle import admissible_steps, all_paths
from tests.properties.analysis.strategies import NAMES, World, hop_limits, worlds

DIRECTIONS = st.sampled_from(list(Direction))
#: A class, or some entities: few enough rows, or few enough columns, to search from either side.
SIDES = st.one_of(
    st.sampled_from(CLASSES).map(lambda name: Side(term(name))),
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=6).map(
        lambda names: Side(entities=tuple(map(entity, names)))
    ),
)
Values = Mapping[tuple[str, str], tuple[float, int]]


def matrix(world: World, question: MatrixQuestion) -> Matrix:
    return fill_matrix(world.graph(), metamodel(), question, snapshot=7)


def values(answer: Matrix) -> Values:
    return {
        (answer.rows[each.row].iri, answer.columns[each.column].iri): (each.value, each.hops)
        for each in answer.cells
    }


def asked(rows: Side, columns: Side, **more: Any) -> MatrixQuestion:
    return MatrixQuestion(rows, columns, **more)


@given(worlds(), SIDES, SIDES, DIRECTIONS, hop_limits(), st.sampled_from([0.0, 0.3, 0.5]))
def test_a_cell_is_what_a_question_from_its_row_says_of_its_column(
    world: World,
    rows: Side,
    columns: Side,
    direction: Direction,
    limit: int | None,
    least: float,
) -> None:
    question = asked(rows, columns, direction=direction, max_hops=limit, min_score=least)
    answer = matrix(world, question)
    wanted = {each.iri for each in answer.columns}
    expected = {}
    for row in answer.rows:
        alone = Question(
            direction, (entity(row.iri.removeprefix(DATA)),), max_hops=limit, min_score=least
        )
        for hit in ask(world.graph(), metamodel(), alone).hits:
            if hit.entity.iri in wanted:
                expected[row.iri, hit.entity.iri] = (hit.score, hit.hops)
    assert values(answer) == expected


@given(worlds(names="abcde", most_links=20), SIDES, SIDES, DIRECTIONS, st.integers(1, 5))
def test_the_number_of_paths_is_that_of_all_simple_paths(
    world: World, rows: Side, columns: Side, direction: Direction, limit: int
) -> None:
    world = replace(world, records=(*world.records, *worlds_missing(world)))
    steps = admissible_steps(world.records, world.relationships, world.rules, direction)
    question = asked(rows, columns, direction=direction, max_hops=limit, cell=CellKind.PATHS)
    answer = matrix(world, question)
    expected = {}
    for row in answer.rows:
        for column in answer.columns:
            found = all_paths(steps, row.iri, column.iri, limit)
            if found:
                expected[row.iri, column.iri] = (len(found), min(len(p.steps) for p in found))
    assert values(answer) == expected
    assert not any(each.at_least for each in answer.cells)


def worlds_missing(world: World) -> list[Any]:
    """Return records for the names that a smaller world leaves out."""
    known = {each.iri for each in world.records}
    first = world.records[0]
    return [
        replace(first, iri=entity(name), label=name.upper())
        for name in NAMES
        if entity(name) not in known
    ]


@given(worlds(), SIDES, SIDES, hop_limits(), st.sampled_from([CellKind.SCORE, CellKind.PATHS]))
def test_dependencies_are_the_transpose_of_impact(
    world: World, rows: Side, columns: Side, limit: int | None, cell: CellKind
) -> None:
    one = matrix(world, asked(rows, columns, max_hops=limit, cell=cell))
    other = matrix(
        world,
        asked(columns, rows, max_hops=limit, cell=cell, direction=Direction.IMPACT),
    )
    assert values(one) == {(column, row): value for (row, column), value in values(other).items()}
    assert (one.row_totals, one.column_totals) == (other.column_totals, other.row_totals)
    assert (one.total, one.largest) == (other.total, other.largest)


@given(
    worlds(), SIDES, SIDES, st.booleans(), st.sampled_from(list(Order)),
    st.integers(1, 3), st.integers(1, 3),
)  # fmt: skip
def test_pages_put_together_are_the_whole(
    world: World,
    rows: Side,
    columns: Side,
    hide: bool,
    sort: Order,
    height: int,
    width: int,
) -> None:
    question = asked(rows, columns, hide_empty=hide, sort=sort)
    whole = matrix(world, question)
    together: dict[tuple[str, str], tuple[float, int]] = {}
    down, across = [], []
    for offset in range(0, max(whole.total_rows, 1), height):
        for column_offset in range(0, max(whole.total_columns, 1), width):
            page = matrix(
                world,
                replace(
                    question,
                    limit=height,
                    offset=offset,
                    column_limit=width,
                    column_offset=column_offset,
                ),
            )
            together |= values(page)
            assert page.total == whole.total
            if not column_offset:
                down += list(zip(page.rows, page.row_totals, strict=True))
            if not offset:
                across += list(zip(page.columns, page.column_totals, strict=True))
    assert together == values(whole)
    assert down == list(zip(whole.rows, whole.row_totals, strict=True))
    assert across == list(zip(whole.columns, whole.column_totals, strict=True))


@given(worlds(), SIDES, SIDES, st.sampled_from([CellKind.SCORE, CellKind.PATHS]), st.booleans())
def test_totals_are_what_the_cells_add_up_to(
    world: World, rows: Side, columns: Side, cell: CellKind, hide: bool
) -> None:
    answer = matrix(world, asked(rows, columns, cell=cell, hide_empty=hide))
    for place, total in enumerate(answer.row_totals):
        inside = [each.value for each in answer.cells if each.row == place]
        assert total.filled == len(inside)
        assert total.sum == pytest.approx(sum(inside), abs=1e-11)
    for place, total in enumerate(answer.column_totals):
        inside = [each.value for each in answer.cells if each.column == place]
        assert total.filled == len(inside)
        assert total.sum == pytest.approx(sum(inside), abs=1e-11)
    everything = [each.value for each in answer.cells]
    assert answer.total.filled == len(everything)
    assert answer.total.sum == pytest.approx(sum(everything), abs=1e-11)
    assert answer.largest == max(everything, default=0)
    if hide:
        assert all(each.filled for each in (*answer.row_totals, *answer.column_totals))


@given(worlds(), SIDES, SIDES, st.booleans())
def test_hiding_takes_away_what_is_empty_and_says_how_much(
    world: World, rows: Side, columns: Side, impact: bool
) -> None:
    direction = Direction.IMPACT if impact else Direction.DEPENDENCIES
    question = asked(rows, columns, direction=direction)
    shown, hidden = matrix(world, question), matrix(world, replace(question, hide_empty=True))
    assert values(shown) == values(hidden)
    assert hidden.total_rows + hidden.hidden_rows == shown.total_rows
    assert hidden.total_columns + hidden.hidden_columns == shown.total_columns
    assert [each.label for each in shown.rows] == sorted(each.label for each in shown.rows)
    filled = [row for row, total in zip(shown.rows, shown.row_totals, strict=True) if total.filled]
    assert list(hidden.rows) == filled


@given(worlds(), SIDES, SIDES)
def test_by_total_the_greatest_come_first(world: World, rows: Side, columns: Side) -> None:
    answer = matrix(world, asked(rows, columns, sort=Order.TOTAL))
    for side, totals in (
        (answer.rows, answer.row_totals),
        (answer.columns, answer.column_totals),
    ):
        keys = [(-each.sum, one.label, one.iri) for one, each in zip(side, totals, strict=True)]
        assert keys == sorted(keys)
