"""From places of a flow graph to paths that people read: the best link of each step."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from orthogramic.analysis.answer import Path
from orthogramic.analysis.branches import Walk
from orthogramic.analysis.sentences import explain
from orthogramic.analysis.weak_spots.answers import Links
from orthogramic.analysis.weak_spots.flow import FlowGraph
from orthogramic.analysis.weak_spots.groups import shortest_way
from orthogramic.graph.arrays import Flags, Numbers
from orthogramic.graph.cost import EXHAUSTED, UNSPENT
from orthogramic.graph.model import STANDINGS
from orthogramic.metamodel import Metamodel

#: Links and entities that stand for all of them.
SHOWN = 10


def path_over(flow: FlowGraph, metamodel: Metamodel, places: tuple[int, ...]) -> Path:
    """Explain a walk over some places; of parallel links the best one is told.

    :param places: at least two, each a step from the one before.
    """
    entities = tuple(int(flow.entity[each]) for each in places)
    edges = tuple(_best(flow, tail, head) for tail, head in pairwise(entities))
    graph = flow.steps.graph
    spent = sum(int(graph.kinds.cost[graph.kind[each]]) for each in edges)
    walk = Walk(entities, edges, max(UNSPENT - spent, EXHAUSTED))
    return explain(graph, metamodel, walk)


def links_over(flow: FlowGraph, metamodel: Metamodel, tails: Numbers, heads: Numbers) -> Links:
    """Return the links behind some steps; of parallel links the best one is told.

    :param tails: places where the steps begin; ``heads``: where they lead.
    """
    few = zip(tails[:SHOWN].tolist(), heads[:SHOWN].tolist(), strict=True)
    shown = tuple(path_over(flow, metamodel, each).steps[0] for each in few)
    return Links(len(tails), shown)


def passing(
    flow: FlowGraph,
    turned: FlowGraph,
    starts: Numbers,
    place: int,
    ends: Numbers,
    blocked: Flags | None = None,
) -> tuple[int, ...] | None:
    """Return a shortest walk from some places over one to others.

    :param turned: the flow graph with every step turned round.
    :param blocked: flags of places that may not be visited.
    """
    here = np.array([place])
    legs = []
    for graph, others in ((turned, starts), (flow, ends)):
        flags = np.zeros(flow.size, np.bool_)
        flags[others] = True
        legs.append((place,) if flags[place] else shortest_way(graph, here, flags, blocked))
    before, after = legs
    return None if before is None or after is None else (*reversed(before), *after[1:])


def _best(flow: FlowGraph, tail: int, head: int) -> int:
    """Return the heaviest link of a step, of several the first by relationship and named graph."""
    steps, graph = flow.steps, flow.steps.graph
    span = steps.out.span(tail)
    there = steps.out.head[span] == head
    if steps.admissible is not None:
        there &= steps.admissible[steps.out.kind[span]]

    def rank(edge: int) -> tuple[int, int, int, bool]:
        kind = int(graph.kind[edge])
        source = int(graph.graph_order[graph.graph[edge]])
        cost = int(graph.kinds.cost[kind])
        return cost, kind // STANDINGS, source, int(graph.subject[edge]) != tail

    return int(min(steps.out.edge[span][there].tolist(), key=rank))
