"""What is asked of a matrix: two sides, what a cell holds, and which part of it is wanted.

A side is a class, a saved set, some entities, or some entities of either.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pyoxigraph import NamedNode

from orthogramic.analysis.question import check_hops, distinct
from orthogramic.errors import InvalidParameterError
from orthogramic.graph import Direction

#: Rows and columns of a page, unless the question says otherwise.
DEFAULT_SIDE = 100
#: The most rows or columns of a page, and the most cells.
LONGEST_SIDE = 10_000
MOST_CELLS = 100_000
#: The greatest offset: what every list can count up to.
FARTHEST = 2**53
#: The greatest hop limit of a score.
MOST_HOPS = 1000
#: The deepest level that entities are gathered at.
DEEPEST_LEVEL = 100
#: Hop limits for counting, by default and at most: the number of paths grows with their power.
COUNTED_HOPS = 4
MOST_COUNTED_HOPS = 8


class CellKind(StrEnum):
    """What a cell holds."""

    SCORE = "score"
    PATHS = "paths"
    MEASURE = "measure"


class Order(StrEnum):
    """In which order rows and columns stand."""

    LABEL = "label"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class ChosenSet:
    """Entities that were chosen by a name that stands for them.

    :param name: what they are called, for people.
    :param parameters: what names them in the normal form of the question, JSON-serialisable;
        with the snapshot and the bundle it determines the members.
    """

    name: str
    parameters: Mapping[str, Any]
    members: tuple[NamedNode, ...]


@dataclass(frozen=True, slots=True)
class RollUp:
    """How the entities of a side are gathered under those that hold them together.

    :param along: relationships from a child to its parent.
    :param level: of the entities that stand for groups; those without a parent are of level 1.
    :raises InvalidParameterError: if there is no relationship, or no such level.
    """

    along: tuple[NamedNode, ...]
    level: int = 1

    def __post_init__(self) -> None:
        object.__setattr__(self, "along", distinct(self.along))
        _check("level", self.level, 1, DEEPEST_LEVEL)
        if not self.along:
            raise InvalidParameterError("No relationship is given that leads to a parent.")

    def parameters(self) -> dict[str, Any]:
        """Return ``along`` and ``level``, JSON-serialisable."""
        return {"along": [each.value for each in self.along], "level": self.level}


@dataclass(frozen=True, slots=True)
class Side:
    """The rows or the columns.

    :param of_class: the class whose instances (subclasses included) they are.
    :param entities: only these; with a class or a set, those of them that belong to it.
    :param chosen: the set that they are, instead of a class.
    :param roll_up: how they are gathered; ``None`` for each by itself.
    :raises InvalidParameterError: if there is nothing, or a class and a set.
    """

    of_class: NamedNode | None = None
    entities: tuple[NamedNode, ...] = ()
    chosen: ChosenSet | None = None
    roll_up: RollUp | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "entities", distinct(self.entities))
        if self.of_class is not None and self.chosen is not None:
            raise InvalidParameterError("A side of a matrix is a class or a set, not both.")
        if self.of_class is None and self.chosen is None and not self.entities:
            raise InvalidParameterError(
                "A matrix needs a class, a saved set, or the names of entities, for its rows and "
                "its columns."
            )

    def parameters(self) -> dict[str, Any]:
        """Return the side in its normal form, JSON-serialisable."""
        found: dict[str, Any] = {
            "class": self.of_class.value if self.of_class else None,
            "entities": [each.value for each in self.entities],
        }
        if self.chosen:
            found["set"] = dict(self.chosen.parameters)
        if self.roll_up:
            found["roll_up"] = self.roll_up.parameters()
        return found


@dataclass(frozen=True, slots=True)
class MatrixQuestion:
    """How each row needs, or affects, each column.

    :param rows: where paths start.
    :param columns: where they end.
    :param direction: ``dependencies``: what each row needs; ``impact``: what a change of it
        affects.
    :param cell: best score, number of distinct paths that visit no entity twice, or a measure.
    :param measure: which measure.
    :param via: relationships that paths may use, as in :class:`orthogramic.analysis.Question`.
    :param max_hops: greatest number of steps; ``None`` for no limit, or for
        :data:`COUNTED_HOPS` where paths are counted.
    :param min_score: least score of a filled cell, 0 to 1.
    :param hide_empty: leave out the rows and columns without a filled cell.
    :param sort: by label and IRI, or by falling total.
    :param limit: greatest number of rows of the page.
    :param offset: number of rows before it.
    :param column_limit: greatest number of columns of the page.
    :param column_offset: number of columns before it.
    :raises InvalidParameterError: if a value is out of range.
    """

    rows: Side
    columns: Side
    direction: Direction = Direction.DEPENDENCIES
    cell: CellKind = CellKind.SCORE
    measure: NamedNode | None = None
    via: tuple[NamedNode, ...] = ()
    max_hops: int | None = None
    min_score: float = 0.0
    hide_empty: bool = False
    sort: Order = Order.LABEL
    limit: int = DEFAULT_SIDE
    offset: int = 0
    column_limit: int = DEFAULT_SIDE
    column_offset: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "via", distinct(self.via))
        check_hops(self.max_hops)
        if (self.cell is CellKind.MEASURE) != (self.measure is not None):
            raise InvalidParameterError("A cell that holds a measure needs its name.")
        if self.cell is CellKind.PATHS:
            object.__setattr__(self, "max_hops", self.max_hops or COUNTED_HOPS)
            _check("max_hops where paths are counted", self.max_hops or 0, 1, MOST_COUNTED_HOPS)
        _check("max_hops", self.max_hops or 1, 1, MOST_HOPS)
        for name in ("limit", "column_limit"):
            _check(name, getattr(self, name), 1, LONGEST_SIDE)
        for name in ("offset", "column_offset"):
            _check(name, getattr(self, name), 0, FARTHEST)
        if not math.isfinite(self.min_score) or not 0.0 <= self.min_score <= 1.0:
            raise InvalidParameterError(f"min_score is {self.min_score}; it must be from 0 to 1.")

    def parameters(self) -> dict[str, Any]:
        """Return the question in its normal form, JSON-serialisable."""
        measure = {"measure": self.measure.value} if self.measure else {}
        return {
            "rows": self.rows.parameters(),
            "columns": self.columns.parameters(),
            "direction": str(self.direction),
            "cell": str(self.cell),
            **measure,
            "via": [each.value for each in self.via],
            "max_hops": self.max_hops,
            "min_score": float(self.min_score),
            "hide_empty": self.hide_empty,
            "sort": str(self.sort),
            "limit": self.limit,
            "offset": self.offset,
            "column_limit": self.column_limit,
            "column_offset": self.column_offset,
        }


def _check(name: str, value: int, low: int, high: int) -> None:
    if not low <= value <= high:
        raise InvalidParameterError(f"{name} must be from {low} to {high:,}, not {value}.")
