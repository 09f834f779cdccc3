"""Which support groups decide over a dependent, and along which chain a failure comes to it.

Every chain ends where something fails: a loss follows losses of earlier rounds, a degradation
follows what fewer steps lead to. So no reason is its own reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from orthogramic.analysis.branches import Walk
from orthogramic.analysis.failure.failing import (
    DEGRADED,
    LOST,
    PERHAPS,
    REMOVED,
    STANDINGS,
    Failure,
)
from orthogramic.analysis.failure.groups import Groups, Rules, groups_of
from orthogramic.analysis.lookup import Lookup
from orthogramic.analysis.stopping import checkpoint
from orthogramic.graph.arrays import Numbers
from orthogramic.graph.cost import UNSPENT
from orthogramic.graph.model import EntityGraph


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """One group of one dependent that lost a support, or has a degraded one.

    :param rule: number of its rule.
    :param member: its supports, those gone first, then those nearest to what fails.
    :param standing: what became of each of them.
    :param edge: an edge by which each of them is a support.
    :param needed: how many of them must last.
    :param failed: whether the group has lost too many.
    :param told: how many of the first members a sentence about the group tells of.
    :param rank: lesser ones decide.
    """

    rule: int
    member: Numbers
    standing: Numbers
    edge: Numbers
    needed: int
    failed: bool
    told: int
    rank: tuple[int, int, int]


class Findings:
    """What there is to find at the dependents of one failure.

    :param graph: the graph that it happened to.
    """

    def __init__(self, graph: EntityGraph, rules: Rules, failure: Failure) -> None:
        self._graph = graph
        self._rules = rules
        self._standing = failure.standings(graph.size)
        rows = np.argsort(failure.touched.entity)
        self._depth = Lookup(failure.touched.entity[rows], failure.depth[rows], graph.size)
        self._first = frozenset(failure.degraded.tolist())
        self._causes: dict[int, tuple[int, int] | None] = {}

    def of(self, dependents: Numbers) -> dict[int, list[Finding]]:
        """Return the findings at some dependents, by entity number, those that decide first."""
        groups = groups_of(self._graph, self._rules, dependents)
        found: dict[int, list[Finding]] = {int(each): [] for each in dependents.tolist()}
        for number, finding in self._each(groups):
            found[int(groups.dependent[number])].append(finding)
        for findings in found.values():
            findings.sort(key=lambda each: each.rank)
        return found

    def _each(self, groups: Groups) -> Iterator[tuple[int, Finding]]:
        if not len(groups.size):
            return
        standing = self._standing.of(groups.member)
        # That an entity is degraded is no reason why it is.
        itself = groups.member == groups.dependent[groups.group_of_member]
        standing[itself & (standing < LOST)] = 0
        worst = np.maximum.reduceat(standing, groups.start[:-1])
        for number in np.flatnonzero(worst).tolist():
            checkpoint()
            yield number, self._finding(groups, number, standing)

    def _finding(self, groups: Groups, number: int, standings: Numbers) -> Finding:
        rows = slice(int(groups.start[number]), int(groups.start[number + 1]))
        member, standing = groups.member[rows], standings[rows]
        depth = self._depth.of(member)
        gone = np.minimum(standing, LOST)
        order = np.lexsort((self._graph.order.keys(member), depth, -gone))
        member, standing, depth = member[order], standing[order], depth[order]
        rule, needed = int(groups.rule[number]), int(groups.needed[number])
        certain = bool(self._rules.certain[rule])
        spare = len(member) - needed
        failed = certain and int((standing >= LOST).sum()) > spare
        kind = 0 if failed else _kind(certain, int(standing[0]))
        told = int((gone[order] == gone[order[0]]).sum())
        # A group fails with the loss that leaves too few; what falls later is no reason.
        when = int(depth[spare]) if failed else int(depth[0])
        if failed:
            told = int((depth[:told] <= when).sum())
        return Finding(
            rule=rule,
            member=member,
            standing=standing,
            edge=groups.edge[rows][order],
            needed=needed,
            failed=failed,
            told=told,
            rank=(kind, when, rule),
        )

    def causes(self, dependents: Numbers) -> dict[int, tuple[int, int] | None]:
        """Return the deciding support of some dependents, and of all on the way to what fails.

        :returns: by entity number: a support and an edge to it; ``None`` for what fails first.
        """
        waiting = np.array([each for each in dependents.tolist() if each not in self._causes])
        while len(waiting):
            for entity, findings in self.of(waiting).items():
                cause = (int(findings[0].member[0]), int(findings[0].edge[0])) if findings else None
                self._causes[entity] = cause
            next_ones = {each[0] for each in self._causes.values() if each} - self._causes.keys()
            for each in sorted(next_ones):
                if self._is_first(each):
                    self._causes[each] = None
            waiting = np.array(sorted(next_ones - self._causes.keys()), np.int64)
        return self._causes

    def _is_first(self, entity: int) -> bool:
        standing = int(self._standing.of(np.array([entity]))[0])
        return standing == REMOVED or (entity in self._first and standing < LOST)

    def standings(self, entities: tuple[int, ...]) -> tuple[str, ...]:
        """Say what becomes of some entities."""
        found = self._standing.of(np.array(entities, np.int64))
        return tuple(STANDINGS[each] for each in found.tolist())

    def chain(self, entity: int) -> Walk:
        """Return the chain along which a failure comes to an entity, from what fails.

        :param entity: one of those that :meth:`causes` was asked about.
        """
        entities, edges = [entity], []
        while (cause := self._causes[entities[-1]]) is not None:
            entities.append(cause[0])
            edges.append(cause[1])
        kinds = self._graph.kinds.cost[self._graph.kind[np.array(edges, np.int64)]]
        spent = min(sum(kinds.tolist()), UNSPENT - 1)
        return Walk(tuple(entities[::-1]), tuple(edges[::-1]), UNSPENT - spent)


def _kind(certain: bool, worst: int) -> int:
    """Rank what a group with enough supports left does to its dependent, gravest first."""
    if worst == PERHAPS:
        return 5
    if worst == DEGRADED:
        return 2 if certain else 4
    return 1 if certain else 3
