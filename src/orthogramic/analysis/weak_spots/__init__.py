"""Weak spots: where a graph of entities is thin, as pure functions of it.

The modules named after a method work on a :class:`FlowGraph` and give results in its numbers. The
functions that take a question give an answer in words, with its bound and its receipt.
"""

from __future__ import annotations

from orthogramic.analysis.weak_spots.answers import (
    CutAnswer,
    CutEntity,
    DominatorsAnswer,
    Ends,
    Links,
    Method,
    Passage,
    Several,
    SinglePoint,
)
from orthogramic.analysis.weak_spots.articulation import Articulation, articulation_points
from orthogramic.analysis.weak_spots.betweenness import betweenness
from orthogramic.analysis.weak_spots.centrality import MOST_EXACT, rank_centrality
from orthogramic.analysis.weak_spots.cut import Cut, minimum_cut
from orthogramic.analysis.weak_spots.cut_answer import find_cut
from orthogramic.analysis.weak_spots.dominators import DominatorTree, dominator_tree
from orthogramic.analysis.weak_spots.dominators_answer import find_dominators
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
from orthogramic.analysis.weak_spots.overall import find_articulation_points, find_cycles
from orthogramic.analysis.weak_spots.overall_answers import (
    ArticulationAnswer,
    ArticulationPoint,
    Central,
    CentralityAnswer,
    CyclesAnswer,
    CyclicGroup,
)
from orthogramic.analysis.weak_spots.questions import (
    GREATEST_SEED,
    MOST_SAMPLES,
    CentralityQuestion,
    CutQuestion,
    DominatorsQuestion,
    EntitySet,
    Measure,
    Scope,
)
from orthogramic.analysis.weak_spots.ranking import Ranks, page_rank
from orthogramic.analysis.weak_spots.sampling import Estimate, estimated_betweenness
from orthogramic.analysis.weak_spots.single_points import (
    SinglePoints,
    points_between,
    single_points,
)
from orthogramic.analysis.weak_spots.workload import MOST_WORK, bounded_work

__all__ = [
    "GREATEST_SEED",
    "MOST_EXACT",
    "MOST_SAMPLES",
    "MOST_WORK",
    "Articulation",
    "ArticulationAnswer",
    "ArticulationPoint",
    "Central",
    "CentralityAnswer",
    "CentralityQuestion",
    "Cut",
    "CutAnswer",
    "CutEntity",
    "CutQuestion",
    "CyclesAnswer",
    "CyclicGroup",
    "DominatorTree",
    "DominatorsAnswer",
    "DominatorsQuestion",
    "Ends",
    "EntitySet",
    "Estimate",
    "FlowGraph",
    "Groups",
    "Links",
    "Measure",
    "Method",
    "Passage",
    "Ranks",
    "Scope",
    "Several",
    "SinglePoint",
    "SinglePoints",
    "Steps",
    "articulation_points",
    "betweenness",
    "bounded_work",
    "dominator_tree",
    "estimated_betweenness",
    "find_articulation_points",
    "find_cut",
    "find_cycles",
    "find_dominators",
    "flow_between",
    "minimum_cut",
    "page_rank",
    "points_between",
    "rank_centrality",
    "shortest_way",
    "single_points",
    "steps_of",
    "strongly_connected_groups",
    "whole_flow",
]
