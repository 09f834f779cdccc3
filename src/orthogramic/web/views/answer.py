"""The answer to a question: ranked hits with their reasons, a picture, and what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from orthogramic.analysis import Answer, EntityReference, Group, Grouping, Hit
from orthogramic.web.links import Links
from orthogramic.web.views.entity import Download
from orthogramic.web.views.graphs import GraphNames
from orthogramic.web.views.paging import Pager
from orthogramic.web.views.picture import Picture
from orthogramic.web.views.question import DEPENDENCIES, DIRECTION_WORDS, Asked
from orthogramic.web.views.reasons import (
    Describe,
    PathView,
    bound_sentence,
    path_view,
    picture_of,
    receipt_facts,
)

#: Hits in the picture; more make it a tangle, and the table has them all.
DRAWN_HITS = 12


@dataclass(frozen=True, slots=True)
class HitView:
    """One row of the ranked table."""

    rank: int
    label: str
    kind: str
    href: str
    score: float
    modality: str
    hops: int
    sentence: str
    reasons: str
    paths: tuple[PathView, ...]
    #: The group that begins with this row, if rows stand group by group.
    group: str = ""


@dataclass(frozen=True, slots=True)
class GroupView:
    """How many hits of all pages belong to a class or a domain, and the question for them alone."""

    label: str
    hits: int
    href: str


@dataclass(frozen=True, slots=True)
class AnswerView:
    """The answer as its page shows it."""

    summary: str
    groups: tuple[tuple[str, tuple[GroupView, ...]], ...]
    hits: tuple[HitView, ...]
    pager: Pager
    picture: Picture | None
    picture_title: str
    picture_text: str
    picture_caption: str
    complete: bool
    bound: str
    receipt: tuple[tuple[str, str], ...]
    permalink: str
    downloads: tuple[Download, ...]
    other_way: Download


def heading(asked: Asked, names: Sequence[str]) -> str:
    """Return the question in words.

    :param names: labels of the sources; of a class of them, that of the class.
    """
    if not names:
        return "Ask what depends on what"
    subject = " and ".join(names)
    several = len(names) > 1
    verb = "do" if several else "does"
    if asked.direction == DEPENDENCIES:
        return f"What {verb} {subject} depend on?"
    return f"Who or what is affected if {subject} {'change' if several else 'changes'}?"


def answer_view(
    answer: Answer,
    asked: Asked,
    names: Sequence[str],
    links: Links,
    graphs: GraphNames,
    describe: Describe,
) -> AnswerView:
    """Describe an answer.

    :param asked: the question that it answers.
    :param names: of its sources, as in :func:`heading`.
    :param graphs: names the sources of the steps.
    :param describe: finds the classes and pages of entities.
    """
    title = heading(asked, names)
    begun = _beginnings(answer, asked.group_by)
    drawn = answer.hits[:DRAWN_HITS]
    return AnswerView(
        summary=_summary(answer),
        groups=_groups(answer, asked, links),
        hits=tuple(
            replace(
                _hit(hit, answer.offset + place, graphs, describe),
                group=begun.get(answer.offset + place, ""),
            )
            for place, hit in enumerate(answer.hits, start=1)
        ),
        pager=Pager.of(
            offset=answer.offset,
            shown=len(answer.hits),
            total=answer.total,
            limit=answer.limit or max(1, len(answer.hits)),
            address=lambda offset: links.ask(**{**asked.address(), "offset": offset or None}),
        ),
        picture=_picture(answer, drawn, describe),
        picture_title=title,
        picture_text="Every path in this picture is also a row of the table below it.",
        picture_caption=_caption(len(drawn), answer.total),
        complete=answer.bound.complete,
        bound=bound_sentence(answer.bound),
        receipt=receipt_facts(answer.receipt),
        permalink=links.ask(**asked.address()),
        downloads=(
            Download("JSON", links.api(asked.direction, asked.interface())),
            Download("CSV", links.to("/ask.csv", **replace(asked, offset=0).address())),
        ),
        other_way=Download(
            DIRECTION_WORDS[asked.turned().direction], links.ask(**asked.turned().address())
        ),
    )


def _summary(answer: Answer) -> str:
    if not answer.total:
        return "Nothing: no relationship leads there under this profile and these limits."
    found = "One entity" if answer.total == 1 else f"{answer.total} entities"
    return f"{found}, the strongest connection first."


def _groups(
    answer: Answer, asked: Asked, links: Links
) -> tuple[tuple[str, tuple[GroupView, ...]], ...]:
    """Count all hits by class and by domain; each group leads to the question for it alone."""

    def view(group: Group, narrowed: Asked) -> GroupView:
        address = links.ask(**replace(narrowed, offset=0, group_by=None).address())
        return GroupView(group.label or "of no class", group.hits, address)

    found = answer.groups
    classes = [view(each, replace(asked, to=(each.iri or "",))) for each in found.classes]
    domains = [view(each, replace(asked, domain=(each.iri or "",))) for each in found.domains]
    return ("By class", tuple(classes)), ("By domain", tuple(domains))


def _beginnings(answer: Answer, group_by: str | None) -> dict[int, str]:
    """Return the groups that begin on the page, by rank; the first may have begun before it."""
    found: dict[int, str] = {}
    end = 0
    for group in answer.groups.by(Grouping(group_by)) if group_by else ():
        begin, end = end, end + group.hits
        if end > answer.offset:
            count = "1 hit" if group.hits == 1 else f"{group.hits} hits"
            first = max(begin, answer.offset) + 1
            found[first] = f"{group.label or 'of no class'}: {count}"
    return found


def _hit(hit: Hit, rank: int, graphs: GraphNames, describe: Describe) -> HitView:
    more = len(hit.paths) - 1
    entity = describe(hit.entity)
    return HitView(
        rank=rank,
        label=hit.entity.label,
        kind=entity.kind,
        href=entity.href,
        score=hit.score,
        modality=hit.modality,
        hops=hit.hops,
        sentence=hit.paths[0].sentence if hit.paths else "",
        reasons="Step by step" if more < 1 else f"Step by step, and {more} more",
        paths=tuple(path_view(path, graphs) for path in hit.paths),
    )


def _caption(drawn: int, total: int) -> str:
    which = f"The best {drawn} of {total}" if drawn < total else "All of them"
    return (
        f"{which}, by number of steps from left to right. A thicker line carries more weight; "
        "a dashed one is possible and not certain."
    )


def _picture(answer: Answer, drawn: Sequence[Hit], describe: Describe) -> Picture | None:
    """Draw the best path of each hit; of many sources, those where such a path starts."""
    sources: tuple[EntityReference, ...] = answer.sources
    if answer.total_sources > DRAWN_HITS:
        sources = tuple({hit.source.iri: hit.source for hit in drawn}.values())
    return picture_of(
        sources,
        {hit.entity.iri: f"{hit.score:.2f}" for hit in drawn},
        [step for hit in drawn if hit.paths for step in hit.paths[0].steps],
        describe,
    )
