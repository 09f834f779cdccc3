"""What a query may cost is said on the command line or in the environment, and has defaults."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click
import pytest
from click.testing import CliRunner

from orthogramic.cli.question_bounds import limits_of, question_options
from orthogramic.service.settings import Limits


def told(arguments: list[str], environment: Mapping[str, str] | None = None) -> Limits:
    found: list[Limits] = []

    @click.command()
    @question_options
    def serve(**said: Any) -> None:
        found.append(limits_of(said))

    result = CliRunner().invoke(serve, arguments, env=environment)
    assert result.exit_code == 0, result.output
    return found[0]


def test_nothing_said_is_the_defaults() -> None:
    assert told([]) == Limits()


@pytest.mark.parametrize(
    ("option", "value", "field", "expected"),
    [
        ("--query-seconds", "0.5", "query_seconds", 0.5),
        ("--query-rows", "10", "query_rows", 10),
        ("--query-memory", "64", "query_memory", 64 << 20),
        ("--answer-bytes", "3", "answer_bytes", 3 << 20),
        ("--query-length", "100", "query_length", 100),
        ("--query-nesting", "7", "query_nesting", 7),
        ("--query-workers", "4", "query_workers", 4),
        ("--query-spares", "0", "query_spares", 0),
        ("--query-waiting", "5", "query_waiting", 5),
    ],
)
def test_each_bound_is_an_option_and_a_variable(
    option: str, value: str, field: str, expected: float
) -> None:
    variable = "ORTHOGRAMIC_" + option.removeprefix("--").replace("-", "_").upper()
    by_option, by_variable = told([option, value]), told([], {variable: value})
    assert getattr(by_option, field) == expected
    assert by_option == by_variable
    both = told([option, value], {variable: "1"})
    assert getattr(both, field) == expected


def test_what_a_service_is_told_is_what_its_workers_hold() -> None:
    limits = told(["--query-seconds", "2", "--query-nesting", "9", "--query-workers", "1"])
    assert (limits.questions.seconds, limits.questions.nesting) == (2, 9)
    assert (limits.questions.workers, limits.questions.rows) == (1, Limits().query_rows)


@pytest.mark.parametrize("wrong", ["0", "-1", "many"])
@pytest.mark.parametrize("option", ["--query-seconds", "--query-rows", "--query-workers"])
def test_a_bound_that_is_none_is_wrong_usage(option: str, wrong: str) -> None:
    @click.command()
    @question_options
    def serve(**_said: Any) -> None: ...

    assert CliRunner().invoke(serve, [option, wrong]).exit_code == 2
