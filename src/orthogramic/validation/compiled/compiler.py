"""From a shapes graph to compiled shapes.

A shape that has anything unusual, or refers to one that has, or to itself, is not compiled; why is
kept.  Shapes that have targets are evaluated independently of each other, so those that are not
compiled can be left to pySHACL one by one.
"""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import BlankNode

from orthogramic.validation.compiled.constraint_reading import READERS
from orthogramic.validation.compiled.parameters import iri, literal, only, truth
from orthogramic.validation.compiled.plan import Constraint, Shape, ShapeNode, Targets
from orthogramic.validation.compiled.reading import Reading
from orthogramic.validation.compiled.reasons import NotCompiledError
from orthogramic.validation.compiled.source import ShapesSource
from orthogramic.validation.graph_index import Node
from orthogramic.vocabulary import SH

#: pySHACL breaks off at thirty; well below it, both mean the same.
_DEEPEST = 20


class Compiler:
    """Compiles the shapes of one graph, each once.

    :param source: the shapes graph.
    :param paths: every shape with the value of its ``sh:path``.
    """

    def __init__(self, source: ShapesSource, paths: Mapping[ShapeNode, Node | None]) -> None:
        self._source = source
        self._paths = paths
        self._done: dict[Node, Shape | NotCompiledError] = {}
        self._open: set[Node] = set()

    def compile(self, node: Node) -> Shape:
        """Compile a shape with all that it refers to.

        :raises NotCompiledError: if any of them has something unusual.
        """
        known = self._done.get(node)
        if known is None:
            try:
                known = self._compiled(node)
            except NotCompiledError as reason:
                known = reason
            self._done[node] = known
        if isinstance(known, NotCompiledError):
            raise known
        return known

    def _compiled(self, node: Node) -> Shape:
        if node not in self._paths or not isinstance(node, ShapeNode):
            raise NotCompiledError("something is referred to that is no shape")
        if node in self._open or len(self._open) > _DEEPEST:
            raise NotCompiledError("shapes refer to themselves, or too deep")
        self._open.add(node)
        try:
            return self._read(node)
        finally:
            self._open.remove(node)

    def _read(self, node: ShapeNode) -> Shape:
        head = self._paths[node]
        stated = self._source.of(node)
        reading = Reading(self._source, node, head is not None, self.compile)
        constraints: list[Constraint] = []
        for name, values in stated.items():
            if name in READERS:
                constraints += READERS[name](reading, values)
        depth = 1 + max((shape.depth for each in constraints for shape in each.shapes), default=0)
        if depth > _DEEPEST:
            raise NotCompiledError("shapes refer to each other too deep")
        return Shape(
            node=node,
            path=None if head is None else self._source.path(head),
            severity=only(stated.get("severity", [SH.Violation])),
            messages=tuple(literal(each) for each in stated.get("message", [])),
            deactivated=is_deactivated(self._source, node),
            targets=read_targets(self._source, node),
            constraints=tuple(constraints),
            depth=depth,
        )


def is_deactivated(source: ShapesSource, node: ShapeNode) -> bool:
    """Tell whether a shape is switched off.

    :raises NotCompiledError: if it is not said by one truth value.
    """
    stated = source.of(node).get("deactivated")
    return stated is not None and truth(only(stated))


def read_targets(source: ShapesSource, node: ShapeNode) -> Targets:
    """Read what a shape is validated for, itself included where it is a class.

    :raises NotCompiledError: if a target cannot be one.
    """
    stated = source.of(node)
    classes = list(stated.get("targetClass", []))
    if not source.metaclasses.isdisjoint(source.types(node)):
        classes.append(node)
    nodes = stated.get("targetNode", [])
    if any(isinstance(each, BlankNode) for each in nodes):
        raise NotCompiledError("a blank node of the shapes is a target")
    return Targets(
        classes=tuple(dict.fromkeys(classes)),
        nodes=tuple(nodes),
        subjects_of=tuple(iri(each) for each in stated.get("targetSubjectsOf", [])),
        objects_of=tuple(iri(each) for each in stated.get("targetObjectsOf", [])),
    )
