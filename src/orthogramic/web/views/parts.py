"""What an entity consists of besides its own values: one part as a list, many alike as a table.

Readings of an indicator or phases of an initiative are compared with each other, which a card for
each of them prevents. Nothing is left out to make a table: what does not fit stays a card.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from orthogramic.web.views.terms import Cell

#: The most columns that a reader takes in at a glance.
MOST_COLUMNS = 10


@dataclass(frozen=True, slots=True)
class Row:
    """One attribute with its values, or one part with attributes of its own."""

    label: str
    description: str
    cells: tuple[Cell, ...]
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A structural node.

    :param kind: label of its class.
    :param number: its number among the parts that the same property names; 0 if there is one.
    """

    kind: str
    number: int
    attributes: tuple[Row, ...]

    @property
    def label(self) -> str:
        """Return the name that tells it from the others."""
        return f"{self.kind} {self.number}" if self.number else self.kind


@dataclass(frozen=True, slots=True)
class PartTable:
    """Parts of one kind below each other; a value that a part lacks is an empty cell.

    :param heads: label and description of each column.
    :param rows: number of the part, and its values in the order of the columns.
    """

    label: str
    heads: tuple[tuple[str, str], ...]
    rows: tuple[tuple[int, tuple[tuple[Cell, ...], ...]], ...]


def sections(parts: Sequence[Part]) -> tuple[Part | PartTable, ...]:
    """Put parts of one kind that follow each other into a table, if they fit into one."""
    found: list[Part | PartTable] = []
    for _, places in groupby(range(len(parts)), key=lambda place: _run(parts, place)):
        alike = [parts[place] for place in places]
        table = _table(alike) if len(alike) > 1 else None
        found.extend([table] if table else alike)
    return tuple(found)


def _run(parts: Sequence[Part], place: int) -> tuple[str, int]:
    """Return kind and beginning of a part's run; numbers start again at each run."""
    return parts[place].kind, place - max(parts[place].number - 1, 0)


def _table(parts: Sequence[Part]) -> PartTable | None:
    rows = [row for part in parts for row in part.attributes]
    heads = dict.fromkeys((row.label, row.description) for row in rows)
    labels = [label for label, _ in heads]
    if len(labels) > MOST_COLUMNS or len(set(labels)) < len(labels):
        return None
    if any(row.parts for row in rows):
        return None
    lines = ((part.number, {row.label: row.cells for row in part.attributes}) for part in parts)
    return PartTable(
        label=parts[0].kind,
        heads=tuple(heads),
        rows=tuple(
            (number, tuple(values.get(label, ()) for label in labels)) for number, values in lines
        ),
    )
