"""What answers about two sets have in common: the sets themselves, and how they are named."""

from __future__ import annotations

from heapq import nsmallest

import numpy as np

from orthogramic.analysis.answer import Bound, EntityReference
from orthogramic.analysis.honesty import bound_of
from orthogramic.analysis.question import check_terms
from orthogramic.analysis.sentences import reference
from orthogramic.analysis.weak_spots.answers import Ends, Several
from orthogramic.analysis.weak_spots.flow import FlowGraph, Steps
from orthogramic.analysis.weak_spots.questions import CutQuestion, DominatorsQuestion, Scope
from orthogramic.analysis.weak_spots.walks import SHOWN
from orthogramic.errors import InvalidParameterError
from orthogramic.graph import EntityGraph
from orthogramic.graph.arrays import Flags, Numbers
from orthogramic.metamodel import Metamodel


def two_sets(
    graph: EntityGraph, metamodel: Metamodel, question: DominatorsQuestion | CutQuestion
) -> tuple[Numbers, Numbers, list[str]]:
    """Return sources, targets, and what must be known of them."""
    scope = question.scope
    classes = (*scope.classes, *question.sources.classes, *question.targets.classes)
    check_terms(metamodel, classes, scope.via)
    sources, targets = question.sources.members(graph), question.targets.members(graph)
    left = np.setdiff1d(targets, sources)
    both = len(targets) - len(left)
    if both and not len(left):
        raise InvalidParameterError(
            "Every target is a source as well; paths need somewhere else to lead to."
        )
    notes = [
        f"There are no {what}: nothing here is of that class or set."
        for what, members in (("sources", sources), ("targets", targets))
        if not len(members)
    ]
    if both:
        counted = "1 entity is" if both == 1 else f"{both:,} entities are"
        notes.append(f"{counted} both source and target, and counted as source only.")
    return sources, left, notes


def wanted_places(flow: FlowGraph, scope: Scope) -> Flags:
    """Flag the places of the entities that are looked for."""
    if scope.classes:
        return flow.of_classes(frozenset(scope.classes))
    return np.ones(flow.size, np.bool_)


def unconnected(targets: Numbers) -> list[str]:
    """Say that nothing is reached, where that is so.

    :param targets: places of the targets that are reached.
    """
    if len(targets):
        return []
    return ["No path leads from a source to a target under this profile and these limits."]


def bound_from(steps: Steps, sources: Numbers) -> Bound:
    """Count where paths from the sources might have gone on."""
    return bound_of(steps.graph, steps.reach(sources), steps.direction, steps.admissible)


def ends_of(flow: FlowGraph, members: Numbers, connected: Numbers) -> Ends:
    """Describe the sources or the targets.

    :param members: numbers of entities; ``connected``: places of those that paths begin or end at.
    """
    graph = flow.steps.graph
    ordered = graph.order.sorted(members).tolist()
    first = nsmallest(SHOWN, ordered, key=graph.labels.__getitem__)
    return Ends(len(members), len(connected), tuple(reference(graph, each) for each in first))


def by_label(graph: EntityGraph, entities: Numbers) -> Numbers:
    """Return entities by label, then IRI."""
    ordered = sorted(graph.order.sorted(entities).tolist(), key=graph.labels.__getitem__)
    return np.array(ordered, np.int64)


def named(flow: FlowGraph, place: int) -> EntityReference:
    """Name the entity at a place."""
    return reference(flow.steps.graph, int(flow.entity[place]))


def several(flow: FlowGraph, places: Numbers) -> Several:
    """Name the first of some places, and say how many there are."""
    first = tuple(named(flow, each) for each in places[:SHOWN].tolist())
    return Several(len(places), first)
