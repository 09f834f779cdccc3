"""The form of the matrix page: what was asked, and what can be asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.datastructures import QueryParams

from orthogramic.analysis.matrix_question import DEEPEST_LEVEL
from orthogramic.metamodel import Metamodel
from orthogramic.web.links import Links, Parameter
from orthogramic.web.views import parameters
from orthogramic.web.views.classes import entity_class_choices
from orthogramic.web.views.question import (
    DEPENDENCIES,
    DIRECTIONS,
    IMPACT,
    MOST_HOPS,
    Choice,
    profile_choices,
    relationship_choices,
)

CELLS = {"score": "Score of the best path", "paths": "Number of paths"}
ORDERS = {"label": "By name", "total": "By total, greatest first"}
DIRECTION_WORDS = {
    DEPENDENCIES: "What each row depends on",
    IMPACT: "Who or what is affected if a row changes",
}


@dataclass(frozen=True, slots=True)
class AskedMatrix:
    """A matrix as its address states it; without sides nothing was asked."""

    rows: str | None = None
    columns: str | None = None
    row: tuple[str, ...] = ()
    column: tuple[str, ...] = ()
    row_parents: tuple[str, ...] = ()
    row_level: int | None = None
    column_parents: tuple[str, ...] = ()
    column_level: int | None = None
    direction: str = DEPENDENCIES
    cell: str = "score"
    profile: str | None = None
    max_hops: int | None = None
    min_score: float | None = None
    via: tuple[str, ...] = ()
    hide_empty: bool = False
    sort: str = "label"
    offset: int = 0
    column_offset: int = 0

    @classmethod
    def read(cls, query: QueryParams) -> AskedMatrix:
        """Read a question.

        :raises InvalidParameterError: if a value cannot be read.
        """
        return cls(
            rows=parameters.text(query, "rows"),
            columns=parameters.text(query, "columns"),
            row=parameters.texts(query, "row"),
            column=parameters.texts(query, "column"),
            direction=parameters.choice(query, "direction", DIRECTIONS),
            row_parents=parameters.texts(query, "row_parents"),
            row_level=parameters.whole_number(query, "row_level", low=1, high=DEEPEST_LEVEL),
            column_parents=parameters.texts(query, "column_parents"),
            column_level=parameters.whole_number(query, "column_level", low=1, high=DEEPEST_LEVEL),
            cell=parameters.text(query, "cell") or "score",
            profile=parameters.text(query, "profile"),
            max_hops=parameters.whole_number(query, "max_hops", low=1, high=MOST_HOPS),
            min_score=parameters.fraction(query, "min_score"),
            via=parameters.texts(query, "via"),
            hide_empty=parameters.choice(query, "hide_empty", ("false", "true")) == "true",
            sort=parameters.choice(query, "sort", tuple(ORDERS)),
            offset=parameters.offset(query),
            column_offset=parameters.offset(query, "column_offset"),
        )

    @classmethod
    def sides(cls, query: QueryParams) -> AskedMatrix:
        """Read only the sides, which cannot be unreadable, so that a form keeps them."""
        return cls(
            rows=parameters.text(query, "rows"),
            columns=parameters.text(query, "columns"),
            row=parameters.texts(query, "row"),
            column=parameters.texts(query, "column"),
        )

    @property
    def complete(self) -> bool:
        """Whether both sides are named."""
        return bool((self.rows or self.row) and (self.columns or self.column))

    def interface(self) -> dict[str, Parameter]:
        """Return the parameters of the HTTP interface that asks this, without paging."""
        return {
            "rows": self.rows,
            "columns": self.columns,
            "row": self.row,
            "column": self.column,
            "row_parents": self.row_parents,
            "row_level": self.row_level,
            "column_parents": self.column_parents,
            "column_level": self.column_level,
            "direction": self.direction,
            "cell": self.cell if self.cell != "score" else None,
            "profile": self.profile,
            "max_hops": self.max_hops,
            "min_score": self.min_score,
            "via": self.via,
            "hide_empty": "true" if self.hide_empty else None,
            "sort": self.sort if self.sort != "label" else None,
        }

    def address(self) -> dict[str, Parameter]:
        """Return the parameters of the page that asks this."""
        return {
            **self.interface(),
            "offset": self.offset or None,
            "column_offset": self.column_offset or None,
        }


@dataclass(frozen=True, slots=True)
class MatrixForm:
    """The form with its choices, those of the question marked as chosen.

    :param kept: fields that are sent along unseen: name and value.
    :param narrowed: what the question leaves out by naming entities, in words; may be empty.
    :param everything: the same question without names.
    """

    directions: tuple[Choice, ...]
    rows: tuple[Choice, ...]
    columns: tuple[Choice, ...]
    row_level: str
    column_level: str
    cells: tuple[Choice, ...]
    orders: tuple[Choice, ...]
    profiles: tuple[Choice, ...]
    max_hops: str
    min_score: str
    hide_empty: bool
    relationships: tuple[Choice, ...]
    via_chosen: bool
    kept: tuple[tuple[str, str], ...]
    narrowed: str
    everything: str


def matrix_form(metamodel: Metamodel, asked: AskedMatrix, links: Links) -> MatrixForm:
    """Make the form."""
    return MatrixForm(
        directions=_choices(DIRECTION_WORDS, asked.direction),
        rows=_classes(metamodel, asked.rows),
        columns=_classes(metamodel, asked.columns),
        row_level=str(asked.row_level or ""),
        column_level=str(asked.column_level or ""),
        cells=_choices(_cells(metamodel), asked.cell),
        orders=_choices(ORDERS, asked.sort),
        profiles=profile_choices(metamodel, asked.profile),
        max_hops=str(asked.max_hops or ""),
        min_score="" if asked.min_score is None else f"{asked.min_score:g}",
        hide_empty=asked.hide_empty,
        relationships=relationship_choices(metamodel, asked.via),
        via_chosen=bool(asked.via),
        kept=tuple(
            (name, value)
            for name, values in (
                ("row", asked.row),
                ("column", asked.column),
                ("row_parents", asked.row_parents),
                ("column_parents", asked.column_parents),
            )
            for value in values
        ),
        narrowed=_narrowed(asked),
        everything=links.to("/matrix", **{**asked.interface(), "row": (), "column": ()}),
    )


def _choices(words: dict[str, str], chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(name, label, name == chosen) for name, label in words.items())


def _cells(metamodel: Metamodel) -> dict[str, str]:
    """Return what a cell can hold, the measures of the bundle included."""
    return CELLS | {each.name: each.label for each in metamodel.all_measures}


def _classes(metamodel: Metamodel, chosen: str | None) -> tuple[Choice, ...]:
    found = tuple(
        Choice(name, label, name == chosen) for name, label in entity_class_choices(metamodel)
    )
    if chosen and not any(each.chosen for each in found):
        # A saved set, or a class by another name: the form keeps what the address says.
        return (*found, Choice(chosen, chosen, True))
    return found


def _narrowed(asked: AskedMatrix) -> str:
    parts = [
        f"{what} {_listed(names)}"
        for what, names in (("the rows", asked.row), ("the columns", asked.column))
        if names
    ]
    return f"Only {' and '.join(parts)}." if parts else ""


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)
