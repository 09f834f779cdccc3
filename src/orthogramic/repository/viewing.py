"""Puts together the view of one entity from the quads of the store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from pyoxigraph import NamedNode, Quad

from orthogramic.metamodel import Metamodel, PropertyKind
from orthogramic.repository.catalogue import Catalogue, EntitySummary
from orthogramic.repository.views import (
    AttributeValues,
    EntityView,
    Link,
    StructureView,
    attribute_values,
    integer,
    is_attribute,
    leading_shapes,
)
from orthogramic.store import QuadStore
from orthogramic.syntax import local_name
from orthogramic.vocabulary import KR, RDF, SYSTEM_GRAPHS

_ENDS = (KR.source, KR.property, KR.target)
#: What is shown of a qualified relationship in other ways than as a fact.
_SHOWN = frozenset({*_ENDS, KR.strength, RDF.type})


@dataclass(frozen=True, slots=True)
class _Qualification:
    strength: int | None
    facts: tuple[AttributeValues, ...]


class Viewing:
    """Makes views of entities of one repository."""

    def __init__(self, store: QuadStore, metamodel: Metamodel, catalogue: Catalogue) -> None:
        self._store = store
        self._metamodel = metamodel
        self._catalogue = catalogue

    def view(self, summary: EntitySummary) -> EntityView:
        """Return everything asserted about an entity, and what refers to it."""
        entity = NamedNode(summary.iri)
        stated = self._asserted(self._store.quads(entity))
        classes = {quad.object.value for quad in stated if quad.predicate == RDF.type}  # type: ignore[union-attr]
        return EntityView(
            summary=summary,
            classes=tuple(sorted(classes)),
            attributes=self._attributes(stated, NamedNode(summary.class_iri)),
            structures=tuple(self._structures(stated, NamedNode(summary.class_iri), {entity})),
            outgoing=self._sorted_links(self._outgoing(stated)),
            incoming=self._sorted_links(self._incoming(entity)),
            graphs=tuple(sorted({quad.graph_name.value for quad in stated})),  # type: ignore[union-attr]
        )

    def _asserted(self, quads: Iterator[Quad]) -> list[Quad]:
        return [each for each in quads if each.graph_name not in SYSTEM_GRAPHS]

    def _attributes(self, stated: list[Quad], class_iri: NamedNode) -> tuple[AttributeValues, ...]:
        wanted = (
            each
            for each in stated
            if each.predicate != RDF.type
            and is_attribute(self._metamodel, each)
            and not self._is_link(each)
        )
        return tuple(attribute_values(wanted, self._metamodel, class_iri))

    def _is_link(self, quad: Quad) -> bool:
        """Tell whether a quad of a property that the bundle lacks leads to an entity."""
        if quad.predicate in self._metamodel.properties or not isinstance(quad.object, NamedNode):
            return False
        return self._catalogue.by_iri(quad.object.value) is not None

    # -- structure -----------------------------------------------------------------------------

    def _structures(
        self, stated: list[Quad], class_iri: NamedNode, seen: set[NamedNode]
    ) -> Iterator[StructureView]:
        shapes = leading_shapes(self._metamodel, class_iri)
        ranks = {path: rank for rank, path in enumerate(shapes)}
        # What several graphs state is one structure.
        ends = {(each.predicate, each.object): each for each in stated}

        def order(quad: Quad) -> tuple[int, str, float, str]:
            rank = ranks.get(quad.predicate, len(ranks))
            return (rank, quad.predicate.value, self._position(quad.object), str(quad.object))

        for quad in sorted(ends.values(), key=order):
            term = self._metamodel.properties.get(quad.predicate)
            node = quad.object
            contains = term is not None and term.kind is PropertyKind.CONTAINMENT
            if not contains or not isinstance(node, NamedNode) or node in seen:
                continue
            shape = shapes.get(quad.predicate)
            label = shape.name if shape else self._metamodel.verb(quad.predicate, forward=True)
            yield self._structure(node, quad.predicate, label, seen | {node})

    def _position(self, node: object) -> float:
        if not isinstance(node, NamedNode):
            return 0.0
        for quad in self._store.quads(node, KR.position):
            position = integer(quad.object)
            if position is not None:
                return position
        return float("inf")

    def _structure(
        self, node: NamedNode, predicate: NamedNode, label: str, seen: set[NamedNode]
    ) -> StructureView:
        stated = self._asserted(self._store.quads(node))
        known = (quad.object for quad in stated if quad.predicate == RDF.type)
        classes = tuple(each for each in known if isinstance(each, NamedNode))
        class_iri = self._metamodel.most_specific(classes)
        class_term = self._metamodel.classes.get(class_iri) if class_iri else None
        return StructureView(
            iri=node.value,
            property_iri=predicate.value,
            property_label=label,
            class_name=class_term.name if class_term else "",
            class_label=class_term.label if class_term else "",
            attributes=self._attributes(
                [each for each in stated if each.predicate != KR.position],
                class_iri or KR.StructuralNode,
            ),
            links=self._sorted_links(self._outgoing(stated, PropertyKind.STRUCTURE_REFERENCE)),
            structures=tuple(self._structures(stated, class_iri or KR.StructuralNode, seen)),
        )

    # -- links ---------------------------------------------------------------------------------

    def _outgoing(
        self, stated: list[Quad], kind: PropertyKind = PropertyKind.RELATIONSHIP
    ) -> Iterator[Link]:
        subject = next((each.subject for each in stated), None)
        if not isinstance(subject, NamedNode):
            return
        qualified = self._qualified(KR.source, subject)
        for quad in stated:
            term = self._metamodel.properties.get(quad.predicate)
            known = term is not None and term.kind is kind
            if (known or self._is_link(quad)) and isinstance(quad.object, NamedNode):
                yield self._link(quad, quad.object, qualified.get(quad), forward=True)

    def _incoming(self, entity: NamedNode) -> Iterator[Link]:
        qualified = self._qualified(KR.target, entity)
        for quad in self._asserted(self._store.quads(None, None, entity)):
            term = self._metamodel.properties.get(quad.predicate)
            relationship = term is not None and term.kind is PropertyKind.RELATIONSHIP
            if relationship and isinstance(quad.subject, NamedNode):
                yield self._link(quad, quad.subject, qualified.get(quad), forward=False)

    def _link(
        self, quad: Quad, other: NamedNode, facts: list[Quad] | None, *, forward: bool
    ) -> Link:
        summary = self._catalogue.by_iri(other.value) or _unresolved(other)
        qualification = None if facts is None else self._qualification(facts)
        return Link(
            property_iri=quad.predicate.value,
            verb=self._metamodel.verb(quad.predicate, forward),
            forward=forward,
            entity=summary,
            strength=qualification.strength if qualification else None,
            qualified=qualification is not None,
            graph=quad.graph_name.value,  # type: ignore[union-attr]
            facts=qualification.facts if qualification else (),
        )

    def _qualified(self, end: NamedNode, entity: NamedNode) -> dict[Quad, list[Quad]]:
        """Find what qualified relationships say of the links that have an entity at one end.

        :param end: ``kr:source`` or ``kr:target``.
        :returns: the facts by the link that they speak of, in the graph of both.
        """
        found: dict[Quad, list[Quad]] = defaultdict(list)
        for said in self._asserted(self._store.quads(None, end, entity)):
            node, graph = said.subject, said.graph_name
            assert isinstance(node, NamedNode)
            assert isinstance(graph, NamedNode)
            facts = list(self._store.quads(node, None, None, graph))
            sources, properties, targets = (_nodes(facts, each) for each in _ENDS)
            for source, link, target in product(sources, properties, targets):
                found[Quad(source, link, target, graph)] += facts
        return found

    def _qualification(self, stated: list[Quad]) -> _Qualification:
        said = (integer(each.object) for each in stated if each.predicate == KR.strength)
        strengths = [each for each in said if each is not None]
        facts = [each for each in stated if each.predicate not in _SHOWN]
        return _Qualification(
            strength=max(strengths, default=None),
            facts=tuple(attribute_values(facts, self._metamodel, KR.QualifiedRelationship)),
        )

    def _sorted_links(self, links: Iterator[Link]) -> tuple[Link, ...]:
        return tuple(
            sorted(
                links,
                key=lambda each: (each.verb, each.entity.label, each.entity.iri, each.graph),
            )
        )


def _nodes(stated: list[Quad], predicate: NamedNode) -> list[NamedNode]:
    values = (each.object for each in stated if each.predicate == predicate)
    return [each for each in values if isinstance(each, NamedNode)]


def _unresolved(node: NamedNode) -> EntitySummary:
    """Stand in for something that is referred to but not described."""
    name = local_name(node)
    return EntitySummary(iri=node.value, label=name, class_name="", class_iri="", key=name)
