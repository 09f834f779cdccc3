"""What becomes of dependents in two graphs of one base when some entities of each fail.

Each side is judged by clause 6 of the definition of impact; the difference is every entity whose
standing is not the same on both sides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from pyoxigraph import NamedNode

from orthogramic.analysis.answer import EntityReference
from orthogramic.analysis.failure.dependents import Dependents
from orthogramic.analysis.failure.failing import STANDINGS, Failure, fail
from orthogramic.analysis.failure.groups import Rules
from orthogramic.analysis.sentences import reference
from orthogramic.graph import EntityGraph
from orthogramic.graph.arrays import Numbers
from orthogramic.graph.branching import Pair, has
from orthogramic.metamodel import Metamodel

#: What stands for an entity that one of the graphs does not have.
ABSENT = "absent"
_WORDS = (ABSENT, *STANDINGS)


@dataclass(frozen=True, slots=True)
class Turn:
    """One entity that fares otherwise.

    :param before: ``untouched``, ``perhaps degraded``, ``degraded``, ``lost``, ``removed``, or
        ``absent`` where that side does not have the entity; :param after: likewise.
    :param reason_before: why, in words; empty for what is none of the middle three.
    """

    entity: EntityReference
    before: str
    after: str
    reason_before: str
    reason_after: str

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-serialisable data."""
        return {
            "entity": self.entity.to_dict(),
            "before": self.before,
            "after": self.after,
            "reason_before": self.reason_before,
            "reason_after": self.reason_after,
        }


@dataclass(frozen=True, slots=True)
class FailureDifference:
    """Entities of one page that fare otherwise, those that fare worst on either side first.

    :param failing_before: what fails on the one side; :param failing_after: on the other.
    :param counts: how many differences there are by what the entities become.
    """

    failing_before: tuple[EntityReference, ...]
    failing_after: tuple[EntityReference, ...]
    turns: tuple[Turn, ...]
    counts: Mapping[str, int]
    total: int
    limit: int
    offset: int

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-serialisable data."""
        return {
            "failing_before": [each.to_dict() for each in self.failing_before],
            "failing_after": [each.to_dict() for each in self.failing_after],
            "counts": dict(self.counts),
            "items": [each.to_dict() for each in self.turns],
            "total": self.total,
            "limit": self.limit,
            "offset": self.offset,
        }


class _Side:
    """One graph, and what fails in it."""

    def __init__(
        self, graph: EntityGraph, metamodel: Metamodel, failing: Iterable[NamedNode]
    ) -> None:
        self.graph = graph
        self._metamodel = metamodel
        there = [graph.number(each) for each in failing if has(graph, each.value)]
        self.removed = np.array(sorted(there), np.int64)
        self._rules = Rules.of(graph)
        nobody = np.zeros(0, np.int64)
        self.failure: Failure = fail(graph, self.removed, nobody, self._rules)
        self._standing = self.failure.standings(graph.size)

    @property
    def concerned(self) -> Numbers:
        """What is not untouched."""
        found: Numbers = np.concatenate([self.failure.touched.entity, self.failure.removed])
        return found

    def standings(self, entities: Numbers) -> Numbers:
        """Return what becomes of entities, as places in :data:`_WORDS`; -1 is no entity."""
        absences = np.array([each.is_absence for each in self.graph.classifications], np.bool_)
        there = np.flatnonzero(entities >= 0)
        there = there[~absences[self.graph.classification[entities[there]]]]
        found = np.zeros(len(entities), np.int64)
        found[there] = 1 + self._standing.of(entities[there])
        return found

    def reasons(self, iris: Iterable[str]) -> dict[str, str]:
        """Say why some entities are touched; those that are not are left out."""
        there = [self.graph.number(NamedNode(iri)) for iri in iris if has(self.graph, iri)]
        rows = np.isin(self.failure.touched.entity, there)
        numbers = self.failure.touched.entity[rows]
        if not len(numbers):
            return {}
        told = Dependents(self.graph, self._metamodel, self._rules, self.failure).of(numbers)
        return {each.entity.iri: each.sentence for each in told}

    def references(self) -> tuple[EntityReference, ...]:
        """Name what fails."""
        order = self.graph.order.sorted(self.removed).tolist()
        return tuple(reference(self.graph, each) for each in order)


def compare_failure(
    pair: Pair,
    metamodel: Metamodel,
    failing_before: Iterable[NamedNode],
    failing_after: Iterable[NamedNode],
    *,
    limit: int,
    offset: int = 0,
) -> FailureDifference:
    """Tell who fares otherwise.

    :param pair: the graphs: how it is, and how it would be.
    :param failing_before: what is removed from the left graph; what is not there is left out.
    :param failing_after: what is removed from the right graph, likewise.
    """
    left = _Side(pair.left, metamodel, failing_before)
    right = _Side(pair.right, metamodel, failing_after)
    common = np.union1d(left.concerned, pair.of_right(right.concerned))
    was, now = left.standings(pair.in_left(common)), right.standings(pair.in_right(common))
    rows = np.flatnonzero(was != now)
    worst = np.maximum(was[rows], now[rows])
    ranked = rows[np.lexsort((pair.order.keys(common[rows]), -worst))]
    page = [
        (pair.iri(int(common[each])), _WORDS[was[each]], _WORDS[now[each]])
        for each in ranked[offset : offset + limit].tolist()
    ]
    before = left.reasons([iri for iri, _, _ in page])
    after = right.reasons([iri for iri, _, _ in page])
    kinds = np.bincount(now[rows], minlength=len(_WORDS)).tolist()
    counts = {word: count for word, count in zip(_WORDS, kinds, strict=True) if count}
    return FailureDifference(
        failing_before=left.references(),
        failing_after=right.references(),
        turns=tuple(
            Turn(_named(pair, iri), one, other, before.get(iri, ""), after.get(iri, ""))
            for iri, one, other in page
        ),
        counts=dict(sorted(counts.items())),
        total=len(rows),
        limit=limit,
        offset=offset,
    )


def _named(pair: Pair, iri: str) -> EntityReference:
    graph = pair.right if has(pair.right, iri) else pair.left
    return reference(graph, graph.number(NamedNode(iri)))
