"""Fields over one absent link more each, and the best way over exactly so many of them.

Fields are worked out from the target backwards: the first has what leads there over the links that
there are, each next one what leads there over one absent link more. The first field that a bridge
joins with the field of the source tells how many links are missing. (Dijkstra's algorithm over
pairs of size and cost, one layer of absent links at a time.)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from orthogramic.analysis.search import Search
from orthogramic.analysis.stopping import checkpoint
from orthogramic.analysis.why_not.bridges import (
    AbsentLink,
    Bridges,
    Excluded,
    Gap,
    joined_values,
)
from orthogramic.analysis.why_not.fields import Field, Seeds, field_of, seed_at
from orthogramic.graph.arrays import Costs
from orthogramic.graph.cost import EXHAUSTED, UNSPENT, score, scores

#: The most links of a set.
MOST_LINKS = 3


@dataclass(frozen=True, slots=True)
class LinkSet:
    """Absent links that join source and target, in the order of the walk.

    :param remaining: what remains at the end of the best way over them.
    :param choices: by link, how many other entities would do at the end that is not the holder.
    """

    links: tuple[AbsentLink, ...]
    remaining: int
    needs_new: bool
    choices: tuple[int, ...]

    @property
    def gaps(self) -> frozenset[Gap]:
        """The expectations that the links meet."""
        return frozenset(each.gap for each in self.links)

    @property
    def statements(self) -> frozenset[tuple[int, int, int]]:
        """What the links say, in numbers."""
        return frozenset(each.statement for each in self.links)


@dataclass(eq=False)
class Layers:
    """Fields and offers of one question, each worked out when it is first asked for.

    :param searching: the question, with one source.
    :param target: number of the target.
    :param min_score: least score of a way.
    """

    bridges: Bridges
    searching: Search
    target: int
    min_score: float = 0.0
    _fields: dict[tuple[int, Excluded, bool], Field] = field(default_factory=dict, repr=False)
    _offers: dict[tuple[int, Excluded, bool], list[tuple[Seeds, Costs]]] = field(
        default_factory=dict, repr=False
    )

    @cached_property
    def source(self) -> Field:
        """What is reached from the source over the links that there are."""
        return self.onwards(int(self.searching.sources[0]), self.searching.left(1))

    def onwards(self, node: int, most: int | None) -> Field:
        """Search from a node onwards."""
        return self._search(node, most, forward=True)

    def leading(self, links: int, excluded: Excluded, with_new: bool) -> Field:
        """Return what leads to the target over so many absent links."""
        key = (links, excluded if links else frozenset(), with_new and links > 0)
        found = self._fields.get(key)
        if found is None:
            found = self._fields[key] = self._leading(links, excluded, with_new)
        return found

    def _leading(self, links: int, excluded: Excluded, with_new: bool) -> Field:
        most = self.searching.left(1)
        if not links:
            return self._search(self.target, most, forward=False)
        offers = [seeds for seeds, _ in self.offers(links - 1, excluded, with_new)]
        if most is not None:
            # A link is a step.
            openings = self.bridges.openings
            nothing = Seeds(
                np.zeros(openings.nodes, np.int64),
                np.zeros(openings.nodes - openings.size, np.int64),
            )
            offers = [nothing, *offers][: most + 1]
        searching = self.searching
        return field_of(searching.graph, searching.into, offers, most, searching.admissible)

    def offers(
        self, links: int, excluded: Excluded, with_new: bool
    ) -> Sequence[tuple[Seeds, Costs]]:
        """Return what is offered to each node by one absent link and so many after it.

        :returns: one for each number of steps that may be left behind the link.
        """
        key = (links, excluded, with_new)
        found = self._offers.get(key)
        if found is None:
            ahead = self.leading(links, excluded, with_new)
            found = self._offers[key] = [
                self.bridges.offers(ahead, steps, excluded, with_new)
                for steps in ahead.budgets(self.searching.left(1))
            ]
        return found

    def forget(self) -> None:
        """Let go of what was worked out with gaps left out: it is not asked for again."""
        for known in (self._fields, self._offers):
            for key in [each for each in known if each[1]]:
                del known[key]

    def in_order(self, gaps: Iterable[Gap]) -> list[Gap]:
        """Sort gaps by the IRIs of their holders, then by what is expected."""
        keys = self.bridges.openings.keys
        return sorted(gaps, key=lambda gap: (int(keys(np.array(gap[:1]))[0]), *gap[1:]))

    def _search(self, node: int, most: int | None, *, forward: bool) -> Field:
        searching = self.searching
        arcs = searching.out if forward else searching.into
        openings = self.bridges.openings
        seeds = [seed_at(node, openings.nodes, openings.size)]
        return field_of(searching.graph, arcs, seeds, most, searching.admissible)

    # -- one set -----------------------------------------------------------------------------------

    def best(self, excluded: Excluded) -> LinkSet | None:
        """Find the first of the smallest sets that meet none of some gaps."""
        for links in range(1, MOST_LINKS + 1):
            checkpoint()
            for with_new in (False, True) if links > 1 else (False,):
                found = self._joining(
                    self.source, self.searching.max_hops, links, excluded, with_new
                )
                if found and score(found[1]) >= self.min_score:
                    new = any(self.bridges.openings.is_new(each.head) for each in found[0])
                    return LinkSet(*found[:2], needs_new=new, choices=found[2])
        return None

    def _joining(
        self,
        behind: Field,
        most: int | None,
        links: int,
        excluded: Excluded,
        with_new: bool,
        after: AbsentLink | None = None,
    ) -> tuple[tuple[AbsentLink, ...], int, tuple[int, ...]] | None:
        """Find the best way over exactly so many absent links, from what lies behind.

        :param after: the absent link behind that.
        """
        openings = self.bridges.openings
        wanted_only = (
            after is not None and openings.is_new(after.head) and not after.bridge.leaves_holder
        )
        offers = self.offers(links - 1, excluded, with_new)
        ahead = self.leading(links - 1, excluded, with_new)
        best, at, tail, offer = 0, 0, 0, 0
        budgets = ahead.budgets(self.searching.left(1))
        for place, steps in enumerate(budgets):
            left = _less(most, steps)
            if left is not None and left < 0:
                break
            seeds = offers[place][0]
            offered = seeds.remaining
            if wanted_only:
                offered = np.append(np.zeros(openings.size, np.int64), seeds.wanted)
            values = joined_values(behind.within(left), offered)
            top = int(values.max(initial=0))
            if top > best:
                best, at = top, place
                tail = openings.first(np.flatnonzero(values == top))
                offer = int(offered[tail])
        if not best:
            return None
        values = self.bridges.values(ahead, budgets[at], with_new)
        link = self.bridges.link(
            tail, offer, offers[at][1], values, excluded, wanted_only=wanted_only
        )
        before = behind.within(_less(most, budgets[at]))
        choices = self._choices(link, before, values)
        if links == 1:
            return (link,), best, (choices,)
        onwards = self.onwards(link.head, budgets[at])
        rest = self._joining(onwards, budgets[at], links - 1, excluded, with_new, link)
        assert rest is not None
        return (link, *rest[0]), best, (choices, *rest[2])

    def _choices(self, link: AbsentLink, before: Costs, after: Costs) -> int:
        """Count the other entities that the holder could be linked with to the same end."""
        openings, opening = self.bridges.openings, link.bridge.opening
        others = openings.members(opening.others, opening.barred)
        others = others[others < openings.size]
        if link.bridge.leaves_holder:
            known, taken, rest = after, link.head, int(before[link.tail])
        else:
            known, taken, rest = before, link.tail, int(after[link.head])
        others = others[(known[others] > 0) & (others != taken)]
        ends = np.maximum(known[others] + rest - link.bridge.cost - UNSPENT, EXHAUSTED)
        return int((scores(ends) >= self.min_score).sum())

    def first_link(self, node: int, like: LinkSet) -> AbsentLink | None:
        """Return the link by which a node is best joined, over as many links as a set has."""
        links = len(like.links)
        offers = self.offers(links - 1, frozenset(), like.needs_new)
        ahead = self.leading(links - 1, frozenset(), like.needs_new)
        best, found = 0, None
        for (seeds, each_offer), steps in zip(
            offers, ahead.budgets(self.searching.left(1)), strict=True
        ):
            left = _less(self.searching.max_hops, steps)
            if left is not None and left < 0:
                break
            before, offer = int(self.source.within(left)[node]), int(seeds.remaining[node])
            value = max(before + offer - UNSPENT, EXHAUSTED) if before and offer else 0
            if value > best:
                values = self.bridges.values(ahead, steps, like.needs_new)
                best = value
                found = self.bridges.link(node, offer, each_offer, values, frozenset())
        return found

    def nearest(self, first: LinkSet) -> tuple[Costs, int]:
        """Tell how well each reached node would reach the target over as many links as a set has.

        :returns: by node, what would remain at the target; and how many links it takes.
        """
        links = len(first.links)
        offers = self.offers(links - 1, frozenset(), first.needs_new)
        ahead = self.leading(links - 1, frozenset(), first.needs_new)
        found = np.zeros(self.bridges.openings.nodes, np.int64)
        for (seeds, _), steps in zip(offers, ahead.budgets(self.searching.left(1)), strict=True):
            left = _less(self.searching.max_hops, steps)
            if left is None or left >= 0:
                np.maximum(
                    found, joined_values(self.source.within(left), seeds.remaining), out=found
                )
        return found, links


def _less(most: int | None, steps: int | None) -> int | None:
    """Return how many steps may go before a link with some steps behind it."""
    return None if most is None or steps is None else most - 1 - steps
