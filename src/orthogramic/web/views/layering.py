"""Where the boxes of a layered picture stand: which column, and in what order within it.

The method is that of layered graph drawing (Sugiyama, Tagawa, Toda 1981), with layers given by the
number of steps from a source, and crossings reduced by barycentre sweeps. Pure and deterministic:
equal input gives an equal picture.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence

SWEEPS = 6

Arc = tuple[str, str]


def layers_by_steps(sources: Sequence[str], arcs: Sequence[Arc]) -> list[list[str]]:
    """Put each node into the layer of its least number of steps from a source.

    :param sources: nodes of layer 0, in order.
    :param arcs: steps from node to node; nodes that no source reaches are left out.
    :returns: the layers, each in the order in which its nodes are first met.
    """
    following: dict[str, list[str]] = {}
    for start, end in arcs:
        following.setdefault(start, []).append(end)
    depth = dict.fromkeys(sources, 0)
    waiting = deque(depth)
    while waiting:
        node = waiting.popleft()
        for each in following.get(node, ()):
            if each not in depth:
                depth[each] = depth[node] + 1
                waiting.append(each)
    layers: list[list[str]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for node, number in depth.items():
        layers[number].append(node)
    return layers


def with_stand_ins(layers: list[list[str]], arcs: Sequence[Arc]) -> list[list[str]]:
    """Put each node that leads to a placed one, and is not placed, into the layer before it.

    :returns: new layers; of several places the leftmost counts.
    """
    result = [list(layer) for layer in layers]
    number_of = {node: number for number, layer in enumerate(layers) for node in layer}
    places: dict[str, int] = {}
    for start, end in arcs:
        if end in number_of and start not in number_of:
            before = max(number_of[end] - 1, 0)
            places[start] = min(places.get(start, before), before)
    for node, number in places.items():
        result[number].append(node)
    return result


def with_fewer_crossings(layers: list[list[str]], arcs: Sequence[Arc]) -> list[list[str]]:
    """Reorder the nodes within their layers so that fewer arcs cross.

    :returns: layers with the same members; never more crossings between neighbouring layers than
        before.
    """
    best = [list(layer) for layer in layers]
    fewest = crossings(best, arcs)
    current = best
    for sweep in range(SWEEPS):
        current = _sweep(current, arcs, downwards=sweep % 2 == 0)
        count = crossings(current, arcs)
        if count < fewest:
            best, fewest = current, count
    return best


def crossings(layers: Sequence[Sequence[str]], arcs: Sequence[Arc]) -> int:
    """Count the pairs of arcs between the same two neighbouring layers that cross."""
    position = _positions(layers)
    spans = [
        (position[start], position[end])
        for start, end in set(arcs)
        if start in position and end in position and position[end][0] == position[start][0] + 1
    ]
    return sum(
        1
        for number, ((layer, a), (_, b)) in enumerate(spans)
        for (other, c), (_, d) in spans[:number]
        if layer == other and (a - c) * (b - d) < 0
    )


def _positions(layers: Sequence[Sequence[str]]) -> dict[str, tuple[int, int]]:
    return {
        node: (number, place)
        for number, layer in enumerate(layers)
        for place, node in enumerate(layer)
    }


def _sweep(layers: list[list[str]], arcs: Sequence[Arc], *, downwards: bool) -> list[list[str]]:
    """Order each layer by the mean place of its neighbours in the layer before (or after) it."""
    result = [list(layer) for layer in layers]
    order = range(1, len(layers)) if downwards else range(len(layers) - 2, -1, -1)
    for number in order:
        fixed = {
            node: place for place, node in enumerate(result[number + (-1 if downwards else 1)])
        }
        neighbours = _neighbours(arcs, fixed, downwards=downwards)
        place = {node: float(place) for place, node in enumerate(result[number])}
        weight = {
            node: sum(found) / len(found) if (found := neighbours.get(node)) else place[node]
            for node in result[number]
        }
        result[number].sort(key=lambda node, w=weight, p=place: (w[node], p[node]))  # type: ignore[misc]
    return result


def _neighbours(
    arcs: Sequence[Arc], fixed: Mapping[str, int], *, downwards: bool
) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for start, end in arcs:
        anchor, node = (start, end) if downwards else (end, start)
        if anchor in fixed:
            found.setdefault(node, []).append(fixed[anchor])
    return found
