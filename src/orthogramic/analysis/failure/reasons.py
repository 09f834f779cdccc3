"""Why a dependent is lost or degraded: its support groups, those that decide first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from orthogramic.analysis.answer import EntityReference
from orthogramic.analysis.failure.answer import Group, Some
from orthogramic.analysis.failure.failing import DEGRADED, LOST, PERHAPS, REMOVED, Failure
from orthogramic.analysis.failure.groups import Groups, Rules, groups_of
from orthogramic.analysis.failure.question import State
from orthogramic.analysis.lookup import Lookup
from orthogramic.analysis.sentences import modality_name, reference
from orthogramic.analysis.stopping import checkpoint
from orthogramic.graph.arrays import Numbers
from orthogramic.graph.model import EntityGraph
from orthogramic.metamodel import Flow, Metamodel

#: Supports that a group names; it counts all of them.
MOST_NAMED = 10
#: What stands for no round at all, behind every round.
_LATE = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Reason:
    """One group of one dependent, with what a sentence about it needs.

    :param named: the supports that the sentence names, nearest to the failure first.
    :param number: how many there are of that kind.
    :param fate: what became of the named: one of the standings.
    :param verb: how the dependent's link to them reads.
    :param rank: lesser ones decide.
    """

    group: Group
    named: tuple[EntityReference, ...]
    number: int
    fate: int
    verb: str
    rank: tuple[int, int, int]


class Reasons:
    """Explains the dependents of one failure.

    :param graph: the graph that it happened to.
    :param metamodel: gives the words for relationships.
    """

    def __init__(
        self, graph: EntityGraph, metamodel: Metamodel, rules: Rules, failure: Failure
    ) -> None:
        self._graph = graph
        self._metamodel = metamodel
        self._rules = rules
        self._standing = failure.standings(graph.size)
        rows = np.argsort(failure.touched.entity)
        entity = failure.touched.entity[rows]
        # A lookup gives 0 to what it does not know, so rounds and hops are told from 1 on.
        self._fell = Lookup(entity, failure.fell[rows] + 1, graph.size)
        self._hops = Lookup(entity, failure.touched.hops[rows].astype(np.int64), graph.size)

    def of(self, dependents: Numbers) -> Mapping[int, tuple[Reason, ...]]:
        """Return the reasons of some dependents, by entity number, those that decide first."""
        groups = groups_of(self._graph, self._rules, dependents)
        found: dict[int, list[Reason]] = {int(each): [] for each in dependents.tolist()}
        for number, reason in self._each(groups):
            found[int(groups.dependent[number])].append(reason)
        return {
            each: tuple(sorted(reasons, key=lambda one: one.rank))
            for each, reasons in found.items()
        }

    def _each(self, groups: Groups) -> Iterator[tuple[int, Reason]]:
        standing = self._standing.of(groups.member)
        # That an entity is degraded is no reason why it is.
        itself = groups.member == groups.dependent[groups.group_of_member]
        standing[itself & (standing < LOST)] = 0
        hit = np.add.reduceat(standing > 0, groups.start[:-1]) if len(groups.size) else standing
        for number in np.flatnonzero(hit).tolist():
            checkpoint()
            yield number, self._reason(groups, number, standing)

    def _reason(self, groups: Groups, number: int, standings: Numbers) -> Reason:
        rows = slice(int(groups.start[number]), int(groups.start[number + 1]))
        member, standing = groups.member[rows], standings[rows]
        rule = int(groups.rule[number])
        certain = bool(self._rules.certain[rule])
        size, needed = int(groups.size[number]), int(groups.needed[number])
        lost = standing >= LOST
        failed = certain and int(lost.sum()) > size - needed
        order = self._nearest(member, standing)
        kind = _kind(certain, standing)
        # The sentence tells of those by whose loss the group failed, not of what fell later.
        named = _told(order, standing, kind)
        when = 0
        if failed:
            rounds = np.sort(self._round(member[lost], standing[lost]))
            when = int(rounds[size - needed])
            named = named[self._round(member[named], standing[named]) <= when]
        verb = self._verb(rule, int(groups.dependent[number]), groups.edge[rows][named])
        return Reason(
            group=self._group(
                rule,
                (size, needed),
                (member[order], standing[order]),
                State.LOST if failed else State.DEGRADED,
                self._label(rule, int(groups.dependent[number]), groups.edge[rows]),
            ),
            named=tuple(reference(self._graph, int(each)) for each in member[named[:3]]),
            number=len(named),
            fate=int(standing[named].min()),
            verb=verb,
            rank=(0, when, rule) if failed else (1, kind, rule),
        )

    def _group(
        self,
        rule: int,
        sizes: tuple[int, int],
        members: tuple[Numbers, Numbers],
        state: State,
        label: str,
    ) -> Group:
        told = self._rules.rules[rule]
        member, standing = members
        lost = standing >= LOST
        worn = (standing == DEGRADED) | (standing == PERHAPS)
        return Group(
            relationship=self._metamodel.primary(told.property)[0].value,
            label=label,
            rule=told.iri.value,
            support=told.support,
            size=sizes[0],
            needed=sizes[1],
            lost=self._some(member[lost]),
            degraded=self._some(member[worn]),
            left=self._some(member[~lost]),
            state=state,
            modality=modality_name(bool(self._rules.certain[rule])),
        )

    def _some(self, entities: Numbers) -> Some:
        named = entities[:MOST_NAMED].tolist()
        return Some(len(entities), tuple(reference(self._graph, each) for each in named))

    def _round(self, member: Numbers, standing: Numbers) -> Numbers:
        """Return when supports were lost: 0 for what is removed."""
        found: Numbers = np.where(standing == REMOVED, 0, self._fell.of(member) - 1)
        return found

    def _nearest(self, member: Numbers, standing: Numbers) -> Numbers:
        """Order supports: the gravest first, then those nearest to what fails, then by IRI."""
        fell = np.where(standing >= LOST, self._round(member, standing), _LATE)
        keys = (self._graph.order.keys(member), self._hops.of(member), fell, -standing)
        return np.lexsort(keys)

    def _verb(self, rule: int, dependent: int, edges: Numbers) -> str:
        """Read the links to some supports: in their own words if they are the same for all."""
        verbs = {self._read(int(each), dependent) for each in edges[:3].tolist()}
        return verbs.pop() if len(verbs) == 1 else self._label(rule, dependent, edges)

    def _read(self, edge: int, dependent: int) -> str:
        connection = self._graph.connection_of(edge)
        return self._metamodel.verb(connection.iri, self._forward(connection.flow, edge, dependent))

    def _label(self, rule: int, dependent: int, edges: Numbers) -> str:
        """Read the relationship of a rule from the dependent."""
        primary, _ = self._metamodel.primary(self._rules.rules[rule].property)
        edge = int(edges[0])
        flow = self._graph.connection_of(edge).flow
        return self._metamodel.verb(primary, self._forward(flow, edge, dependent))

    def _forward(self, flow: Flow, edge: int, dependent: int) -> bool:
        """Tell whether the dependent is the subject of a link."""
        if flow is Flow.BOTH:
            return int(self._graph.subject[edge]) == dependent
        return flow is Flow.OBJECT_TO_SUBJECT


def _kind(certain: bool, standing: Numbers) -> int:
    """Rank what a group that has enough support left does to its dependent, gravest first."""
    worst = int(standing.max())
    if worst >= LOST:
        return 0 if certain else 2
    if worst == DEGRADED:
        return 1 if certain else 4
    return 3 if certain else 5


def _told(order: Numbers, standing: Numbers, kind: int) -> Numbers:
    """Return which supports a sentence names: those that are gone, or else the worst off."""
    least = LOST if kind in (0, 2) else int(standing.max())
    return order[standing[order] >= least]
