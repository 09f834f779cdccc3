"""The two sides of a matrix in numbers: who stands on them, and under whom they are gathered."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orthogramic.analysis.matrix_groups import Groups, gather
from orthogramic.analysis.matrix_numbers import entities_of
from orthogramic.analysis.matrix_question import MatrixQuestion, Side
from orthogramic.analysis.question import check_terms
from orthogramic.graph import EntityGraph
from orthogramic.graph.arrays import Numbers
from orthogramic.metamodel import Measure, Metamodel


@dataclass(frozen=True, slots=True, eq=False)
class Axis:
    """One side of a matrix.

    :param members: its entities by label, then IRI.
    :param groups: how they are gathered; ``None`` if each stands for itself.
    """

    members: Numbers
    groups: Groups | None

    @property
    def heads(self) -> Numbers:
        """The entities that rows or columns are named after."""
        return self.members if self.groups is None else self.groups.heads

    def held(self, page: Numbers) -> tuple[int, ...] | None:
        """Return how many members each of some heads stands for, if they are gathered."""
        if self.groups is None:
            return None
        return tuple(self.groups.sizes()[page].tolist())

    def each_alone(self) -> Groups:
        """Return the groups, or each entity as a group of its own."""
        if self.groups is not None:
            return self.groups
        alone = tuple(np.arange(len(self.members)).reshape(-1, 1))
        return Groups(self.members, alone, self.members[:0])


def axes_of(
    graph: EntityGraph, metamodel: Metamodel, question: MatrixQuestion
) -> tuple[Axis, Axis]:
    """Return the rows and the columns.

    :raises UnknownEntityError: if a named entity is not in the graph.
    :raises UnknownTermError: if a class or relationship is not in the bundle.
    :raises InvalidParameterError: if ``via`` names what is no relationship.
    """
    sides = (question.rows, question.columns)
    check_terms(metamodel, (each.of_class for each in sides if each.of_class), question.via)
    rows, columns = (_axis(graph, each) for each in sides)
    return rows, columns


def to_measure(
    graph: EntityGraph, measure: Measure, axes: tuple[Axis, Axis]
) -> list[tuple[Measure, list[str]]]:
    """Return the parts of a measure, each with the IRIs of the entities that it speaks of here."""
    members = tuple(each.members for each in axes)
    return [(part, entities_of(graph, part, members)) for part in measure.parts()]


def _axis(graph: EntityGraph, side: Side) -> Axis:
    members = _members(graph, side)
    if side.roll_up is None:
        return Axis(members, None)
    return Axis(members, gather(graph, members, side.roll_up.along, side.roll_up.level))


def _members(graph: EntityGraph, side: Side) -> Numbers:
    """Return the entities of a side by label, then IRI."""
    named = side.chosen.members if side.chosen else side.entities
    if side.chosen and side.entities:
        wanted = frozenset(side.entities)
        named = tuple(each for each in named if each in wanted)
    if side.of_class is None or named:
        numbers = np.array([graph.number(each) for each in named], np.int64)
    else:
        numbers = np.arange(graph.size)
    if side.of_class is not None:
        flags = graph.instances(frozenset([side.of_class]))
        numbers = numbers[flags[graph.classification[numbers]]]
    # Sorting keeps the order of equals.
    ordered = sorted(graph.order.sorted(numbers).tolist(), key=graph.labels.__getitem__)
    return np.array(ordered, np.int64)
