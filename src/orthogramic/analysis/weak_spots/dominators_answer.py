"""The answer that names single points of failure between two sets."""

from __future__ import annotations

import numpy as np

from orthogramic.analysis.honesty import receipt_of
from orthogramic.analysis.sentences import reference
from orthogramic.analysis.weak_spots.answers import (
    Closing,
    DominatorsAnswer,
    Method,
    Passage,
    SinglePoint,
)
from orthogramic.analysis.weak_spots.flow import FlowGraph, steps_of
from orthogramic.analysis.weak_spots.questions import DominatorsQuestion
from orthogramic.analysis.weak_spots.single_points import SinglePoints, points_between
from orthogramic.analysis.weak_spots.two_sets import (
    bound_from,
    by_label,
    ends_of,
    named,
    several,
    two_sets,
    unconnected,
    wanted_places,
)
from orthogramic.analysis.weak_spots.walks import passing, path_over
from orthogramic.graph import EntityGraph
from orthogramic.graph.arrays import Flags
from orthogramic.metamodel import Metamodel

_DOMINATORS = Method(
    "dominator trees (semi-NCA) from both sides",
    "Georgiadis and Tarjan 2004",
    True,
    {"parallel_links": "one step"},
)


def find_dominators(
    graph: EntityGraph, metamodel: Metamodel, question: DominatorsQuestion, *, snapshot: int = 0
) -> DominatorsAnswer:
    """Answer what every path from the sources to the targets passes.

    :param graph: the snapshot that is asked, under the profile that is meant.
    :param metamodel: the bundle under which the graph was projected.
    :param snapshot: number of the commit that the graph was projected from, for the receipt.
    :raises UnknownEntityError: if a named entity is not in the graph.
    :raises UnknownTermError: if a class or relationship is not in the bundle.
    :raises InvalidParameterError: if ``via`` names what is no relationship, or every target is a
        source as well.
    """
    scope = question.scope
    sources, targets, notes = two_sets(graph, metamodel, question)
    steps = steps_of(graph, scope.direction, scope.via, certain=scope.certain)
    points = points_between(steps, sources, targets)
    flow = points.flow
    wanted = wanted_places(flow, scope)
    places = points.places[wanted[points.places]]
    page = places[scope.offset : scope.offset + scope.limit].tolist()
    whole = [each for each in points.whole() if wanted[each]]
    always = frozenset(whole)
    turned = flow.reversed()
    ordered = by_label(graph, targets)
    some = ordered[question.target_offset : question.target_offset + question.target_limit]
    return DominatorsAnswer(
        sources=ends_of(flow, sources, points.sources),
        targets=ends_of(flow, targets, points.targets),
        whole=tuple(named(flow, each) for each in whole),
        items=tuple(_point(points, turned, metamodel, each, each in always) for each in page),
        by_target=tuple(_passage(points, wanted, int(each)) for each in some),
        target_limit=question.target_limit,
        target_offset=question.target_offset,
        closing=Closing(
            total=len(places),
            limit=scope.limit,
            offset=scope.offset,
            method=_DOMINATORS,
            notes=(*notes, *unconnected(points.targets)),
            bound=bound_from(steps, sources),
            receipt=receipt_of(
                graph, metamodel, "weak-spots dominators", question.parameters(), snapshot
            ),
        ),
    )


def _point(
    points: SinglePoints, turned: FlowGraph, metamodel: Metamodel, place: int, whole: bool
) -> SinglePoint:
    flow = points.flow
    targets, sources = points.lost_targets(place), points.lost_sources(place)
    starts, ends = (points.sources, targets) if len(targets) else (sources, points.targets)
    walk = passing(flow, turned, starts, place, ends)
    return SinglePoint(
        entity=named(flow, place),
        targets=several(flow, targets),
        sources=several(flow, sources),
        whole=whole,
        path=path_over(flow, metamodel, walk) if walk else None,
    )


def _passage(points: SinglePoints, wanted: Flags, target: int) -> Passage:
    flow = points.flow
    place = flow.places(np.array([target]))
    through = points.through(int(place[0])) if len(place) else ()
    return Passage(
        target=reference(flow.steps.graph, target),
        connected=bool(len(place)),
        through=tuple(named(flow, each) for each in through if wanted[each]),
    )
