"""The best path to each of many entities at once, read off the labels of a search.

A step is *tight* if it leads from a label to the label that it explains. Best paths are made of
tight steps; where several meet, the order of paths decides (fewest steps are already in the
labels): the sequence of entity IRIs, then that of relationships, named graphs and senses. Walks
of one length compare like their beginnings and then their ends, so layer by layer a place among
the walks of that length is enough to decide.
"""

from __future__ import annotations

import numpy as np

from orthogramic.analysis.branches import Walk
from orthogramic.analysis.labelling import Labels
from orthogramic.analysis.search import Search
from orthogramic.graph.arrays import Numbers, ascending
from orthogramic.graph.cost import spend
from orthogramic.graph.model import STANDINGS

#: Tight steps by label: the label explained, the label it comes from, and the edge.
_Steps = tuple[Numbers, Numbers, Numbers]


def first_walks(searching: Search, labels: Labels, targets: Numbers) -> tuple[Walk, ...]:
    """Return the first path, in the order of paths, to each target.

    :param labels: of, at least, all that lies on best paths to the targets.
    :param targets: entities that the search reached, sources excluded.
    """
    ends = labels.latest(targets)
    before = np.zeros(len(labels.entity), np.int64)
    edge = np.zeros(len(labels.entity), np.int64)
    place = np.zeros(len(labels.entity), np.int64)
    begin = labels.within(searching.sources, 0)
    # The sources stand in the order of IRIs.
    place[begin] = np.arange(len(begin))
    order = searching.graph.order
    for layer in _tight_layers(searching, labels, ends):
        at, origin, chosen = _chosen(searching, labels, place, layer)
        before[at], edge[at] = origin, chosen
        rank = np.lexsort((order.keys(labels.entity[at]), place[origin]))
        place[at[rank]] = np.arange(len(at))
    return tuple(_walk(labels, before, edge, int(each)) for each in ends)


def _tight_layers(searching: Search, labels: Labels, ends: Numbers) -> list[_Steps]:
    """Collect the tight steps behind some labels, those of the shortest walks first."""
    into, kinds = searching.into, searching.graph.kinds
    needed: Numbers = np.zeros(0, np.int64)
    layers: list[_Steps] = []
    for steps in range(int(labels.steps[ends].max(initial=0)), 0, -1):
        needed = ascending(np.concatenate([needed, ends[labels.steps[ends] == steps]]))
        arc, count = into.leaving(labels.entity[needed])
        explained, kind = np.repeat(needed, count), into.kind[arc]
        origin = labels.within(into.head[arc], steps - 1)
        tight = searching.usable(origin > 0, kind) & (labels.steps[origin] == steps - 1)
        offer = spend(labels.remaining[origin], kinds.cost[kind])
        tight &= offer == labels.remaining[explained]
        layers.append((explained[tight], origin[tight], into.edge[arc[tight]]))
        needed = ascending(origin[tight])
    return layers[::-1]


def _chosen(searching: Search, labels: Labels, place: Numbers, layer: _Steps) -> _Steps:
    """Keep of each label's tight steps the first in the order of paths."""
    graph = searching.graph
    explained, origin, edge = layer
    backward = graph.subject[edge] != labels.entity[origin]
    order = np.lexsort(
        (
            backward,
            graph.graph_order[graph.graph[edge]],
            graph.kind[edge] // STANDINGS,
            place[origin],
            explained,
        )
    )
    ordered = explained[order]
    first = order[np.append(True, ordered[1:] != ordered[:-1])]
    return explained[first], origin[first], edge[first]


def _walk(labels: Labels, before: Numbers, edge: Numbers, label: int) -> Walk:
    remaining = int(labels.remaining[label])
    entities, edges = [int(labels.entity[label])], list[int]()
    while labels.steps[label]:
        edges.append(int(edge[label]))
        label = int(before[label])
        entities.append(int(labels.entity[label]))
    return Walk(tuple(entities[::-1]), tuple(edges[::-1]), remaining)
