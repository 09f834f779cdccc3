"""How much work exact betweenness would be, found out with little.

The cost is what every entity reaches, which differs from graph to graph by orders of magnitude at
the same size. So a few entities are drawn and followed, and theirs is taken for that of all. The
draw is always the same, because the method of an answer may not depend on chance. Depth is left
out: a deep graph costs random pairs more than it costs the exact sweeps.
"""

from __future__ import annotations

import random

import numpy as np

from orthogramic.analysis.stopping import checkpoint
from orthogramic.analysis.weak_spots.flow import FlowGraph
from orthogramic.graph.arrays import Numbers, ascending

#: Steps that are followed for an exact answer: some ten seconds on one core.
MOST_WORK = 250_000_000
_DRAWN = 16


def bounded_work(flow: FlowGraph, most: int = MOST_WORK) -> bool:
    """Tell whether exact betweenness is expected to follow no more than some steps.

    :param most: steps that may be followed, from all entities together.
    """
    sources = np.flatnonzero(np.diff(flow.start))
    if len(sources) * len(flow.head) <= most:
        return True
    draw = random.Random(0)  # noqa: S311 - nothing secret is drawn
    drawn = draw.sample(range(len(sources)), min(_DRAWN, len(sources)))
    followed = sum(_followed(flow, sources[each : each + 1]) for each in drawn)
    return followed * len(sources) // len(drawn) <= most


def _followed(flow: FlowGraph, layer: Numbers) -> int:
    """Return how many steps leave what steps from some places lead to, these included."""
    known = np.zeros(flow.size, np.bool_)
    total = 0
    while len(layer):
        checkpoint()
        known[layer] = True
        count = flow.start[layer + 1] - flow.start[layer]
        begin = flow.start[layer] - (np.cumsum(count) - count)
        head = flow.head[begin.repeat(count) + np.arange(int(count.sum()))]
        total += len(head)
        layer = ascending(head[~known[head]])
    return total
