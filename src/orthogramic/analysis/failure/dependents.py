"""The dependents of one page, each with its state, its reasons and its chain."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from orthogramic.analysis.failure.answer import Dependent
from orthogramic.analysis.failure.counting import circle_members
from orthogramic.analysis.failure.failing import Failure
from orthogramic.analysis.failure.findings import Finding, Findings
from orthogramic.analysis.failure.fixpoint import places_in
from orthogramic.analysis.failure.groups import Rules
from orthogramic.analysis.failure.question import State
from orthogramic.analysis.failure.reasons import Telling
from orthogramic.analysis.failure.wording import joined, sentence
from orthogramic.analysis.sentences import explain, modality_name, reference
from orthogramic.graph import EntityGraph
from orthogramic.graph.arrays import Numbers
from orthogramic.metamodel import Metamodel

#: Members of a circle that a sentence names.
_NAMED = 3


class Dependents:
    """Describes dependents of one failure.

    :param graph: the graph that it happened to.
    :param metamodel: gives the words.
    """

    def __init__(
        self, graph: EntityGraph, metamodel: Metamodel, rules: Rules, failure: Failure
    ) -> None:
        self._graph = graph
        self._metamodel = metamodel
        self._failure = failure
        self._findings = Findings(graph, rules, failure)
        self._telling = Telling(graph, metamodel, rules)
        self._circles = circle_members(graph, failure)

    def of(self, entities: Numbers) -> tuple[Dependent, ...]:
        """Describe some entities, in their order."""
        found = self._findings.of(entities)
        rows = self._rows(entities)
        self._findings.causes(entities[rows >= 0])
        return tuple(
            self._touched(entity, row, found[entity]) if row >= 0 else self._untouched(entity)
            for entity, row in zip(entities.tolist(), rows.tolist(), strict=True)
        )

    def _rows(self, entities: Numbers) -> Numbers:
        """Return in which row of the touched some entities stand, -1 for none."""
        order = np.argsort(self._failure.touched.entity)
        place = places_in(self._failure.touched.entity[order], entities)
        found = np.full(len(entities), -1, np.int64)
        found[place >= 0] = order[place[place >= 0]]
        return found

    def _untouched(self, entity: int) -> Dependent:
        who = reference(self._graph, entity)
        return Dependent(
            entity=who,
            state=State.UNTOUCHED,
            modality=None,
            score=None,
            hops=None,
            self_sustaining=False,
            sentence=sentence(who.label, (), certain=True, circle=None),
            chain=None,
            passed=(),
            groups=(),
        )

    def _touched(self, entity: int, row: int, findings: Sequence[Finding]) -> Dependent:
        who, failure = reference(self._graph, entity), self._failure
        reasons = [self._telling.reason(entity, each) for each in findings]
        certain = bool(failure.touched.certain[row])
        circle = self._circle(int(failure.circle[row]))
        chain = self._findings.chain(entity)
        return Dependent(
            entity=who,
            state=State.LOST if failure.lost[row] else State.DEGRADED,
            modality=modality_name(certain),
            score=float(failure.touched.score[row]),
            hops=int(failure.touched.hops[row]),
            self_sustaining=circle is not None,
            sentence=sentence(who.label, reasons, certain=certain, circle=circle),
            chain=explain(self._graph, self._metamodel, chain),
            passed=self._findings.standings(chain.entities),
            groups=tuple(each.group for each in reasons),
        )

    def _circle(self, number: int) -> str | None:
        """Name those of a circle; ``None`` where there is none."""
        if number < 0:
            return None
        if number == 0:
            return "a circle"
        members = self._circles[number]
        return joined([self._graph.labels[each] for each in members[:_NAMED]], len(members))
