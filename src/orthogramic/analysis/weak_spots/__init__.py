"""Weak spots: where a graph of entities is thin, as pure functions of it.

The modules named after a method work on a :class:`FlowGraph` and give results in its numbers.
"""

from __future__ import annotations

from orthogramic.analysis.weak_spots.articulation import Articulation, articulation_points
from orthogramic.analysis.weak_spots.betweenness import betweenness
from orthogramic.analysis.weak_spots.cut import Cut, minimum_cut
from orthogramic.analysis.weak_spots.dominators import DominatorTree, dominator_tree
from orthogramic.analysis.weak_spots.flow import (
    FlowGraph,
    Steps,
    flow_between,
    steps_of,
    whole_flow,
)
from orthogramic.analysis.weak_spots.groups import (
    Groups,
    shortest_way,
    strongly_connected_groups,
)
from orthogramic.analysis.weak_spots.ranking import Ranks, page_rank
from orthogramic.analysis.weak_spots.sampling import Estimate, estimated_betweenness
from orthogramic.analysis.weak_spots.single_points import (
    SinglePoints,
    points_between,
    single_points,
)

__all__ = [
    "Articulation",
    "Cut",
    "DominatorTree",
    "Estimate",
    "FlowGraph",
    "Groups",
    "Ranks",
    "SinglePoints",
    "Steps",
    "articulation_points",
    "betweenness",
    "dominator_tree",
    "estimated_betweenness",
    "flow_between",
    "minimum_cut",
    "page_rank",
    "points_between",
    "shortest_way",
    "single_points",
    "steps_of",
    "strongly_connected_groups",
    "whole_flow",
]
