"""The answer to a question: ranked hits with their reasons, a picture, and what it rests on."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from orthogramic.analysis import Answer, EntityReference, Hit, Path, Step
from orthogramic.web.links import Links
from orthogramic.web.views.classes import EntityLink
from orthogramic.web.views.entity import Download
from orthogramic.web.views.graphs import GraphNames
from orthogramic.web.views.paging import Pager
from orthogramic.web.views.picture import Node, Picture, draw
from orthogramic.web.views.picture import Step as DrawnStep
from orthogramic.web.views.question import DEPENDENCIES, DIRECTION_WORDS, Asked

#: Hits in the picture; more make it a tangle, and the table has them all.
DRAWN_HITS = 12

#: Describes an entity of an answer: its class in words, and its page.
Describe = Callable[[EntityReference], EntityLink]


@dataclass(frozen=True, slots=True)
class StepView:
    """One step of a path in words."""

    start: str
    label: str
    end: str
    weight: str
    modality: str
    note: str
    graph: str


@dataclass(frozen=True, slots=True)
class PathView:
    """One reason."""

    score: float
    sentence: str
    steps: tuple[StepView, ...]


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


@dataclass(frozen=True, slots=True)
class AnswerView:
    """The answer as its page shows it."""

    summary: str
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

    :param names: labels of the sources.
    """
    if not names:
        return "Ask what depends on what"
    subject = " and ".join(names)
    verb = "do" if len(names) > 1 else "does"
    if asked.direction == DEPENDENCIES:
        return f"What {verb} {subject} depend on?"
    return f"Who or what is affected if {subject} {'change' if len(names) > 1 else 'changes'}?"


def answer_view(
    answer: Answer, asked: Asked, links: Links, graphs: GraphNames, describe: Describe
) -> AnswerView:
    """Describe an answer.

    :param asked: the question that it answers.
    :param graphs: names the sources of the steps.
    :param describe: finds the classes and pages of entities.
    """
    title = heading(asked, [each.label for each in answer.sources])
    drawn = answer.hits[:DRAWN_HITS]
    return AnswerView(
        summary=_summary(answer),
        hits=tuple(
            _hit(hit, answer.offset + place, graphs, describe)
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
        bound=_bound(answer.bound.frontier),
        receipt=_receipt(answer),
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
        paths=tuple(_path(path, graphs) for path in hit.paths),
    )


def _path(path: Path, graphs: GraphNames) -> PathView:
    return PathView(path.score, path.sentence, tuple(_step(each, graphs) for each in path.steps))


def _step(step: Step, graphs: GraphNames) -> StepView:
    graph = graphs.name(step.graph)
    return StepView(
        start=step.origin.label,
        label=step.verb,
        end=step.destination.label,
        weight=f"{step.weight:.3g}",
        modality=step.modality,
        note=_factors(step),
        graph=f"{graph.label} (illustrative)" if graph.illustrative else graph.label,
    )


def _factors(step: Step) -> str:
    factors = step.factors
    if not factors.assessed:
        return f"rule {factors.rule:g}, strength not assessed, so {factors.strength}/5 is taken"
    if factors.strength is not None:
        return f"rule {factors.rule:g}, strength {factors.strength}/5"
    return ""


def _caption(drawn: int, total: int) -> str:
    which = f"The best {drawn} of {total}" if drawn < total else "All of them"
    return (
        f"{which}, by number of steps from left to right. A thicker line carries more weight; "
        "a dashed one is possible and not certain."
    )


def _bound(frontier: int) -> str:
    if not frontier:
        return "Complete: no entity on the way lacks a link that the shapes expect."
    lacking = "entity lacks" if frontier == 1 else "entities lack"
    return (
        f"Perhaps incomplete: {frontier} {lacking} a link that the shapes expect, "
        "over which the answer might have gone on."
    )


def _receipt(answer: Answer) -> tuple[tuple[str, str], ...]:
    receipt = answer.receipt
    return (
        ("Snapshot", str(receipt.snapshot)),
        ("Bundle", receipt.bundle),
        ("Profile", receipt.profile),
        ("Version", receipt.version),
        ("Parameters", json.dumps(receipt.parameters, ensure_ascii=False, sort_keys=True)),
    )


def _picture(answer: Answer, drawn: Sequence[Hit], describe: Describe) -> Picture | None:
    """Draw the best path of each hit."""
    scores = {hit.entity.iri: f"{hit.score:.2f}" for hit in drawn}
    sources = {each.iri for each in answer.sources}
    steps = [step for hit in drawn if hit.paths for step in hit.paths[0].steps]
    nodes: dict[str, EntityReference] = {each.iri: each for each in answer.sources}
    for step in steps:
        nodes.setdefault(step.origin.iri, step.origin)
        nodes.setdefault(step.destination.iri, step.destination)
    described = {iri: describe(entity) for iri, entity in nodes.items()}
    return draw(
        [
            Node(
                key=iri,
                label=entity.label,
                kind=described[iri].kind,
                href=described[iri].href,
                role="source" if iri in sources else "hit" if iri in scores else "between",
                note=scores.get(iri, ""),
            )
            for iri, entity in nodes.items()
        ],
        [
            DrawnStep(
                step.origin.iri,
                step.destination.iri,
                step.verb,
                step.weight,
                step.modality == "certain",
            )
            for step in steps
        ],
    )
