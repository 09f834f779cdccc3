"""Findings as answers tell them: support groups, with the names of what was lost and is left."""

from __future__ import annotations

from dataclasses import dataclass

from orthogramic.analysis.answer import EntityReference
from orthogramic.analysis.failure.answer import Group, Some
from orthogramic.analysis.failure.failing import DEGRADED, LOST, PERHAPS
from orthogramic.analysis.failure.findings import Finding
from orthogramic.analysis.failure.groups import Rules
from orthogramic.analysis.failure.question import State
from orthogramic.analysis.sentences import modality_name, reference
from orthogramic.graph.arrays import Numbers
from orthogramic.graph.model import EntityGraph
from orthogramic.metamodel import Flow, Metamodel

#: Supports that a group names; it counts all of them.
MOST_NAMED = 10
#: Supports that a sentence names.
NAMED_IN_SENTENCE = 3


@dataclass(frozen=True, slots=True)
class Reason:
    """One group of one dependent, with what a sentence about it needs.

    :param told: the supports that the sentence names; ``number`` counts them all.
    :param fate: what became of the best off of them: one of the standings.
    :param verb: how the dependent's link to them reads.
    """

    group: Group
    told: tuple[EntityReference, ...]
    number: int
    fate: int
    verb: str


class Telling:
    """Puts findings into the words of the bundle.

    :param graph: the graph that they were made on.
    :param metamodel: gives the words for relationships.
    """

    def __init__(self, graph: EntityGraph, metamodel: Metamodel, rules: Rules) -> None:
        self._graph = graph
        self._metamodel = metamodel
        self._rules = rules

    def reason(self, dependent: int, finding: Finding) -> Reason:
        """Describe one finding at a dependent."""
        told = finding.member[: finding.told]
        return Reason(
            group=self._group(dependent, finding),
            told=self._named(told, NAMED_IN_SENTENCE),
            number=len(told),
            fate=int(finding.standing[: finding.told].min()),
            verb=self._verb(dependent, finding),
        )

    def _group(self, dependent: int, finding: Finding) -> Group:
        rule = self._rules.rules[finding.rule]
        gone = finding.standing >= LOST
        return Group(
            relationship=self._metamodel.primary(rule.property)[0].value,
            label=self._label(dependent, finding),
            rule=rule.iri.value,
            support=rule.support,
            size=len(finding.member),
            needed=finding.needed,
            lost=self._some(finding.member[gone]),
            degraded=self._some(finding.member[finding.standing == DEGRADED]),
            perhaps=self._some(finding.member[finding.standing == PERHAPS]),
            left=self._some(finding.member[~gone]),
            state=State.LOST if finding.failed else State.DEGRADED,
            modality=modality_name(bool(self._rules.certain[finding.rule])),
        )

    def _some(self, entities: Numbers) -> Some:
        return Some(len(entities), self._named(entities, MOST_NAMED))

    def _named(self, entities: Numbers, most: int) -> tuple[EntityReference, ...]:
        return tuple(reference(self._graph, each) for each in entities[:most].tolist())

    def _verb(self, dependent: int, finding: Finding) -> str:
        """Read the links to some supports: in their own words if they are the same for all."""
        edges = finding.edge[: min(finding.told, NAMED_IN_SENTENCE)].tolist()
        verbs = {self._read(each, dependent) for each in edges}
        return verbs.pop() if len(verbs) == 1 else self._label(dependent, finding)

    def _read(self, edge: int, dependent: int) -> str:
        connection = self._graph.connection_of(edge)
        return self._metamodel.verb(connection.iri, self._is_subject(dependent, edge))

    def _label(self, dependent: int, finding: Finding) -> str:
        """Read the relationship that a rule is written for, from the dependent."""
        primary, _ = self._metamodel.primary(self._rules.rules[finding.rule].property)
        return self._metamodel.verb(primary, self._is_subject(dependent, int(finding.edge[0])))

    def _is_subject(self, dependent: int, edge: int) -> bool:
        flow = self._graph.connection_of(edge).flow
        if flow is Flow.BOTH:
            return int(self._graph.subject[edge]) == dependent
        return flow is Flow.OBJECT_TO_SUBJECT
