"""Where shapes expect a link that is absent, and with what the link could be made.

An *opening* stands for many absent links at once: any of its holders may be linked with any entity
of its other classes, but for those that are barred. So a search over absent links costs as much
as there are entities, not as there are pairs of them.

Beside the entities that there are, one *new* entity of each class is a node: it lacks everything
that the shapes expect of its class. What is numbered from ``size`` on is such a node.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from orthogramic.analysis.why_not.ends import LinkEnds
from orthogramic.graph.arrays import Costs, Flags, Numbers, ascending
from orthogramic.graph.model import Classification, EntityGraph
from orthogramic.metamodel import ClassTerm, Flow, Metamodel


@dataclass(frozen=True, slots=True, eq=False)
class Opening:
    """One way to meet one expectation, of holders of one combination of classes.

    :param expectation: number of the expectation in the graph.
    :param connection: number of the property of the link.
    :param holder_is_object: whether the holder is the object of the link.
    :param holders: nodes that lack it, ascending; all of them entities, or all of them new.
    :param others: by classification, whether the other end may be of it.
    :param barred: entities that cannot be the other end all the same, ascending.
    """

    expectation: int
    connection: int
    holder_is_object: bool
    holders: Numbers
    others: Flags
    barred: Numbers


class Openings:
    """All openings of one graph, whatever the direction of a question.

    :param graph: the graph.
    :param metamodel: the bundle under which it was projected.
    :ivar size: number of entities; nodes from there on are new ones.
    :ivar new_classes: the class of each new node, by its number less ``size``.
    :ivar classifications: of entities, then one for each new node.
    """

    def __init__(self, graph: EntityGraph, metamodel: Metamodel) -> None:
        self.graph = graph
        self.size = graph.size
        self.ends = LinkEnds(graph, metamodel)
        self.new_classes: tuple[ClassTerm, ...] = metamodel.entity_classes()
        self.classifications: tuple[Classification, ...] = (
            *graph.classifications,
            *(
                Classification((each.iri,), metamodel.superclasses(each.iri), each.name)
                for each in self.new_classes
            ),
        )
        new = np.arange(len(graph.classifications), len(self.classifications))
        self.classification: Numbers = np.concatenate([graph.classification[: self.size], new])
        self._order = np.argsort(self.classification, kind="stable")
        ordered = self.classification[self._order]
        self._codes, self._starts = np.unique(ordered, return_index=True)

    @property
    def nodes(self) -> int:
        """How many nodes there are, new ones included."""
        return len(self.classification)

    @cached_property
    def all(self) -> tuple[Opening, ...]:
        """Every opening, in the order of expectations."""
        return tuple(self._openings())

    def is_new(self, node: int) -> bool:
        """Tell whether a node is an entity that would have to be made."""
        return node >= self.size

    def keys(self, nodes: Numbers) -> Numbers:
        """Return numbers that compare as the IRIs of entities do; new ones come last."""
        keys = np.iinfo(np.int64).max - self.nodes + nodes.astype(np.int64)
        old = nodes < self.size
        keys[old] = self.graph.order.keys(nodes[old])
        return keys

    def first(self, nodes: Numbers) -> int:
        """Return the first of some nodes in the order of IRIs."""
        return int(nodes[np.argmin(self.keys(nodes))])

    def members(self, others: Flags, barred: Numbers) -> Numbers:
        """Return the nodes of some classifications but for those that are barred."""
        found: Numbers = np.flatnonzero(others[self.classification])
        return found[~np.isin(found, barred)] if len(barred) else found

    def best_by_class(self, values: Costs) -> tuple[Costs, Numbers]:
        """Return the greatest value of each classification, and a node that has it.

        :param values: by node.
        :returns: by classification; 0 and -1 where it has no nodes.
        """
        best = np.zeros(len(self.classifications), np.int64)
        at = np.full(len(self.classifications), -1)
        ordered = values[self._order]
        greatest = np.maximum.reduceat(ordered, self._starts)
        best[self._codes] = greatest
        spread = greatest.repeat(np.diff(np.append(self._starts, len(ordered))))
        hit = np.flatnonzero(ordered == spread)
        codes = self.classification[self._order[hit]]
        at[codes[::-1]] = self._order[hit[::-1]]
        return best, at

    # -- finding them ------------------------------------------------------------------------------

    def _openings(self) -> Iterator[Opening]:
        holder, lacked = self._lacking()
        code = self.classification[holder]
        order = np.lexsort((holder, code, lacked))
        holder, lacked, code = holder[order], lacked[order], code[order]
        change = np.flatnonzero((np.diff(lacked) != 0) | (np.diff(code) != 0)) + 1
        begins = [0, *change.tolist()] if len(holder) else []
        for begin, end in zip(begins, [*begins[1:], len(holder)], strict=False):
            yield from self._of(int(lacked[begin]), int(code[begin]), holder[begin:end])

    def _lacking(self) -> tuple[Numbers, Numbers]:
        """Return nodes with the expectations that they do not meet; new ones meet none."""
        graph = self.graph
        everybody = np.arange(self.size)
        row, count = graph.lacking_table.rows.positions(everybody)
        lacked = graph.lacking_table.columns.arrays[0].take(row).astype(np.int64)
        new = [
            (self.size + place, number)
            for place, each in enumerate(self.classifications[len(graph.classifications) :])
            for number, expectation in enumerate(graph.expectations)
            if expectation.shape.target_class in each.all_classes
        ]
        added = np.array(new, np.int64).reshape(-1, 2)
        return (
            np.concatenate([everybody.repeat(count), added[:, 0]]),
            np.concatenate([lacked, added[:, 1]]),
        )

    def _of(self, number: int, code: int, holders: Numbers) -> Iterator[Opening]:
        expectation = self.graph.expectations[number]
        for connection, holder_is_object in expectation.routes:
            if self.graph.connections[connection].flow is Flow.NONE:
                continue
            others = self._others(connection, holder_is_object, self.classifications[code])
            if not others.any():
                continue
            own, other = (connection, holder_is_object), (connection, not holder_is_object)
            free = holders[~np.isin(holders, self.ends.crowded(own))]
            barred = self.ends.crowded(other)
            linked: dict[int, Numbers] = {}
            if expectation.shape.min_count > 1:
                linked = {
                    each: found
                    for each in free[free < self.size].tolist()
                    if len(found := self.ends.others(each, expectation.routes))
                }
            alike = free[~np.isin(free, list(linked))] if linked else free
            if len(alike):
                yield Opening(number, connection, holder_is_object, alike, others, barred)
            for each, found in linked.items():
                one = np.array([each])
                without = ascending(np.concatenate([barred, found]))
                yield Opening(number, connection, holder_is_object, one, others, without)

    def _others(self, connection: int, holder_is_object: bool, holder: Classification) -> Flags:
        """Tell of each classification whether it may stand at the other end of a link."""
        flags = (
            self.ends.fit(connection, each, holder)
            if holder_is_object
            else self.ends.fit(connection, holder, each)
            for each in self.classifications
        )
        found = np.fromiter(flags, np.bool_, len(self.classifications))
        found &= np.array([not each.is_absence for each in self.classifications], np.bool_)
        return found
