"""The arithmetic of a ranking as lines that can be checked by hand, and what a reader must know."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from orthogramic.analysis.ranking.answer import RankedRow, Term
from orthogramic.analysis.ranking.question import RankingQuestion
from orthogramic.analysis.ranking.weighing import Worths
from orthogramic.metamodel import Metamodel, Ranking

#: So many terms are told in one line.
_MOST_TERMS = 5


def grouped(value: Decimal, unit: str = "") -> str:
    """Write a number in plain figures, thousands set apart, with what it counts."""
    text = format(value, ",.12f").rstrip("0").rstrip(".")
    return f"{text} {unit}".rstrip()


def unit_of(ranking: Ranking, worth: str) -> str:
    """Return what results count: the unit of the own measure times that of worth."""
    own = ranking.own.unit if ranking.own else ""
    return " × ".join(filter(None, (own, worth)))


def row_sentence(row: RankedRow, unit: str) -> RankedRow:
    """Tell a row as one line: ``2 levels × (0.9 × 10 + 0.5 × 4) = 22``."""
    counting = [each for each in row.terms if each.amount is not None]
    parts = [_term(each) for each in counting[:_MOST_TERMS]]
    further = sum((each.amount or Decimal(0) for each in counting[_MOST_TERMS:]), row.left_out)
    if further:
        hidden = row.total_terms - row.missing - len(parts)
        parts.append(f"{grouped(further)} of {hidden} more")
    together = " + ".join(parts) if parts else "0"
    if row.own is not None and row.own.number.value is not None:
        own = grouped(row.own.number.value, row.own.number.unit)
        together = f"{own} × ({together})"
    text = f"{together} = {grouped(row.result, unit)}"
    if row.missing:
        text += f"; {row.missing} without a worth that can be added"
    return replace(row, sentence=text)


def _term(term: Term) -> str:
    """Tell one term: share, worth, and whose it is."""
    share = grouped(Decimal(repr(term.share)))
    through = "" if term.through == term.holder else f" through {term.through.label}"
    whose = f"{term.holder.label}{through}"
    if term.worth is None or term.worth.number.value is None:
        return f"{share} ({whose})"
    return f"{share} × {grouped(term.worth.number.value)} ({whose})"


def notes(
    metamodel: Metamodel, question: RankingQuestion, worths: Worths, unranked: int, ranked: int
) -> tuple[str, ...]:
    """Return what a reader must know."""
    found: list[str] = []
    ranking = question.ranking
    if not ranked and not unranked:
        labels = ", ".join(metamodel.class_label(each) for each in ranking.classes)
        found.append(f"There is nothing to rank: no {labels} that is asked about.")
    if unranked and ranking.own:
        things = "1 entity has" if unranked == 1 else f"{unranked} entities have"
        found.append(f"{things} no place: “{ranking.own.label}” is not known of them.")
    others = sorted(
        {
            number.unit or "plain numbers"
            for number in worths.numbers.values()
            if number.value is not None and number.unit != worths.unit
        }
    )
    if others:
        unit = worths.unit or "plain numbers"
        found.append(
            f"Only what counts {unit} is added up; there is also worth in {', '.join(others)}."
        )
    unknown = sum(number.value is None for number in worths.numbers.values())
    if unknown and ranking.worth:
        things = "1 of those that depend adds" if unknown == 1 else f"{unknown} that depend add"
        found.append(f"{things} nothing: “{ranking.worth.label}” is not known of them.")
    return tuple(found)
