"""Whatever is given to a saved query on the command line is a value, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

import orthogramic
from tests.cli.shell import Shell
from tests.conftest import WORKED_EXAMPLE
from tests.queries.bad_input import EMPTY, HOSTILE, MISTAKES, Mistake

#: Opening a store takes a while: a few of each kind here, all of them where the service is tested.
TYPED = {"", "2026-02-30", "9" * 5000, HOSTILE[0]}
ASKED = [each for each in MISTAKES if len(each.values) != 1 or {*each.values.values()} & TYPED]
NAMED = [each for each in MISTAKES if each.values == {"persona": "Client Profiling"}]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store with the worked example; it is only read."""
    path = tmp_path_factory.mktemp("wealth") / "store"
    with orthogramic.open(path) as repository:
        repository.load(WORKED_EXAMPLE, gate=False)
    return path


def pairs(values: dict[str, str]) -> list[str]:
    return [part for name, value in values.items() for part in ("-p", f"{name}={value}")]


@pytest.mark.parametrize("mistake", [*ASKED, *NAMED], ids=str)
def test_a_mistake_is_one_sentence_and_an_exit_code(
    plain: Shell, store: Path, mistake: Mistake
) -> None:
    outcome = plain("--store", store, "query", mistake.query, *pairs(mistake.values))
    assert (outcome.code, outcome.out) == (mistake.exit_code, "")
    assert mistake.words in outcome.err


@pytest.mark.parametrize(("name", "values"), [EMPTY[0], EMPTY[2], EMPTY[-5]])
def test_a_value_that_is_nowhere_has_an_empty_answer(
    plain: Shell, store: Path, name: str, values: dict[str, str]
) -> None:
    outcome = plain("--store", store, "query", name, *pairs(values), "--format", "csv")
    assert (outcome.code, len(outcome.out.splitlines())) == (0, 1)
