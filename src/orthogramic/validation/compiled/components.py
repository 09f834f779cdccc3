"""Names of constraint components, and what most constraints have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from orthogramic.validation.compiled.arrays import Flags, Numbers
from orthogramic.validation.compiled.batches import Batch, ValueNodes
from orthogramic.validation.compiled.dependencies import Dependency
from orthogramic.validation.compiled.evaluation import Run
from orthogramic.validation.paths import Path
from orthogramic.vocabulary import SH

if TYPE_CHECKING:
    from orthogramic.validation.compiled.plan import Shape


def component(name: str) -> NamedNode:
    """Return the IRI of a constraint component of SHACL by the first part of its name."""
    return NamedNode(f"{SH.base}{name}ConstraintComponent")


class Independent:
    """A constraint that refers to no shape and depends on nothing but the values."""

    __slots__ = ()

    def dependencies(self, focus: Path | None, values: Path | None) -> Iterator[Dependency]:
        """See :meth:`Constraint.dependencies`."""
        del focus, values
        return iter(())

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """See :attr:`Constraint.shapes`."""
        return ()


class ValueTest(Independent, ABC):
    """A constraint that each value passes or fails by itself, whatever node it is a value of."""

    __slots__ = ()

    @property
    @abstractmethod
    def component(self) -> NamedNode:
        """The constraint component."""

    @abstractmethod
    def accepted(self, run: Run, values: Numbers) -> Flags:
        """Tell which values pass.

        :param run: the evaluation.
        :param values: values, ascending, each once.
        """

    def failures(self, run: Run, shape: Shape, values: ValueNodes) -> Iterator[Batch]:
        """See :meth:`Constraint.failures`."""
        if not len(values.values):
            return
        accepted = self.accepted(run, values.distinct)
        if accepted.all():
            return
        failing = ~accepted[values.positions]
        rows = values.rows[failing]
        yield Batch(shape, self.component, rows, values.nodes[rows], values.values[failing])


def whole(shape: Shape, name: NamedNode, values: ValueNodes, rows: Numbers) -> Batch:
    """Return failures of focus nodes as a whole, without a value."""
    return Batch(shape, name, rows, values.nodes[rows])
