"""Minimum entity cuts: the fewest entities without which nothing leads from one set to another.

By Menger's theorem (1927) the size of a least cut is the number of paths that have no entity in
common, found as a maximum flow through a network in which every entity that may be cut carries one
unit (Even and Tarjan 1975). The flow is that of ``scipy.sparse.csgraph.maximum_flow`` (Dinic).
Which maximum flow is found does not matter: of all least cuts the one nearest to the sources is
unique, and so is the one nearest to the targets.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from orthogramic.analysis.weak_spots.flow import FlowGraph
from orthogramic.graph.arrays import Flags, Numbers

if TYPE_CHECKING:
    from scipy.sparse import csr_array


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """A least cut, in places of a flow graph.

    :param places: the cut nearest to the sources, ascending; ``None`` if there is none.
    :param unique: whether there is no other least cut.
    :param direct: steps (tail and head) that join a source with a target at once; no entity lies
        on them, so they are no matter of the cut.
    """

    places: Numbers | None
    unique: bool
    direct: tuple[Numbers, Numbers]


def minimum_cut(flow: FlowGraph, sources: Numbers, targets: Numbers, allowed: Flags) -> Cut:
    """Find the fewest entities that all indirect paths from sources to targets pass.

    :param flow: what lies between the sets.
    :param sources: places where paths begin; ``targets``: where they end. No place is both.
    :param allowed: flags of the places that may be cut; sources and targets never are.
    """
    ends = np.zeros(flow.size, np.int8)
    ends[sources], ends[targets] = 1, 2
    tail, head = flow.tail, flow.head
    straight = (ends[tail] == 1) & (ends[head] == 2)  # noqa: PLR2004 - set two lines above
    direct = (tail[straight], head[straight])
    # A path that comes back to a source, or goes on behind a target, has a shorter one within it.
    inner = ~straight & (ends[head] != 1) & (ends[tail] != 2)  # noqa: PLR2004
    tail, head = tail[inner], head[inner]
    cuttable = allowed & (ends == 0)
    if _goes_round(flow, tail, head, sources, targets, cuttable):
        return Cut(None, False, direct)
    network, root, sink = _network(flow.size, tail, head, sources, targets, cuttable)
    near, far = _nearest_cuts(network, root, sink)
    places = np.flatnonzero(near[: 2 * flow.size : 2] & ~near[1 : 2 * flow.size : 2])
    others = np.flatnonzero(far[1 : 2 * flow.size : 2] & ~far[: 2 * flow.size : 2])
    return Cut(places, bool(np.array_equal(places, others)), direct)


def _goes_round(
    flow: FlowGraph,
    tail: Numbers,
    head: Numbers,
    sources: Numbers,
    targets: Numbers,
    cuttable: Flags,
) -> bool:
    """Tell whether a path avoids everything that may be cut."""
    usable = ~cuttable[tail] & ~cuttable[head]
    reached = np.zeros(flow.size, np.bool_)
    reached[sources] = True
    return bool(_closure(reached, tail[usable], head[usable])[targets].any())


def _closure(reached: Flags, tail: Numbers, head: Numbers) -> Flags:
    """Flag what steps lead to, in place; ``tail`` and ``head`` are the steps."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - slow to import
    from scipy.sparse.csgraph import breadth_first_order  # noqa: PLC0415

    size = len(reached)
    # One root before all that is flagged, so that a single search finds everything.
    roots = np.flatnonzero(reached)
    rows = np.concatenate([tail, np.full(len(roots), size)])
    columns = np.concatenate([head, roots])
    matrix = csr_array((np.ones(len(rows), np.int8), (rows, columns)), shape=(size + 1, size + 1))
    found = breadth_first_order(matrix, size, return_predecessors=False)
    reached[found[found < size]] = True
    return reached


def _network(
    size: int,
    tail: Numbers,
    head: Numbers,
    sources: Numbers,
    targets: Numbers,
    cuttable: Flags,
) -> tuple[csr_array, int, int]:
    """Make the network: place v is entered at 2v and left at 2v + 1, which costs a unit."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - slow to import

    root, sink, plenty = 2 * size, 2 * size + 1, size + 1
    every = np.arange(size)
    rows = np.concatenate([2 * every, 2 * tail + 1, np.full(len(sources), root), 2 * targets + 1])
    columns = np.concatenate([2 * every + 1, 2 * head, 2 * sources, np.full(len(targets), sink)])
    units = np.full(len(rows), plenty, np.int32)
    units[:size][cuttable] = 1
    shape = (2 * size + 2, 2 * size + 2)
    return csr_array((units, (rows, columns)), shape=shape), root, sink


def _nearest_cuts(network: csr_array, root: int, sink: int) -> tuple[Flags, Flags]:
    """Return what the root still reaches, and what reaches the sink, once the flow is full."""
    from scipy.sparse.csgraph import maximum_flow  # noqa: PLC0415 - slow to import

    flow = maximum_flow(network, root, sink, method="dinic").flow
    left = (network - flow).tocoo()
    open_ = left.data > 0
    tail, head = left.row[open_], left.col[open_]
    near, far = np.zeros((2, network.shape[0]), np.bool_)
    near[root], far[sink] = True, True
    return _closure(near, tail, head), _closure(far, head, tail)
