"""What becomes an element, what a part of one, and what a relationship between two.

Nothing that is stated is dropped: a subject of no known class is an element all the same, a part
without owner stands for itself, and what is only referred to gets an element that says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import Enum

from pyoxigraph import BlankNode, NamedNode, Quad

from orthogramic.exchange.archimate.statements import Node, Statement, Statements, Value, address
from orthogramic.metamodel import ClassKind, ClassTerm, Metamodel, PropertyKind
from orthogramic.vocabulary import KR, RDF

#: Gives what the repository knows of a node outside the export: classes, labels, and its owner.
Outside = Callable[[NamedNode], Iterable[Quad]]

_ENDS = frozenset({KR.source, KR.property, KR.target})
_LINKS = (PropertyKind.RELATIONSHIP, PropertyKind.STRUCTURE_REFERENCE)


class Role(Enum):
    """What a node is to the exchange file."""

    ELEMENT = "element"
    PART = "part"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Link:
    """One asserted link under its primary property; symmetric ones begin at the lesser address."""

    source: Node
    property_iri: NamedNode
    target: Node


@dataclass(slots=True)
class Model:
    """Elements and links of an export.

    :param role_of: what each node is.
    :param links: the qualified relationships that speak of each link.
    :param undescribed: elements that are only referred to.
    """

    statements: Statements
    metamodel: Metamodel
    outside: Outside
    role_of: dict[Node, Role] = field(default_factory=dict)
    links: dict[Link, tuple[Node, ...]] = field(default_factory=dict)
    undescribed: set[Node] = field(default_factory=set)
    _owners: dict[Node, Node] = field(default_factory=dict)
    _described: frozenset[Node] = frozenset()
    _terms: dict[Node, ClassTerm | None] = field(default_factory=dict)

    def class_of(self, node: Node) -> ClassTerm | None:
        """Return the narrowest known class of a node."""
        if node not in self._terms:
            iri = self.metamodel.most_specific(self.statements.classes(node))
            self._terms[node] = self.metamodel.classes[iri] if iri else None
        return self._terms[node]

    def elements(self) -> list[Node]:
        """Return the nodes that are elements."""
        return [node for node, role in self.role_of.items() if role is Role.ELEMENT]

    def parts(self, node: Node) -> list[tuple[NamedNode, list[Node]]]:
        """Return the parts of a node: for each containment, by IRI, the parts in their order."""
        found: dict[NamedNode, set[Node]] = {}
        for predicate, value in self.statements.of(node):
            if self.is_part(predicate, value):
                assert isinstance(value, NamedNode | BlankNode)
                found.setdefault(predicate, set()).add(value)
        ordered = sorted(found.items(), key=lambda each: each[0].value)
        return [(iri, sorted(parts, key=self._position)) for iri, parts in ordered]

    def _position(self, node: Node) -> tuple[float, str]:
        stated = (v.value for p, v in self.statements.of(node) if p == KR.position)  # type: ignore[union-attr]
        positions = [int(each) for each in stated if each.isdecimal()]
        return min(positions, default=float("inf")), address(node)

    def is_part(self, predicate: NamedNode, value: Value) -> bool:
        """Tell whether a statement contains a part."""
        term = self.metamodel.properties.get(predicate)
        contains = term is not None and term.kind is PropertyKind.CONTAINMENT
        return contains and self.role_of.get(value) is Role.PART  # type: ignore[arg-type]

    def is_link(self, predicate: NamedNode, value: Value) -> bool:
        """Tell whether a statement becomes a relationship."""
        if predicate == RDF.type or not isinstance(value, NamedNode | BlankNode):
            return False
        term = self.metamodel.properties.get(predicate)
        if term is not None and term.kind in _LINKS:
            return True
        if term is not None and term.kind is PropertyKind.CONTAINMENT:
            return self.role_of.get(value) is not Role.PART
        return value in self._described

    # -- building ----------------------------------------------------------------------------

    def build(self) -> None:
        """Give every node its role and find every link."""
        subjects = self.statements.subjects()
        for node in subjects:
            # What a part of the data speaks about may be introduced in another part.
            if isinstance(node, NamedNode) and not self.statements.classes(node):
                self._take_from_outside(node)
            self.role_of[node] = self._role(node)
        for node in subjects:
            for predicate, value in list(self.statements.of(node)):
                self._own(node, predicate, value)
        for node in subjects:
            if self.role_of[node] is Role.PART:
                self._root(node)
        # Fixed before links add elements: what is text must not depend on the order of statements.
        self._described = frozenset(self.elements())
        for node in subjects:
            if self.role_of[node] is Role.LINK:
                self._add_qualified(node)
            else:
                self._add_links(node)

    def _role(self, node: Node) -> Role:
        term = self.class_of(node)
        if term is not None and term.kind is ClassKind.STRUCTURE:
            return Role.PART
        qualified = term is not None and term.kind is ClassKind.QUALIFIED_RELATIONSHIP
        if qualified and all(self.statements.nodes(node, each) for each in _ENDS):
            return Role.LINK
        return Role.ELEMENT

    def _own(self, node: Node, predicate: NamedNode, value: Value) -> None:
        """Note who owns a part; a part that is described elsewhere is looked up."""
        term = self.metamodel.properties.get(predicate)
        if term is None or term.kind is not PropertyKind.CONTAINMENT:
            return
        if isinstance(value, NamedNode | BlankNode):
            if value not in self.role_of:
                self._look_up(value)
            if self.role_of.get(value) is Role.PART:
                self._owners.setdefault(value, node)

    def _take_from_outside(self, node: NamedNode) -> None:
        self.statements.add(self.outside(node))
        self._terms.pop(node, None)

    def _look_up(self, node: Node) -> None:
        if isinstance(node, NamedNode):
            self._take_from_outside(node)
        if node in self.statements:
            self.role_of[node] = self._role(node)

    def _root(self, part: Node) -> Node:
        """Return the element that a part belongs to; a part that nobody owns becomes one."""
        seen = [part]
        while self.role_of.get(seen[-1]) is Role.PART:
            holder = self._owners.get(seen[-1]) or self._owner_outside(seen[-1])
            if holder is None or holder in seen:
                self.role_of[seen[-1]] = Role.ELEMENT
                return seen[-1]
            seen.append(holder)
        return seen[-1]

    def _owner_outside(self, part: Node) -> Node | None:
        quads = list(self.outside(part)) if isinstance(part, NamedNode) else []
        for quad in quads:
            term = self.metamodel.properties.get(quad.predicate)
            contains = term is not None and term.kind is PropertyKind.CONTAINMENT
            if contains and quad.object == part and isinstance(quad.subject, NamedNode):
                self.statements.add([quad])
                self._look_up(quad.subject)
                self._owners[part] = quad.subject
                return quad.subject
        return None

    def _add_links(self, node: Node) -> None:
        for predicate, value in self.statements.of(node):
            if self.is_link(predicate, value):
                assert isinstance(value, NamedNode | BlankNode)
                self.links.setdefault(self._link(node, predicate, value), ())

    def _add_qualified(self, node: Node) -> None:
        sources, properties, targets = (
            self.statements.nodes(node, each) for each in (KR.source, KR.property, KR.target)
        )
        for each in (
            self._link(source, predicate, target)
            for source in sources
            for predicate in properties
            for target in targets
            if isinstance(predicate, NamedNode)
        ):
            self.links[each] = (*self.links.get(each, ()), node)

    def _link(self, source: Node, predicate: NamedNode, target: Node) -> Link:
        primary, flipped = self.metamodel.primary(predicate)
        ends = [self._element(source), self._element(target)]
        term = self.metamodel.properties.get(primary)
        if flipped:
            ends.reverse()
        if term is not None and term.symmetric:
            ends.sort(key=address)
        return Link(ends[0], primary, ends[1])

    def _element(self, node: Node) -> Node:
        """Return the element at one end of a link; one that is not described is made up."""
        if node not in self.role_of:
            self._look_up(node)
        if node not in self.role_of:
            self.undescribed.add(node)
        role = self.role_of.setdefault(node, Role.ELEMENT)
        if role is Role.PART:
            return self._root(node)
        if role is Role.LINK:
            self.role_of[node] = Role.ELEMENT
        return node

    def facts(self, link: Link) -> list[Statement]:
        """Return what qualified relationships say of a link, beyond its ends, in a fixed order."""
        found = {
            each
            for node in self.links[link]
            for each in self.statements.of(node)
            if each[0] not in _ENDS and each[0] != RDF.type
        }
        return sorted(found, key=lambda each: (each[0].value, str(each[1])))
