"""How answers look in a terminal: tables on standard output, messages on standard error."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from orthogramic.errors import NonConformingDataError, OrthogramicError

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID


#: Columns of the widest table that goes into a pipe.
_WIDEST = 100_000


#: What a terminal would obey rather than show (ECMA-48: C0 but for tab and line feed, DEL, C1).
_ORDERS = {
    code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160)) if chr(code) not in "\t\n"
}


def visible(text: str) -> str:
    """Return text as a terminal may show it: data can hold what would move the cursor."""
    return text.translate(_ORDERS)


def show_text(text: str) -> None:
    """Print a line or more of an answer."""
    sys.stdout.write(f"{visible(text)}\n")


def show_json(document: Any) -> None:
    """Print a document as JSON, readable and stable."""
    text = json.dumps(document, ensure_ascii=False, indent=2)
    sys.stdout.write(f"{text}\n")


def show_bytes(data: bytes) -> None:
    """Print bytes as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def show_table(
    columns: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()
) -> None:
    """Print a table; in a pipe it is as wide as its content.

    :param right: positions of the columns that are numbers.
    """
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415 - slow to import, and not always wanted
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for position, name in enumerate(columns):
        table.add_column(
            Text(name),
            justify="right" if position in right else "left",
            overflow="fold",
            no_wrap=position in right,
        )
    for row in rows:
        table.add_row(*(Text(visible(cell)) for cell in row))
    console = Console()
    if not console.is_terminal:
        widest = Console(width=_WIDEST)
        console = Console(width=widest.measure(table).maximum)
    console.print(table)


def say(text: str) -> None:
    """Tell the person something that is not part of the answer."""
    sys.stderr.write(f"{visible(text)}\n")
    sys.stderr.flush()


def show_error(error: OrthogramicError) -> None:
    """Tell what went wrong in one sentence, and what helps to mend it."""
    say(f"orthogramic: {place(error.to_dict())}{error.detail}")
    if isinstance(error, NonConformingDataError):
        # What does not block may be about anything in the store; validate tells it.
        say("")
        say(error.report.to_text(limit=error.report.counts["violation"]))
        return
    extra: Mapping[str, Any] = error.to_dict()
    faults = extra.get("faults", ())
    # The sentence has the first already.
    for fault in faults if len(faults) > 1 else ():
        say(f"  {fault['source']}:{fault['line']}: {fault['message']}")
    if extra.get("pointer"):
        say(f"  at {extra['pointer']}")
    referrers = extra.get("referrers", ())
    # The sentence names three.
    for each in referrers if len(referrers) > 3 else ():  # noqa: PLR2004
        say(f"  {each['class']}  {each['label']}  ({each['relationship']})")
    # A service sends the report of a refusal as data.
    for each in extra.get("report", {}).get("results", ()):
        if each["severity"] == "violation":
            say(f"  {place(each)}{each['focus_label']}: {each['message']}")
    for offer in extra.get("candidates", ()):
        say(f"  {offer['class']}/{offer['key']}  {offer['label']}")


def place(problem: Mapping[str, Any]) -> str:
    """Return where in which document a fault or a result stands, as compilers write it."""
    if not problem.get("source") or not problem.get("line"):
        return ""
    places = (problem["source"], problem["line"], problem.get("column"))
    return ":".join(str(each) for each in places if each) + ": "


def paging_note(document: Mapping[str, Any], shown: int) -> None:
    """Say what a page leaves out."""
    total, offset = document["total"], document["offset"]
    if total > shown:
        say(f"{offset + 1} to {offset + shown} of {total}; see --limit and --offset.")


def bound_note(bound: Mapping[str, Any]) -> None:
    """Say that an answer may be incomplete."""
    count = bound["frontier"]
    if count:
        things = "1 entity that was reached lacks" if count == 1 else f"{count} entities lack"
        say(f"The answer may be incomplete: {things} a link that the shapes expect.")


def terminal_width() -> int | None:
    """Return how many characters a line of the terminal has; ``None`` in a pipe."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


class ProgressBar:
    """Shows how far long work is, on standard error, if a person is looking."""

    def __init__(self) -> None:
        self._bar: RichProgress | None = None
        self._task: TaskID | None = None

    def close(self) -> None:
        """Take the bar away."""
        if self._bar:
            self._bar.stop()

    def stage(self, name: str, total: int | None) -> None:
        """Begin a stage."""
        if not sys.stderr.isatty():
            say(f"{name[:1].upper()}{name[1:]} …")
            return
        bar = self._bar or self._start()
        if self._task is not None:
            bar.stop_task(self._task)
        self._task = bar.add_task(name, total=total)

    def _start(self) -> RichProgress:
        from rich.console import Console  # noqa: PLC0415 - slow to import
        from rich.progress import (  # noqa: PLC0415
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
        )

        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
        )
        self._bar.start()
        return self._bar

    def advance(self, count: int) -> None:
        """Tell that more of the stage is done."""
        if self._bar is not None and self._task is not None:
            self._bar.advance(self._task, count)
