"""Reading beside writing is measured over a service, and what is measured was done."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.stores import generated_store
from benchmarks.writing import Found, measured


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """Return the figures of a tiny store and two readers."""
    folder: Path = tmp_path_factory.mktemp("stores")
    return measured(generated_store(folder, 120, seed=1), seconds=1.5, readers=2)


def test_every_kind_of_request_is_made_and_none_fails(found: Found) -> None:
    reads = {"short SPARQL query", "entity", "search", "impact", "saved query", "all"}
    made = {
        row.phase: {each.kind for each in found.rows if each.phase == row.phase}
        for row in found.rows
    }
    assert made["readers alone"] == made["readers and a writer"] == reads
    assert {"patch", "SPARQL update"} <= made["the writer alone"] | made[
        "the writer during backups"
    ]
    assert [row for row in found.rows if row.failed] == []
    assert found.failed_reads == 0


def test_the_writer_commits_in_every_phase(found: Found) -> None:
    assert len(found.commits_per_second) == 3
    assert all(found.commits_per_second.values())
    assert found.backups and found.backup_mb > 0


def test_a_start_takes_time(found: Found) -> None:
    assert [each for each in found.starts if each.seconds <= 0] == []
