"""The smallest sets of expected, absent links that join a source with a target, best first.

Whatever set comes next lacks some link of one that was found, or it would contain it and not be
smallest. So the best set is found again for each of its gaps left out, and the best of these comes
next. A set that is found while some gaps are left out is minimal for the same reason as the first:
a part of it would have been found before it. (Reiter 1987, the hitting-set tree.)
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from itertools import count

from orthogramic.analysis.stopping import checkpoint
from orthogramic.analysis.why_not.bridges import Excluded
from orthogramic.analysis.why_not.layers import Layers, LinkSet
from orthogramic.graph.cost import UNSPENT

#: The most searches for one list of sets.
MOST_SEARCHES = 60


@dataclass(frozen=True, slots=True)
class LinkSets:
    """What was found.

    :param sets: best first: fewest links, without new entities, greatest score.
    :param complete: whether there is no other set of at most :data:`MOST_LINKS` links; where equal
        gaps can be met in several ways, the best counts for all.
    """

    sets: tuple[LinkSet, ...]
    complete: bool


def smallest_sets(layers: Layers, most: int) -> LinkSets:
    """Find the best sets.

    :param most: how many.
    """
    arrival, searches = count(), 1
    queue: list[tuple[tuple[int, bool, int], int, Excluded, LinkSet]] = []
    seen: set[Excluded] = {frozenset()}
    found: dict[frozenset[tuple[int, int, int]], LinkSet] = {}

    def look(excluded: Excluded) -> None:
        best = layers.best(excluded)
        layers.forget()
        if best is not None:
            rank = (len(best.links), best.needs_new, UNSPENT - best.remaining)
            heapq.heappush(queue, (rank, next(arrival), excluded, best))

    look(frozenset())
    while queue and searches <= MOST_SEARCHES:
        checkpoint()
        if len(found) == most:
            break
        _, _, excluded, best = heapq.heappop(queue)
        found.setdefault(best.statements, best)
        for gap in layers.in_order(best.gaps):
            fewer = excluded | {gap}
            if fewer not in seen:
                seen.add(fewer)
                searches += 1
                look(fewer)
    return LinkSets(tuple(found.values()), complete=not queue)
