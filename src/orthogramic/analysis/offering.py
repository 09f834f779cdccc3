"""One step of every search for costs: what entities offer to those they lead to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orthogramic.analysis.lookup import Lookup
from orthogramic.graph.arrays import Costs, Flags, Numbers
from orthogramic.graph.cost import EXHAUSTED, UNSPENT
from orthogramic.graph.model import ArcIndex, EdgeKinds


@dataclass(frozen=True, slots=True)
class Prospect:
    """What may still be hoped for on the way: entities without a prospect are left out.

    :param remaining: of a search from the other end of the path, what remains at each entity.
    :param floor: what must remain at the end of the path; ``None`` for anything.
    """

    remaining: Lookup[np.int64]
    floor: int | None

    def allows(self, entities: Numbers, offer: Costs) -> Flags:
        """Tell of each entity whether an offer to it may lead to the other end."""
        remaining = self.remaining.of(entities)
        if self.floor is None:
            return remaining > 0
        return offer - self.floor >= UNSPENT - remaining


def offers(
    arcs: ArcIndex,
    kinds: EdgeKinds,
    best: Costs,
    frontier: Numbers,
    admissible: Flags | None,
    prospect: Prospect | None,
) -> tuple[Numbers, Costs]:
    """Return who would improve by one step from the frontier, perhaps more than once, and to what.

    :param best: what remains at each entity.
    """
    arc, count = arcs.leaving(frontier)
    kind = arcs.kind.take(arc)
    offer = best.take(frontier).repeat(count)
    if admissible is not None:
        # First of all: most steps are often left out by this.
        usable = np.flatnonzero(admissible.take(kind))
        arc, kind, offer = arc.take(usable), kind.take(usable), offer.take(usable)
    head = arcs.head.take(arc)
    offer -= kinds.cost.take(kind)
    np.maximum(offer, EXHAUSTED, out=offer)
    chosen = np.flatnonzero(offer > best.take(head))
    head, offer = head.take(chosen), offer.take(chosen)
    if prospect is not None:
        promising = prospect.allows(head, offer)
        head, offer = head[promising], offer[promising]
    return head, offer
