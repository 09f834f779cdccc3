"""The what-if page: a scenario as lines of text, and the difference that it would make."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from starlette.datastructures import QueryParams

from orthogramic.analysis.differing import FailureDifference, ReachDifference, Shift, ShiftKind
from orthogramic.metamodel import Metamodel
from orthogramic.repository.scenarios.answer import WhatIfAnswer
from orthogramic.repository.scenarios.finding_differences import FindingDifference
from orthogramic.repository.scenarios.query_differences import QueryDifference
from orthogramic.web.links import Links, Parameter
from orthogramic.web.views import parameters
from orthogramic.web.views.classes import EntityLink
from orthogramic.web.views.paging import Pager
from orthogramic.web.views.question import Choice, profile_choices
from orthogramic.web.views.reasons import Describe, bound_sentence, receipt_facts

DIRECTIONS = ("both", "dependencies", "impact")
DIRECTION_WORDS = {
    "both": "both ways",
    "dependencies": "what it depends on",
    "impact": "who or what it affects",
}
#: Saved queries that the page compares at most: each is asked twice.
MOST_QUERIES = 3


@dataclass(frozen=True, slots=True)
class AskedWhatIf:
    """A what-if question as its address states it; ``changes`` is empty while nothing was asked."""

    changes: str = ""
    against: str = ""
    source: str = ""
    fail: str = ""
    direction: str = DIRECTIONS[0]
    profile: str | None = None
    queries: tuple[str, ...] = ()
    offset: int = 0

    @classmethod
    def read(cls, query: QueryParams) -> AskedWhatIf:
        """Read a question.

        :raises InvalidParameterError: if a value cannot be read.
        """
        return cls(
            changes=parameters.text(query, "changes") or "",
            against=parameters.text(query, "against") or "",
            source=parameters.text(query, "source") or "",
            fail=parameters.text(query, "fail") or "",
            direction=parameters.choice(query, "direction", DIRECTIONS),
            profile=parameters.text(query, "profile"),
            queries=parameters.texts(query, "query")[:MOST_QUERIES],
            offset=parameters.offset(query),
        )

    def address(self) -> dict[str, Parameter]:
        """Return the parameters of the page that asks this, without those left at their default."""
        return {
            "changes": self.changes,
            "against": self.against,
            "source": self.source,
            "fail": self.fail,
            "direction": None if self.direction == DIRECTIONS[0] else self.direction,
            "profile": self.profile,
            "query": self.queries,
            "offset": self.offset or None,
        }

    @property
    def scenario(self) -> dict[str, Any]:
        """The scenario as the repository takes it."""
        return {"changes": _lines(self.changes)}

    @property
    def other(self) -> dict[str, Any] | None:
        """The scenario that it is compared with."""
        return {"changes": _lines(self.against)} if self.against else None


def _lines(text: str) -> list[str]:
    lines = (each.strip() for each in text.splitlines())
    return [each for each in lines if each and not each.startswith("#")]


@dataclass(frozen=True, slots=True)
class WhatIfForm:
    """The form with its choices."""

    asked: AskedWhatIf
    directions: tuple[Choice, ...]
    profiles: tuple[Choice, ...]
    queries: tuple[Choice, ...]


def what_if_form(metamodel: Metamodel, asked: AskedWhatIf) -> WhatIfForm:
    """Make the form; only queries that need no parameter are offered."""
    return WhatIfForm(
        asked=asked,
        directions=tuple(
            Choice(each, DIRECTION_WORDS[each], each == asked.direction) for each in DIRECTIONS
        ),
        profiles=profile_choices(metamodel, asked.profile),
        queries=tuple(
            Choice(each.name, each.summary, each.name in asked.queries)
            for each in metamodel.queries.values()
            if not any(parameter.required for parameter in each.parameters)
        ),
    )


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """One difference in reach."""

    kind: str
    direction: str
    source: EntityLink
    entity: EntityLink
    before: float | None
    after: float | None
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class TurnRow:
    """One entity that fares otherwise if something fails."""

    entity: EntityLink
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding that comes or goes."""

    sign: str
    word: str
    subject: str
    message: str


@dataclass(frozen=True, slots=True)
class FindingsView:
    """Findings of one kind."""

    heading: str
    summary: str
    rows: tuple[FindingRow, ...]


@dataclass(frozen=True, slots=True)
class RowsView:
    """Rows of one saved query that go and come."""

    name: str
    summary: str
    variables: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class WhatIfView:
    """The difference as the page shows it."""

    changes: tuple[str, ...]
    against: tuple[str, ...]
    notes: tuple[str, ...]
    refused: str
    summary: str
    shifts: tuple[ShiftRow, ...]
    pager: Pager
    failure: str
    turns: tuple[TurnRow, ...]
    findings: tuple[FindingsView, ...]
    queries: tuple[RowsView, ...]
    permalink: str
    complete: bool
    bound: str
    receipt: tuple[tuple[str, str], ...]


def what_if_view(
    answer: WhatIfAnswer, asked: AskedWhatIf, links: Links, describe: Describe
) -> WhatIfView:
    """Describe a difference."""
    return WhatIfView(
        changes=tuple(each.sentence for each in answer.scenario.changes),
        against=tuple(each.sentence for each in answer.against.changes) if answer.against else (),
        notes=_notes(answer),
        refused=""
        if answer.shapes.accepted
        else "A write of this scenario would be refused: it violates the shapes.",
        summary=_summary(answer.reach),
        shifts=tuple(_row(each, describe) for each in answer.reach.shifts),
        pager=Pager.of(
            offset=answer.reach.offset,
            shown=len(answer.reach.shifts),
            total=answer.reach.total,
            limit=answer.reach.limit,
            address=lambda offset: links.to("/what-if", **replace(asked, offset=offset).address()),
        ),
        failure=_failure(answer.failure),
        turns=tuple(
            TurnRow(
                describe(each.entity),
                each.before,
                each.after,
                each.reason_after or each.reason_before,
            )
            for each in answer.failure.turns
        ),
        findings=(
            _findings("Violations", answer.shapes.violations),
            _findings("Gaps", answer.shapes.gaps),
        ),
        queries=tuple(map(_rows, answer.queries)),
        permalink=links.to("/what-if", **asked.address()),
        complete=answer.reach.bound.complete,
        bound=bound_sentence(answer.reach.bound),
        receipt=receipt_facts(answer.receipt),
    )


def _notes(answer: WhatIfAnswer) -> tuple[str, ...]:
    asked, touched = len(answer.reach.sources), answer.sources_total
    some = f"Of {touched} entities that the changes touch, reach is told of the first {asked}."
    return (*answer.scenario.notes, *((some,) if asked < touched else ()))


def _summary(reach: ReachDifference) -> str:
    counts = [f"{reach.counts[each]} {each}" for each in ShiftKind if reach.counts.get(each)]
    return f"Reach: {', '.join(counts) or 'no difference'}."


def _failure(found: FailureDifference) -> str:
    if not found.total:
        return ""
    failing = {each.label for each in (*found.failing_before, *found.failing_after)}
    counts = ", ".join(f"{count} {standing}" for standing, count in found.counts.items())
    return f"If {' and '.join(sorted(failing))} fails: {counts}."


def _row(shift: Shift, describe: Describe) -> ShiftRow:
    was = shift.before.path.sentence if shift.before else ""
    now = shift.after.path.sentence if shift.after else ""
    return ShiftRow(
        kind=str(shift.kind),
        direction="needs" if shift.direction == "dependencies" else "is felt by",
        source=describe(shift.source),
        entity=describe(shift.entity),
        before=shift.before.score if shift.before else None,
        after=shift.after.score if shift.after else None,
        was=was if was != now else "",
        now=now,
    )


def _findings(heading: str, found: FindingDifference) -> FindingsView:
    sides = (("+", "new", found.new), ("-", "closed", found.mended))
    return FindingsView(
        heading=heading,
        summary=f"{found.new_total} new, {found.mended_total} closed.",
        rows=tuple(
            FindingRow(sign, word, each.focus_label, each.message)
            for sign, word, results in sides
            for each in results
        ),
    )


def _rows(found: QueryDifference) -> RowsView:
    shown = tuple(each for each in found.variables if f"{each}Label" not in found.variables)
    return RowsView(
        name=found.name,
        summary=f"{found.gone_total} rows gone, {found.came_total} come, "
        f"{found.unchanged} as before.",
        variables=shown,
        rows=tuple(
            (word, tuple(row.get(each, {}).get("value", "") for each in shown))
            for word, rows in (("gone", found.gone), ("come", found.came))
            for row in rows
        ),
    )
