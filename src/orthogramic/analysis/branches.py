"""Sets of paths that share their last steps, and the best path of such a set.

A *branch* holds the paths that end with a fixed suffix and do not enter it by a banned edge. Two
searches find its best path. :func:`best_at_bound` follows the labels of the whole search back
from the suffix; it finds the path unless every continuation that good would visit the suffix
twice. :func:`best_above` then labels backwards from the suffix, keeps off it, and leaves out
every entity from which even the best continuation falls below a floor.

The order of paths is that of :class:`Rank`: a smaller rank is a better path.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from orthogramic.analysis.found import Found, label_backwards
from orthogramic.analysis.labelling import Labels
from orthogramic.analysis.search import Search
from orthogramic.analysis.spreading import joined
from orthogramic.graph.arrays import Costs, Numbers, ascending
from orthogramic.graph.cost import EXHAUSTED, UNSPENT, score, spend
from orthogramic.graph.model import STANDINGS

StepRank = tuple[int, int, bool]


class Rank(NamedTuple):
    """Sort key of a path; what stands for entities, properties and graphs compares as IRIs do.

    A rank without entities is a bound: no path of its branch comes before it.
    """

    spent: int
    steps: int
    entities: tuple[int, ...] = ()
    edges: tuple[StepRank, ...] = ()


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
class Branch:
    """Paths that end in ``entities`` over ``edges`` and do not enter them by a banned edge."""

    entities: tuple[int, ...]
    edges: tuple[int, ...]
    banned: frozenset[int]


@dataclass(frozen=True, slots=True, eq=False)
class Entries:
    """The steps by which a branch may be entered, with the best that each could offer.

    :param offer: what would remain behind the entering step.
    :param best: positions of the best offers in the fewest steps, which are ``steps``, the entering
        step included.
    :param labels: of all that lies on best paths to the tails of those.
    """

    tail: Numbers
    edge: Numbers
    cost: Costs
    offer: Costs
    best: Numbers
    steps: int
    labels: Labels


def entries(searching: Search, found: Found, branch: Branch) -> Entries | None:
    """Return the admissible steps into a branch, or ``None`` if nothing leads there in time."""
    budget = searching.left(len(branch.edges) + 1)
    if budget is not None and budget < 0:
        return None
    graph = searching.graph
    into = searching.into
    arc = into.span(branch.entities[0])
    tail, edge, kind = into.head[arc], into.edge[arc], into.kind[arc]
    remaining = found.remaining_within(tail, budget)
    usable = searching.usable(remaining > 0, kind)
    for each in branch.entities:
        usable &= tail != each
    for each in branch.banned:
        usable &= edge != each
    if not usable.any():
        return None
    tail, cost = tail[usable], graph.kinds.cost[kind[usable]]
    offer = spend(remaining[usable], cost)
    rich = np.flatnonzero(offer == offer.max())
    labels = found.around(tail[rich])
    steps = labels.steps[labels.within(tail[rich], budget)] + 1
    return Entries(
        tail=tail,
        edge=edge[usable],
        cost=cost,
        offer=offer,
        best=rich[steps == steps.min()],
        steps=int(steps.min()),
        labels=labels,
    )


def bound(searching: Search, branch: Branch, entered: Entries) -> Rank:
    """Return the bound of a branch: as if its paths might visit the suffix twice."""
    spent = UNSPENT - int(entered.offer[entered.best[0]]) + searching.cost(branch.edges)
    return Rank(spent, entered.steps + len(branch.edges))


def best_at_bound(searching: Search, branch: Branch, entered: Entries) -> Walk | None:
    """Return the best path of a branch if it is as good as its bound, else ``None``."""
    best, labels = entered.best, entered.labels
    suffix = np.array(branch.entities)
    levels = [(entered.tail[best], np.full(len(best), suffix[0]), entered.edge[best])]
    at = ascending(labels.within(entered.tail[best], entered.steps - 1))
    for steps in range(entered.steps - 2, -1, -1):
        arc, count = searching.into.leaving(labels.entity[at])
        heads, remaining = (
            np.repeat(labels.entity[at], count),
            np.repeat(labels.remaining[at], count),
        )
        tail, kind = searching.into.head[arc], searching.into.kind[arc]
        found = labels.within(tail, steps)
        offer = spend(labels.remaining[found], searching.graph.kinds.cost[kind])
        tight = searching.usable(found > 0, kind) & (labels.steps[found] == steps)
        tight &= offer == remaining
        tight &= ~np.isin(tail, suffix)
        levels.append((tail[tight], heads[tight], searching.into.edge[arc[tight]]))
        at = ascending(found[tight])
    if not len(at):
        return None
    # Every head here leads on to the suffix, so following the least of them goes astray nowhere.
    entities, edges = [_first(searching, labels.entity[at])], list[int]()
    for tails, heads, numbers in reversed(levels):
        _advance(searching, entities, edges, tails, heads, numbers)
    spent = UNSPENT - int(entered.offer[best[0]]) + searching.cost(branch.edges)
    return _joined(entities, edges, branch, spent)


def passable(searching: Search, branch: Branch, entered: Entries) -> bool:
    """Tell whether any path enters a branch and keeps off its suffix, however long."""
    return joined(
        searching.out,
        searching.into,
        searching.sources,
        entered.tail,
        admissible=searching.admissible,
        blocked=np.array(branch.entities),
        scratch=searching.graph.scratch,
    )


def best_above(
    searching: Search, found: Found, branch: Branch, entered: Entries, floor: int | None
) -> Walk | None:
    """Return the best path of a branch, if what remains of it before the suffix is enough.

    :param found: by the whole search: the best that may still be hoped for.
    :param floor: what must remain; ``None`` for anything.
    :returns: the path; ``None`` if the branch has none down to the floor.
    """
    prospect = found.prospect(floor)
    start = spend(np.full(len(entered.cost), UNSPENT), entered.cost)
    # An entry below the floor is left out as well: its path may not hide a better one.
    promising = prospect.allows(entered.tail, start)
    if not promising.any():
        return None
    back = label_backwards(
        searching,
        entered.tail[promising],
        start[promising],
        searching.left(len(branch.edges) + 1),
        np.array(branch.entities),
        prospect,
    )
    ends = back.latest(searching.sources)
    ends = ends[ends > 0]
    if not len(ends):
        return None
    # The sources stand in the order of IRIs, and sorting keeps the order of equals.
    order = np.lexsort((back.steps[ends], -back.remaining[ends]))
    at = int(ends[order[0]])
    remaining, entities, edges = int(back.remaining[at]), [int(back.entity[at])], list[int]()
    for steps in range(int(back.steps[at]) - 1, -1, -1):
        out = searching.out
        arc = out.span(entities[-1])
        heads, kind = out.head[arc], out.kind[arc]
        after = back.within(heads, steps)
        offer = spend(back.remaining[after], searching.graph.kinds.cost[kind])
        tight = searching.usable(after > 0, kind) & (back.steps[after] == steps)
        tight &= offer == back.remaining[at]
        chosen = np.flatnonzero(tight)
        tails = np.full(len(chosen), entities[-1])
        _advance(searching, entities, edges, tails, heads[chosen], out.edge[arc][chosen])
        at = int(after[chosen[heads[chosen] == entities[-1]][0]])
    last = start == back.remaining[at]
    heads = np.full(int(last.sum()), branch.entities[0])
    _advance(searching, entities, edges, entered.tail[last], heads, entered.edge[last])
    spent = UNSPENT - remaining + searching.cost(branch.edges)
    return _joined(entities, edges, branch, spent)


def rank(searching: Search, walk: Walk) -> Rank:
    """Return the sort key of a path."""
    steps = (
        _step_rank(searching, *each) for each in zip(walk.entities[:-1], walk.edges, strict=True)
    )
    keys = tuple(map(searching.graph.order.key, walk.entities))
    return Rank(UNSPENT - walk.remaining, len(walk.edges), keys, tuple(steps))


def _advance(
    searching: Search,
    entities: list[int],
    edges: list[int],
    tails: Numbers,
    heads: Numbers,
    numbers: Numbers,
) -> None:
    """Go on to the first of the heads in order, over the first of the edges that lead there."""
    tail = entities[-1]
    here = tails == tail
    head = _first(searching, heads[here])
    parallel = numbers[here & (heads == head)].tolist()
    edges.append(min((_step_rank(searching, tail, each), each) for each in parallel)[1])
    entities.append(head)


def _first(searching: Search, entities: Numbers) -> int:
    """Return the first of some entities in the order of IRIs."""
    return int(entities[np.argmin(searching.graph.order.keys(entities))])


def _step_rank(searching: Search, tail: int, edge: int) -> StepRank:
    """Return the sort key of one step among those that join the same two entities."""
    graph = searching.graph
    backward = int(graph.subject[edge]) != tail
    source = int(graph.graph_order[graph.graph[edge]])
    return int(graph.kind[edge]) // STANDINGS, source, backward


def _joined(entities: list[int], edges: list[int], branch: Branch, spent: int) -> Walk:
    return Walk(
        entities=(*entities, *branch.entities[1:]),
        edges=(*edges, *branch.edges),
        remaining=max(UNSPENT - spent, EXHAUSTED),
    )
