"""Particular matrices worked out by hand, what they refuse, and one of a million cells."""

from __future__ import annotations

import itertools
import random
from typing import Any

import pytest

from orthogramic.analysis import (
    CellKind,
    Direction,
    Matrix,
    MatrixQuestion,
    Question,
    Side,
    ask,
    fill_matrix,
)
from orthogramic.analysis import matrix_counting as counting
from orthogramic.errors import InvalidParameterError, UnknownEntityError, UnknownTermError
from orthogramic.graph import EntityGraph, EntityRecord, Relationship, project
from tests.properties.analysis.harbours import (
    entity,
    link,
    links,
    metamodel,
    profile,
    records,
    term,
)

PLACES, BOATS = Side(term("Place")), Side(term("Boat"))
IMPACT = Direction.IMPACT


def fleet(told: list[Relationship], boats: str = "x y z", places: str = "a b") -> EntityGraph:
    """Project boats and places."""
    known = [*records(boats, "Boat"), *records(places)]
    return project(known, told, metamodel(), profile())


def filled(graph: EntityGraph, rows: Side = PLACES, columns: Side = BOATS, **more: Any) -> Matrix:
    question = MatrixQuestion(rows, columns, **{"direction": IMPACT, **more})
    return fill_matrix(graph, metamodel(), question, snapshot=3)


def written(answer: Matrix) -> list[list[float | None]]:
    return [[each.value if each else None for each in row] for row in answer.grid()]


def test_cells_and_totals_of_a_small_matrix() -> None:
    answer = filled(fleet([link("a", "feeds", "x", strength=5), *links("a feeds b, b feeds y")]))
    assert [each.label for each in answer.rows] == ["A", "B"]
    assert [each.label for each in answer.columns] == ["X", "Y", "Z"]
    assert written(answer) == [[0.9, 0.81, None], [None, 0.9, None]]
    assert [each.hops for each in answer.cells] == [1, 2, 1]
    assert [(each.filled, each.sum) for each in answer.row_totals] == [(2, 1.71), (1, 0.9)]
    assert [(each.filled, each.sum) for each in answer.column_totals] == [
        (1, 0.9), (2, 1.71), (0, 0),
    ]  # fmt: skip
    assert (answer.total.filled, answer.total.sum, answer.largest) == (3, 2.61, 0.9)
    assert answer.title == (
        "place × boat: how much a change of each row reaches each column, best score"
    )


def test_parallel_links_are_different_paths() -> None:
    graph = fleet(links("a feeds x, a floods x, a feeds b, b feeds x"))
    answer = filled(graph, cell=CellKind.PATHS)
    assert written(answer)[0] == [3, None, None]
    assert written(filled(graph, cell=CellKind.PATHS, max_hops=1))[0] == [2, None, None]
    assert answer.counting is not None
    assert answer.to_dict()["counting"] == {"max_hops": 4, "cap": 1000}
    assert "Paths of at most 4 steps are counted." in answer.notes
    cell = answer.to_dict()["cells"][0]
    assert (cell["paths"], cell["hops"], cell["at_least"]) == (3, 1, False)


def ladder(rungs: int, parallel: int) -> list[Relationship]:
    """Return a chain of places whose neighbours are joined in several graphs."""
    names = [f"p{number}" for number in range(rungs + 1)]
    return [
        link(one, "feeds", other, graph=f"g{number}")
        for one, other in itertools.pairwise(names)
        for number in range(parallel)
    ]


def test_counting_stops_at_the_cap_and_says_so() -> None:
    told = [*ladder(3, 10), *links("p3 feeds x, p2 feeds y, p3 feeds z")]
    told.append(link("p2", "feeds", "z"))
    graph = fleet(told, places="p0 p1 p2 p3")
    one = Side(entities=(entity("p0"),))
    answer = filled(graph, one, cell=CellKind.PATHS)
    # Ten ways for each of three rungs are a thousand, which the cap still counts.
    assert written(answer) == [[1000, 100, 1000]]
    assert [each.at_least for each in answer.cells] == [False, False, True]
    assert answer.row_totals[0].at_least
    assert answer.total.at_least
    assert any("lower bound" in each for each in answer.notes)


def test_counting_stops_when_the_work_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = fleet([*ladder(3, 4), *links("p0 feeds y, p3 feeds x")], places="p0 p1 p2 p3")
    monkeypatch.setattr("orthogramic.analysis.matrix_lines.WORK", 0)
    monkeypatch.setattr("orthogramic.analysis.matrix_lines.LEAST_WORK", 1)
    answer = filled(graph, Side(entities=(entity("p0"),)), cell=CellKind.PATHS)
    assert written(answer) == [[1, 1, None]]
    assert [each.at_least for each in answer.cells] == [True, True]


def test_a_batch_that_is_too_large_is_split(monkeypatch: pytest.MonkeyPatch) -> None:
    told = [*ladder(3, 6), *links("p3 feeds x, p1 feeds y")]
    graph = fleet(told, places="p0 p1 p2 p3")
    whole = filled(graph, cell=CellKind.PATHS)
    monkeypatch.setattr(counting, "_BATCH", 5)
    assert filled(graph, cell=CellKind.PATHS) == whole


def test_an_entity_has_no_cell_with_itself() -> None:
    answer = filled(fleet(links("a borders b")), PLACES, PLACES)
    assert written(answer) == [[None, 0.5], [0.5, None]]


def test_entities_narrow_a_class() -> None:
    graph = fleet(links("a feeds x, b feeds y"))
    some = Side(term("Place"), (entity("a"), entity("x")))
    assert [each.label for each in filled(graph, some).rows] == ["A"]
    mixed = Side(entities=(entity("x"), entity("a")))
    assert [each.label for each in filled(graph, mixed).rows] == ["A", "X"]


def test_equal_labels_stand_in_the_order_of_iris() -> None:
    twins = [EntityRecord(entity(name), "Same", (term("Place"),)) for name in "ba"]
    graph = project([*twins, *records("x", "Boat")], [], metamodel(), profile())
    assert [each.iri[-1] for each in filled(graph).rows] == ["a", "b"]


def test_a_class_without_instances_gives_an_empty_matrix_and_a_sentence() -> None:
    answer = filled(fleet([]), Side(term("Harbour")))
    assert (answer.rows, answer.cells, answer.total_rows, answer.total_columns) == ((), (), 0, 3)
    assert answer.notes == ("There are no rows: nothing here is of the class harbour.",)
    assert answer.total.to_dict() == {"filled": 0, "sum": 0, "at_least": False}
    assert filled(fleet([])).notes == ("No cell is filled: no row leads to any column.",)


def test_the_bound_is_that_of_one_question_from_all_rows() -> None:
    graph = fleet(links("a feeds x, x borders y"))
    both = Question(IMPACT, (entity("a"), entity("b")))
    assert filled(graph).bound == ask(graph, metamodel(), both).bound
    assert filled(graph).bound.frontier > 0


def test_the_receipt_holds_the_question_in_its_normal_form() -> None:
    graph = fleet([])
    sides = [Side(entities=(entity("a"), entity("b"))), Side(entities=(entity("b"), entity("a")))]
    one, other = (filled(graph, each).receipt for each in sides)
    assert one == other
    assert one.snapshot == 3
    assert one.parameters["rows"]["class"] is None
    assert one.parameters["cell"] == "score"


def test_the_data_frame_has_labels_on_both_sides() -> None:
    frame = filled(fleet(links("a feeds x"))).to_dataframe()
    assert frame.loc["A", "X"] == 0.9
    assert frame.isna().to_numpy().sum() == 5
    assert frame.attrs["columns"][0].endswith("/x")
    assert filled(fleet([]), Side(term("Harbour"))).to_dataframe().shape == (0, 3)


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"limit": 0}, "limit must be from 1 to 10,000"),
        ({"column_limit": 10_001}, "column_limit must be"),
        ({"offset": -1}, "offset must be from 0"),
        ({"column_offset": 2**60}, "column_offset must be"),
        ({"max_hops": 0}, "max_hops is 0"),
        ({"max_hops": 1001}, "max_hops must be from 1 to 1,000"),
        ({"max_hops": 9, "cell": CellKind.PATHS}, "paths are counted must be from 1 to 8"),
        ({"min_score": 1.5}, "min_score is 1.5"),
        ({"min_score": float("nan")}, "min_score is nan"),
    ],
)
def test_a_value_out_of_range_is_refused(parameters: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidParameterError, match=words):
        MatrixQuestion(PLACES, BOATS, **parameters)


def test_a_side_needs_something() -> None:
    with pytest.raises(InvalidParameterError, match="needs a class"):
        Side()


def test_what_is_not_there_is_refused() -> None:
    graph = fleet([])
    with pytest.raises(UnknownTermError):
        filled(graph, Side(term("Ship")))
    with pytest.raises(UnknownEntityError):
        filled(graph, Side(entities=(entity("nowhere"),)))
    with pytest.raises(InvalidParameterError, match="no relationship"):
        filled(graph, via=(term("code"),))


def million() -> EntityGraph:
    """Return a thousand places and a thousand boats, loosely joined."""
    draw = random.Random(7)
    boats, places = [f"s{n:03}" for n in range(1000)], [f"h{n:03}" for n in range(1000)]
    told = [link(draw.choice(places), "feeds", draw.choice(boats)) for _ in range(1500)]
    told += [link(draw.choice(places), "feeds", draw.choice(places)) for _ in range(700)]
    return fleet(told, " ".join(boats), " ".join(places))


def test_a_matrix_of_a_million_cells_comes_page_by_page(monkeypatch: pytest.MonkeyPatch) -> None:
    # Nothing is kept between the two passes, as if there were many more filled cells.
    monkeypatch.setattr("orthogramic.analysis.matrix_cells._KEPT", 0)
    graph = million()
    page = filled(graph, limit=20, offset=500, column_limit=30, column_offset=10)
    assert (page.total_rows, page.total_columns) == (1000, 1000)
    assert (len(page.rows), len(page.columns)) == (20, 30)
    assert page.rows[0].label == "H500"
    assert page.columns[0].label == "S010"
    row = page.row_totals[0]
    hits = ask(
        graph, metamodel(), Question(IMPACT, (entity("h500"),), to=(term("Boat"),), limit=None)
    ).hits
    assert row.filled == len(hits)
    assert row.sum == pytest.approx(sum(each.score for each in hits), abs=1e-9)
    with pytest.raises(InvalidParameterError, match="too large; ask for at most 100,000 cells"):
        filled(graph, limit=1000, column_limit=1000)


def test_the_number_of_sources_in_one_sweep_does_not_matter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    graph = fleet(links("a feeds x, a feeds b, b floods y, b feeds z, z borders x"))
    whole = filled(graph)
    monkeypatch.setattr("orthogramic.analysis.matrix_reach._MOST_STATES", 1)
    assert filled(graph) == whole
