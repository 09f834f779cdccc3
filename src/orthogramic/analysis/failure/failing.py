"""What becomes of a graph when entities of it are removed or degraded: numbers in, numbers out.

This is clause 6 of the definition of impact. Nothing here knows labels or pages, so whoever
compares two graphs can use it as well as whoever answers a question.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orthogramic.analysis.failure.fixpoint import NEVER, Region, circles, losses, unfounded
from orthogramic.analysis.failure.groups import Rules
from orthogramic.analysis.found import Found
from orthogramic.analysis.lookup import Lookup
from orthogramic.analysis.reach import Reached, reached
from orthogramic.analysis.search import Search
from orthogramic.analysis.spreading import spread
from orthogramic.graph.arrays import Flags, Numbers
from orthogramic.graph.model import Direction, EntityGraph

#: Standings of an entity after a failure, from none to worst. ``REMOVED`` is by hypothesis.
UNTOUCHED, PERHAPS, DEGRADED, LOST, REMOVED = range(5)
#: What answers call them.
STANDINGS = ("untouched", "perhaps degraded", "degraded", "lost", "removed")


@dataclass(frozen=True, slots=True, eq=False)
class Failure:
    """What a failure does to the dependents of what fails.

    :param removed: the entities that are removed, by number, ascending.
    :param degraded: those that are degraded to begin with, and not removed.
    :param touched: the dependents that are lost or degraded, as columns; exactly those that a walk
        of every step reaches, which is what a tool without support groups would colour.
    :param fell: by row of ``touched``, the round in which it is lost; ``NEVER`` for the degraded.
    :param depth: by row, how far it is from what fails, comparable among equals: that round; for
        what is surely degraded the fewest certain steps; for what may be the fewest steps.
    :param circle: by row, -1; or, where nothing outside a circle holds an entity up any more, 0 or
        more: circles are numbered from 1, and 0 is for what merely rests on one.
    """

    removed: Numbers
    degraded: Numbers
    touched: Reached
    fell: Numbers
    depth: Numbers
    circle: Numbers

    @property
    def lost(self) -> Flags:
        """Which rows are lost; all others are degraded."""
        flags: Flags = self.fell != NEVER
        return flags

    def standings(self, size: int) -> Lookup[np.int64]:
        """Return what becomes of every entity: one of the five standings.

        :param size: how many entities the graph has.
        """
        touched = self.touched
        worst = np.where(self.lost, LOST, np.where(touched.certain, DEGRADED, PERHAPS))
        first = self.degraded[~np.isin(self.degraded, touched.entity)]
        entity = np.concatenate([touched.entity, first, self.removed])
        standing = np.concatenate(
            [worst, np.full(len(first), DEGRADED), np.full(len(self.removed), REMOVED)]
        ).astype(np.int64)
        order = np.argsort(entity)
        return Lookup(entity[order], standing[order], size)


def fail(
    graph: EntityGraph, removed: Numbers, degraded: Numbers, rules: Rules | None = None
) -> Failure:
    """Work out what is lost, what is degraded, and what holds itself up.

    *Lost* is the least fixpoint from the removed: a dependent is lost when, in one of its groups
    under a certain rule, fewer supports are left than the rule asks for. Everything else that a
    step of any rule reaches is *degraded*: it lost some support, or has one that is degraded.

    :param removed: entity numbers in any order.
    :param degraded: likewise; removing says more than degrading. One of these may be lost.
    :param rules: the rules of the graph, if they are known already.
    """
    removed = np.unique(removed).astype(np.int64)
    degraded = np.setdiff1d(degraded, removed).astype(np.int64)
    region = Region.of(graph, rules or Rules.of(graph), removed)
    fell = losses(region)
    touched = _touched(graph, region, fell, removed, degraded)
    place = region.entity.searchsorted(touched.entity)
    place[place == len(region.entity)] = 0
    inside = np.zeros(len(place), np.bool_)
    if len(region.entity):
        inside = region.entity[place] == touched.entity
    by_row = _by_row(fell, place, inside, NEVER)
    return Failure(
        removed=removed,
        degraded=degraded,
        touched=touched,
        fell=by_row,
        depth=_depths(graph, np.concatenate([removed, degraded]), touched, by_row),
        circle=_by_row(_circles(region, fell), place, inside, -1),
    )


def _touched(
    graph: EntityGraph, region: Region, fell: Numbers, removed: Numbers, degraded: Numbers
) -> Reached:
    """Return who a step of any rule reaches, and who was degraded first and is lost."""
    found = _reach(graph, np.concatenate([removed, degraded]))
    worse = np.intersect1d(region.entity[fell > 0], degraded)
    if not len(worse):
        return found
    again = _reach(graph, removed)
    rows = np.isin(again.entity, worse)
    columns = (
        np.concatenate([one, other[rows]])
        for one, other in zip(_columns(found), _columns(again), strict=True)
    )
    return Reached(*columns)


def _reach(graph: EntityGraph, sources: Numbers) -> Reached:
    searching = Search(graph, Direction.IMPACT, graph.order.sorted(sources), None, None)
    return reached(searching, Found(searching))


def _columns(found: Reached) -> tuple[Numbers, ...]:
    return found.entity, found.score, found.hops, found.certain  # type: ignore[return-value]


def _circles(region: Region, fell: Numbers) -> Numbers:
    held, backing = unfounded(region, fell)
    found = np.full(len(fell), -1, np.int64)
    if not held.any():
        return found
    found[held] = 0
    number = circles(region, held, backing)
    _, found[number >= 0] = np.unique(number[number >= 0], return_inverse=True)
    found[number >= 0] += 1
    return found


def _depths(graph: EntityGraph, first: Numbers, touched: Reached, fell: Numbers) -> Numbers:
    arcs, certain = graph.arcs[Direction.IMPACT], graph.kinds.certain
    sure, steps = spread(arcs, first, None, certain, graph.scratch)
    order = np.argsort(sure)
    near = Lookup(sure[order], steps[order], graph.size).of(touched.entity)
    depth: Numbers = np.where(touched.certain, near, touched.hops)
    return np.where(fell == NEVER, depth, fell)


def _by_row(column: Numbers, place: Numbers, inside: Flags, other: int) -> Numbers:
    found = np.full(len(place), other, np.int64)
    found[inside] = column[place[inside]]
    return found
