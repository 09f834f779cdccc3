"""Links between entities as they are stated: plain statements, and the nodes that speak of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from pyoxigraph import NamedNode, Quad

from orthogramic.metamodel import Metamodel
from orthogramic.store import QuadStore
from orthogramic.vocabulary import KR, SYSTEM_GRAPHS


@dataclass(frozen=True, slots=True)
class StatedLink:
    """One link in one graph.

    :param plain: the plain statement.
    :param nodes: the qualified relationships of that graph that speak of it, by IRI.
    """

    plain: Quad
    nodes: tuple[NamedNode, ...]


class StatedLinks:
    """Finds the links that a store states."""

    def __init__(self, store: QuadStore, metamodel: Metamodel) -> None:
        self._store = store
        self._metamodel = metamodel

    def between(
        self, source: NamedNode, relationship: NamedNode, target: NamedNode
    ) -> tuple[StatedLink, ...]:
        """Return a link wherever it is stated, from either end, by graph."""
        found = {
            each.plain: each
            for predicate, turned in self.spellings(relationship)
            for each in self._stated(
                *((target, predicate, source) if turned else (source, predicate, target))
            )
        }
        return tuple(found[each] for each in sorted(found, key=str))

    def spellings(self, relationship: NamedNode) -> list[tuple[NamedNode, bool]]:
        """Return the properties that say a link, each with whether it says it from the other end.

        Narrower properties are not among them: what they say is more than this link.
        """
        found = [(relationship, False)]
        term = self._metamodel.properties.get(relationship)
        if term is not None and term.symmetric:
            found.append((relationship, True))
        if term is not None and term.inverse is not None:
            found.append((term.inverse, True))
        return found

    def at(self, entity: NamedNode) -> Iterator[StatedLink]:
        """Yield every statement that leads from an entity to a node, or from a node to it."""
        nodes: dict[Quad, set[NamedNode]] = {}
        for end in (KR.source, KR.target):
            for quad in self._store.quads(None, end, entity):
                for plain in self._plain_of(quad):
                    assert isinstance(quad.subject, NamedNode)
                    nodes.setdefault(plain, set()).add(quad.subject)
        for pattern in ((entity, None, None), (None, None, entity)):
            for quad in self._store.quads(*pattern):
                ends = isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode)
                if ends and quad.graph_name not in SYSTEM_GRAPHS:
                    found = sorted(nodes.get(quad, ()), key=lambda each: each.value)
                    yield StatedLink(quad, tuple(found))

    def _plain_of(self, end: Quad) -> Iterator[Quad]:
        """Yield the plain statements for which the node stands of which an end is told."""
        node, graph = end.subject, end.graph_name
        if not isinstance(node, NamedNode) or not isinstance(graph, NamedNode):
            return
        ends = (
            [each.object for each in self._store.quads(node, fact, None, graph)]
            for fact in (KR.source, KR.property, KR.target)
        )
        for source, predicate, target in product(*ends):
            if isinstance(source, NamedNode) and isinstance(predicate, NamedNode):
                yield Quad(source, predicate, target, graph)

    def _stated(
        self, subject: NamedNode, predicate: NamedNode, target: NamedNode
    ) -> Iterator[StatedLink]:
        for quad in self._store.quads(subject, predicate, target):
            if quad.graph_name not in SYSTEM_GRAPHS:
                yield StatedLink(quad, self._nodes(quad))

    def _nodes(self, plain: Quad) -> tuple[NamedNode, ...]:
        subject, predicate, target, graph = plain
        assert isinstance(subject, NamedNode)
        assert isinstance(graph, NamedNode)
        nodes = {
            each.subject
            for each in self._store.quads(None, KR.source, subject, graph)
            if isinstance(each.subject, NamedNode)
            and self._store.holds(Quad(each.subject, KR.property, predicate, graph))
            and self._store.holds(Quad(each.subject, KR.target, target, graph))
        }
        return tuple(sorted(nodes, key=lambda each: each.value))

    def facts(self, node: NamedNode) -> Iterator[Quad]:
        """Yield all that is stated of a qualified relationship, in any graph of data."""
        for quad in self._store.quads(node):
            if quad.graph_name not in SYSTEM_GRAPHS:
                yield quad
