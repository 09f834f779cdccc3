"""Reach and score in two graphs of one base, source by source.

Reach, score and modality are those of clauses 2 to 4 of the definition of impact; the difference
of one pair of a source and an entity is what one graph says of it and the other does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from pyoxigraph import NamedNode

from orthogramic.analysis.answer import Bound, EntityReference
from orthogramic.analysis.differing.question import ReachQuestion
from orthogramic.analysis.differing.shifts import ReachDifference, Shift, ShiftKind, Standing
from orthogramic.analysis.first_walks import first_walks
from orthogramic.analysis.found import Found
from orthogramic.analysis.honesty import bound_of
from orthogramic.analysis.question import check_terms
from orthogramic.analysis.reach import Reached, reached
from orthogramic.analysis.search import Search, search
from orthogramic.analysis.sentences import explain, modality_name, reference
from orthogramic.analysis.stopping import checkpoint
from orthogramic.graph import Direction, EntityGraph
from orthogramic.graph.arrays import Flags, Numbers, Scores
from orthogramic.graph.branching import Pair, has
from orthogramic.graph.cost import SCORE_DECIMALS
from orthogramic.metamodel import Metamodel


class _Asked(NamedTuple):
    """One source in one direction."""

    direction: Direction
    source: NamedNode


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """What differs for one source in one direction, by common number, as columns.

    A score of :data:`_ABSENT` stands for what is not reached: that of a long path may be 0.
    """

    entity: Numbers
    before: Scores
    after: Scores
    kind: Numbers


_KINDS = tuple(ShiftKind)
_ABSENT = -1.0


def compare_reach(pair: Pair, metamodel: Metamodel, question: ReachQuestion) -> ReachDifference:
    """Tell who is reached in one graph and not, or otherwise, in the other.

    :param pair: the graphs: how it is, and how it would be.
    :param metamodel: the bundle under which the graphs were projected.
    :raises UnknownTermError: if a class or relationship is not in the bundle.
    :raises InvalidParameterError: if ``via`` names what is no relationship.
    """
    check_terms(metamodel, question.to, question.via)
    asked = [_Asked(way, each) for way in question.directions for each in question.sources]
    comparison = _Comparison(pair, metamodel, question)
    found = [comparison.rows(each) for each in asked]
    kinds = np.concatenate([np.zeros(0, np.int64), *(each.kind for each in found)])
    count = np.bincount(kinds, minlength=len(_KINDS)).tolist()
    page = comparison.page(found)
    return ReachDifference(
        sources=tuple(comparison.reference(each) for each in question.sources),
        shifts=comparison.shifts(asked, found, page),
        counts={kind: count[at] for at, kind in enumerate(_KINDS) if count[at]},
        total=len(kinds),
        limit=question.limit,
        offset=question.offset,
        bound=comparison.bound(),
    )


class _Comparison:
    """One question, put to both graphs."""

    def __init__(self, pair: Pair, metamodel: Metamodel, question: ReachQuestion) -> None:
        self._pair = pair
        self._metamodel = metamodel
        self._question = question
        self._open: dict[tuple[bool, Direction], list[Numbers]] = {}

    # -- what differs ------------------------------------------------------------------------------

    def rows(self, asked: _Asked) -> _Rows:
        """Find out what differs for one source in one direction."""
        left = self._reached(asked, after=False)
        right = self._reached(asked, after=True)
        ours, theirs = left.entity.astype(np.int64), self._pair.of_right(right.entity)
        entity = np.union1d(ours, theirs)
        before, after = np.full((2, len(entity)), _ABSENT)
        surely, sure = np.zeros((2, len(entity)), np.bool_)
        at = entity.searchsorted(ours)
        before[at], surely[at] = left.score, left.certain
        at = entity.searchsorted(theirs)
        after[at], sure[at] = right.score, right.certain
        kind = _kinds(before, after, surely, sure)
        differs = kind >= 0
        return _Rows(entity[differs], before[differs], after[differs], kind[differs])

    def _reached(self, asked: _Asked, *, after: bool) -> Reached:
        """Return what counts as reached in one of the graphs."""
        checkpoint()
        graph = self._graph(after)
        searching = self._search(asked, graph)
        if searching is None:
            nothing = np.zeros(0, np.int64)
            return Reached(nothing, np.zeros(0), nothing, np.zeros(0, np.bool_))
        everything = reached(searching, Found(searching))
        self._note_open(searching, everything, after)
        return everything.chosen(self._wanted(graph, everything))

    def _wanted(self, graph: EntityGraph, everything: Reached) -> Flags:
        question = self._question
        wanted: Flags = everything.score >= question.min_score
        if question.to:
            flags = graph.instances(frozenset(question.to))
            wanted &= flags[graph.classification[everything.entity]]
        if question.targets:
            numbers = [graph.find(each.value) for each in question.targets]
            there = [each for each in numbers if each is not None]
            wanted &= np.isin(everything.entity, there)
        return wanted

    def _graph(self, after: bool) -> EntityGraph:
        return self._pair.right if after else self._pair.left

    def _search(self, asked: _Asked, graph: EntityGraph) -> Search | None:
        """Prepare the search of one source; ``None`` if a graph does not have it."""
        if not has(graph, asked.source.value):
            return None
        question = self._question
        sources = (asked.source,)
        return search(graph, asked.direction, sources, question.via, question.max_hops)

    # -- which of it is shown ----------------------------------------------------------------------

    def page(self, found: list[_Rows]) -> list[tuple[int, int]]:
        """Return a page: which source, and which of its rows.

        The greatest change of score comes first, then go the order of the sources and IRIs; the
        graphs are exchanged without changing the order.
        """
        which = np.repeat(np.arange(len(found)), [len(each.entity) for each in found])
        if not len(which):
            return []
        row = np.concatenate([np.arange(len(each.entity)) for each in found])
        entity = np.concatenate([each.entity for each in found])
        gap = np.concatenate([_gap(each) for each in found])
        keys = self._pair.order.keys(entity)
        ranked = np.lexsort((keys, which, -gap))
        offset = self._question.offset
        chosen = ranked[offset : offset + self._question.limit]
        return list(zip(which[chosen].tolist(), row[chosen].tolist(), strict=True))

    def shifts(
        self, asked: list[_Asked], found: list[_Rows], page: list[tuple[int, int]]
    ) -> tuple[Shift, ...]:
        """Explain a page, each source searched once more in each graph."""
        wanted: dict[int, list[int]] = {}
        for which, row in page:
            wanted.setdefault(which, []).append(row)
        explained: dict[tuple[int, int], Shift] = {}
        for which, rows in wanted.items():
            shifts = self._explained(asked[which], found[which], rows)
            explained.update(((which, row), each) for row, each in zip(rows, shifts, strict=True))
        return tuple(explained[each] for each in page)

    def _explained(self, asked: _Asked, found: _Rows, rows: list[int]) -> Iterator[Shift]:
        iris = [self._pair.iri(int(found.entity[each])) for each in rows]
        before = self._standings(asked, iris, after=False)
        after = self._standings(asked, iris, after=True)
        for row, iri in zip(rows, iris, strict=True):
            kind = _KINDS[int(found.kind[row])]
            yield Shift(
                direction=str(asked.direction),
                source=self.reference(asked.source),
                entity=self.reference(NamedNode(iri)),
                kind=kind,
                before=None if kind is ShiftKind.GAINED else before[iri],
                after=None if kind is ShiftKind.LOST else after[iri],
            )

    def _standings(self, asked: _Asked, iris: Iterable[str], *, after: bool) -> dict[str, Standing]:
        """Return how some entities are reached in one graph; those that are not left out."""
        graph = self._graph(after)
        searching = self._search(asked, graph)
        if searching is None:
            return {}
        found = Found(searching)
        everything = reached(searching, found)
        numbers = [graph.find(each) for each in iris]
        rows = np.flatnonzero(np.isin(everything.entity, [e for e in numbers if e is not None]))
        hits = everything.chosen(rows)
        walks = first_walks(searching, found.toward(hits.entity), hits.entity)
        return {
            graph.entities[int(hits.entity[at])]: Standing(
                float(hits.score[at]),
                modality_name(bool(hits.certain[at])),
                int(hits.hops[at]),
                explain(graph, self._metamodel, walk),
            )
            for at, walk in enumerate(walks)
        }

    def reference(self, entity: NamedNode) -> EntityReference:
        """Name an entity as the graph of how it would be does, else as the other one."""
        for graph in (self._pair.right, self._pair.left):
            if has(graph, entity.value):
                return reference(graph, graph.number(entity))
        return EntityReference(entity.value, entity.value, "")

    # -- where it may be incomplete ----------------------------------------------------------------

    def _note_open(self, searching: Search, everything: Reached, after: bool) -> None:
        """Note from where one source could have walked on."""
        open_ended = everything.score >= self._question.min_score
        if searching.max_hops is not None:
            open_ended &= everything.hops < searching.max_hops
        key = (after, searching.direction)
        more = np.concatenate([searching.sources, everything.entity[open_ended]])
        self._open[key] = [np.unique(np.concatenate([*self._open.get(key, ()), more]))]

    def bound(self) -> Bound:
        """State where the answer may be incomplete: in the graph that lacks more."""
        totals = {False: 0, True: 0}
        for (after, direction), candidates in self._open.items():
            graph = self._graph(after)
            via = frozenset(self._question.via)
            admissible = graph.kinds_of(via) if via else None
            totals[after] += bound_of(graph, candidates[0], direction, admissible).frontier
        return Bound(max(totals.values()))


def _gap(rows: _Rows) -> Scores:
    """Return by how much the score of each row changes; what is not reached counts as 0."""
    gap: Scores = np.abs(rows.after.clip(0) - rows.before.clip(0)).round(SCORE_DECIMALS)
    return gap


def _kinds(before: Scores, after: Scores, surely: Flags, sure: Flags) -> Numbers:
    """Return the place of the kind of each difference; -1 where there is none."""
    kind = np.full(len(before), -1, np.int64)
    for applies, which in (
        (surely & ~sure, ShiftKind.LESS_CERTAIN),
        (~surely & sure, ShiftKind.MORE_CERTAIN),
        (after < before, ShiftKind.WEAKER),
        (after > before, ShiftKind.STRONGER),
        (after == _ABSENT, ShiftKind.LOST),
        (before == _ABSENT, ShiftKind.GAINED),
    ):
        kind[applies] = _KINDS.index(which)
    return kind
