"""The answer that is a least cut between two sets."""

from __future__ import annotations

import numpy as np

from orthogramic.analysis.answer import Path
from orthogramic.analysis.honesty import receipt_of
from orthogramic.analysis.weak_spots.answers import Closing, CutAnswer, CutEntity, Method
from orthogramic.analysis.weak_spots.cut import Cut, minimum_cut
from orthogramic.analysis.weak_spots.flow import FlowGraph, flow_between, steps_of
from orthogramic.analysis.weak_spots.groups import shortest_way
from orthogramic.analysis.weak_spots.questions import CutQuestion
from orthogramic.analysis.weak_spots.two_sets import (
    bound_from,
    ends_of,
    named,
    two_sets,
    unconnected,
    wanted_places,
)
from orthogramic.analysis.weak_spots.walks import links_over, passing, path_over
from orthogramic.graph import EntityGraph
from orthogramic.graph.arrays import Flags, Numbers
from orthogramic.metamodel import Metamodel

_CUT = Method(
    "maximum flow with unit entities (Dinic, scipy.sparse.csgraph)",
    "Menger 1927; Even and Tarjan 1975",
    True,
    {"parallel_links": "one step", "chosen": "the cut nearest to the sources"},
)


def find_cut(
    graph: EntityGraph, metamodel: Metamodel, question: CutQuestion, *, snapshot: int = 0
) -> CutAnswer:
    """Answer which entities are the fewest that all indirect paths pass.

    Parameters and errors are those of :func:`find_dominators`.
    """
    scope = question.scope
    sources, targets, notes = two_sets(graph, metamodel, question)
    steps = steps_of(graph, scope.direction, scope.via, certain=scope.certain)
    flow = flow_between(steps, sources, targets)
    origins, ends = flow.places(sources), flow.places(targets)
    cut = minimum_cut(flow, origins, ends, wanted_places(flow, scope))
    found = np.zeros(0, np.int64) if cut.places is None else cut.places
    page = found[scope.offset : scope.offset + scope.limit].tolist()
    around = _around(flow, metamodel, origins, ends, cut, wanted_places(flow, scope))
    return CutAnswer(
        sources=ends_of(flow, sources, origins),
        targets=ends_of(flow, targets, ends),
        size=None if cut.places is None else len(found),
        unique=cut.unique,
        items=_cut_entities(flow, metamodel, origins, ends, found, page),
        direct=links_over(flow, metamodel, *cut.direct),
        around=around,
        closing=Closing(
            total=len(found),
            limit=scope.limit,
            offset=scope.offset,
            method=_CUT,
            notes=(*notes, *unconnected(ends), *_cut_notes(cut, around)),
            bound=bound_from(steps, sources),
            receipt=receipt_of(graph, metamodel, "weak-spots cut", question.parameters(), snapshot),
        ),
    )


def _cut_notes(cut: Cut, around: Path | None) -> list[str]:
    notes = []
    direct = len(cut.direct[0])
    if direct:
        pairs = "1 pair is" if direct == 1 else f"{direct:,} pairs are"
        notes.append(f"{pairs} joined directly, with nothing between: the cut is of the rest.")
    if around is not None:
        notes.append("There is no cut: paths go round all entities that may be taken out.")
    elif not cut.unique:
        notes.append("Other cuts are as small; this is the one nearest to the sources.")
    return notes


def _cut_entities(
    flow: FlowGraph,
    metamodel: Metamodel,
    origins: Numbers,
    ends: Numbers,
    cut: Numbers,
    page: list[int],
) -> tuple[CutEntity, ...]:
    turned = flow.reversed()
    blocked = np.zeros(flow.size, np.bool_)
    found = []
    for place in page:
        blocked[cut] = True
        blocked[place] = False
        walk = passing(flow, turned, origins, place, ends, blocked)
        tails, heads = turned.following(place), flow.following(place)
        tails, heads = tails[~np.isin(tails, ends)], heads[~np.isin(heads, origins)]
        found.append(
            CutEntity(
                entity=named(flow, place),
                entering=links_over(flow, metamodel, tails, np.full(len(tails), place)),
                leaving=links_over(flow, metamodel, np.full(len(heads), place), heads),
                path=path_over(flow, metamodel, walk) if walk else None,
            )
        )
    return tuple(found)


def _around(
    flow: FlowGraph,
    metamodel: Metamodel,
    origins: Numbers,
    ends: Numbers,
    cut: Cut,
    allowed: Flags,
) -> Path | None:
    """Return a path that goes round everything that may be taken out, where there is no cut."""
    if cut.places is not None:
        return None
    blocked = allowed.copy()
    blocked[origins] = blocked[ends] = False
    inner = flow.without(*cut.direct)
    flags = np.zeros(flow.size, np.bool_)
    flags[ends] = True
    walk = shortest_way(inner, origins, flags, blocked)
    return path_over(flow, metamodel, walk) if walk else None
