"""A matrix as CSV and SVG: nothing is lost, nothing runs, and every number can be read."""

from __future__ import annotations

import csv
import io
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orthogramic import Repository
from orthogramic.analysis import CellKind, Matrix, MatrixQuestion, Side, fill_matrix
from orthogramic.errors import UnsupportedMediaTypeError
from orthogramic.exchange.heat import linear, printed, scale_of
from orthogramic.exchange.matrices import MATRIX_FORMATS, matrix_format
from orthogramic.exchange.matrix_csv import harmless, write_matrix_csv
from orthogramic.exchange.matrix_svg import SHADES, TEXT, write_matrix_svg
from orthogramic.graph import EntityRecord, project
from tests.properties.analysis.harbours import entity, link, metamodel, profile, records, term
from tests.web.test_style import contrast

SVG = "{http://www.w3.org/2000/svg}"


def rows_of(matrix: Matrix) -> list[list[str]]:
    return list(csv.reader(io.StringIO(write_matrix_csv(matrix))))


def called(label: str, *, parallel: int = 1, cell: CellKind = CellKind.SCORE) -> Matrix:
    """Return a matrix of one place of this label and one boat, joined so many times."""
    place = EntityRecord(entity("a"), label, (term("Place"),))
    told = [link("x", "feeds", "a", graph=f"g{number}") for number in range(parallel)]
    graph = project([place, *records("x", "Boat")], told, metamodel(), profile())
    question = MatrixQuestion(Side(term("Place")), Side(term("Boat")), cell=cell)
    return fill_matrix(graph, metamodel(), question)


def test_the_csv_has_labels_identities_values_and_totals(toy: Repository) -> None:
    hive = "https://bees.example/id/"
    assert rows_of(toy.matrix("Hive", "Meadow")) == [
        ["row", "class", "iri", "Brook", "Hill", "filled cells", "sum"],
        ["Lonely", "Hive", f"{hive}Hive/H-3", "", "", "0", "0.0"],
        ["Old Willow", "Hive", f"{hive}Hive/H-1", "1.0", "0.25", "2", "1.25"],
        ["Young Willow", "NucleusHive", f"{hive}Hive/H-2", "1.0", "1.0", "2", "2.0"],
        ["filled cells", "", "", "2", "2", "4", ""],
        ["sum", "", "", "2.0", "1.25", "", "3.25"],
    ]


def test_a_lower_bound_is_marked_in_every_format() -> None:
    answer = called("A", parallel=1001, cell=CellKind.PATHS)
    assert rows_of(answer)[1][3:] == ["1000+", "1", "1000+"]
    assert "1,000+" in [each.text for each in drawing(answer).iter(f"{SVG}text")]
    assert answer.to_dict()["cells"][0]["at_least"] is True


@pytest.mark.parametrize("label", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_label_is_a_formula(label: str) -> None:
    assert rows_of(called(label))[1][0] == f"'{label}"
    assert harmless("a=1") == "a=1"


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_any_label_comes_back_from_the_csv(label: str) -> None:
    # Without universal newlines, as RFC 4180 has it.
    text = io.StringIO(write_matrix_csv(called(label)), newline="")
    assert list(csv.reader(text))[1][0] in (label, f"'{label}")


def drawing(matrix: Matrix) -> ET.Element:
    return ET.fromstring(write_matrix_svg(matrix))


def test_the_picture_prints_every_number_and_names_itself(toy: Repository) -> None:
    answer = toy.matrix("Hive", "Meadow")
    root = drawing(answer)
    texts = [each.text for each in root.iter(f"{SVG}text")]
    for shown in ("Lonely", "Old Willow", "Young Willow", "Brook", "Hill", "0.25", "3.25"):
        assert shown in texts
    assert texts.count("1.00") == 3
    assert "Perhaps incomplete: 1 entity lacks a link that the shapes expect." in texts
    named = {each.get("id"): each.text for each in root if each.get("id")}
    assert root.get("aria-labelledby") == " ".join(str(each) for each in named)
    assert named["matrix-title"] == answer.title
    titles = [each.text for each in root.iter(f"{SVG}title")]
    assert "Old Willow, Hill: score 0.25, shortest way 2 steps" in titles


def test_the_description_of_a_page_is_given_once(toy: Repository) -> None:
    root = drawing(toy.matrix("Hive", "Meadow", limit=1))
    described = {each.get("id"): each.text or "" for each in root}["matrix-text"]
    assert described.count("A heat map of 1 of 3 rows") == 1


def test_the_picture_holds_all_that_it_draws(toy: Repository) -> None:
    root = drawing(toy.matrix("Hive", "Meadow"))
    width, height = float(root.get("width", "0")), float(root.get("height", "0"))
    for each in root.iter(f"{SVG}rect"):
        x, y = float(each.get("x", "0")), float(each.get("y", "0"))
        assert 0 <= x <= x + float(each.get("width", "0")) <= width
        assert 0 <= y <= y + float(each.get("height", "0")) <= height


@given(st.text(min_size=1))
def test_any_label_is_text_in_the_picture(label: str) -> None:
    root = drawing(called(label))
    assert {each.tag.removeprefix(SVG) for each in root.iter()} <= {
        "svg", "title", "desc", "rect", "text", "g",
    }  # fmt: skip
    for each in root.iter():
        assert not [name for name in each.attrib if name.startswith("on") or "href" in name]


def test_numbers_are_legible_on_every_shade() -> None:
    assert all(contrast(TEXT, shade) >= 4.5 for shade in SHADES)


def test_an_empty_matrix_can_be_written(toy: Repository) -> None:
    empty = toy.matrix("Hive", row="Lonely", column="Ada", hide_empty=True)
    assert rows_of(empty)[0] == ["row", "class", "iri", "filled cells", "sum"]
    assert "Hidden because empty: 1 row, 1 column." in write_matrix_svg(empty)


def test_the_ranges_of_scores_and_of_counts() -> None:
    assert scale_of(called("A")).ranges() == (
        (1, "0–0.2"), (2, "0.2–0.4"), (3, "0.4–0.6"), (4, "0.6–0.8"), (5, "0.8–1"),
    )  # fmt: skip
    few = scale_of(called("A", parallel=5, cell=CellKind.PATHS))
    assert few.ranges() == ((2, "1"), (4, "2–3"), (5, "4–5"))


@given(st.integers(1, 1000), st.integers(1, 1000))
def test_the_greatest_count_has_the_last_shade(largest: int, value: int) -> None:
    answer = called("A", parallel=largest, cell=CellKind.PATHS)
    scale = scale_of(answer)
    assert scale.level(answer.largest) == 5
    assert sum(1 for level, _ in scale.ranges() if level == scale.level(min(value, largest))) == 1


@given(st.floats(-1e6, 1e6), st.floats(0.001, 1e6), st.floats(0, 1), st.floats(0, 1))
def test_shades_keep_the_order_of_values(low: float, span: float, one: float, other: float) -> None:
    scale = linear(low, low + span)
    less, more = sorted((one, other))
    assert 1 <= scale.level(low + less * span) <= scale.level(low + more * span) <= 5


def test_numbers_as_cells_print_them() -> None:
    assert printed(0.725, counted=False) == "0.72"
    assert printed(0.001, counted=False) == "<0.01"
    assert printed(0.0, counted=False) == "0.00"
    assert printed(1234, counted=True) == "1,234"
    assert printed(1000, counted=True, at_least=True) == "1,000+"


def test_formats_are_known_by_name() -> None:
    assert [matrix_format(each.name) for each in MATRIX_FORMATS] == list(MATRIX_FORMATS)
    with pytest.raises(UnsupportedMediaTypeError, match="json, csv, svg"):
        matrix_format("xlsx")
