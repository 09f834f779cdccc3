"""Links that are there and lead to the target, but over which no change passes that way.

The fewest of them between source and target are found by a search that walks every link either
way: first wherever changes pass, then one step against the flow, and so on (breadth first in
layers, the 0-1 search of Dinic).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orthogramic.analysis.answer import Path
from orthogramic.analysis.branches import Walk
from orthogramic.analysis.sentences import explain, reference
from orthogramic.analysis.spreading import newcomers
from orthogramic.analysis.why_not.answer import Cause
from orthogramic.graph import Direction, EntityGraph
from orthogramic.graph.arrays import Numbers
from orthogramic.graph.model import STANDINGS
from orthogramic.metamodel import Flow, Metamodel


@dataclass(frozen=True, slots=True)
class _Waves:
    """When each entity was met first, and after how many steps against the flow; 0 is never."""

    wave: Numbers
    layer: Numbers


def against_flow(
    graph: EntityGraph, metamodel: Metamodel, direction: Direction, source: int, target: int
) -> Cause:
    """Say which links lead to the target against the flow, or that none lead there at all."""
    waves = _waves(graph, direction, source, target)
    here, there = reference(graph, source), reference(graph, target)
    if not waves.wave[target]:
        return Cause(
            code="no-link",
            sentence=f"No chain of links, whichever way they are read, joins {here.label} with "
            f"{there.label}.",
        )
    walk, against = _walk(graph, direction, waves, target)
    path = explain(graph, metamodel, walk)
    at = path.steps[against[0]].origin
    return Cause(
        code="against-flow",
        sentence=_sentence(graph, path, walk, against),
        at=at,
        path=path,
        against=against,
    )


def _waves(graph: EntityGraph, direction: Direction, source: int, target: int) -> _Waves:
    wave = np.zeros(graph.size, np.int64)
    layer = np.zeros(graph.size, np.int64)
    frontier: Numbers = np.array([source])
    number, depth = 1, 1
    while len(frontier):
        inside = []
        while len(frontier):
            wave[frontier], layer[frontier] = number, depth
            inside.append(frontier)
            number += 1
            frontier = _fresh(_along(graph, direction, frontier), wave)
        if wave[target]:
            break
        frontier = _fresh(_beside(graph, direction, np.concatenate(inside)), wave)
        depth += 1
    return _Waves(wave, layer)


def _fresh(entities: Numbers, wave: Numbers) -> Numbers:
    return newcomers(entities[wave[entities] == 0], len(wave))


def _along(graph: EntityGraph, direction: Direction, entities: Numbers) -> Numbers:
    arcs = graph.arcs[direction]
    found: Numbers = arcs.head[arcs.leaving(entities)[0]]
    return found


def _beside(graph: EntityGraph, direction: Direction, entities: Numbers) -> Numbers:
    """Return what some entities are linked with, whatever the flow."""
    silent = graph.silent.columns.arrays[0][graph.silent.rows.positions(entities)[0]]
    return np.concatenate(
        [
            _along(graph, direction.reversed(), entities),
            graph.subject[silent],
            graph.object[silent],
        ]
    )


def _walk(
    graph: EntityGraph, direction: Direction, waves: _Waves, target: int
) -> tuple[Walk, tuple[int, ...]]:
    """Go back from the target; of equals, the first by IRIs."""
    entities, edges, against = [target], list[int](), list[bool]()
    while waves.wave[entities[-1]] > 1:
        here = entities[-1]
        found = graph.edges_of(here)
        ends = graph.subject[found], graph.object[found]
        other = np.where(ends[0] == here, ends[1], ends[0]).astype(np.int64)
        flows = _flows(graph, direction, found, other)
        earlier = (waves.wave[other] > 0) & (waves.wave[other] < waves.wave[here])
        same = flows & earlier & (waves.layer[other] == waves.layer[here])
        crossing = earlier & ~flows & (waves.layer[other] == waves.layer[here] - 1)
        usable = same if same.any() else crossing
        keys = (
            graph.graph_order[graph.graph[found]],
            graph.kind[found] // STANDINGS,
            graph.order.keys(other),
            ~usable,
        )
        first = int(np.lexsort(keys)[0])
        entities.append(int(other[first]))
        edges.append(int(found[first]))
        against.append(not same.any())
    places = tuple(place for place, each in enumerate(against[::-1]) if each)
    return Walk(tuple(entities[::-1]), tuple(edges[::-1]), 0), places


def _flows(
    graph: EntityGraph, direction: Direction, edges: Numbers, origins: Numbers
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Tell of each edge whether a change passes it from some end."""
    found = (
        graph.connection_of(edge).propagates(direction, int(graph.subject[edge]) != origin)
        for edge, origin in zip(edges.tolist(), origins.tolist(), strict=True)
    )
    return np.fromiter(found, np.bool_, len(edges))


def _sentence(graph: EntityGraph, path: Path, walk: Walk, against: tuple[int, ...]) -> str:
    """Say where the flow ends: the first link in the way, and how many there are."""
    first = path.steps[against[0]]
    flow = graph.connection_of(walk.edges[against[0]]).flow
    link = f"{first.origin.label} {first.verb} {first.destination.label}"
    reason = (
        "a change passes this link neither way under the profile"
        if flow is Flow.NONE
        else "under the profile a change passes this link only the other way"
    )
    more = len(against) - 1
    others = "" if not more else f", and so it is with {more} more on the way"
    return f"Links lead there, but against the flow: {link}, and {reason}{others}."
