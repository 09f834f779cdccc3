"""The k best paths from the sources of a search to one entity, in an exact order.

Paths visit no entity twice and may differ in parallel edges only. Their order: score, greatest
first; fewer steps; the sequence of entity IRIs; then, for the same entities, the sequence of
(relationship, named graph, sense). Scores are compared exactly (:mod:`orthogramic.graph.cost`),
which is finer than the 12 decimals of an answer. With several sources, paths start at any of them
and lead through none.

*Method* (Yen 1971; partition as in Lawler 1972; here from the target backwards, so that one
labelling from the sources serves every target). A *branch* is a set of paths: those with a fixed
suffix whose step before the suffix is not one of the banned ones. The best path of a branch that
has been reported splits the rest of it into branches, one for each shorter or equal suffix; these
are disjoint and leave nothing out. *Why the order is exact:* the queue holds, for every branch,
either its best path or a bound, the best continuation when the suffix may be revisited, which
comes no later in the order than any path of the branch. A path that leaves the queue therefore
comes no later than any path of any other branch. A bound that leaves the queue is replaced by the
best path found with the suffix blocked, where the walk behind a label is again a path.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, islice

import numpy as np

from orthogramic.analysis.labelling import Labels
from orthogramic.analysis.reach import Search
from orthogramic.graph.arrays import Numbers
from orthogramic.graph.cost import EXHAUSTED, UNSPENT, score, spend
from orthogramic.graph.model import STANDINGS

_Levels = list[tuple[Numbers, Numbers, Numbers]]


@dataclass(frozen=True, slots=True)
class Walk:
    """A path in numbers: its entities from source to target, and the edge of each step."""

    entities: tuple[int, ...]
    edges: tuple[int, ...]
    remaining: int

    @property
    def score(self) -> float:
        """The product of the weights, to 12 decimals."""
        return score(self.remaining)


@dataclass(frozen=True, slots=True)
class _Branch:
    """Paths that end in ``entities`` over ``edges`` and do not enter them by a banned edge."""

    entities: tuple[int, ...]
    edges: tuple[int, ...]
    banned: frozenset[int]


_StepRank = tuple[int, int, bool]
_Rank = tuple[int, int, tuple[int, ...], tuple[_StepRank, ...]]


def best_walks(searching: Search, labels: Labels, target: int, k: int) -> tuple[Walk, ...]:
    """Return the k best paths to an entity, best first.

    :param labels: those of the search.
    :param target: an entity number; there is no path from an entity to itself.
    :param k: greatest number of paths.
    """
    if k < 1 or target in searching.sources:
        return ()
    return tuple(islice(_walks(searching, labels, target), k))


def _walks(searching: Search, labels: Labels, target: int) -> Iterator[Walk]:
    """Yield all paths in order."""
    arrival = count()
    queue: list[tuple[_Rank, int, _Branch, Walk | None]] = []

    def enqueue(branch: _Branch) -> None:
        walk = _best(searching, labels, branch)
        if walk is None:
            return
        simple = len(set(walk.entities)) == len(walk.entities)
        rank = _rank(searching, walk) if simple else (-walk.remaining, len(walk.edges), (), ())
        heapq.heappush(queue, (rank, next(arrival), branch, walk if simple else None))

    enqueue(_Branch((target,), (), frozenset()))
    while queue:
        _, _, branch, walk = heapq.heappop(queue)
        if walk is None:
            walk = _best_around(searching, branch)
            if walk is not None:
                heapq.heappush(queue, (_rank(searching, walk), next(arrival), branch, walk))
            continue
        yield walk
        for each in _split(branch, walk):
            enqueue(each)


def _split(branch: _Branch, walk: Walk) -> Iterator[_Branch]:
    """Partition a branch without its best path by where another path first leaves it, backwards."""
    first = len(walk.edges) - 1 - len(branch.edges)
    for place in range(first, -1, -1):
        banned = frozenset((walk.edges[place],))
        if place == first:
            banned |= branch.banned
        yield _Branch(walk.entities[place + 1 :], walk.edges[place + 1 :], banned)


def _rank(searching: Search, walk: Walk) -> _Rank:
    """Return the sort key of a path. Numbers stand in the order of IRIs."""
    tails = walk.entities[:-1]
    steps = tuple(_step_rank(searching, *each) for each in zip(tails, walk.edges, strict=True))
    return -walk.remaining, len(walk.edges), walk.entities, steps


def _step_rank(searching: Search, tail: int, edge: int) -> _StepRank:
    """Return the sort key of one step among those that join the same two entities."""
    graph = searching.graph
    backward = int(graph.subject[edge]) != tail
    return int(graph.kind[edge]) // STANDINGS, int(graph.graph[edge]), backward


def _best_around(searching: Search, branch: _Branch) -> Walk | None:
    """Return the best path of a branch, from labels that keep off its suffix."""
    budget = _budget(searching, branch)
    blocked = np.array(branch.entities)
    return _best(searching, searching.label(budget, blocked), branch)


def _budget(searching: Search, branch: _Branch) -> int | None:
    """Return how many steps may lead to the step into the suffix."""
    if searching.max_hops is None:
        return None
    return searching.max_hops - len(branch.edges) - 1


def _best(searching: Search, labels: Labels, branch: _Branch) -> Walk | None:
    """Return the first member of a branch in the order, or the bound if it visits one twice."""
    budget = _budget(searching, branch)
    if budget is not None and budget < 0:
        return None
    graph = searching.graph
    into, entity = graph.arcs[searching.direction.reversed()], branch.entities[0]
    arc = np.arange(into.start[entity], into.start[entity + 1])
    tail, edge, kind = into.head[arc], into.edge[arc], into.kind[arc]
    entry = labels.within(tail, budget)
    usable = (entry > 0) & ~np.isin(edge, list(branch.banned)) & ~np.isin(tail, branch.entities)
    if searching.admissible is not None:
        usable &= searching.admissible[kind]
    if not usable.any():
        return None
    tail, edge, kind, entry = tail[usable], edge[usable], kind[usable], entry[usable]
    offer = spend(labels.remaining[entry], graph.kinds.cost[kind])
    steps = labels.steps[entry]
    chosen = np.lexsort((steps, -offer))[0]
    tied = (offer == offer[chosen]) & (steps == steps[chosen])
    levels = _tight_levels(searching, labels, np.unique(entry[tied]))
    levels.append((tail[tied], np.full(int(tied.sum()), entity), edge[tied]))
    entities, edges = _first_in_order(searching, levels)
    spent = UNSPENT - int(offer[chosen]) + _cost(searching, branch.edges)
    return Walk(
        entities=(*entities, *branch.entities[1:]),
        edges=(*edges, *branch.edges),
        remaining=max(UNSPENT - spent, EXHAUSTED),
    )


def _cost(searching: Search, edges: tuple[int, ...]) -> int:
    graph = searching.graph
    return sum(int(graph.kinds.cost[graph.kind[edge]]) for edge in edges)


def _tight_levels(searching: Search, labels: Labels, entries: Numbers) -> _Levels:
    """Return the steps of all best walks to some entries, all of one number of steps.

    :returns: by number of the step: tails, heads and edges.
    """
    graph = searching.graph
    into = graph.arcs[searching.direction.reversed()]
    levels: _Levels = []
    for steps in range(int(labels.steps[entries[0]]) - 1, -1, -1):
        heads = labels.entity[entries]
        arc, owner = into.leaving(heads)
        tail, kind = into.head[arc], into.kind[arc]
        entry = labels.within(tail, steps)
        offer = spend(labels.remaining[entry], graph.kinds.cost[kind])
        tight = (entry > 0) & (labels.steps[entry] == steps)
        tight &= offer == labels.remaining[entries[owner]]
        if searching.admissible is not None:
            tight &= searching.admissible[kind]
        levels.append((tail[tight], heads[owner[tight]], into.edge[arc[tight]]))
        entries = np.unique(entry[tight])
    return levels[::-1]


def _first_in_order(searching: Search, levels: _Levels) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Follow the first entities in order, then the first of parallel edges between them."""
    entities = [int(levels[0][0].min())]
    edges: list[int] = []
    for tails, heads, numbers in levels:
        tail = entities[-1]
        here = tails == tail
        head = int(heads[here].min())
        parallel = numbers[here & (heads == head)].tolist()
        edges.append(min((_step_rank(searching, tail, each), each) for each in parallel)[1])
        entities.append(head)
    return tuple(entities), tuple(edges)
