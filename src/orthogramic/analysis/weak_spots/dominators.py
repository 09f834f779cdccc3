"""Immediate dominators: what every walk from a set of entities to another entity passes.

An entity d dominates v if every walk from a source to v passes d. The method is that of Georgiadis
and Tarjan (semi-NCA, 2004): depth first numbers, semi-dominators with compressed paths, and then
the nearest common ancestor in the tree so far. Exact, and near-linear in practice. Several sources
are the successors of a root that does not exist otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orthogramic.analysis.stopping import checkpoint
from orthogramic.analysis.weak_spots.flow import FlowGraph
from orthogramic.graph.arrays import Numbers, row_starts

#: Place of the root of a dominator tree, and of what no source reaches.
ROOT, UNREACHED = -1, -2


@dataclass(frozen=True, slots=True, eq=False)
class DominatorTree:
    """The dominator tree of the places of a flow graph.

    :param immediate: the immediate dominator of each place, :data:`ROOT` or :data:`UNREACHED`.
    :param position: rank of each place in a preorder of the tree, -1 where unreached.
    :param extent: how many places each one dominates, itself included; 0 where unreached.
    """

    immediate: Numbers
    position: Numbers
    extent: Numbers

    def chain(self, place: int) -> tuple[int, ...]:
        """Return what strictly dominates a place, from the source onwards."""
        found: list[int] = []
        above = int(self.immediate[place])
        while above >= 0:
            found.append(above)
            above = int(self.immediate[above])
        return tuple(reversed(found))

    def counts(self, places: Numbers) -> Numbers:
        """Return for each place how many of some reached places it dominates, itself included."""
        ranks = np.sort(self.position[places])
        begin = ranks.searchsorted(self.position)
        found: Numbers = ranks.searchsorted(self.position + self.extent) - begin
        return found

    def below(self, place: int, places: Numbers) -> Numbers:
        """Return those of some reached places that a place strictly dominates, in their order."""
        first = self.position[place]
        rank = self.position[places]
        found: Numbers = places[(rank > first) & (rank < first + self.extent[place])]
        return found


def dominator_tree(flow: FlowGraph, sources: Numbers) -> DominatorTree:
    """Work out who dominates whom.

    :param sources: places where walks begin.
    """
    vertex, parent = _depth_first(flow, sources.tolist())
    number = np.full(flow.size, -1, np.int64)
    number[vertex[1:]] = np.arange(1, len(vertex))
    semi = _semi_dominators(flow, number, parent, sources)
    immediate = _nearest(parent, semi)
    position, extent = _preorder(immediate)
    return DominatorTree(*_by_place(flow.size, vertex, immediate, position, extent))


def _depth_first(flow: FlowGraph, sources: list[int]) -> tuple[list[int], list[int]]:
    """Number what is reached, depth first, from 1; number 0 is the root.

    :returns: by number, the place and the number of the parent.
    """
    start, head = flow.start.tolist(), flow.head.tolist()
    known = bytearray(flow.size)
    vertex, parent = [-1], [0]
    waiting, above = sources[::-1], [0] * len(sources)
    while waiting:
        checkpoint()
        place, number = waiting.pop(), above.pop()
        if known[place]:
            continue
        known[place] = 1
        parent.append(number)
        following = head[start[place] : start[place + 1]]
        waiting += following
        above += [len(vertex)] * len(following)
        vertex.append(place)
    return vertex, parent


def _semi_dominators(
    flow: FlowGraph, number: Numbers, parent: list[int], sources: Numbers
) -> list[int]:
    """Return the semi-dominator of each number; that of the root means nothing."""
    size = len(parent)
    tail, head = number[flow.tail], number[flow.head]
    walked = (tail >= 0) & (head >= 0)
    tail, head = tail[walked], head[walked]
    # Steps from a lower number are candidates themselves; only the others need the forest.
    least = np.array(parent, np.int64)
    np.minimum.at(least, head, tail)
    least[number[sources]] = 0
    later = (tail > head) & (least[head] > 0)
    tail, head = tail[later], head[later]
    order = np.argsort(head, kind="stable")
    begin, tails = row_starts(head, size).tolist(), tail[order].tolist()
    semi: list[int] = least.tolist()
    ancestor = list(parent)
    label = list(semi)
    for each in range(size - 1, 0, -1):
        checkpoint()
        best = semi[each]
        for other in tails[begin[each] : begin[each + 1]]:
            best = min(best, _evaluate(other, each, ancestor, label))
        semi[each] = label[each] = best
    return semi


def _evaluate(number: int, limit: int, ancestor: list[int], label: list[int]) -> int:
    """Return the least label from a number up to below the limit, and shorten the way there."""
    path = []
    while ancestor[number] > limit:
        path.append(number)
        number = ancestor[number]
    least, top = label[number], ancestor[number]
    for each in reversed(path):
        least = label[each] = min(least, label[each])
        ancestor[each] = top
    return least


def _nearest(parent: list[int], semi: list[int]) -> list[int]:
    """Return the immediate dominator of each number, that of the root being the root."""
    immediate = list(parent)
    for each in range(1, len(parent)):
        found, least = immediate[each], semi[each]
        while found > least:
            found = immediate[found]
        immediate[each] = found
    return immediate


def _preorder(immediate: list[int]) -> tuple[list[int], list[int]]:
    """Return the rank of each number in a preorder of the tree, and the size of its subtree."""
    extent = [1] * len(immediate)
    for each in range(len(immediate) - 1, 0, -1):
        extent[immediate[each]] += extent[each]
    position, following = [0] * len(immediate), [1] * len(immediate)
    for each in range(1, len(immediate)):
        above = immediate[each]
        position[each] = following[above]
        following[above] += extent[each]
        following[each] = position[each] + 1
    return position, extent


def _by_place(
    size: int, vertex: list[int], immediate: list[int], position: list[int], extent: list[int]
) -> tuple[Numbers, Numbers, Numbers]:
    """Bring what is known by number into columns by place."""
    place = np.array(vertex, np.int64)
    found = (
        np.full(size, UNREACHED, np.int64),
        np.full(size, -1, np.int64),
        np.zeros(size, np.int64),
    )
    by_number = (place[np.array(immediate)], np.array(position), np.array(extent))
    for column, values in zip(found, by_number, strict=True):
        column[place[1:]] = values[1:]
    return found
