"""Options of a service for what a query may cost; each can be set in the environment too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from orthogramic.service.settings import Limits

Command = TypeVar("Command", bound=Callable[..., Any])

_MEBIBYTE = 1 << 20
_WHOLE = click.IntRange(min=1)
_COUNT = click.IntRange(min=0)
#: Option, how its value is shown, type, and what it bounds. MiB are turned into bytes.
_OPTIONS: tuple[tuple[str, str, click.ParamType[Any], str], ...] = (
    ("query-seconds", "SECONDS", click.FloatRange(min=0, min_open=True), "Time of one query."),
    ("query-rows", "N", _WHOLE, "Rows or triples of one answer."),
    ("query-memory", "MIB", _WHOLE, "Memory of one query."),
    ("query-length", "N", _WHOLE, "Characters of one query."),
    ("query-nesting", "N", _WHOLE, "Brackets within brackets of one query."),
    ("query-workers", "N", _WHOLE, "Queries that are evaluated at the same time."),
    ("query-spares", "N", _COUNT, "Workers that stand by."),
    ("query-waiting", "N", _WHOLE, "Queries that may wait for a worker."),
    ("answer-bytes", "MIB", _WHOLE, "Size of one answer."),
)


def question_options(command: Command) -> Command:
    """Give a command the options of this module."""
    for name, shown, kind, meaning in reversed(_OPTIONS):
        command = click.option(
            f"--{name}",
            type=kind,
            metavar=shown,
            envvar=f"ORTHOGRAMIC_{_field(name).upper()}",
            help=meaning,
        )(command)
    return command


def limits_of(said: Mapping[str, Any]) -> Limits:
    """Return the limits that the options of a command come to; what was not said has defaults."""
    from orthogramic.service.settings import Limits  # noqa: PLC0415 - slow, and rarely needed

    chosen = {
        _field(name): said[_field(name)] * (_MEBIBYTE if shown == "MIB" else 1)
        for name, shown, _, _ in _OPTIONS
        if said[_field(name)] is not None
    }
    return Limits(**chosen)


def _field(name: str) -> str:
    return name.replace("-", "_")
