"""Logical and shape-based constraints (SHACL, sections 4.6 and 4.7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from pyoxigraph import NamedNode

from orthogramic.validation.compiled.arrays import Flags, Numbers, matches
from orthogramic.validation.compiled.batches import Batch, Details, ValueNodes, failing_rows
from orthogramic.validation.compiled.components import ValueTest, component, whole
from orthogramic.validation.compiled.dependencies import Dependency
from orthogramic.validation.compiled.evaluation import Run
from orthogramic.validation.compiled.plan import Shape
from orthogramic.validation.paths import Path


@dataclass(frozen=True, slots=True)
class CountedShapes(ValueTest):
    """``sh:not``, ``sh:and``, ``sh:or``, ``sh:xone``: how many of some shapes values conform to.

    :param name: the first part of the component's name.
    :param members: the shapes.
    :param least: the least number of shapes to conform to.
    :param most: the greatest number.
    """

    name: str
    members: tuple[Shape, ...]
    least: int
    most: int

    @property
    def component(self) -> NamedNode:
        """See :attr:`ValueTest.component`."""
        return component(self.name)

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """See :attr:`Constraint.shapes`."""
        return self.members

    def accepted(self, run: Run, values: Numbers) -> Flags:
        """See :meth:`ValueTest.accepted`."""
        count = np.zeros(len(values), np.int64)
        for shape in self.members:
            count += run.conforming(shape, values)
        return (count >= self.least) & (count <= self.most)


@dataclass(frozen=True, slots=True)
class Referring:
    """A constraint that refers to one shape and depends on nothing else."""

    member: Shape

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """See :attr:`Constraint.shapes`."""
        return (self.member,)

    def dependencies(self, focus: Path | None, values: Path | None) -> Iterator[Dependency]:
        """See :meth:`Constraint.dependencies`."""
        del focus, values
        return iter(())


@dataclass(frozen=True, slots=True)
class Node(Referring):
    """``sh:node``: values conform to a node shape; what they lack goes into the details."""

    def failures(self, run: Run, shape: Shape, values: ValueNodes) -> Iterator[Batch]:
        """See :meth:`Constraint.failures`."""
        batches = run.evaluate(self.member, values.distinct)
        failing = failing_rows(batches, len(values.distinct))[values.positions]
        rows = values.rows[failing]
        yield Batch(
            shape,
            component("Node"),
            rows,
            values.nodes[rows],
            values.values[failing],
            details=Details(tuple(batches), values.positions[failing]),
        )


@dataclass(frozen=True, slots=True)
class Property(Referring):
    """``sh:property``: the results are those of the values under a property shape."""

    def failures(self, run: Run, shape: Shape, values: ValueNodes) -> Iterator[Batch]:
        """See :meth:`Constraint.failures`."""
        del shape
        for batch in run.evaluate(self.member, values.distinct):
            order = np.argsort(batch.rows, kind="stable")
            owners, positions = matches(values.positions, batch.rows[order])
            yield batch.picked(order[positions], values.rows[owners])


@dataclass(frozen=True, slots=True)
class Qualified:
    """``sh:qualifiedValueShape``: how many values conform to a shape and to none of its siblings.

    :param member: the shape.
    :param siblings: shapes that values must not conform to as well.
    :param least: the least number of such values, if any is stated.
    :param most: the greatest number, if any is stated.
    """

    member: Shape
    siblings: tuple[Shape, ...]
    least: int | None
    most: int | None

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """See :attr:`Constraint.shapes`."""
        return (self.member, *self.siblings)

    def dependencies(self, focus: Path | None, values: Path | None) -> Iterator[Dependency]:
        """See :meth:`Constraint.dependencies`."""
        del focus, values
        return iter(())

    def failures(self, run: Run, shape: Shape, values: ValueNodes) -> Iterator[Batch]:
        """See :meth:`Constraint.failures`."""
        fitting = run.conforming(self.member, values.distinct)
        for sibling in self.siblings:
            fitting &= ~run.conforming(sibling, values.distinct)
        rows = values.rows[fitting[values.positions]]
        count = np.bincount(rows, minlength=len(values.nodes))
        if self.least is not None:
            few = np.flatnonzero(count < self.least)
            yield whole(shape, component("QualifiedMinCount"), values, few)
        if self.most is not None:
            many = np.flatnonzero(count > self.most)
            yield whole(shape, component("QualifiedMaxCount"), values, many)
