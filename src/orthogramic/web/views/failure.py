"""The answer to a question about failure: counts, a coloured picture, and every dependent's why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orthogramic.analysis import EntityReference
from orthogramic.analysis.failure import Counts, Dependent, FailureAnswer, Group, Some
from orthogramic.web.links import Links
from orthogramic.web.views.entity import Download
from orthogramic.web.views.failure_picture import failure_picture
from orthogramic.web.views.failure_question import AskedFailure
from orthogramic.web.views.graphs import GraphNames
from orthogramic.web.views.paging import Pager
from orthogramic.web.views.picture import Picture
from orthogramic.web.views.reasons import (
    Describe,
    PathView,
    bound_sentence,
    path_view,
    receipt_facts,
)

#: Supports that a row names before it only counts.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class DependentView:
    """One row of the table. ``state`` is also the name of its colour."""

    label: str
    kind: str
    href: str
    state: str
    word: str
    score: float | None
    sentence: str
    chain: PathView | None
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the summary, and where the dependents behind it are."""

    number: str
    word: str
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class FailureView:
    """The answer as its page shows it."""

    summary: str
    figures: tuple[Figure, ...]
    classes: tuple[tuple[str, Counts], ...]
    circles: tuple[str, ...]
    hits: tuple[DependentView, ...]
    pager: Pager
    picture: Picture | None
    picture_caption: str
    complete: bool
    bound: str
    receipt: tuple[tuple[str, str], ...]
    permalink: str
    downloads: tuple[Download, ...]


def heading(removed: Sequence[str], degraded: Sequence[str]) -> str:
    """Return the question in words.

    :param removed: labels of what is gone; ``degraded`` of what works less well.
    """
    if not removed and not degraded:
        return "Ask what a failure takes along"
    parts = []
    if removed:
        parts.append(f"{' and '.join(removed)} {'fail' if len(removed) > 1 else 'fails'}")
    if degraded:
        parts.append(
            f"{' and '.join(degraded)} {'work' if len(degraded) > 1 else 'works'} less well"
        )
    return f"What is lost if {' and '.join(parts)}?"


def failure_view(
    answer: FailureAnswer, asked: AskedFailure, links: Links, graphs: GraphNames, describe: Describe
) -> FailureView:
    """Describe an answer.

    :param asked: the question that it answers.
    :param graphs: names the sources of the steps.
    :param describe: finds the classes and pages of entities.
    """
    drawn = failure_picture(answer, describe)
    return FailureView(
        summary=_summary(answer.counts),
        figures=_figures(answer.counts, asked, links),
        classes=tuple((each.class_name, each.counts) for each in answer.classes),
        circles=tuple(_some(each) for each in answer.circles),
        hits=tuple(_dependent(each, graphs, describe) for each in answer.hits),
        pager=Pager.of(
            offset=answer.offset,
            shown=len(answer.hits),
            total=answer.total,
            limit=answer.limit or max(1, len(answer.hits)),
            address=lambda offset: links.to(
                "/failure", **{**asked.address(), "offset": offset or None}
            ),
        ),
        picture=drawn.picture,
        picture_caption=drawn.caption,
        complete=answer.bound.complete,
        bound=bound_sentence(answer.bound),
        receipt=receipt_facts(answer.receipt),
        permalink=links.to("/failure", **asked.address()),
        downloads=(
            Download("JSON", links.api("failure", asked.interface())),
            Download("CSV", links.to("/failure.csv", **asked.interface())),
        ),
    )


def _summary(counts: Counts) -> str:
    if not counts.reached:
        return "Nothing is lost and nothing is degraded: nothing here rests on it."
    lost = "Nothing is lost" if not counts.lost else f"{counts.lost} lost"
    sure = counts.degraded - counts.possible
    return (
        f"{lost}, {sure} degraded and {counts.possible} perhaps degraded. A picture that knows "
        f"no supports would have coloured {counts.reached} alike."
    )


def _figures(counts: Counts, asked: AskedFailure, links: Links) -> tuple[Figure, ...]:
    def figure(number: int, word: str, state: str, certain: bool = False) -> Figure:
        address = {
            **asked.interface(),
            "state": state or None,
            "certain": "true" if certain else None,
        }
        chosen = (asked.state, asked.certain) == (state, certain)
        return Figure(f"{number:,}", word, links.to("/failure", **address), chosen)

    sure = counts.degraded - counts.possible
    return (
        figure(counts.lost, "lost", "lost"),
        figure(sure, "degraded for certain", "degraded", certain=True),
        figure(counts.degraded, "degraded, perhaps or for certain", "degraded"),
        figure(counts.untouched, "untouched", "untouched"),
        figure(counts.reached, "reached at all", ""),
    )


def word_of(hit: Dependent) -> str:
    """Return the word for what becomes of a dependent."""
    return "perhaps degraded" if hit.modality == "possible" else str(hit.state)


def _dependent(hit: Dependent, graphs: GraphNames, describe: Describe) -> DependentView:
    entity = describe(hit.entity)
    return DependentView(
        label=hit.entity.label,
        kind=entity.kind,
        href=entity.href,
        state="perhaps" if hit.modality == "possible" else str(hit.state),
        word=word_of(hit),
        score=hit.score,
        sentence=hit.sentence,
        chain=path_view(hit.chain, graphs) if hit.chain else None,
        groups=tuple(_group(each) for each in hit.groups),
    )


def _group(group: Group) -> str:
    """Say of one group what it has, what it needs, and what is left."""
    needed = "all" if group.needed == group.size else f"{group.needed}"
    parts = [f"{group.label}: {needed} of {group.size} needed"]
    for what, some in (
        ("lost", group.lost),
        ("degraded", group.degraded),
        ("perhaps degraded", group.perhaps),
        ("left", group.left),
    ):
        if some.total:
            parts.append(f"{what} {_some(some)}")
    sure = "" if group.modality == "certain" else " (possible)"
    return f"{'; '.join(parts)}{sure}"


def _some(some: Some) -> str:
    return listed(some.entities, some.total)


def listed(entities: Sequence[EntityReference], total: int) -> str:
    """List some of a number of entities."""
    named = ", ".join(each.label for each in entities[:_NAMED])
    more = total - min(_NAMED, len(entities))
    return f"{named} and {more} more" if more else named
