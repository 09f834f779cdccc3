"""The best path to each of many entities at once, read off the labels of a search.

A step is *tight* if it leads from a label to the label that it explains. Best paths are made of
tight steps; where several meet, the order of paths decides (fewest steps are already in the
labels): the sequence of entity IRIs, then that of relationships, named graphs and senses. Walks
of one length compare like their beginnings and then their ends, so layer by layer a place among
the walks of that length is enough to decide.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from orthogramic.analysis.branches import Walk
from orthogramic.analysis.labelling import Labels
from orthogramic.analysis.search import Search
from orthogramic.graph.arrays import Numbers, ascending
from orthogramic.graph.cost import spend
from orthogramic.graph.model import STANDINGS

#: Steps of walks that are read off together.
_MOST_STEPS = 1 << 20
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
    return tuple(_walks(labels, before, edge, ends))


def _tight_layers(searching: Search, labels: Labels, ends: Numbers) -> list[_Steps]:
    """Collect the tight steps behind some labels, those of the shortest walks first."""
    into, kinds = searching.into, searching.graph.kinds
    needed: Numbers = np.zeros(0, np.int64)
    layers: list[_Steps] = []
    for steps in range(int(labels.steps[ends].max(initial=0)), 0, -1):
        needed = ascending(np.concatenate([needed, ends[labels.steps[ends] == steps]]))
        arc, count = into.leaving(labels.entity[needed])
        explained, kind = needed.repeat(count), into.kind.take(arc)
        if searching.admissible is not None:
            usable = np.flatnonzero(searching.admissible.take(kind))
            arc, explained, kind = arc.take(usable), explained.take(usable), kind.take(usable)
        origin = labels.within(into.head.take(arc), steps - 1)
        tight = (origin > 0) & (labels.steps.take(origin) == steps - 1)
        offer = spend(labels.remaining.take(origin), kinds.cost.take(kind))
        tight &= offer == labels.remaining.take(explained)
        layers.append((explained[tight], origin[tight], into.edge[arc[tight]]))
        needed = ascending(origin[tight])
    return layers[::-1]


def _chosen(searching: Search, labels: Labels, place: Numbers, layer: _Steps) -> _Steps:
    """Keep of each label's tight steps the first in the order of paths."""
    graph = searching.graph
    explained, origin, edge = layer
    # Steps stand label by label.
    fresh = np.append(True, explained[1:] != explained[:-1])
    if fresh.all():
        return layer
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


def _walks(labels: Labels, before: Numbers, edge: Numbers, ends: Numbers) -> Iterator[Walk]:
    """Read walks off from their ends, many at a time."""
    steps = labels.steps[ends]
    longest = int(steps.max(initial=0))
    many = max(_MOST_STEPS // (longest + 1), 1)
    for first in range(0, len(ends), many):
        at = ends[first : first + many]
        entities, edges = [labels.entity[at]], list[Numbers]()
        remaining = labels.remaining[at].tolist()
        for _ in range(longest):
            edges.append(edge[at])
            at = before[at]
            entities.append(labels.entity[at])
        # Sources come from entry 0, which comes from itself: what lies beyond is cut off.
        rows = np.stack(entities[::-1], axis=1).tolist()
        edge_rows = np.stack(edges[::-1], axis=1).tolist() if edges else [[]] * len(at)
        lengths = steps[first : first + many].tolist()
        for row, edge_row, length, left in zip(rows, edge_rows, lengths, remaining, strict=True):
            begin = longest - length
            yield Walk(tuple(row[begin:]), tuple(edge_row[begin:]), left)
