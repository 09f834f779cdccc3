"""The pages of rankings: what comes first, as bars, and why, as sums that can be checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from starlette.datastructures import QueryParams

from orthogramic.analysis.ranking import RankedRow, RankingAnswer, Term, Unranked
from orthogramic.metamodel import Metamodel, Ranking
from orthogramic.web.links import Links, Parameter
from orthogramic.web.views import parameters
from orthogramic.web.views.classes import EntityLink, class_reference
from orthogramic.web.views.paging import Pager
from orthogramic.web.views.question import MOST_HOPS, Choice, profile_choices
from orthogramic.web.views.reasons import Describe


@dataclass(frozen=True, slots=True)
class AskedRanking:
    """What is asked of a ranking, as the form sent it."""

    entity: tuple[str, ...] = ()
    dependent: tuple[str, ...] = ()
    dependent_class: tuple[str, ...] = ()
    unit: str | None = None
    profile: str | None = None
    via: tuple[str, ...] = ()
    max_hops: int | None = None
    min_score: float | None = None
    offset: int = 0

    @classmethod
    def read(cls, query: QueryParams) -> AskedRanking:
        """Read a question.

        :raises InvalidParameterError: if a value cannot be read.
        """
        return cls(
            entity=parameters.texts(query, "entity"),
            dependent=parameters.texts(query, "dependent"),
            dependent_class=parameters.texts(query, "dependent_class"),
            unit=parameters.text(query, "unit"),
            profile=parameters.text(query, "profile"),
            via=parameters.texts(query, "via"),
            max_hops=parameters.whole_number(query, "max_hops", low=1, high=MOST_HOPS),
            min_score=parameters.fraction(query, "min_score"),
            offset=parameters.offset(query),
        )

    def question(self) -> dict[str, Any]:
        """Return the question as the repository takes it."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    def address(self) -> dict[str, Parameter]:
        """Return the parameters of the page."""
        return {**self.question(), "offset": self.offset or None}


@dataclass(frozen=True, slots=True)
class RankingCard:
    """A ranking in the list."""

    name: str
    label: str
    description: str
    href: str


@dataclass(frozen=True, slots=True)
class RankingForm:
    """The form, with what it shows."""

    heading: str
    description: str
    name: str
    asked: AskedRanking
    entity: str
    dependent: str
    classes: tuple[Choice, ...]
    profiles: tuple[Choice, ...]
    max_hops: str
    min_score: str


@dataclass(frozen=True, slots=True)
class TermView:
    """One term of a sum; ``paths`` leads to why the one depends on the other."""

    holder: EntityLink
    through: EntityLink | None
    share: float
    paths: str
    worth: str
    amount: str


@dataclass(frozen=True, slots=True)
class RowView:
    """One row with its sum."""

    rank: int
    entity: EntityLink
    result: str
    part: float
    own: str
    weight: str
    sentence: str
    terms: tuple[TermView, ...]
    left_out: str


@dataclass(frozen=True, slots=True)
class RankingView:
    """A page of a ranking."""

    summary: str
    unit: str
    rows: tuple[RowView, ...]
    notes: tuple[str, ...]
    unranked: tuple[tuple[EntityLink, str], ...]
    missing: tuple[tuple[EntityLink, str], ...]
    pager: Pager
    json: str
    frontier: int


def ranking_cards(found: Iterable[Ranking], links: Links) -> tuple[RankingCard, ...]:
    """Describe the rankings of a bundle."""
    return tuple(
        RankingCard(each.name, each.label, each.description, links.under("/rankings", (each.name,)))
        for each in found
    )


def ranking_form(metamodel: Metamodel, ranking: Ranking, asked: AskedRanking) -> RankingForm:
    """Make the form of a ranking."""
    classes = sorted(
        (
            metamodel.classes[each]
            for dependent in ranking.dependents
            for each in metamodel.subclasses(dependent)
        ),
        key=lambda each: each.label.casefold(),
    )
    names = [(class_reference(metamodel, each), each.label) for each in dict.fromkeys(classes)]
    return RankingForm(
        heading=ranking.label,
        description=ranking.description,
        name=ranking.name,
        asked=asked,
        entity=asked.entity[0] if asked.entity else "",
        dependent=asked.dependent[0] if asked.dependent else "",
        classes=tuple(
            Choice(name, label, name in asked.dependent_class[:1]) for name, label in names
        ),
        profiles=profile_choices(metamodel, asked.profile),
        max_hops=str(asked.max_hops or ""),
        min_score="" if asked.min_score is None else f"{asked.min_score:g}",
    )


def ranking_view(
    answer: RankingAnswer, ranking: Ranking, asked: AskedRanking, links: Links, describe: Describe
) -> RankingView:
    """Describe a page of a ranking."""
    home = links.under("/rankings", (ranking.name,)).removeprefix(links.root)
    return RankingView(
        summary=_summary(answer),
        unit=answer.unit,
        rows=tuple(_row(answer, each, asked, links, describe) for each in answer.rows),
        notes=answer.notes,
        unranked=_named(answer.unranked, describe),
        missing=_named(answer.missing, describe),
        pager=Pager.of(
            offset=answer.offset,
            shown=len(answer.rows),
            total=answer.total,
            limit=answer.limit,
            address=lambda offset: links.to(home, **replace(asked, offset=offset).address()),
        ),
        json=links.api(f"rankings/{ranking.name}", replace(asked, offset=0).address()),
        frontier=answer.bound.frontier,
    )


def _row(
    answer: RankingAnswer, row: RankedRow, asked: AskedRanking, links: Links, describe: Describe
) -> RowView:
    part = float(row.result / answer.largest) if answer.largest > 0 else 0.0
    return RowView(
        rank=row.rank,
        entity=describe(row.entity),
        result=_figure(row.result),
        part=max(0.0, part),
        own=row.own.sentence if row.own else "",
        weight=_figure(row.weight),
        sentence=row.sentence,
        terms=tuple(_term(row, each, asked, links, describe) for each in row.terms),
        left_out=_figure(row.left_out) if row.left_out else "",
    )


def _term(
    row: RankedRow, term: Term, asked: AskedRanking, links: Links, describe: Describe
) -> TermView:
    return TermView(
        holder=describe(term.holder),
        through=describe(term.through) if term.through != term.holder else None,
        share=term.share,
        paths=links.to(
            "/paths",
            source=term.through.iri,
            target=row.entity.iri,
            profile=asked.profile,
            via=asked.via,
            max_hops=asked.max_hops,
        ),
        worth=term.worth.sentence if term.worth else "1",
        amount=_figure(term.amount) if term.amount is not None else term.why,
    )


def _named(things: Iterable[Unranked], describe: Describe) -> tuple[tuple[EntityLink, str], ...]:
    return tuple((describe(each.entity), each.why) for each in things)


def _figure(value: Decimal) -> str:
    """Write a number: whole as it is, else to three decimals."""
    return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.3f}"


def _summary(answer: RankingAnswer) -> str:
    if not answer.total:
        return "Nothing is ranked."
    shown = len(answer.rows)
    if not shown:
        return f"There are {answer.total}, and none after the first {answer.offset}."
    ranked = "1 is ranked" if answer.total == 1 else f"{answer.total} are ranked"
    if shown == answer.total:
        return f"{ranked}."
    return f"{ranked}, {answer.offset + 1} to {answer.offset + shown} shown."
