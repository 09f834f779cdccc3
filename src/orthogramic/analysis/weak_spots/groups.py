"""Strongly connected groups: entities that all lead to each other, and a cycle that shows it.

Groups are the strongly connected components of ``scipy.sparse.csgraph`` (Pearce 2005). The cycle
is a shortest one through the first entity of the group in the order of IRIs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orthogramic.analysis.stopping import checkpoint
from orthogramic.analysis.weak_spots.flow import FlowGraph
from orthogramic.graph.arrays import Flags, Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Groups of two or more, largest first, then by their first place.

    :param members: the places of all groups, group by group, ascending within each.
    :param start: where each group begins in ``members``, one more than there are groups.
    """

    members: Numbers
    start: Numbers

    def __len__(self) -> int:
        return len(self.start) - 1

    def group(self, number: int) -> Numbers:
        """Return the places of one group."""
        return self.members[self.start[number] : self.start[number + 1]]


def strongly_connected_groups(flow: FlowGraph) -> Groups:
    """Find the groups of entities that all lead to each other."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - slow to import
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    matrix = csr_array(
        (np.ones(len(flow.head), np.int8), flow.head, flow.start), shape=(flow.size, flow.size)
    )
    _, label = connected_components(matrix, directed=True, connection="strong")
    sizes = np.bincount(label, minlength=1)
    members = np.flatnonzero(sizes[label] > 1)
    # The first member of a group names it, whatever number scipy gave it.
    first = np.full(len(sizes), flow.size, np.int64)
    np.minimum.at(first, label, np.arange(flow.size))
    order = np.lexsort((members, first[label[members]], -sizes[label[members]]))
    members = members[order]
    begins = np.flatnonzero(np.diff(label[members], prepend=-1))
    return Groups(members, np.append(begins, len(members)))


def shortest_way(
    flow: FlowGraph, starts: Numbers, ends: Flags, blocked: Flags | None = None
) -> tuple[int, ...] | None:
    """Return the shortest walk of at least one step from some places to flagged ones.

    Of equally short ones the choice is canonical: from its end backwards, always the first place
    in the order of IRIs.

    :param starts: places; one of them may be an end as well, and is found by a walk back to it.
    :param blocked: flags of the places that may not be visited.
    :returns: its places, or ``None`` if there is none.
    """
    distance = np.full(flow.size, -1, np.int64)
    if blocked is not None:
        distance[blocked] = -2
    distance[starts] = 0
    layers, met = [np.sort(starts)], np.zeros(0, np.int64)
    while len(layers[-1]) and not len(met):
        checkpoint()
        _, head = leaving(flow, layers[-1])
        met = np.unique(head[ends[head] & (distance[head] != -2)])  # noqa: PLR2004 - blocked
        fresh = np.unique(head[distance[head] == -1])
        distance[fresh] = len(layers)
        layers.append(fresh)
    return _traced(flow, layers, int(met[0])) if len(met) else None


def leaving(flow: FlowGraph, places: Numbers) -> tuple[Numbers, Numbers]:
    """Return the steps that leave some places: their tails and heads."""
    count = flow.start[places + 1] - flow.start[places]
    begin = flow.start[places] - (np.cumsum(count) - count)
    at = begin.repeat(count) + np.arange(int(count.sum()))
    return places.repeat(count), flow.head[at]


def _traced(flow: FlowGraph, layers: list[Numbers], end: int) -> tuple[int, ...]:
    """Follow a walk back: the last layer is one too many, the end came instead of it."""
    walk = [end]
    for layer in reversed(layers[:-1]):
        tail, head = leaving(flow, layer)
        walk.append(int(tail[head == walk[-1]].min()))
    return tuple(reversed(walk))
