"""A matrix in a terminal: as many tables below each other as its columns need.

Numbers are never cut: where the columns do not fit side by side, the next ones stand below, each
table with the labels of the rows.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from orthogramic.cli.rendering import say, show_table, terminal_width
from orthogramic.exchange.heat import measured, printed

#: Width of a column, and of the labels of the rows, in characters.
_COLUMN, _ROWS = 14, 28
#: What stands between two columns.
_GAP = 2


def show_matrix(answer: Mapping[str, Any]) -> None:
    """Print a matrix on standard output, and what must be known of it on standard error."""
    say(answer["title"])
    if answer["rows"] and answer["columns"]:
        table = _table(answer)
        labels = ["\n".join(textwrap.wrap(line[0], _ROWS)) or line[0] for line in table[1:]]
        for block in _blocks(len(table[0]) - 1, terminal_width()):
            heads = ["\n".join(textwrap.wrap(table[0][at], _COLUMN)) for at in block]
            rows = [
                [label, *(line[at] for at in block)]
                for label, line in zip(labels, table[1:], strict=True)
            ]
            show_table(["", *heads], rows, right=range(1, len(block) + 1))
    for note in answer["notes"]:
        say(note)
    _page_note(answer)


def _table(answer: Mapping[str, Any]) -> list[list[str]]:
    """Return the whole page as text, labels and totals included."""
    key = "value" if answer["measure"] else answer["cell"]
    cells = {
        (each["row"], each["column"]): _printed(answer, each[key], each.get("at_least", False))
        for each in answer["cells"]
    }
    columns, totals = answer["columns"], answer["totals"]
    lines = [["", *(each["label"] for each in columns), "filled", "sum"]]
    for row, total in zip(answer["rows"], totals["rows"], strict=True):
        found = (cells.get((row["iri"], each["iri"]), "") for each in columns)
        lines.append([row["label"], *found, *_total(answer, total)])
    below = [_total(answer, each) for each in totals["columns"]]
    filled, together = _total(answer, totals)
    lines.append(["filled", *(each[0] for each in below), filled, ""])
    lines.append(["sum", *(each[1] for each in below), "", together])
    return lines


def _total(answer: Mapping[str, Any], total: Mapping[str, Any]) -> tuple[str, str]:
    return f"{total['filled']:,}", _printed(answer, total["sum"], total["at_least"])


def _printed(answer: Mapping[str, Any], value: float, at_least: bool) -> str:
    if answer["measure"]:
        return measured(value)
    return printed(value, counted=answer["counting"] is not None, at_least=at_least)


def _blocks(columns: int, width: int | None) -> Iterator[Sequence[int]]:
    """Yield the numbers of the columns, from 1, that stand side by side."""
    side_by_side = columns
    if width is not None:
        side_by_side = max(1, (width - _ROWS - _GAP) // (_COLUMN + _GAP))
    for first in range(1, columns + 1, side_by_side):
        yield range(first, min(first + side_by_side, columns + 1))


def _page_note(answer: Mapping[str, Any]) -> None:
    for side, what, option in (("rows", "Rows", ""), ("columns", "Columns", "column-")):
        shown, total = len(answer[side]), answer[f"total_{side}"]
        offset = answer[f"{option.replace('-', '_')}offset"]
        if shown < total:
            which = f"{offset + 1} to {offset + shown}" if shown else f"None after {offset}"
            say(f"{what}: {which} of {total}; see --{option}limit and --{option}offset.")
