"""Reasons as pages show them: paths step by step and as a picture, bound and receipt."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from orthogramic.analysis import Bound, EntityReference, Path, Receipt, Step
from orthogramic.web.views.classes import EntityLink
from orthogramic.web.views.graphs import GraphNames
from orthogramic.web.views.picture import Node, Picture, draw
from orthogramic.web.views.picture import Step as DrawnStep

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


def path_view(path: Path, graphs: GraphNames) -> PathView:
    """Describe one reason."""
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


def bound_sentence(bound: Bound) -> str:
    """Say whether an answer may be incomplete."""
    frontier = bound.frontier
    if bound.complete:
        return "Complete: no entity on the way lacks a link that the shapes expect."
    lacking = "entity lacks" if frontier == 1 else "entities lack"
    return (
        f"Perhaps incomplete: {frontier} {lacking} a link that the shapes expect, "
        "over which the answer might have gone on."
    )


def receipt_facts(receipt: Receipt) -> tuple[tuple[str, str], ...]:
    """Return under which an answer can be had again, as names and values."""
    return (
        ("Snapshot", str(receipt.snapshot)),
        ("Bundle", receipt.bundle),
        ("Profile", receipt.profile),
        ("Version", receipt.version),
        ("Parameters", json.dumps(receipt.parameters, ensure_ascii=False, sort_keys=True)),
    )


def picture_of(
    sources: Sequence[EntityReference],
    scores: Mapping[str, str],
    steps: Sequence[Step],
    describe: Describe,
) -> Picture | None:
    """Draw the steps of some paths.

    :param sources: where they start.
    :param scores: what stands in the boxes of those where they end, by IRI.
    """
    first = {each.iri for each in sources}
    nodes: dict[str, EntityReference] = {each.iri: each for each in sources}
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
                role="source" if iri in first else "hit" if iri in scores else "between",
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
