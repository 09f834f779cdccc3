"""One absent link between what is reached and what leads to the target.

A *bridge* is an opening walked in one sense. All tails of a bridge are offered the same by it: what
remains at the best of its heads, less the cost of the link. So what absent links offer to every
node is worked out bridge by bridge.

A new entity must be wanted: one of the two links by which a walk passes it must be expected by
somebody else, or nothing but itself would call for it. So a link into a new entity that only that
one expects is followed only by links that their heads expect.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orthogramic.analysis.search import Search
from orthogramic.analysis.why_not.fields import Field, Seeds
from orthogramic.analysis.why_not.openings import Opening, Openings
from orthogramic.graph.arrays import Costs, Numbers
from orthogramic.graph.cost import EXHAUSTED, UNSPENT
from orthogramic.graph.model import STANDINGS

#: A holder, the expectation that it does not meet, and whether the walk leaves it by the link.
Gap = tuple[int, int, bool]
Excluded = frozenset[Gap]


@dataclass(frozen=True, slots=True, eq=False)
class Bridge:
    """An opening as a walk crosses it.

    :param leaves_holder: whether the walk goes from the holder to the other end.
    :param cost: of a link without a described strength.
    """

    opening: Opening
    leaves_holder: bool
    cost: int


@dataclass(frozen=True, slots=True)
class AbsentLink:
    """One link that is expected and absent, in the sense of a walk."""

    bridge: Bridge
    tail: int
    head: int

    @property
    def gap(self) -> Gap:
        """Which expectation it meets, and of whom."""
        leaves = self.bridge.leaves_holder
        return self.tail if leaves else self.head, self.bridge.opening.expectation, leaves

    @property
    def statement(self) -> tuple[int, int, int]:
        """Subject, property and object, in numbers."""
        opening = self.bridge.opening
        forward = self.bridge.leaves_holder is not opening.holder_is_object
        ends = (self.tail, self.head) if forward else (self.head, self.tail)
        return ends[0], opening.connection, ends[1]


class Bridges:
    """The bridges that one question may cross.

    :param searching: the question; its direction and kinds of edge count.
    """

    def __init__(self, openings: Openings, searching: Search) -> None:
        self.openings = openings
        graph = openings.graph
        self._bridges: list[Bridge] = []
        for opening in openings.all:
            kind = opening.connection * STANDINGS
            if searching.admissible is not None and not searching.admissible[kind]:
                continue
            for leaves in (True, False):
                from_object = opening.holder_is_object is leaves
                if graph.connections[opening.connection].propagates(
                    searching.direction, from_object
                ):
                    self._bridges.append(Bridge(opening, leaves, int(graph.kinds.cost[kind])))

    def offers(
        self, field: Field, steps: int | None, excluded: Excluded, with_new: bool
    ) -> tuple[Seeds, Costs]:
        """Work out what absent links offer to every node.

        :param field: what remains at the heads of links.
        :param steps: within so many steps.
        :param excluded: gaps that may not be met.
        :param with_new: whether links may lead to new entities and from them.
        :returns: the best offer to each node, and the offer of each bridge.
        """
        openings = self.openings
        values = self.values(field, steps, with_new)
        by_class, at = openings.best_by_class(values)
        wanted_ahead = field.wanted(steps)
        offered = np.zeros(openings.nodes, np.int64)
        wanted = np.zeros(openings.nodes, np.int64)
        to_class = np.zeros(len(openings.classifications), np.int64)
        each_offer = np.zeros(len(self._bridges), np.int64)
        for number, bridge in enumerate(self._bridges):
            opening = bridge.opening
            holders = self._holders(bridge, excluded, with_new)
            if not len(holders):
                continue
            if bridge.leaves_holder:
                best = _best_other(openings, opening, values, by_class, at)
            elif openings.is_new(int(holders[0])):
                best = int(wanted_ahead[holders - openings.size].max())
            else:
                best = int(values[holders].max())
            if not best:
                continue
            offer = max(best - bridge.cost, EXHAUSTED)
            each_offer[number] = offer
            if bridge.leaves_holder:
                offered[holders] = np.maximum(offered[holders], offer)
            elif len(opening.barred):
                tails = openings.members(opening.others, opening.barred)
                wanted[tails] = np.maximum(wanted[tails], offer)
            else:
                to_class[opening.others] = np.maximum(to_class[opening.others], offer)
        np.maximum(wanted, to_class[openings.classification], out=wanted)
        np.maximum(offered, wanted, out=offered)
        if not with_new:
            offered[openings.size :] = wanted[openings.size :] = 0
        return Seeds(offered, wanted[openings.size :]), each_offer

    def link(
        self,
        tail: int,
        offer: int,
        each_offer: Costs,
        values: Costs,
        excluded: Excluded,
        *,
        wanted_only: bool = False,
    ) -> AbsentLink:
        """Return the link by which a node was offered most; of equals, the first by IRIs.

        :param offer: what it was offered.
        :param each_offer: the offer of each bridge.
        :param values: what remains at each node, with or without new ones as in the offers.
        :param wanted_only: leave out links that the tail expects.
        """
        openings = self.openings
        found: list[tuple[tuple[int, int, int, bool, bool], AbsentLink]] = []
        for number in np.flatnonzero(each_offer == offer).tolist():
            bridge = self._bridges[number]
            opening = bridge.opening
            holders = self._holders(bridge, excluded, with_new=True)
            others = openings.members(opening.others, opening.barred)
            tails, heads = (holders, others) if bridge.leaves_holder else (others, holders)
            if not _has(tails, tail) or (wanted_only and bridge.leaves_holder):
                continue
            heads = heads[values[heads] == values[heads].max()]
            head = openings.first(heads)
            rank = (
                int(openings.keys(np.array([head]))[0]),
                opening.connection,
                opening.expectation,
                opening.holder_is_object,
                bridge.leaves_holder,
            )
            found.append((rank, AbsentLink(bridge, tail, head)))
        return min(found, key=lambda each: each[0])[1]

    def values(self, field: Field, steps: int | None, with_new: bool) -> Costs:
        """Return what remains at each node, 0 at new ones unless they count."""
        values = field.within(steps)
        if not with_new and values[self.openings.size :].any():
            values = values.copy()
            values[self.openings.size :] = 0
        return values

    def _holders(self, bridge: Bridge, excluded: Excluded, with_new: bool) -> Numbers:
        opening = bridge.opening
        holders = opening.holders
        if not with_new and holders[0] >= self.openings.size:
            return holders[:0]
        out = [
            holder
            for holder, expectation, leaves in excluded
            if expectation == opening.expectation and leaves is bridge.leaves_holder
        ]
        return holders[~np.isin(holders, out)] if out else holders


def joined_values(left: Costs, right: Costs) -> Costs:
    """Return what remains of two parts of a way, node by node; 0 where one is missing."""
    both = (left > 0) & (right > 0)
    return np.where(both, np.maximum(left + right - UNSPENT, EXHAUSTED), 0)


def _best_other(
    openings: Openings, opening: Opening, values: Costs, by_class: Costs, at: Numbers
) -> int:
    """Return what remains at the best other end of an opening."""
    codes = np.flatnonzero(opening.others)
    if not len(opening.barred):
        return int(by_class[codes].max())
    best = 0
    for code in codes[np.argsort(-by_class[codes], kind="stable")].tolist():
        value = int(by_class[code])
        if value <= best:
            break
        if _has(opening.barred, int(at[code])):
            flags = np.zeros(len(by_class), np.bool_)
            flags[code] = True
            value = int(values[openings.members(flags, opening.barred)].max(initial=0))
        best = max(best, value)
    return best


def _has(ascending_numbers: Numbers, number: int) -> bool:
    at = int(ascending_numbers.searchsorted(number))
    return at < len(ascending_numbers) and int(ascending_numbers[at]) == number
