"""Answers about the whole graph: articulation points, strongly connected groups, centrality."""

from __future__ import annotations

import numpy as np

from orthogramic.analysis.answer import Bound, Step
from orthogramic.analysis.honesty import bound_of, receipt_of
from orthogramic.analysis.question import check_terms
from orthogramic.analysis.weak_spots.answers import Closing, Method
from orthogramic.analysis.weak_spots.articulation import articulation_points
from orthogramic.analysis.weak_spots.flow import FlowGraph, steps_of, whole_flow
from orthogramic.analysis.weak_spots.groups import (
    Groups,
    shortest_way,
    strongly_connected_groups,
)
from orthogramic.analysis.weak_spots.overall_answers import (
    ArticulationAnswer,
    ArticulationPoint,
    CyclesAnswer,
    CyclicGroup,
)
from orthogramic.analysis.weak_spots.questions import Scope
from orthogramic.analysis.weak_spots.two_sets import named, several, wanted_places
from orthogramic.analysis.weak_spots.walks import path_over
from orthogramic.graph import EntityGraph
from orthogramic.graph.arrays import Numbers
from orthogramic.graph.model import STANDINGS
from orthogramic.metamodel import Flow, Metamodel

_ARTICULATION = Method(
    "depth-first low points",
    "Hopcroft and Tarjan 1973",
    True,
    {"links": "without direction", "parallel_links": "one step"},
)
_CYCLES = Method(
    "strongly connected components (scipy.sparse.csgraph), breadth-first cycles",
    "Pearce 2005",
    True,
    {"parallel_links": "one step", "cycle": "a shortest one through the first entity by IRI"},
)


def find_articulation_points(
    graph: EntityGraph, metamodel: Metamodel, scope: Scope, *, snapshot: int = 0
) -> ArticulationAnswer:
    """Answer without which entities what hangs together falls apart.

    :param graph: the snapshot that is asked, under the profile that is meant.
    :param metamodel: the bundle under which the graph was projected.
    :param scope: what counts; the direction makes no difference.
    :param snapshot: number of the commit that the graph was projected from, for the receipt.
    :raises UnknownTermError: if a class or relationship is not in the bundle.
    :raises InvalidParameterError: if ``via`` names what is no relationship.
    """
    flow = everything(graph, metamodel, scope)
    found = articulation_points(flow)
    rows = np.flatnonzero(wanted_places(flow, scope)[found.places])
    rows = rows[np.lexsort((found.places[rows], -found.pieces[rows], -found.separated[rows]))]
    page = rows[scope.offset : scope.offset + scope.limit].tolist()
    return ArticulationAnswer(
        components=found.components,
        items=tuple(
            ArticulationPoint(
                named(flow, int(found.places[row])),
                int(found.pieces[row]),
                int(found.separated[row]),
            )
            for row in page
        ),
        closing=Closing(
            total=len(rows),
            limit=scope.limit,
            offset=scope.offset,
            method=_ARTICULATION,
            notes=(),
            bound=overall_bound(flow, both_ways=True),
            receipt=receipt_of(
                graph, metamodel, "weak-spots articulation", scope.parameters(), snapshot
            ),
        ),
    )


def find_cycles(
    graph: EntityGraph, metamodel: Metamodel, scope: Scope, *, snapshot: int = 0
) -> CyclesAnswer:
    """Answer which entities all lead to each other, with a cycle that shows it.

    Parameters and errors are those of :func:`find_articulation_points`. Of groups with an entity
    of the classes that are looked for, all members count.
    """
    flow = everything(graph, metamodel, scope)
    groups = strongly_connected_groups(flow)
    some = _with_wanted(flow, groups, scope)
    sizes = np.diff(groups.start)[some]
    page = some[scope.offset : scope.offset + scope.limit].tolist()
    return CyclesAnswer(
        entities=int(sizes.sum()),
        items=tuple(_group(flow, metamodel, groups.group(each)) for each in page),
        closing=Closing(
            total=len(some),
            limit=scope.limit,
            offset=scope.offset,
            method=_CYCLES,
            notes=(),
            bound=overall_bound(flow),
            receipt=receipt_of(graph, metamodel, "weak-spots cycles", scope.parameters(), snapshot),
        ),
    )


def everything(graph: EntityGraph, metamodel: Metamodel, scope: Scope) -> FlowGraph:
    """Return the flow graph of everything that a scope admits; errors as those of the answers."""
    check_terms(metamodel, scope.classes, scope.via)
    return whole_flow(steps_of(graph, scope.direction, scope.via, certain=scope.certain))


def overall_bound(flow: FlowGraph, *, both_ways: bool = False) -> Bound:
    """Count the entities that lack an expected link which would be a step.

    :param both_ways: links count whichever way they lead.
    """
    steps, graph = flow.steps, flow.steps.graph
    if not both_ways:
        return bound_of(graph, flow.entity, steps.direction, steps.admissible)
    flows = np.array([each.flow is not Flow.NONE for each in graph.connections], np.bool_)
    walked = flows.repeat(STANDINGS)
    admissible = walked if steps.admissible is None else walked & steps.admissible
    return bound_of(graph, flow.entity, None, admissible)


def _with_wanted(flow: FlowGraph, groups: Groups, scope: Scope) -> Numbers:
    """Return the groups with at least one entity that is looked for."""
    if not len(groups):
        return np.zeros(0, np.int64)
    wanted = wanted_places(flow, scope)[groups.members]
    return np.flatnonzero(np.logical_or.reduceat(wanted, groups.start[:-1]))


def _group(flow: FlowGraph, metamodel: Metamodel, members: Numbers) -> CyclicGroup:
    first = members[:1]
    flags = np.zeros(flow.size, np.bool_)
    flags[first] = True
    walk = shortest_way(flow, first, flags)
    assert walk is not None
    cycle = path_over(flow, metamodel, walk)
    return CyclicGroup(several(flow, members), cycle, _is_mutual(cycle.steps))


def _is_mutual(steps: tuple[Step, ...]) -> bool:
    """Tell whether a cycle is one link, walked forth and back."""
    forth, back = steps[0], steps[-1]
    same = (forth.relationship, forth.graph) == (back.relationship, back.graph)
    return len(steps) == 2 and same and forth.forward is not back.forward  # noqa: PLR2004
