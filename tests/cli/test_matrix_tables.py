"""A matrix in a terminal that is too narrow for it, and in a file."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from orthogramic.cli import matrix_tables
from orthogramic.cli.commands import filling
from tests.cli.shell import Shell


def test_columns_that_do_not_fit_stand_below(bees: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    wide = bees("matrix", "Hive", "Meadow")
    monkeypatch.setattr(matrix_tables, "terminal_width", lambda: 64)
    narrow = bees("matrix", "Hive", "Meadow")
    assert wide.out.count("Old Willow") == 1
    # Two columns of the matrix and two of totals, two side by side.
    assert narrow.out.count("Old Willow") == 2
    heads = [line.split() for line in narrow.out.splitlines() if "Hill" in line or "  sum" in line]
    assert ["Brook", "Hill"] in heads
    assert ["filled", "sum"] in heads


def test_every_number_is_printed_however_narrow(
    bees: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matrix_tables, "terminal_width", lambda: 1)
    outcome = bees("matrix", "Hive", "Meadow")
    assert [outcome.out.count(each) for each in ("0.25", "3.25", "2.00")] == [1, 1, 2]


def test_a_matrix_is_written_to_a_file_whole_or_not_at_all(bees: Shell, tmp_path: Path) -> None:
    path = tmp_path / "map.csv"
    outcome = bees("matrix", "Hive", "Meadow", "--format", "csv", "--output", path)
    assert (outcome.code, outcome.out) == (0, "")
    assert f"Written to {path}." in outcome.err
    rows = list(csv.reader(path.read_text("utf-8").splitlines()))
    assert rows[0][3:5] == ["Brook", "Hill"]
    assert [each.name for each in tmp_path.iterdir()] == ["map.csv"]


def test_a_csv_without_a_limit_leaves_nothing_out(
    bees: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A table tells how many rows and columns there are besides; a CSV has no place for it.
    monkeypatch.setattr(filling, "_PAGE", 1)
    assert "Rows: 1 to 1 of 3" in bees("matrix", "Hive", "Meadow").err
    rows = list(csv.reader(bees("matrix", "Hive", "Meadow", "--format", "csv").out.splitlines()))
    assert [row[0] for row in rows[1:4]] == ["Lonely", "Old Willow", "Young Willow"]
    assert rows[0][3:5] == ["Brook", "Hill"]
    asked = bees("matrix", "Hive", "Meadow", "--format", "csv", "--limit", 1, "--column-limit", 1)
    assert asked.out.splitlines()[0].startswith("row,class,iri,Brook,filled")
