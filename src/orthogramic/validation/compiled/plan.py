"""The compiled form of shapes: what is evaluated, and of what it depends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode

from orthogramic.validation.compiled.batches import Batch, ValueNodes
from orthogramic.validation.compiled.dependencies import (
    Dependency,
    TargetDependency,
    along,
    joined,
)
from orthogramic.validation.compiled.evaluation import Run
from orthogramic.validation.graph_index import Node
from orthogramic.validation.paths import Path
from orthogramic.vocabulary import RDF, RDFS

ShapeNode: TypeAlias = NamedNode | BlankNode


class Constraint(Protocol):
    """One constraint of a shape, ready to be evaluated for many focus nodes at once."""

    def failures(self, run: Run, shape: Shape, values: ValueNodes) -> Iterator[Batch]:
        """Yield what fails.

        :param run: one evaluation: the data and the shapes that others refer to.
        :param shape: the shape that has the constraint.
        :param values: focus nodes with their value nodes.
        :raises CannotEvaluateError: if only pySHACL can say what follows from this data.
        """

    def dependencies(self, focus: Path | None, values: Path | None) -> Iterator[Dependency]:
        """Yield what the outcome depends on beside the values themselves.

        :param focus: the way from the node that is judged to the focus nodes; ``None`` where it
            is one itself.
        :param values: the way to the value nodes.
        """

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """The shapes that it refers to."""


@dataclass(frozen=True, slots=True)
class Targets:
    """What a shape is validated for (SHACL, section 2.1.3); implicit class targets among them."""

    classes: tuple[Node, ...] = ()
    nodes: tuple[Node, ...] = ()
    subjects_of: tuple[NamedNode, ...] = ()
    objects_of: tuple[NamedNode, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is targeted."""
        return not (self.classes or self.nodes or self.subjects_of or self.objects_of)

    def dependencies(self) -> Iterator[TargetDependency]:
        """Yield which triples can make a node a target or stop it being one."""
        if self.classes:
            yield TargetDependency(RDF.type)
            yield TargetDependency(RDFS.subClassOf, everywhere=True)
        for each in self.subjects_of:
            yield TargetDependency(each)
        for each in self.objects_of:
            yield TargetDependency(each, of_object=True)


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """A compiled shape.

    :param node: the shape in the shapes graph.
    :param path: its path; a node shape has none.
    :param severity: of its results.
    :param messages: what its author has to say about its results.
    :param deactivated: whether it accepts everything.
    :param targets: what it is validated for of its own.
    :param constraints: its constraints.
    :param depth: how many shapes deep it refers to others, itself included.
    """

    node: ShapeNode
    path: Path | None
    severity: Node
    messages: tuple[Literal, ...]
    deactivated: bool
    targets: Targets
    constraints: tuple[Constraint, ...]
    depth: int

    def dependencies(self, focus: Path | None = None) -> Iterator[Dependency]:
        """Yield which triples can change the outcome for a node, and how they are reached from it.

        :param focus: the way from the node that is judged to the focus nodes of this shape.
        """
        if self.deactivated:
            return
        values = focus
        if self.path is not None:
            yield from along(focus, self.path)
            values = joined(focus, self.path)
        for constraint in self.constraints:
            yield from constraint.dependencies(focus, values)
            for shape in constraint.shapes:
                yield from shape.dependencies(values)
