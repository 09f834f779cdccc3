"""What ontology and shapes say of the kinds of things that results speak of.

Made once for many reports, so it may hold nothing of any data.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from pyoxigraph import NamedNode, Triple

from orthogramic.validation.graph_index import Node
from orthogramic.vocabulary import KR, RDFS, SH


class Background:
    """Classes and their order, and the properties under which parts hang.

    :param shapes: the triples of the shapes graph.
    :param ontology: classes and properties.
    """

    def __init__(self, shapes: Iterable[Triple], ontology: Iterable[Triple]) -> None:
        self._shapes = shapes
        self._ontology = ontology
        self._above: dict[Node, set[Node]] = {}

    @cached_property
    def _steps(self) -> tuple[dict[Node, list[Node]], dict[Node, list[Node]]]:
        """The stated superclasses and subclasses of each class."""
        above: dict[Node, list[Node]] = {}
        below: dict[Node, list[Node]] = {}
        for subject, predicate, value in self._ontology:
            if predicate == RDFS.subClassOf:
                above.setdefault(subject, []).append(value)
                below.setdefault(value, []).append(subject)
        return above, below

    def superclasses(self, class_: Node) -> set[Node]:
        """Return what a class is under, without itself."""
        if class_ not in self._above:
            self._above[class_] = _reached(class_, self._steps[0])
        return self._above[class_]

    def subclasses(self, class_: Node) -> set[Node]:
        """Return what is under a class, without itself."""
        return _reached(class_, self._steps[1])

    @cached_property
    def containment(self) -> tuple[NamedNode, ...]:
        """The properties whose values are parts of their subject."""
        parts = {KR.StructuralNode, *self.subclasses(KR.StructuralNode)}
        found = {
            each.subject
            for each in self._ontology
            if each.predicate == RDFS.range
            and each.object in parts
            and isinstance(each.subject, NamedNode)
        }
        return tuple(sorted(found, key=str))

    @cached_property
    def _ranges(self) -> dict[Node, list[NamedNode]]:
        ranges: dict[Node, list[NamedNode]] = {}
        for subject, predicate, value in self._ontology:
            if predicate == RDFS.range and isinstance(value, NamedNode):
                ranges.setdefault(subject, []).append(value)
        return ranges

    def ranges(self, property_: Node) -> list[NamedNode]:
        """Return the classes of what a property leads to, where they are stated by name."""
        return self._ranges.get(property_, [])

    @cached_property
    def _keys(self) -> dict[Node, list[NamedNode]]:
        keys: dict[Node, list[NamedNode]] = {}
        for subject, predicate, value in self._ontology:
            if predicate == KR.businessKey and isinstance(value, NamedNode):
                keys.setdefault(subject, []).append(value)
        return keys

    def business_keys(self, class_: Node) -> list[NamedNode]:
        """Return the properties that identify the instances of a class."""
        classes = (class_, *self.superclasses(class_))
        known = {each for part in classes for each in self._keys.get(part, ())}
        return sorted(known, key=str)

    @cached_property
    def paths(self) -> tuple[NamedNode, ...]:
        """The properties that shapes speak of, for want of an ontology that tells more."""
        found = {
            each.object
            for each in self._shapes
            if each.predicate == SH.path and isinstance(each.object, NamedNode)
        }
        return tuple(sorted(found, key=str))


def _reached(start: Node, steps: dict[Node, list[Node]]) -> set[Node]:
    found: set[Node] = set()
    pending = [start]
    while pending:
        for each in steps.get(pending.pop(), ()):
            if each not in found and each != start:
                found.add(each)
                pending.append(each)
    return found
