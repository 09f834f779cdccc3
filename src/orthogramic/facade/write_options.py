"""What every write through the facade may say besides what it writes."""

from __future__ import annotations

from typing import TypedDict

from orthogramic.repository.asking import Timing
from orthogramic.repository.graph_writes import WriteOptions
from orthogramic.repository.preconditions import Precondition


class WriteArguments(TypedDict, total=False):
    """What goes along with a write.

    ``author`` and ``message`` are for the log; ``dry_run`` stops before anything is changed;
    ``if_match`` and ``if_none_match`` are entity tags (or ``"*"``) as in the fields of HTTP;
    ``most`` is how many statements may come and go; ``timing`` ends the work for an update.
    """

    author: str | None
    message: str | None
    dry_run: bool
    if_match: str | None
    if_none_match: str | None
    most: int | None
    timing: Timing | None


def options_of(arguments: WriteArguments) -> WriteOptions:
    """Return what goes along with a write, as the repository takes it."""
    return WriteOptions(
        author=arguments.get("author"),
        message=arguments.get("message"),
        dry_run=arguments.get("dry_run", False),
        precondition=Precondition.of(arguments.get("if_match"), arguments.get("if_none_match")),
        most=arguments.get("most"),
        timing=arguments.get("timing"),
    )
