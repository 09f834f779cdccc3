"""The page of weak spots: a table with the reason of each entry, and a picture of the first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from orthogramic.analysis import EntityReference, Path
from orthogramic.analysis.weak_spots import (
    ArticulationAnswer,
    CentralityAnswer,
    CutAnswer,
    CyclesAnswer,
    DominatorsAnswer,
)
from orthogramic.analysis.weak_spots.answers import Closing, Several
from orthogramic.web.links import Links
from orthogramic.web.views.paging import Pager
from orthogramic.web.views.picture import Picture
from orthogramic.web.views.reasons import Describe, bound_sentence, picture_of, receipt_facts
from orthogramic.web.views.weak_spots_question import KINDS, AskedWeakSpots

#: Entries in the picture; more make it a tangle, and the table has them all.
DRAWN = 12

WeakSpotsAnswer = (
    DominatorsAnswer | CutAnswer | ArticulationAnswer | CyclesAnswer | CentralityAnswer
)


@dataclass(frozen=True, slots=True)
class WeakRow:
    """One entry: an entity, its numbers, and why it stands there."""

    label: str
    kind: str
    href: str
    figures: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class WeakSpotsView:
    """The answer as its page shows it.

    :param heads: what the numbers of a row are.
    :param why: what the sentence of a row is; empty if rows have none.
    """

    heading: str
    summary: str
    notes: tuple[str, ...]
    heads: tuple[str, ...]
    why: str
    rows: tuple[WeakRow, ...]
    pager: Pager
    picture: Picture | None
    picture_caption: str
    method: str
    complete: bool
    bound: str
    receipt: tuple[tuple[str, str], ...]
    permalink: str
    json: str


@dataclass(frozen=True, slots=True)
class _Shown:
    """What kinds of answers differ in."""

    summary: str
    heads: tuple[str, ...]
    why: str
    rows: tuple[WeakRow, ...]
    drawn: tuple[tuple[EntityReference, Path], ...] = ()


def weak_spots_view(
    answer: WeakSpotsAnswer, asked: AskedWeakSpots, links: Links, describe: Describe
) -> WeakSpotsView:
    """Describe an answer.

    :param describe: finds the classes and pages of entities.
    """
    shown = _SHOWN[type(answer)](answer, describe)
    closing = answer.closing
    return WeakSpotsView(
        heading=KINDS[str(asked.kind)],
        summary=shown.summary,
        notes=closing.notes,
        heads=shown.heads,
        why=shown.why,
        rows=shown.rows,
        pager=Pager.of(
            offset=closing.offset,
            shown=len(shown.rows),
            total=closing.total,
            limit=closing.limit,
            address=lambda at: links.to("/weak-spots", **replace(asked, offset=at).address()),
        ),
        picture=_picture(shown.drawn[:DRAWN], describe),
        picture_caption=_caption(len(shown.drawn)),
        method=_method(closing),
        complete=closing.bound.complete,
        bound=bound_sentence(closing.bound),
        receipt=receipt_facts(closing.receipt),
        permalink=links.to("/weak-spots", **asked.address()),
        json=links.api(f"weak-spots/{asked.method}", asked.interface()),
    )


def _method(closing: Closing) -> str:
    exact = "exact" if closing.method.exact else "an estimate"
    return f"Method: {closing.method.name}; {exact}. After {closing.method.source}."


def _caption(found: int) -> str:
    which = f"The first {DRAWN} of this page" if found > DRAWN else "All of this page"
    return f"{which}, each on a shortest path that passes it. A dashed line is possible, not sure."


def _picture(drawn: Sequence[tuple[EntityReference, Path]], describe: Describe) -> Picture | None:
    if not drawn:
        return None
    starts = {path.steps[0].origin.iri: path.steps[0].origin for _, path in drawn}
    marked = {entity.iri: "" for entity, _ in drawn}
    steps = [step for _, path in drawn for step in path.steps]
    return picture_of(tuple(starts.values()), marked, steps, describe)


def _row(
    entity: EntityReference, figures: Sequence[str], path: Path | None, describe: Describe
) -> WeakRow:
    found = describe(entity)
    sentence = path.sentence if path else ""
    return WeakRow(entity.label, found.kind, found.href, tuple(figures), sentence)


def _number(several: Several) -> str:
    return f"{several.total:,}"


def _dominators(answer: DominatorsAnswer, describe: Describe) -> _Shown:
    sources, targets = answer.sources, answer.targets
    whole = ", ".join(each.label for each in answer.whole)
    always = f" Every path passes {whole}." if whole else ""
    return _Shown(
        f"{sources.connected:,} of {sources.total:,} sources lead to {targets.connected:,} of "
        f"{targets.total:,} targets; {answer.closing.total:,} single points.{always}",
        ("Targets lost", "Sources lost"),
        "For instance",
        tuple(
            _row(each.entity, (_number(each.targets), _number(each.sources)), each.path, describe)
            for each in answer.items
        ),
        tuple((each.entity, each.path) for each in answer.items if each.path),
    )


def _cut(answer: CutAnswer, describe: Describe) -> _Shown:
    size = "There is no cut." if answer.size is None else f"Size of the cut: {answer.size:,}."
    round_ = f" A way round: {answer.around.sentence}." if answer.around else ""
    return _Shown(
        f"{size}{round_}",
        ("Links in", "Links out"),
        "For instance",
        tuple(
            _row(
                each.entity,
                (f"{each.entering.total:,}", f"{each.leaving.total:,}"),
                each.path,
                describe,
            )
            for each in answer.items
        ),
        tuple((each.entity, each.path) for each in answer.items if each.path),
    )


def _articulation(answer: ArticulationAnswer, describe: Describe) -> _Shown:
    return _Shown(
        f"{answer.closing.total:,} such entities in {answer.components:,} parts of the graph.",
        ("Pieces", "Cut off"),
        "",
        tuple(
            _row(each.entity, (f"{each.pieces:,}", f"{each.separated:,}"), None, describe)
            for each in answer.items
        ),
    )


def _cycles(answer: CyclesAnswer, describe: Describe) -> _Shown:
    return _Shown(
        f"{answer.closing.total:,} {'group' if answer.closing.total == 1 else 'groups'}, in which "
        f"{answer.entities:,} entities all lead to each other.",
        ("Entities",),
        "A cycle",
        tuple(
            _row(each.members.items[0], (_number(each.members),), each.cycle, describe)
            for each in answer.items
        ),
    )


def _centrality(answer: CentralityAnswer, describe: Describe) -> _Shown:
    exact = answer.closing.method.exact
    return _Shown(
        f"{answer.entities:,} entities and {answer.steps:,} steps between them.",
        ("Value",) if exact else ("Value", "At least", "At most"),
        "",
        tuple(
            _row(
                each.entity,
                tuple(
                    f"{value:.6f}"
                    for value in ((each.value,) if exact else (each.value, each.low, each.high))
                ),
                None,
                describe,
            )
            for each in answer.items
        ),
    )


_SHOWN: dict[type, Callable[[Any, Describe], _Shown]] = {
    DominatorsAnswer: _dominators,
    CutAnswer: _cut,
    ArticulationAnswer: _articulation,
    CyclesAnswer: _cycles,
    CentralityAnswer: _centrality,
}
