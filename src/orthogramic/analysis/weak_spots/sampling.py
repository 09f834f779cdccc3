"""Betweenness, estimated from shortest paths between random pairs, with a bound that is proved.

Riondato and Kornaropoulos (2016): draw an ordered pair of entities, draw one of its shortest paths
evenly, and count who lies within. Each count is a sum of independent draws of 0 or 1, so the
inequality of Chernoff and Hoeffding (1963, theorem 1) says how far off it may be; taken for all
entities together (union bound), it holds for every one of them at once with the confidence that
is stated. A pair is searched from both ends, which touches little of a graph.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

import numpy as np

from orthogramic.analysis.stopping import checkpoint
from orthogramic.analysis.weak_spots.flow import FlowGraph
from orthogramic.graph.arrays import Numbers, Scores, ascending

SAMPLES = 10_000
CONFIDENCE = 0.95
_HALVINGS = 60


@dataclass(frozen=True, slots=True, eq=False)
class Estimate:
    """Estimated betweenness by place, normalised as the exact one.

    :param low: bounds; with the stated confidence every true value lies between ``low`` and
        ``high``.
    :param error: the greatest distance of a bound from its value.
    """

    values: Scores
    low: Scores
    high: Scores
    samples: int
    confidence: float
    seed: int
    error: float


def estimated_betweenness(
    flow: FlowGraph,
    samples: int = SAMPLES,
    seed: int = 0,
    confidence: float = CONFIDENCE,
) -> Estimate:
    """Estimate the betweenness of every place.

    :param flow: at least three entities.
    :param samples: how many pairs are drawn.
    :param seed: decides which; the same seed draws the same pairs everywhere.
    :param confidence: probability, above 0 and below 1, that all bounds hold.
    """
    # The sequence of this generator is promised to stay the same; those of numpy are not.
    draw = random.Random(seed)  # noqa: S311 - nothing secret is drawn
    inside = np.zeros(flow.size, np.int64)
    search = _Search(flow)
    for _ in range(samples):
        checkpoint()
        source = int(draw.random() * flow.size)
        target = int(draw.random() * (flow.size - 1))
        target += target >= source
        for place in search.path(source, target, draw):
            inside[place] += 1
    counts, kind = np.unique(inside, return_inverse=True)
    scale = flow.size / (flow.size - 2)
    low, high = _bounds(counts / samples, math.log(2 * flow.size / (1 - confidence)) / samples)
    values = counts / samples * scale
    low, high = low * scale, np.minimum(high * scale, 1.0)
    error = float(np.maximum(high - values, values - low).max())
    return Estimate(values[kind], low[kind], high[kind], samples, confidence, seed, error)


def _bounds(shares: Scores, budget: float) -> tuple[Scores, Scores]:
    """Return the least and the greatest probability under which each share is not too unlikely.

    :param budget: greatest relative entropy between share and probability.
    """
    limits = []
    for end in (0.0, 1.0):
        inner, outer = shares.copy(), np.full(len(shares), end)
        for _ in range(_HALVINGS):
            middle = (inner + outer) / 2
            within = _relative_entropy(shares, middle) <= budget
            inner, outer = np.where(within, middle, inner), np.where(within, outer, middle)
        # The outer side: a bound may be a little too wide, never too narrow.
        limits.append(outer)
    return limits[0], limits[1]


def _relative_entropy(share: Scores, chance: Scores) -> Scores:
    with np.errstate(divide="ignore", invalid="ignore"):
        one = np.where(share > 0, share * np.log(share / chance), 0.0)
        other = np.where(share < 1, (1 - share) * np.log((1 - share) / (1 - chance)), 0.0)
    found: Scores = one + other
    return found


class _Side:
    """One end of a search: how far it got, and in how many shortest ways."""

    def __init__(self, start: Numbers, head: Numbers, size: int) -> None:
        self.start, self.head = start, head
        self.depth, self.paths = np.full(size, -1, np.int32), np.zeros(size)
        self.frontier: Numbers = np.zeros(0, np.int64)
        self.touched: list[Numbers] = []

    def begin(self, place: int) -> None:
        self.frontier = np.array([place])
        self.depth[place], self.paths[place] = 0, 1.0
        self.touched = [self.frontier]

    def clean(self) -> None:
        for each in self.touched:
            self.depth[each], self.paths[each] = -1, 0.0

    @property
    def work(self) -> int:
        """How many steps leave the frontier."""
        return int((self.start[self.frontier + 1] - self.start[self.frontier]).sum())

    def advance(self) -> None:
        """Take one step."""
        count = self.start[self.frontier + 1] - self.start[self.frontier]
        begin = self.start[self.frontier] - (np.cumsum(count) - count)
        head = self.head[begin.repeat(count) + np.arange(int(count.sum()))]
        onwards = self.depth[head] < 0
        head, share = head[onwards], self.paths[self.frontier].repeat(count)[onwards]
        np.add.at(self.paths, head, share)
        fresh = ascending(head)
        self.depth[fresh] = len(self.touched)
        self.touched.append(fresh)
        self.frontier = fresh

    def back(self, place: int, other: _Side, draw: random.Random) -> list[int]:
        """Draw one of the shortest ways from a place back to where this side began.

        :param other: the other end, whose steps lead back.
        :returns: the places behind the first one, up to the one before where it began.
        """
        found = []
        while self.depth[place] > 1:
            before = other.head[other.start[place] : other.start[place + 1]]
            before = before[self.depth[before] == self.depth[place] - 1]
            place = _drawn(before, self.paths[before], draw)
            found.append(place)
        return found


class _Search:
    """Finds random shortest paths."""

    def __init__(self, flow: FlowGraph) -> None:
        turned = flow.reversed()
        self._ends = (
            _Side(flow.start, flow.head, flow.size),
            _Side(turned.start, turned.head, flow.size),
        )

    def path(self, source: int, target: int, draw: random.Random) -> list[int]:
        """Return the places within one of the shortest paths, drawn evenly; none if there is none.

        Where the two sides meet first, every shortest path has one place of the last layer.
        """
        near, far = self._ends
        near.begin(source)
        far.begin(target)
        found: list[int] = []
        while len(near.frontier) and len(far.frontier):
            side, other = (near, far) if near.work <= far.work else (far, near)
            side.advance()
            met = side.frontier[other.depth[side.frontier] >= 0]
            if len(met):
                middle = _drawn(met, near.paths[met] * far.paths[met], draw)
                found = [middle] if middle not in (source, target) else []
                found += near.back(middle, far, draw) + far.back(middle, near, draw)
                break
        near.clean()
        far.clean()
        return found


def _drawn(places: Numbers, weights: Scores, draw: random.Random) -> int:
    """Draw one of some places, each as likely as its weight says."""
    upto = np.cumsum(weights)
    at = int(upto.searchsorted(draw.random() * upto[-1], side="right"))
    return int(places[min(at, len(places) - 1)])
