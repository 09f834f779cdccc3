"""Rows that commits move, asked for together with rows that were never written."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orthogramic.graph.rows import Table


@pytest.mark.parametrize("asked", [[0, 1, 2], [2], [2, 1], [5, 1, 4, 0]])
def test_rows_that_were_never_written_are_empty_beside_one_that_moved(asked: list[int]) -> None:
    table = Table.of(np.array([0]), 1, np.array([7], np.int32))
    grown = table.with_rows({1: [np.array([8, 9], np.int32)]})
    members = {0: [7], 1: [8, 9]}
    position, count = grown.rows.positions(np.array(asked))
    assert count.tolist() == [len(members.get(each, [])) for each in asked]
    found = grown.columns.arrays[0][position].tolist()
    assert found == [member for each in asked for member in members.get(each, [])]


@given(
    st.lists(st.integers(0, 4), max_size=8),
    st.dictionaries(st.integers(0, 9), st.lists(st.integers(0, 99), max_size=3), max_size=5),
    st.lists(st.integers(0, 11), max_size=9),
)
def test_what_is_asked_of_many_rows_is_what_each_row_says(
    rows: list[int], written: dict[int, list[int]], asked: list[int]
) -> None:
    ordered = np.sort(np.array(rows, np.int64))
    table = Table.of(ordered, 5, np.arange(len(rows), dtype=np.int32))
    table = table.with_rows({row: [np.array(each, np.int32)] for row, each in written.items()})
    position, count = table.rows.positions(np.array(asked, np.int64))
    each = [table.members(row)[0].tolist() for row in asked]
    assert count.tolist() == [len(members) for members in each]
    together = [member for members in each for member in members]
    assert table.columns.arrays[0][position].tolist() == together
