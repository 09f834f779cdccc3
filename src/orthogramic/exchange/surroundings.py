"""An entity with its surroundings: what a reader of linked data gets for one address.

A concise bounded description in the sense of a repository without blank nodes: everything that is
said of the entity and of the structure below it, the links in both directions with the facts on
them, and of each neighbour only what it is and what it is called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from pyoxigraph import NamedNode, Quad

from orthogramic.metamodel import Metamodel, PropertyKind
from orthogramic.vocabulary import KR, RDF, RDFS

QuadsOf: TypeAlias = Callable[[NamedNode], Iterable[Quad]]


def surroundings(
    quads_of: QuadsOf,
    entity: NamedNode,
    metamodel: Metamodel,
    *,
    quads_from: QuadsOf | None = None,
) -> list[Quad]:
    """Collect an entity with its surroundings.

    :param quads_of: gives every quad that has the node as its subject or as its object.
    :param entity: the entity.
    :param metamodel: tells which properties contain structure and which name things.
    :param quads_from: gives every quad that has the node as its subject.  Neighbours are only
        asked for their class and label, so this spares the links of neighbours that have many.
    :returns: the quads, without repeats, sorted by graph and statement: the entity's own, those of
        its structural nodes at every depth, those of the qualified relationships that it is
        source or target of, the links to it, and class and labels of all nodes at the other end.
        Empty if nothing is known of the entity.
    """
    collector = _Collector(quads_of, metamodel)
    collector.describe(entity)
    collector.name_neighbours(quads_from or quads_of)
    return sorted(collector.found, key=lambda quad: (str(quad.graph_name), str(quad)))


class _Collector:
    """What was found so far: quads, and the nodes that they describe in full."""

    def __init__(self, quads_of: QuadsOf, metamodel: Metamodel) -> None:
        self._quads_of = quads_of
        self._containment = {
            each.iri
            for each in metamodel.properties.values()
            if each.kind is PropertyKind.CONTAINMENT and each.primary is None
        }
        self._naming = {RDF.type, RDFS.label, *metamodel.label_properties()}
        self._described: set[NamedNode] = set()
        self.found: set[Quad] = set()

    def describe(self, entity: NamedNode) -> None:
        """Take in the entity, its structure, its qualified relationships and the links to it."""
        pending = [entity]
        while pending:
            node = pending.pop()
            if node in self._described:
                continue
            self._described.add(node)
            for quad in list(self._quads_of(node)):
                self.found.add(quad)
                pending += self._belonging(quad, node)

    def _belonging(self, quad: Quad, node: NamedNode) -> list[NamedNode]:
        """Return what is to be described in full because of a quad about a described node."""
        if quad.subject == node:
            is_part = quad.predicate in self._containment and isinstance(quad.object, NamedNode)
            return [quad.object] if is_part and isinstance(quad.object, NamedNode) else []
        if quad.predicate in (KR.source, KR.target) and isinstance(quad.subject, NamedNode):
            return [quad.subject]
        return []

    def name_neighbours(self, quads_from: QuadsOf) -> None:
        """Add class and labels of every node that is mentioned and not described."""
        for neighbour in sorted(self._mentioned() - self._described, key=str):
            self.found.update(
                quad
                for quad in quads_from(neighbour)
                if quad.subject == neighbour and quad.predicate in self._naming
            )

    def _mentioned(self) -> set[NamedNode]:
        ends = (
            end
            for quad in self.found
            if quad.predicate != RDF.type
            for end in (quad.subject, quad.object)
        )
        return {end for end in ends if isinstance(end, NamedNode)}
