"""PageRank: how much of everything ends up leaning on an entity, over all steps.

The stationary share of a walker who follows a step at random, or with the rest of the probability
begins anew anywhere (Brin and Page 1998), by power iteration. Every place has the same share to
begin with, and a walker at an entity without steps begins anew.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orthogramic.analysis.stopping import checkpoint
from orthogramic.analysis.weak_spots.flow import FlowGraph
from orthogramic.graph.arrays import Scores

DAMPING = 0.85
#: Where the iteration ends: the change of all shares together.
TOLERANCE = 1e-13
#: 0.85 to the power of 200 is below 1e-14: it always ends before.
_MOST_ITERATIONS = 1000


@dataclass(frozen=True, slots=True, eq=False)
class Ranks:
    """Shares by place.

    :param error: what all shares together may be off, at most, rounding left out.
    """

    values: Scores
    iterations: int
    error: float


def page_rank(flow: FlowGraph, damping: float = DAMPING) -> Ranks:
    """Work the shares out.

    :param damping: probability of following a step, from 0 up to below 1.
    """
    size, tail, head = flow.size, flow.tail, flow.head
    if not size:
        return Ranks(np.zeros(0), 0, 0.0)
    count = np.diff(flow.start)
    share = 1.0 / np.maximum(count, 1)
    idle = count == 0
    values = np.full(size, 1.0 / size)
    change, iterations = 1.0, 0
    while change > TOLERANCE and iterations < _MOST_ITERATIONS:
        checkpoint()
        arriving = np.bincount(head, (values * share)[tail], size)
        fresh = damping * (arriving + values[idle].sum() / size) + (1.0 - damping) / size
        fresh /= fresh.sum()
        change = float(np.abs(fresh - values).sum())
        values, iterations = fresh, iterations + 1
    return Ranks(values, iterations, change * damping / (1.0 - damping))
