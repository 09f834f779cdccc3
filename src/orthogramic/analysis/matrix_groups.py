"""Gathers the entities of a side under those that hold them together.

The bundle says which relationships lead from a child to its parent. The level of an entity is the
fewest steps from one that has no parent, counted from 1. An entity is gathered under each entity
of the wanted level that is reached by going up and not beyond; one that stands at that level or
above it stands for itself, and so does one whose parents go round in a circle.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from pyoxigraph import NamedNode

from orthogramic.graph import EntityGraph
from orthogramic.graph.arrays import Flags, Numbers, ascending
from orthogramic.graph.model import STANDINGS

#: Children by parent, and parents by child.
_Tree = dict[int, set[int]]


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """The entities of a side, gathered.

    :param heads: the entities that stand for groups, in the order of labels.
    :param of_member: positions of the groups of each entity of the side.
    :param circling: entities whose parents go round in a circle.
    """

    heads: Numbers
    of_member: tuple[Numbers, ...]
    circling: Numbers

    def sizes(self) -> Numbers:
        """Return how many entities of the side each group holds."""
        counts = np.zeros(len(self.heads), np.int64)
        for groups in self.of_member:
            counts[groups] += 1
        return counts


def gather(graph: EntityGraph, members: Numbers, along: Sequence[NamedNode], level: int) -> Groups:
    """Gather the entities of a side.

    :param members: entity numbers.
    :param along: relationships from a child to its parent; sub-properties and inverses count.
    :param level: of the entities that stand for groups, from 1.
    """
    parents = _climb(graph, members, frozenset(along))
    children: _Tree = defaultdict(set)
    for child, above in parents.items():
        for parent in above:
            children[parent].add(child)
    levels = _levels(parents, children)
    below = _below(children, levels, level)
    of_number = {each: below.get(each) or {each} for each in members.tolist()}
    heads = {head for found in of_number.values() for head in found}
    ordered = sorted(
        graph.order.sorted(np.array(sorted(heads), np.int64)).tolist(),
        key=graph.labels.__getitem__,
    )
    place = {head: at for at, head in enumerate(ordered)}
    return Groups(
        heads=np.array(ordered, np.int64),
        of_member=tuple(
            np.array(sorted(place[head] for head in of_number[each]), np.int64)
            for each in members.tolist()
        ),
        circling=np.array([each for each in members.tolist() if each not in levels], np.int64),
    )


def _climb(graph: EntityGraph, members: Numbers, along: frozenset[NamedNode]) -> _Tree:
    """Return the parents of everything that is reached by going up; none for those on top."""
    as_told, turned = _kinds(graph, along)
    parents: _Tree = {each: set() for each in members.tolist()}
    frontier = ascending(members)
    while len(frontier):
        edges = _edges_at(graph, frontier)
        found: list[tuple[Numbers, Numbers]] = []
        for flags, ends in (
            (as_told, (graph.subject, graph.object)),
            (turned, (graph.object, graph.subject)),
        ):
            chosen = edges[flags[graph.kind[edges]]]
            found.append((ends[0][chosen], ends[1][chosen]))
        child = np.concatenate([each for each, _ in found])
        parent = np.concatenate([each for _, each in found])
        for one, other in zip(child.tolist(), parent.tolist(), strict=True):
            if one in parents and one != other:
                parents[one].add(other)
        known = np.array(list(parents), np.int64)
        fresh = np.setdiff1d(parent[np.isin(child, known)], known)
        for each in fresh.tolist():
            parents[each] = set()
        frontier = fresh
    return parents


def _kinds(graph: EntityGraph, along: frozenset[NamedNode]) -> tuple[Flags, Flags]:
    """Tell of each kind of edge whether it leads from child to parent, and from parent to child."""
    found = [
        [any(entailed in along and back is turned for entailed, back in each.readings)
         for each in graph.connections]
        for turned in (False, True)
    ]  # fmt: skip
    as_told, turned = (np.repeat(np.array(each, np.bool_), STANDINGS) for each in found)
    return as_told, turned


def _edges_at(graph: EntityGraph, entities: Numbers) -> Numbers:
    """Return the edges that begin or end at some entities."""
    arcs = [each.edge[each.leaving(entities)[0]] for each in graph.arcs.values()]
    silent = graph.silent.columns.arrays[0][graph.silent.rows.positions(entities)[0]]
    return ascending(np.concatenate([*arcs, silent]))


def _levels(parents: _Tree, children: _Tree) -> dict[int, int]:
    """Return the level of everything that stands below something without a parent."""
    frontier = [each for each, above in parents.items() if not above]
    levels = dict.fromkeys(frontier, 1)
    level = 1
    while frontier:
        level += 1
        found = {child for each in frontier for child in children.get(each, ())}
        frontier = [each for each in found if each not in levels]
        levels.update(dict.fromkeys(frontier, level))
    return levels


def _below(children: _Tree, levels: dict[int, int], level: int) -> dict[int, set[int]]:
    """Return the heads at a level of everything that stands deeper."""
    heads: dict[int, set[int]] = defaultdict(set)
    for head in (each for each, found in levels.items() if found == level):
        waiting = [head]
        while waiting:
            for child in children.get(waiting.pop(), ()):
                if levels.get(child, 0) > level and head not in heads[child]:
                    heads[child].add(head)
                    waiting.append(child)
    return heads
