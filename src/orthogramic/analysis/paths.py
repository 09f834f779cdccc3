"""The k best paths from the sources of a search to one entity, in an exact order.

Paths visit no entity twice and may differ in parallel edges only. Their order: score, greatest
first; fewer steps; the sequence of entity IRIs; then, for the same entities, the sequence of
(relationship, named graph, sense). Scores are compared exactly (:mod:`orthogramic.graph.cost`),
which is finer than the 12 decimals of an answer. With several sources, paths start at any of them
and lead through none.

*Method* (Yen 1971, with the partition of Lawler 1972; here from the target backwards, so that one
labelling from the sources serves every target). The best path of a branch splits the rest of the
branch into smaller ones, by the place where another path first leaves it, seen from the target:
they are disjoint and leave nothing out.

*Why the order is exact.* The queue holds for every branch either its best path or a bound that no
path of it precedes. What leaves the queue first precedes everything else in it, so a path that
leaves the queue precedes every path not yet reported. A bound that leaves the queue is replaced by
the best path of its branch if that is good enough, else by a lower bound; the last search has no
floor, so a branch without a path is dropped and the search ends.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from itertools import count, islice

from orthogramic.analysis.branches import (
    Branch,
    Entries,
    Rank,
    Walk,
    best_above,
    best_at_bound,
    bound,
    entries,
    passable,
    rank,
)
from orthogramic.analysis.found import Found
from orthogramic.analysis.search import Search
from orthogramic.analysis.stopping import checkpoint
from orthogramic.graph.cost import GRID, UNSPENT

#: How far below its bound the best path of a branch is looked for, in successive attempts.
_ATTEMPTS: tuple[int | None, ...] = (0, GRID // 16, GRID // 2, 4 * GRID, None)

_Waiting = tuple[Rank, int, Branch, Entries, int, Walk | None]


def best_walks(searching: Search, found: Found, first: Walk, k: int) -> tuple[Walk, ...]:
    """Return the k best paths to an entity, best first.

    :param found: what the search found.
    :param first: the best path, from :func:`orthogramic.analysis.first_walks.first_walks`.
    :param k: greatest number of paths.
    """
    return tuple(islice(_walks(searching, found, first), k))


def _walks(searching: Search, found: Found, first: Walk) -> Iterator[Walk]:
    """Yield all paths in order."""
    yield first
    queue: list[_Waiting] = []
    arrival = count()
    fresh = list(_split(Branch(first.entities[-1:], (), frozenset()), first))
    while fresh or queue:
        checkpoint()
        for branch in fresh:
            entered = entries(searching, found, branch)
            if entered is not None:
                at = bound(searching, branch, entered)
                heapq.heappush(queue, (at, next(arrival), branch, entered, 0, None))
        fresh = []
        if not queue:
            return
        _, _, branch, entered, attempt, walk = heapq.heappop(queue)
        if walk is not None:
            yield walk
            fresh = list(_split(branch, walk))
            continue
        again = _attempt(searching, found, branch, entered, attempt)
        if again is not None:
            at, walk = again
            heapq.heappush(queue, (at, next(arrival), branch, entered, attempt + 1, walk))


def _attempt(
    searching: Search, found: Found, branch: Branch, entered: Entries, attempt: int
) -> tuple[Rank, Walk | None] | None:
    """Look for the best path of a branch down to the floor of an attempt.

    :returns: the path with its rank, or a lower bound; ``None`` if there is no path.
    """
    slack = _ATTEMPTS[attempt]
    floor = None if slack is None else max(int(entered.offer.max()) - slack, 1)
    if slack == 0:
        walk = best_at_bound(searching, branch, entered)
    elif attempt == 1 and not passable(searching, branch, entered):
        return None
    else:
        walk = best_above(searching, found, branch, entered, floor)
    if walk is not None:
        return rank(searching, walk), walk
    if floor is None:
        return None
    spent = UNSPENT - floor + 1 + searching.cost(branch.edges)
    return Rank(spent, 0), None


def _split(branch: Branch, walk: Walk) -> Iterator[Branch]:
    """Partition what is left of a branch behind its best path."""
    first = len(walk.edges) - 1 - len(branch.edges)
    for place in range(first, -1, -1):
        banned = frozenset((walk.edges[place],))
        if place == first:
            banned |= branch.banned
        yield Branch(walk.entities[place + 1 :], walk.edges[place + 1 :], banned)
