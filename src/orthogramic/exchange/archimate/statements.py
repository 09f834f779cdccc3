"""Statements by subject: what an export is made of, in memory and in any order of arrival.

Terms that come often are kept once, so that a model of a hundred thousand entities fits into a few
hundred megabytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from orthogramic.exchange.archimate.xml_text import is_carried
from orthogramic.metamodel import Metamodel, PropertyKind
from orthogramic.vocabulary import KR, RDF

Node: TypeAlias = NamedNode | BlankNode
Value: TypeAlias = Node | Literal | Triple
Statement: TypeAlias = tuple[NamedNode, Value]


def address(node: Node) -> str:
    """Return what a node is called: its IRI, or its label where it has none."""
    return node.value if isinstance(node, NamedNode) else f"_:{node.value}"


class Statements:
    """What is asserted of each subject, whatever graph says it.

    Containment is kept from owner to part, also where it was stated the other way round.
    """

    def __init__(self, quads: Iterable[Quad], metamodel: Metamodel) -> None:
        self._metamodel = metamodel
        self._about: dict[Node, list[Statement]] = {}
        self._terms: dict[Node, Node] = {}
        self._backwards = _inverse_containment(metamodel)
        self._not_carried: set[tuple[Node, NamedNode, Literal]] = set()
        self.add(quads)

    def add(self, quads: Iterable[Quad]) -> None:
        """Take in asserted quads; what was inferred is left out."""
        for quad in quads:
            if quad.graph_name == KR.inferred or isinstance(quad.subject, Triple):
                continue
            subject, predicate, value = quad.subject, quad.predicate, quad.object
            if predicate in self._backwards and isinstance(value, NamedNode | BlankNode):
                subject, predicate, value = value, self._backwards[predicate], subject
            self._keep(subject, predicate, value)

    def _keep(self, subject: Node, predicate: NamedNode, value: Value) -> None:
        if isinstance(value, NamedNode | BlankNode):
            value = self._terms.setdefault(value, value)
        elif isinstance(value, Literal) and not is_carried(value.value):
            self._not_carried.add((subject, predicate, value))
        kept = self._terms.setdefault(predicate, predicate)
        assert isinstance(kept, NamedNode)
        subject = self._terms.setdefault(subject, subject)
        self._about.setdefault(subject, []).append((kept, value))

    def __contains__(self, node: object) -> bool:
        return node in self._about

    @property
    def not_carried(self) -> int:
        """How many values hold characters that XML cannot carry."""
        return len(self._not_carried)

    def subjects(self) -> list[Node]:
        """Return every subject, by address."""
        return sorted(self._about, key=address)

    def of(self, node: Node) -> Iterator[Statement]:
        """Yield what is said of a node, each statement once, in the order of arrival."""
        return iter(dict.fromkeys(self._about.get(node, ())))

    def nodes(self, node: Node, predicate: NamedNode) -> list[Node]:
        """Return the nodes that a node is linked to by a property, by address."""
        found = {
            value
            for stated, value in self._about.get(node, ())
            if stated == predicate and isinstance(value, NamedNode | BlankNode)
        }
        return sorted(found, key=address)

    def classes(self, node: Node) -> tuple[NamedNode, ...]:
        """Return the classes that a node is stated to be of, by IRI."""
        return tuple(each for each in self.nodes(node, RDF.type) if isinstance(each, NamedNode))


def _inverse_containment(metamodel: Metamodel) -> dict[NamedNode, NamedNode]:
    """Map each property from a part to its owner to the one from the owner to the part."""
    return {
        term.iri: term.inverse
        for term in metamodel.properties.values()
        if term.inverse is not None
        and term.kind is not PropertyKind.CONTAINMENT
        and metamodel.properties[term.inverse].kind is PropertyKind.CONTAINMENT
    }
