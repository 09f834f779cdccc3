"""Articulation points: entities without which what hangs together falls apart.

Links count without direction here. Depth first, with the lowest number that each subtree leads
back to (Hopcroft and Tarjan 1973). The depth-first search of scipy looks through all neighbours of
an entity again for each of its children, which hubs make quadratic; so this one is ours.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orthogramic.analysis.stopping import checkpoint
from orthogramic.analysis.weak_spots.flow import FlowGraph
from orthogramic.graph.arrays import Numbers, ascending, row_starts


@dataclass(frozen=True, slots=True, eq=False)
class Articulation:
    """Articulation points of a flow graph, by place.

    :param places: ascending.
    :param pieces: into how many pieces the component of each falls without it.
    :param separated: how many entities are cut off from the largest of these pieces.
    :param components: how many components of more than one entity there are.
    """

    places: Numbers
    pieces: Numbers
    separated: Numbers
    components: int


@dataclass(slots=True)
class _Forest:
    """Depth-first trees, by depth-first number; ``root`` is the number of the tree's root."""

    place: list[int]
    parent: list[int]
    root: list[int]


def articulation_points(flow: FlowGraph) -> Articulation:
    """Find the articulation points, and what each of them holds together."""
    start, head = _both_ways(flow)
    forest = _depth_first(start, head)
    low = _low_points(forest, start, head)
    extent = _extents(forest.parent)
    pieces, cut_off, largest = _falling_apart(forest, low, extent)
    roots = [number for number, root in enumerate(forest.root) if number == root]
    found = []
    for number, place in enumerate(forest.place):
        if not pieces[number]:
            continue
        is_root = forest.root[number] == number
        rest = extent[forest.root[number]] - 1 - cut_off[number]
        count = pieces[number] + (0 if is_root else 1)
        if count > 1:
            biggest = max(largest[number], rest)
            found.append((place, count, cut_off[number] + rest - biggest))
    places, counts, separated = np.array(sorted(found), np.int64).reshape(-1, 3).T
    together = sum(1 for each in roots if extent[each] > 1)
    return Articulation(places, counts, separated, together)


def _both_ways(flow: FlowGraph) -> tuple[list[int], list[int]]:
    """Return the neighbours of each place, whichever way a step leads."""
    size = max(flow.size, 1)
    forth, back = flow.tail.astype(np.int64), flow.head.astype(np.int64)
    key = ascending(np.concatenate([forth * size + back, back * size + forth]))
    return row_starts(key // size, flow.size).tolist(), (key % size).tolist()


def _depth_first(start: list[int], head: list[int]) -> _Forest:
    size = len(start) - 1
    known = bytearray(size)
    forest = _Forest([], [], [])
    for first in range(size):
        if known[first]:
            continue
        root = len(forest.place)
        waiting, above = [first], [root]
        while waiting:
            checkpoint()
            place, number = waiting.pop(), above.pop()
            if known[place]:
                continue
            known[place] = 1
            following = head[start[place] : start[place + 1]]
            waiting += following
            above += [len(forest.place)] * len(following)
            forest.place.append(place)
            forest.parent.append(number)
            forest.root.append(root)
    return forest


def _low_points(forest: _Forest, start: list[int], head: list[int]) -> list[int]:
    """Return the lowest number that each subtree is linked with."""
    number = np.empty(len(forest.place), np.int64)
    place = np.array(forest.place, np.int64)
    number[place] = np.arange(len(place))
    tails = number.repeat(np.diff(np.array(start)))
    least = np.arange(len(place))
    np.minimum.at(least, tails, number[np.array(head, np.int64)])
    low: list[int] = least.tolist()
    parent = forest.parent
    for each in range(len(low) - 1, -1, -1):
        above = parent[each]
        low[above] = min(low[above], low[each])
    return low


def _extents(parent: list[int]) -> list[int]:
    extent = [1] * len(parent)
    for each in range(len(parent) - 1, -1, -1):
        if parent[each] != each:
            extent[parent[each]] += extent[each]
    return extent


def _falling_apart(
    forest: _Forest, low: list[int], extent: list[int]
) -> tuple[list[int], list[int], list[int]]:
    """Return for each number how many subtrees leave without it, their entities, the largest."""
    pieces, cut_off, largest = ([0] * len(low) for _ in range(3))
    for each, above in enumerate(forest.parent):
        if above != each and low[each] >= above:
            pieces[above] += 1
            cut_off[above] += extent[each]
            largest[above] = max(largest[above], extent[each])
    return pieces, cut_off, largest
