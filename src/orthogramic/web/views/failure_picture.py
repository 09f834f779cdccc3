"""A layered picture of a failure: how it comes to the worst of what it takes along.

What fails stands on the left, with what is left standing in its stead; colours repeat what the
boxes say in words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from orthogramic.analysis import EntityReference, Step
from orthogramic.analysis.failure import Dependent, FailureAnswer
from orthogramic.web.views.picture import Node, Picture, draw
from orthogramic.web.views.picture import Step as DrawnStep
from orthogramic.web.views.reasons import Describe

#: Boxes of the picture; more make it a tangle, and the table has them all.
MOST_BOXES = 26
#: Reserves that are drawn beside what they stand in for.
MOST_RESERVES = 4

#: Colours of what a chain passes, by what becomes of it.
_ROLES = {"lost": "lost", "degraded": "degraded", "perhaps degraded": "perhaps"}
_NOTES = {
    "removed": "removed",
    "worn": "degraded first",
    "lost": "lost",
    "degraded": "degraded",
    "perhaps": "perhaps",
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture with its caption; without anything to draw there is none."""

    picture: Picture | None
    caption: str


def failure_picture(answer: FailureAnswer, describe: Describe) -> Drawn:
    """Draw the chains to the first dependents of an answer, and the reserves that hold."""
    colours = {each.iri: "removed" for each in answer.removed}
    colours |= {each.iri: "worn" for each in answer.degraded}
    nodes: dict[str, EntityReference] = {}
    steps: list[DrawnStep] = []
    shown = 0
    for hit in answer.hits:
        if hit.chain is None:
            continue
        fresh = {each.iri: each for each in _entities(hit.chain.steps)}
        if len(nodes.keys() | fresh.keys()) > MOST_BOXES:
            break
        nodes |= fresh
        steps += (_drawn(each) for each in hit.chain.steps)
        shown += 1
        passed = zip(hit.chain.steps, hit.passed[1:], strict=True)
        colours |= {each.destination.iri: _ROLES[state] for each, state in passed}
    reserves: dict[str, str] = {}
    for reserve, role, step in _reserves(answer.hits[:shown]):
        if reserve.iri not in nodes and len(reserves) < MOST_RESERVES:
            nodes[reserve.iri] = reserve
            reserves[reserve.iri] = role
        if reserve.iri in reserves:
            steps.append(step)
    described = {iri: describe(entity) for iri, entity in nodes.items()}
    picture = draw(
        [
            Node(
                key=iri,
                label=entity.label,
                kind=described[iri].kind,
                href=described[iri].href,
                role=reserves.get(iri) or colours[iri],
                note="left" if iri in reserves else _NOTES[colours[iri]],
            )
            for iri, entity in nodes.items()
        ],
        steps,
    )
    return Drawn(picture, _caption(shown, answer.total))


def _entities(steps: Iterable[Step]) -> Iterable[EntityReference]:
    for each in steps:
        yield each.origin
        yield each.destination


def _drawn(step: Step) -> DrawnStep:
    return DrawnStep(
        step.origin.iri, step.destination.iri, step.verb, step.weight, step.modality == "certain"
    )


def _reserves(hits: Iterable[Dependent]) -> Iterable[tuple[EntityReference, str, DrawnStep]]:
    """Yield what is left of groups that lost something, its colour, and the link to what it holds.

    What is degraded for certain is no reserve worth showing.
    """
    for hit in hits:
        for group in hit.groups:
            if hit.state == "lost" or not group.lost.total or group.modality != "certain":
                continue
            worn = {each.iri for each in group.degraded.entities}
            perhaps = {each.iri for each in group.perhaps.entities}
            for each in group.left.entities:
                role = "perhaps" if each.iri in perhaps else "standing"
                if each.iri not in worn:
                    yield each, role, DrawnStep(each.iri, hit.entity.iri, "", 1.0, True)


def _caption(shown: int, total: int) -> str:
    which = f"The first {shown} of {total}" if shown < total else "All of them"
    return (
        f"{which}, with the chain along which the failure comes to each, from left to right. "
        "Red: removed or lost; amber: degraded; dashed: perhaps degraded; green: left in the stead "
        "of something that is gone."
    )
