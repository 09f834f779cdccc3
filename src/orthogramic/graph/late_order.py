"""Sort keys for entities that come between others which are numbered in order already."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Sequence

import numpy as np

from orthogramic.graph.arrays import Numbers
from orthogramic.graph.model import LATE_BITS, LATE_MASK, Order
from orthogramic.graph.texts import Texts

#: Entities mostly come with rising keys: this much is left behind the last of them, not half.
_STRIDE = 16


def with_late(order: Order, texts: Texts, iris: Sequence[str]) -> Order:
    """Return an order in which more entities have their place.

    :param texts: the IRIs so far, by number.
    :param iris: those of the entities that get the next numbers; all new.
    """
    first = len(order.late)
    keys = np.concatenate([order.late, np.zeros(len(iris), np.int64)])

    def text(late: int) -> str:
        return texts[order.packed + late] if late < first else iris[late - first]

    for at, iri in enumerate(iris, first):
        _place(keys[: at + 1], text, texts.place(iri))
    return Order(order.packed, keys)


def _place(keys: Numbers, text: Callable[[int], str], place: int) -> None:
    """Give the last entity a key between those before and behind it."""
    group = np.flatnonzero(keys[:-1] >> LATE_BITS == place)
    group = group[np.argsort(keys[group])]
    at = bisect(group, text(len(keys) - 1), key=lambda each: text(int(each)))
    base = place << LATE_BITS
    below = int(keys[group[at - 1]]) - base if at else -1
    above = int(keys[group[at]]) - base if at < len(group) else LATE_MASK
    step = (above - below) // 2
    if step:
        keys[-1] = base + below + (min(_STRIDE, step) if at == len(group) else step)
        return
    members = np.insert(group, at, len(keys) - 1)
    # Closer than they could stand, so that others find room behind them.
    keys[members] = base + np.linspace(0, LATE_MASK // 2, len(members)).astype(np.int64)
