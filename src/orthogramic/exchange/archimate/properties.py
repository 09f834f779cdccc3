"""Properties of elements and relationships: definitions with stable identifiers, values as text.

A definition is written once, for all the values that refer to it. Its identifier follows from the
IRI of the attribute (for a part: from the way that leads to it), so that two exports agree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode

from orthogramic.exchange.archimate.identifiers import identifier
from orthogramic.exchange.archimate.statements import Value, address
from orthogramic.metamodel import Metamodel
from orthogramic.vocabulary import XSD

_NUMBERS = frozenset({XSD.integer, XSD.decimal, XSD.double})


@dataclass(frozen=True, slots=True)
class Definition:
    """One definition of a property: its identifier, its name and its type in the exchange file."""

    identifier: str
    name: str
    type: str = "string"


@dataclass(frozen=True, slots=True)
class PropertyValue:
    """One value of a property."""

    definition: Definition
    text: str
    language: str | None = None


#: Archi makes a specialization of the property with this very identifier.
SPECIALIZATION = Definition("specialization", "Specialization")
CLASS = Definition("property-class", "Class")
CLASS_IRI = Definition("property-class-iri", "Class IRI")
KEY = Definition("property-key", "Key")
IRI = Definition("property-iri", "IRI")
RELATIONSHIP_IRI = Definition("property-relationship-iri", "Relationship IRI")

OWN = (SPECIALIZATION, CLASS, CLASS_IRI, KEY, IRI, RELATIONSHIP_IRI)


class Definitions:
    """The definitions of one export, and which of them were used."""

    def __init__(self, metamodel: Metamodel) -> None:
        self._metamodel = metamodel
        labels = Counter(each.label for each in metamodel.properties.values())
        labels.update(each.name for each in OWN)
        self._shared = frozenset(label for label, count in labels.items() if count > 1)
        self._made: dict[tuple[str, ...], Definition] = {}
        self._used: dict[str, Definition] = {}

    def used(self) -> Iterator[Definition]:
        """Yield the definitions that were asked for, by identifier."""
        return (definition for _, definition in sorted(self._used.items()))

    def use(self, definition: Definition) -> Definition:
        """Note that a definition has a value."""
        return self._used.setdefault(definition.identifier, definition)

    def attribute(self, iri: NamedNode, path: tuple[tuple[NamedNode, int], ...] = ()) -> Definition:
        """Return the definition of an attribute.

        :param iri: the attribute.
        :param path: for an attribute of a part, the containments from the element down to it, each
            with the rank of the part among its like, from 1.
        """
        seed = (*(f"{step.value} {rank}" for step, rank in path), iri.value)
        if seed not in self._made:
            names = [self._step(*each) for each in path]
            name = " / ".join([*names, self.name(iri)])
            self._made[seed] = Definition(identifier("property", *seed), name, self._type(iri))
        return self.use(self._made[seed])

    def _step(self, iri: NamedNode, rank: int) -> str:
        # The first has no number, so that its name stays when a second one joins it.
        return self.name(iri) if rank == 1 else f"{self.name(iri)} ({rank})"

    def name(self, iri: NamedNode) -> str:
        """Return the label of a property, with its address where the label is not enough."""
        term = self._metamodel.properties.get(iri)
        short = self._metamodel.curie(iri.value)
        if term is None or not term.label.strip():
            return short
        return f"{term.label} ({short})" if term.label in self._shared else term.label

    def _type(self, iri: NamedNode) -> str:
        term = self._metamodel.properties.get(iri)
        ranges = frozenset(term.ranges) if term else frozenset()
        if ranges and ranges <= _NUMBERS:
            return "number"
        return {frozenset({XSD.boolean}): "boolean", frozenset({XSD.date}): "date"}.get(
            ranges, "string"
        )


def text_of(value: Value) -> tuple[str, str | None]:
    """Return a value as text, with its language."""
    if isinstance(value, Literal):
        return value.value, value.language
    if isinstance(value, NamedNode | BlankNode):
        return address(value), None
    return str(value), None
