"""What stands around a node in the data: whose part it is, what it has, what else there is."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import BlankNode, NamedNode

from orthogramic.validation.background import Background
from orthogramic.validation.compiled.data_graph import DataGraph
from orthogramic.validation.compiled.path_values import path_values
from orthogramic.validation.graph_index import Node
from orthogramic.validation.paths import Path
from orthogramic.vocabulary import KR, RDF

_DEEPEST = 12


class Surroundings:
    """Looks into validated data for the sake of words; asks for a few nodes at a time.

    :param graph: the data, with what follows from it.
    :param background: what ontology and shapes say.
    """

    def __init__(self, graph: DataGraph, background: Background) -> None:
        self._graph = graph
        self._background = background
        self._values: dict[tuple[Node, Path], list[Node]] = {}

    def values(self, node: Node, path: Path) -> list[Node]:
        """Return what a node has under a path, in the order of the terms."""
        key = (node, path)
        known = self._values.get(key)
        if known is None:
            terms = self._graph.terms
            column = terms.column([node])
            if isinstance(path, NamedNode):
                _, found = self._graph.objects(terms.number(path), column)
            else:
                _, found = path_values(self._graph, path, column)
            known = self._values[key] = sorted(terms.terms(found), key=str)
        return known

    def holders(self, predicate: NamedNode, node: Node) -> list[Node]:
        """Return what has a node under a property, in the order of the terms."""
        terms = self._graph.terms
        _, found = self._graph.subjects(terms.number(predicate), terms.column([node]))
        return sorted(terms.terms(found), key=str)

    def is_described(self, node: Node) -> bool:
        """Tell whether the data says of what kind a node is."""
        return bool(self.values(node, RDF.type))

    def classes(self, node: Node) -> list[NamedNode]:
        """Return the most specific classes of a node, in the order of their IRIs."""
        types = [each for each in self.values(node, RDF.type) if isinstance(each, NamedNode)]
        above = {more for each in types for more in self._background.superclasses(each)}
        return [each for each in types if each not in above]

    def is_a(self, node: Node, class_: Node) -> bool:
        """Tell whether a node is an instance of a class."""
        types = self.values(node, RDF.type)
        return class_ in types or any(
            class_ in self._background.superclasses(each) for each in types
        )

    def instances(self, class_: NamedNode) -> list[Node]:
        """Return the instances of a class and of its subclasses, in no particular order."""
        terms = self._graph.terms
        classes = [class_, *self._background.subclasses(class_)]
        found = self._graph.subjects(terms.number(RDF.type), terms.column(classes))[1]
        return list(dict.fromkeys(terms.terms(found)))

    def ranges(self, property_: Node) -> list[NamedNode]:
        """Return the classes of what a property leads to, as the ontology states them."""
        return self._background.ranges(property_)

    def whole_of(self, node: Node) -> Node | None:
        """Return that of which a node is a part.

        The address of a part begins with that of its whole; else the whole holds it under a
        property that contains parts.
        """
        by_address = self.whole_by_address(node)
        if by_address is not None:
            return by_address
        if not is_unnamed(node) and not self.is_a(node, KR.StructuralNode):
            return None
        holding = self.holding(node)
        return holding[0] if holding else None

    def whole_by_address(self, node: Node) -> NamedNode | None:
        """Return the described thing whose address a node's own continues, the nearest one."""
        return next(filter(self.is_described, _addresses_above(node)), None)

    def business_keys(self, class_: NamedNode) -> list[NamedNode]:
        """Return the properties that identify the instances of a class."""
        return self._background.business_keys(class_)

    def holding(self, node: Node) -> tuple[Node, NamedNode] | None:
        """Return what holds a node as its part, and the property under which it does.

        Where the ontology knows no parts, an unnamed node is part of whatever refers to it.
        """
        known = self._background.containment
        for predicate in known or (self._background.paths if is_unnamed(node) else ()):
            for holder in self.holders(predicate, node):
                if holder != node:
                    return holder, predicate
        return None


def is_unnamed(node: Node) -> bool:
    """Tell whether a node has no name that people gave it: a blank node, or what stands for one."""
    return isinstance(node, BlankNode) or (
        isinstance(node, NamedNode) and "/.well-known/genid/" in node.value
    )


def _addresses_above(node: Node) -> Iterator[NamedNode]:
    """Yield the addresses of which a node's own is a continuation, the longest first."""
    if not isinstance(node, NamedNode) or is_unnamed(node):
        return
    scheme, _, rest = node.value.partition("://")
    for _ in range(_DEEPEST):
        rest, slash, _ = rest.rpartition("/")
        if not slash or "/" not in rest:
            return
        yield NamedNode(f"{scheme}://{rest}")
