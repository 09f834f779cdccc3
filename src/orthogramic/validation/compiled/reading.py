"""What reading the constraints of a shape starts from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from orthogramic.validation.compiled.plan import Constraint, Shape
from orthogramic.validation.compiled.reasons import NotCompiledError
from orthogramic.validation.compiled.source import ShapesSource
from orthogramic.validation.graph_index import Node


@dataclass(frozen=True, slots=True)
class Reading:
    """One shape as it is read.

    :param source: the shapes graph.
    :param node: the shape.
    :param is_property: whether it has a path.
    :param shape: compiles another shape, or raises :class:`NotCompiledError`.
    """

    source: ShapesSource
    node: Node
    is_property: bool
    shape: Callable[[Node], Shape]

    @property
    def stated(self) -> Mapping[str, list[Node]]:
        """What SHACL properties say of the shape, by their local names."""
        return self.source.of(self.node)

    def demand_path(self) -> None:
        """Make sure that it is a property shape."""
        if not self.is_property:
            raise NotCompiledError("a constraint stands on a node shape and needs a path")


#: Yields the constraints that the values of one parameter (and those that go with it) state.
Reader: TypeAlias = Callable[[Reading, list[Node]], Iterator[Constraint]]
