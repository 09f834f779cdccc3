"""Everything that the repository knows of one entity, arranged for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from orthogramic.metamodel import Metamodel, PropertyKind, PropertyShape
from orthogramic.repository.catalogue import EntitySummary

Value = Literal | NamedNode


@dataclass(frozen=True, slots=True)
class AttributeValues:
    """The values of one attribute; ``graphs`` are where they are asserted."""

    property_iri: str
    label: str
    description: str
    values: tuple[Value, ...]
    graphs: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-serialisable data."""
        return {
            "property": self.property_iri,
            "label": self.label,
            "values": [value_to_json(each) for each in self.values],
            "graphs": list(self.graphs),
        }


@dataclass(frozen=True, slots=True)
class StructureView:
    """A structural node: a part of the entity that has attributes of its own."""

    iri: str
    property_iri: str
    property_label: str
    class_name: str
    class_label: str
    attributes: tuple[AttributeValues, ...]
    links: tuple[Link, ...]
    structures: tuple[StructureView, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-serialisable data."""
        return {
            "iri": self.iri,
            "property": self.property_iri,
            "label": self.property_label,
            "class": self.class_name,
            "attributes": [each.to_dict() for each in self.attributes],
            "links": [each.to_dict() for each in self.links],
            "structures": [each.to_dict() for each in self.structures],
        }


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship as seen from one of its ends.

    ``verb`` reads from the entity that is looked at to ``entity``. ``strength`` is stated by a
    qualified relationship, whose further facts are in ``facts``.
    """

    property_iri: str
    verb: str
    forward: bool
    entity: EntitySummary
    strength: int | None
    qualified: bool
    graph: str
    facts: tuple[AttributeValues, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-serialisable data."""
        return {
            "relationship": {"iri": self.property_iri, "label": self.verb},
            "forward": self.forward,
            "entity": self.entity.to_dict(),
            "strength": self.strength,
            "qualified": self.qualified,
            "graph": self.graph,
            "facts": [each.to_dict() for each in self.facts],
        }


@dataclass(frozen=True, slots=True)
class EntityView:
    """One entity with its attributes, structures and relationships."""

    summary: EntitySummary
    classes: tuple[str, ...]
    attributes: tuple[AttributeValues, ...]
    structures: tuple[StructureView, ...]
    outgoing: tuple[Link, ...]
    incoming: tuple[Link, ...]
    graphs: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the contract form of an entity."""
        return {
            **self.summary.to_dict(),
            "classes": list(self.classes),
            "attributes": [each.to_dict() for each in self.attributes],
            "structures": [each.to_dict() for each in self.structures],
            "outgoing": [each.to_dict() for each in self.outgoing],
            "incoming": [each.to_dict() for each in self.incoming],
            "graphs": list(self.graphs),
        }


def value_to_json(value: Value) -> Any:
    """Return a term as JSON: a plain string as such, anything else with what it is."""
    if isinstance(value, NamedNode):
        return {"iri": value.value}
    if value.language:
        return {"value": value.value, "language": value.language}
    datatype = value.datatype.value.rsplit("#", 1)[-1]
    if datatype == "string":
        return value.value
    return {"value": value.value, "datatype": value.datatype.value}


def integer(value: object) -> int | None:
    """Return the integer that a term stands for, if it does: what was never judged may not."""
    if isinstance(value, Literal):
        with suppress(ValueError):
            return int(value.value)
    return None


def attribute_values(
    quads: Iterable[Quad], metamodel: Metamodel, class_iri: NamedNode
) -> Iterator[AttributeValues]:
    """Group the attribute quads of one subject by property, in the order of its shapes."""
    grouped: dict[NamedNode, list[Quad]] = {}
    for quad in quads:
        grouped.setdefault(quad.predicate, []).append(quad)
    shapes = leading_shapes(metamodel, class_iri)
    last = len(shapes)
    ranks = {path: rank for rank, path in enumerate(shapes)}
    for predicate in sorted(grouped, key=lambda each: (ranks.get(each, last), each.value)):
        term = metamodel.properties.get(predicate)
        shape = shapes.get(predicate)
        values = {quad.object for quad in grouped[predicate]}
        yield AttributeValues(
            property_iri=predicate.value,
            label=shape.name if shape else metamodel.verb(predicate, forward=True),
            description=term.definition if term else "",
            values=tuple(sorted(values, key=str)),  # type: ignore[arg-type]
            graphs=tuple(sorted({quad.graph_name.value for quad in grouped[predicate]})),  # type: ignore[union-attr]
        )


def leading_shapes(metamodel: Metamodel, class_iri: NamedNode) -> dict[NamedNode, PropertyShape]:
    """Return the first shape, in display order, of each property of a class: it names it."""
    leading: dict[NamedNode, PropertyShape] = {}
    for shape in metamodel.shapes_of(class_iri):
        if shape.path is not None and not shape.inverse_path:
            leading.setdefault(shape.path, shape)
    return leading


def is_attribute(metamodel: Metamodel, quad: Quad) -> bool:
    """Tell whether a quad states an attribute rather than a link within the model."""
    term = metamodel.properties.get(quad.predicate)
    if term is None:
        return True
    return term.kind is PropertyKind.ATTRIBUTE
