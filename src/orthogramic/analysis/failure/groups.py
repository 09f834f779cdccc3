"""Support groups: what each of some dependents rests on, rule by rule.

A *support* of a dependent is an entity whose change reaches it in one step; a *support group*
holds the supports that a dependent has under one rule. Links that say the same of two entities
(in another named graph, by an inverse, by a narrower relationship without a rule of its own) are
one support: telling a thing twice makes no reserve.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orthogramic.graph.arrays import Flags, Numbers, combined, row_starts
from orthogramic.graph.model import STANDINGS, Direction, EntityGraph
from orthogramic.metamodel import ImpactRule, Modality


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """The rules under which something rests on something else, by the order of their IRIs.

    :param rules: by number.
    :param of_kind: the rule of each kind of edge, -1 without one.
    :param certain: of each rule, whether a loss of support is sure to be felt.
    """

    rules: tuple[ImpactRule, ...]
    of_kind: Numbers
    certain: Flags

    @classmethod
    def of(cls, graph: EntityGraph) -> Rules:
        """Number the rules of a graph."""
        known = {each.rule.iri.value: each.rule for each in graph.connections if each.rule}
        names = sorted(known)
        number = {name: at for at, name in enumerate(names)}
        of_connection = [number[each.rule.iri.value] if each.rule else -1
                         for each in graph.connections]  # fmt: skip
        rules = tuple(known[each] for each in names)
        return cls(
            rules,
            np.repeat(np.array(of_connection, np.int64), STANDINGS),
            np.array([each.modality is Modality.CERTAIN for each in rules], np.bool_),
        )

    def needed(self, rule: Numbers, size: Numbers) -> Numbers:
        """Return how many supports must last in groups of some rules and sizes.

        A group that never had as many as its rule asks for needs all that it has: what was
        missing before is a gap of the model, not a consequence of a failure.
        """
        least = np.array([_least(each) for each in self.rules], np.int64)
        return np.minimum(least[rule], size) if len(rule) else size


def _least(rule: ImpactRule) -> int:
    if rule.support == "all":
        return int(np.iinfo(np.int64).max)
    return 1 if rule.support == "any" else int(rule.support)


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """The support groups of some dependents, as columns, by dependent and then by rule.

    :param dependent: entity number.
    :param rule: number of the rule.
    :param size: how many supports the group has.
    :param needed: how many of them must last.
    :param start: where the members of each group begin among all, and where the last ones end.
    :param member: entity numbers of the supports.
    :param edge: number of one edge by which each of them is a support.
    """

    dependent: Numbers
    rule: Numbers
    size: Numbers
    needed: Numbers
    start: Numbers
    member: Numbers
    edge: Numbers

    @property
    def group_of_member(self) -> Numbers:
        """The number of the group of each member."""
        return np.repeat(np.arange(len(self.size)), self.size)


def groups_of(
    graph: EntityGraph, rules: Rules, dependents: Numbers, admissible: Flags | None = None
) -> Groups:
    """Gather the support groups of some entities; costs what they rest on, not the graph.

    :param dependents: entity numbers, each once.
    :param admissible: flags by rule of the groups that are wanted; ``None`` for all.
    """
    arcs = graph.arcs[Direction.DEPENDENCIES]
    at, count = arcs.leaving(dependents)
    place: Numbers = np.arange(len(dependents)).repeat(count)
    rule: Numbers = rules.of_kind[arcs.kind.take(at)]
    if admissible is not None:
        wanted = admissible[rule]
        at, place, rule = at[wanted], place[wanted], rule[wanted]
    member, edge = arcs.head.take(at), arcs.edge.take(at)
    spans = (max(len(dependents), 1), max(len(rules.rules), 1), max(graph.size, 1))
    key = combined((place, spans[0]), (rule, spans[1]), (member, spans[2]))
    first = _first_of_each(key, edge)
    place, rule, member, edge = place[first], rule[first], member[first], edge[first]
    group = combined((place, spans[0]), (rule, spans[1]))
    begins = np.ones(len(group), np.bool_)
    np.not_equal(group[1:], group[:-1], out=begins[1:])
    heads = np.flatnonzero(begins)
    size = np.diff(np.append(heads, len(group)))
    return Groups(
        dependent=dependents[place[heads]],
        rule=rule[heads],
        size=size,
        needed=rules.needed(rule[heads], size),
        start=np.append(heads, len(group)),
        member=member,
        edge=edge,
    )


def _first_of_each(key: Numbers, edge: Numbers) -> Numbers:
    """Return the positions of the least edge of each key, in the order of the keys."""
    order = np.lexsort((edge, key))
    fresh = np.ones(len(order), np.bool_)
    np.not_equal(key[order[1:]], key[order[:-1]], out=fresh[1:])
    return order[fresh]


@dataclass(frozen=True, slots=True, eq=False)
class Resting:
    """Which groups count on an entity, found from the entity.

    :param start: where the groups of each entity begin, and where the last ones end.
    :param group: group numbers, entity by entity.
    """

    start: Numbers
    group: Numbers

    @classmethod
    def of(cls, place: Numbers, group: Numbers, size: int) -> Resting:
        """Turn memberships round.

        :param place: the member of each membership, by a number below ``size``.
        :param group: its group.
        """
        order = np.argsort(place, kind="stable")
        return cls(row_starts(place, size), group[order])

    def on(self, places: Numbers) -> Numbers:
        """Return the groups that count on some entities, one for each membership."""
        begin = self.start[places]
        count = self.start[places + 1] - begin
        begin -= np.cumsum(count) - count
        found: Numbers = self.group[begin.repeat(count) + np.arange(int(count.sum()))]
        return found
