"""Rows of saved queries that go and come with a scenario.

A query may ask anything, so no shortcut is exact but to ask it of a store that has the change. On
disk that store is one of links to the files of the other, made in about a tenth of a second
whatever the size; what is there is not touched. In memory it is copied.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from orthogramic.errors import InvalidParameterError
from orthogramic.metamodel import SavedQuery
from orthogramic.repository.asking import Term
from orthogramic.repository.changes import ChangeSet
from orthogramic.repository.updating.net_change import NetChange
from orthogramic.repository.updating.overlay import Overlay
from orthogramic.repository.updating.settings import UpdateSettings
from orthogramic.store import Dataset, QuadStore
from orthogramic.syntax import ResultFormat

#: Rows of one query that are shown of each side of a difference.
SHOWN_ROWS = 100
#: Statements that a scenario may change; its queries are refused beyond.
_MOST = 1_000_000

Row = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class AskedQuery:
    """A saved query with its parameters looked up."""

    query: SavedQuery
    bindings: Mapping[str, Term]
    parameters: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class QueryDifference:
    """What differs between two answers to one query; rows as SPARQL results in JSON write them.

    :param gone: the first of the rows that go; ``gone_total`` counts all.
    :param came: the first of the rows that come; ``came_total`` counts all.
    """

    name: str
    parameters: Mapping[str, str]
    variables: tuple[str, ...]
    gone: tuple[Row, ...]
    came: tuple[Row, ...]
    gone_total: int
    came_total: int
    unchanged: int

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-serialisable data."""
        return {
            "name": self.name,
            "parameters": dict(self.parameters),
            "variables": list(self.variables),
            "gone": [dict(each) for each in self.gone],
            "came": [dict(each) for each in self.came],
            "gone_total": self.gone_total,
            "came_total": self.came_total,
            "unchanged": self.unchanged,
        }


@dataclass(frozen=True, slots=True)
class _Answered:
    variables: tuple[str, ...]
    rows: Counter[str]


def query_differences(
    asked: Sequence[AskedQuery],
    store: QuadStore,
    before: ChangeSet,
    after: ChangeSet,
    settings: UpdateSettings,
) -> tuple[QueryDifference, ...]:
    """Answer queries under each of two changes of a store, and compare.

    :param settings: where queries are evaluated, and what follows from a change.
    :raises LimitExceededError: where the evaluation has bounds, and one is passed.
    """
    if not asked:
        return ()
    answers = []
    for change in (before, after):
        with _laid_over(store, change, settings) as there:
            answers.append([_answered(there, each) for each in asked])
    return tuple(map(_difference, asked, *answers))


@contextmanager
def _laid_over(
    store: QuadStore, change: ChangeSet, settings: UpdateSettings
) -> Iterator[QuadStore]:
    net = NetChange(store, settings, _MOST)
    net.apply(change.removed, change.added)
    with Overlay(store, net, settings) as overlay:
        yield overlay.present()


def _answered(store: QuadStore, asked: AskedQuery) -> _Answered:
    with closing(store.query(asked.query.text, Dataset(), bindings=asked.bindings)) as answer:
        if answer.is_graph:
            raise InvalidParameterError(
                f"The query {asked.query.name} gives a graph; only rows are compared."
            )
        with BytesIO() as target:
            answer.write(target, ResultFormat.JSON)
            document = json.loads(target.getvalue())
    if "boolean" in document:
        value = {"answer": {"type": "literal", "value": str(document["boolean"]).lower()}}
        return _Answered(("answer",), Counter([_text(value)]))
    rows = Counter(_text(each) for each in document["results"]["bindings"])
    return _Answered(tuple(document["head"]["vars"]), rows)


def _text(row: Row) -> str:
    return json.dumps(row, sort_keys=True, ensure_ascii=False)


def _difference(asked: AskedQuery, before: _Answered, after: _Answered) -> QueryDifference:
    gone, came = before.rows - after.rows, after.rows - before.rows
    return QueryDifference(
        name=asked.query.name,
        parameters=asked.parameters,
        variables=after.variables,
        gone=_first(gone),
        came=_first(came),
        gone_total=gone.total(),
        came_total=came.total(),
        unchanged=(before.rows & after.rows).total(),
    )


def _first(rows: Counter[str]) -> tuple[Row, ...]:
    return tuple(json.loads(each) for each in sorted(rows.elements())[:SHOWN_ROWS])
