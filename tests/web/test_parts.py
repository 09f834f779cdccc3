"""Parts below each other: nothing is lost, whatever they hold."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from orthogramic.web.views.parts import MOST_COLUMNS, Part, PartTable, Row, sections
from orthogramic.web.views.terms import Cell

ROWS = st.dictionaries(st.sampled_from("abcdefghijkl"), st.text(max_size=3)).map(
    lambda values: tuple(Row(label, "", (Cell(text),)) for label, text in values.items())
)
RUNS = st.lists(st.tuples(st.sampled_from(("Phase", "Reading")), st.lists(ROWS, min_size=1)))


def parts_of(runs: list[tuple[str, list[tuple[Row, ...]]]]) -> list[Part]:
    return [
        Part(kind, number if len(members) > 1 else 0, rows)
        for kind, members in runs
        for number, rows in enumerate(members, 1)
    ]


@given(RUNS)
def test_every_value_of_every_part_stands_under_its_label(
    runs: list[tuple[str, list[tuple[Row, ...]]]],
) -> None:
    parts = parts_of(runs)
    said = []
    for section in sections(parts):
        if isinstance(section, Part):
            said.append((section.label, {row.label: row.cells for row in section.attributes}))
            continue
        assert len(section.heads) <= MOST_COLUMNS
        for number, line in section.rows:
            labelled = zip((label for label, _ in section.heads), line, strict=True)
            said.append(
                (f"{section.label} {number}", {at: cells for at, cells in labelled if cells})
            )
    assert said == [
        (each.label, {row.label: row.cells for row in each.attributes}) for each in parts
    ]


def test_parts_with_parts_of_their_own_are_no_table() -> None:
    plain = Part("Phase", 1, (Row("name", "", (Cell("one"),)),))
    second = replace(plain, number=2)
    (table,) = sections([plain, second])
    assert isinstance(table, PartTable)
    nested = replace(second, attributes=(Row("Parts", "", (), (plain,)),))
    assert sections([plain, nested]) == (plain, nested)


def test_parts_of_another_kind_in_between_stay_where_they_are() -> None:
    first, other, second = Part("Phase", 1, ()), Part("Reading", 0, ()), Part("Phase", 2, ())
    assert sections([first, other, second]) == (first, other, second)
