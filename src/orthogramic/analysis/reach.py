"""Reach, score, hops and modality of a question (clauses 1 to 4), and its bound (clause 9)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from pyoxigraph import NamedNode

from orthogramic.analysis.labelling import Labels, closure, label
from orthogramic.graph.arrays import Flags, Numbers, Scores, ascending, row_positions
from orthogramic.graph.cost import scores
from orthogramic.graph.model import (
    STANDINGS,
    ArcIndex,
    Direction,
    EntityGraph,
    Expectation,
)


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """Where a question may walk: everything that paths and reach have in common."""

    graph: EntityGraph
    direction: Direction
    sources: Numbers
    max_hops: int | None
    admissible: Flags | None

    @property
    def out(self) -> ArcIndex:
        """The steps from an entity onwards."""
        return self.graph.arcs[self.direction]

    @property
    def into(self) -> ArcIndex:
        """The same steps, found from where they lead."""
        return self.graph.arcs[self.direction.reversed()]

    def label(self) -> Labels:
        """Label what the sources reach."""
        return label(
            self.out,
            self.graph.kinds,
            self.sources,
            self.max_hops,
            admissible=self.admissible,
        )

    def usable(self, flags: Flags, kinds: Numbers) -> Flags:
        """Unflag the kinds of edge that the question may not use."""
        return flags if self.admissible is None else flags & self.admissible[kinds]

    def left(self, steps: int) -> int | None:
        """Return how many steps may go before some others; ``None`` if there is no limit."""
        return None if self.max_hops is None else self.max_hops - steps

    def cost(self, edges: tuple[int, ...]) -> int:
        """Return what some steps cost together."""
        graph = self.graph
        return sum(int(graph.kinds.cost[graph.kind[each]]) for each in edges)


@dataclass(frozen=True, slots=True, eq=False)
class Reached:
    """Entities that a search reached, sources excluded, as columns in the order of numbers."""

    entity: Numbers
    score: Scores
    hops: Numbers
    certain: Flags

    def chosen(self, rows: Flags | Numbers | slice) -> Reached:
        """Return some of the rows: flagged ones, or ones by position."""
        return Reached(self.entity[rows], self.score[rows], self.hops[rows], self.certain[rows])

    def ranked(self) -> Reached:
        """Return the rows by falling score, then hops, then IRI."""
        return self.chosen(np.lexsort((self.entity, self.hops, -self.score)))


def search(
    graph: EntityGraph,
    direction: Direction,
    sources: tuple[NamedNode, ...],
    via: tuple[NamedNode, ...],
    max_hops: int | None,
) -> Search:
    """Prepare a search.

    :raises UnknownEntityError: if a source is not in the graph.
    """
    numbers = np.array(sorted({graph.number(each) for each in sources}), dtype=np.int64)
    admissible = graph.kinds_of(frozenset(via)) if via else None
    return Search(graph, direction, numbers, max_hops, admissible)


def reached(searching: Search, labels: Labels) -> Reached:
    """Read reach, score, hops and modality from the labels of a search.

    With several sources the set is asked about as a whole: the score is the best from any of
    them, hops the fewest from any, and a hit is certain if it is from any.
    """
    first = labels.first()[len(searching.sources) :]
    first = first[np.argsort(labels.entity[first], kind="stable")]
    entity = labels.entity[first]
    graph = searching.graph
    certain = graph.kinds.certain
    if searching.admissible is not None:
        certain = certain & searching.admissible
    surely = closure(searching.out, searching.sources, searching.max_hops, certain)
    return Reached(
        entity=entity,
        score=scores(labels.remaining[labels.latest[entity]]),
        hops=labels.steps[first],
        certain=surely[entity],
    )


def frontier(searching: Search, found: Reached, min_score: float) -> int:
    """Count the entities at which the answer may be incomplete.

    These are the sources and the reached entities that could have been walked on from (fewer
    hops than the limit, and a score from which a hit may still follow) but lack a link that the
    shapes expect and over which the question would have walked.

    :param found: everything reached, before hits are filtered.
    :param min_score: least score of a hit; scores only fall along a path.
    """
    graph = searching.graph
    open_ended = found.score >= min_score
    if searching.max_hops is not None:
        open_ended &= found.hops < searching.max_hops
    candidates = np.concatenate([searching.sources, found.entity[open_ended]])
    relevant = np.array([_leads_on(searching, each) for each in graph.expectations], np.bool_)
    row, count = row_positions(graph.lacking_start, candidates)
    wanting = np.repeat(candidates, count)[relevant[graph.lacking_expectation[row]]]
    return len(ascending(wanting))


def _leads_on(searching: Search, expectation: Expectation) -> bool:
    """Tell whether the question would have walked over a link that is expected."""
    graph = searching.graph
    return any(
        (searching.admissible is None or bool(searching.admissible[connection * STANDINGS]))
        and graph.connections[connection].propagates(searching.direction, from_object)
        for connection, from_object in expectation.routes
    )
