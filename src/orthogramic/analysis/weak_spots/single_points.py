"""Single points of failure between two sets: what every path passes, for each end and for all.

Seen from the targets, these are the dominators under all sources; seen from the sources, those of
the turned graph under all targets. Whoever weighs the ends (by value, by number) finds here which
ends hang on what.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from pyoxigraph import NamedNode

from orthogramic.analysis.weak_spots.dominators import DominatorTree, dominator_tree
from orthogramic.analysis.weak_spots.flow import FlowGraph, Steps, flow_between, steps_of
from orthogramic.graph import Direction, EntityGraph
from orthogramic.graph.arrays import Numbers


@dataclass(frozen=True, eq=False)
class SinglePoints:
    """Single points between two sets, in places of the flow between them.

    :param sources: places of the sources that reach a target; ``targets``: of those reached.
    :param from_sources: dominator tree of the flow under all sources.
    :param from_targets: that of the turned flow under all targets.
    :param places: the single points, by how many ends hang on them together, then by IRI.
    :param targets_lost: how many other targets nothing leads to without each of them.
    :param sources_lost: how many other sources lead nowhere without each of them.
    """

    flow: FlowGraph
    sources: Numbers
    targets: Numbers
    from_sources: DominatorTree
    from_targets: DominatorTree
    places: Numbers
    targets_lost: Numbers
    sources_lost: Numbers

    def entity(self, place: int) -> int:
        """Return the number of the entity at a place."""
        return int(self.flow.entity[place])

    def lost_targets(self, place: int) -> Numbers:
        """Return the places of the other targets that nothing leads to without a place."""
        return self.from_sources.below(place, self.targets)

    def lost_sources(self, place: int) -> Numbers:
        """Return the places of the other sources that lead nowhere without a place."""
        return self.from_targets.below(place, self.sources)

    def through(self, target: int) -> tuple[int, ...]:
        """Return what every path to a target passes, from the sources onwards.

        The sources themselves and the target are left out, unless other ends hang on them.
        """
        chain = self.from_sources.chain(target)
        return tuple(each for each in chain if each in self._known)

    @cached_property
    def _known(self) -> frozenset[int]:
        return frozenset(self.places.tolist())

    def whole(self) -> tuple[int, ...]:
        """Return what every path from any source to any target passes, from the sources onwards."""
        itself = np.isin(self.places, self.targets)
        found = self.places[self.targets_lost + itself == len(self.targets)]
        # They lie on one branch of the tree, so its preorder is the order of the walk.
        ordered = found[np.argsort(self.from_sources.position[found])]
        return tuple(ordered.tolist())


def single_points(
    graph: EntityGraph,
    direction: Direction,
    sources: Numbers,
    targets: Numbers,
    *,
    via: tuple[NamedNode, ...] = (),
    certain: bool = False,
) -> SinglePoints:
    """Find the single points of failure between two sets of entities.

    An end of a path is a single point only for other ends of its own kind: that every path from a
    source passes that source says nothing.

    :param direction: ``dependencies``: sources need targets; ``impact``: a change of the sources
        affects the targets.
    :param sources: numbers of entities; ``targets`` likewise. What is both is a source only.
    :param via: relationships that paths may use; none means any.
    :param certain: only steps that are certain.
    """
    return points_between(steps_of(graph, direction, via, certain=certain), sources, targets)


def points_between(steps: Steps, sources: Numbers, targets: Numbers) -> SinglePoints:
    """Find single points over some steps; see :func:`single_points`."""
    targets = np.setdiff1d(targets, sources)
    flow = flow_between(steps, sources, targets)
    origins, ends = flow.places(sources), flow.places(targets)
    from_sources = dominator_tree(flow, origins)
    from_targets = dominator_tree(flow.reversed(), ends)
    is_source, is_target = np.zeros((2, flow.size), np.int64)
    is_source[origins], is_target[ends] = 1, 1
    targets_lost = from_sources.counts(ends) - is_target
    sources_lost = from_targets.counts(origins) - is_source
    found = (targets_lost > 0) | (sources_lost > 0)
    found &= (is_source == 0) | (sources_lost > 0)
    found &= (is_target == 0) | (targets_lost > 0)
    places = np.flatnonzero(found)
    lost = targets_lost[places] + sources_lost[places]
    places = places[np.lexsort((places, -lost))]
    return SinglePoints(
        flow,
        origins,
        ends,
        from_sources,
        from_targets,
        places,
        targets_lost[places],
        sources_lost[places],
    )
