"""The two question panels of an entity page: the strongest of what it needs and what needs it."""

from __future__ import annotations

from dataclasses import dataclass

from orthogramic.analysis import Answer, EntityReference
from orthogramic.errors import OrthogramicError, UnknownEntityError
from orthogramic.facade import Repository
from orthogramic.repository.catalogue import EntitySummary
from orthogramic.web.links import Links
from orthogramic.web.views.classes import EntityLink, entity_link
from orthogramic.web.views.question import DEPENDENCIES, IMPACT, Asked

MOST_HITS = 10
HEADINGS = {DEPENDENCIES: "Depends on", IMPACT: "Affects"}


@dataclass(frozen=True, slots=True)
class PanelHit:
    """One hit in short."""

    entity: EntityLink
    score: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Panel:
    """The strongest hits of one question about an entity, and where all of them are."""

    heading: str
    hits: tuple[PanelHit, ...]
    href: str
    more: str
    nothing: str


def panel(repository: Repository, links: Links, direction: str, entity: EntitySummary) -> Panel:
    """Answer one question about an entity in short."""
    asked = Asked(direction=direction, source=(f"{entity.class_name}/{entity.key}",))
    try:
        answer: Answer | None = ask(repository, asked, entity.iri, limit=MOST_HITS)
        nothing = "Nothing that is recorded."
    except OrthogramicError as error:
        answer, nothing = None, error.detail
    hits = answer.hits if answer else ()
    total = answer.total if answer else 0
    return Panel(
        heading=HEADINGS[direction],
        hits=tuple(
            PanelHit(
                entity=described(repository, links, hit.entity),
                score=hit.score,
                sentence=hit.paths[0].sentence if hit.paths else "",
            )
            for hit in hits
        ),
        href=links.ask(**asked.address()),
        more=f"All {total}, and how to narrow them down" if total > 1 else "The full question",
        nothing=nothing,
    )


def ask(repository: Repository, asked: Asked, *sources: str, limit: int, paths: int = 1) -> Answer:
    """Put a question to the repository.

    :param sources: names of the sources, instead of those of the question.
    :raises OrthogramicError: as the repository does.
    """
    question = repository.dependencies if asked.direction == DEPENDENCIES else repository.impact
    return question(
        sources or asked.source,
        source_class=asked.source_class,
        to=asked.to,
        domain=asked.domain,
        profile=asked.profile,
        max_hops=asked.max_hops,
        min_score=asked.min_score,
        via=asked.via,
        graph=asked.graph,
        group_by=asked.group_by,
        paths=max(paths, asked.paths),
        limit=limit,
        offset=asked.offset,
    )


def described(repository: Repository, links: Links, entity: EntityReference) -> EntityLink:
    """Describe an entity that an answer names."""
    try:
        summary = repository.resolve(entity.iri)
    except UnknownEntityError:
        # Referred to, but nobody described it: it has a place in the graph and no page.
        return EntityLink(entity.iri, entity.label, "", "not described here", "", "")
    return entity_link(repository.metamodel, links, summary)
