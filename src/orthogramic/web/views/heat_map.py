"""A table of numbers in five shades: one component for every matrix on a page.

The shade only repeats what the number says: it is there for the eye that wants the pattern first.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One cell; an empty one has no text. Level 0 is no shade."""

    text: str = ""
    level: int = 0
    href: str | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class HeatHead:
    """The label of a row or a column, and the page of what it names."""

    label: str
    href: str | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One row with its totals."""

    head: HeatHead
    cells: tuple[HeatCell, ...]
    totals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """The whole table.

    :param caption: what it shows.
    :param corner: what the rows are, over their labels.
    :param total_heads: what the totals of a row are called.
    :param totals: the rows at the bottom: what they are called, and a text for each column and
        each total.
    :param legend: number and range of each shade in use.
    """

    caption: str
    corner: str
    columns: tuple[HeatHead, ...]
    rows: tuple[HeatRow, ...]
    total_heads: tuple[str, ...]
    totals: tuple[tuple[str, tuple[str, ...]], ...]
    legend: tuple[tuple[int, str], ...]
