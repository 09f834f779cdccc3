"""What the members of the documents of a class are called, and what values they take.

All of it is read from the shapes and properties of the bundle.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode

from orthogramic.metamodel import (
    ClassKind,
    ClassTerm,
    Metamodel,
    PropertyKind,
    PropertyShape,
    PropertyTerm,
    Severity,
)
from orthogramic.repository.views import leading_shapes
from orthogramic.syntax import local_name
from orthogramic.vocabulary import KR, RDF, XSD

#: Members that say what a document is about; no property is called so.
RESERVED = ("class", "classes", "iri", "key", "position", "to")
_ENDS = frozenset({KR.source, KR.property, KR.target})


@dataclass(frozen=True, slots=True)
class Member:
    """One member: a property as the documents of one class have it.

    :param kind: what the property connects; ``None`` if the bundle does not know it.
    :param many: whether it may have several values.
    :param datatype: the datatype of its values, where the bundle fixes one.
    :param value_class: the class of what it refers to or contains, where the bundle fixes one.
    :param ranked: the texts of a closed list whose order means something, in that order.
    :param reference_key: the property by whose value documents refer to others.
    """

    name: str
    property: NamedNode
    kind: PropertyKind | None
    many: bool = True
    datatype: NamedNode | None = None
    value_class: NamedNode | None = None
    ranked: tuple[str, ...] = ()
    reference_key: NamedNode | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-serialisable data."""
        return {
            "name": self.name,
            "property": self.property.value,
            "kind": self.kind.value if self.kind else None,
            "many": self.many,
            "datatype": self.datatype.value if self.datatype else None,
            "class": self.value_class.value if self.value_class else None,
        }


class Form:
    """The members of the documents of one class.

    :param term: the class.
    """

    def __init__(self, term: ClassTerm, metamodel: Metamodel) -> None:
        self.term = term
        self._metamodel = metamodel
        self._shapes = leading_shapes(metamodel, term.iri)
        self._names = dict(self._named())
        self._by_name = {name: self._member(name, iri) for iri, name in self._names.items()}
        self._order = {name: rank for rank, name in enumerate(self._by_name)}

    def names(self) -> tuple[str, ...]:
        """Return the names of the members, in the order in which they are shown."""
        return tuple(self._by_name)

    def members(self) -> tuple[Member, ...]:
        """Return the members, in the order in which they are shown."""
        return tuple(self._by_name.values())

    def of_property(self, iri: NamedNode) -> Member:
        """Return the member of a property; one that has no name here goes by CURIE or IRI."""
        name = self._names.get(iri)
        if name is not None:
            return self._by_name[name]
        return self._member(self._metamodel.curie(iri.value), iri)

    def named(self, name: str) -> Member | None:
        """Return the member of a name: one of :meth:`names`, or any property's CURIE or IRI."""
        if name in self._by_name:
            return self._by_name[name]
        iri = self._metamodel.expand(name)
        if iri is None or iri == RDF.type or self._is_system(iri):
            return None
        if iri not in self._metamodel.properties and self._is_own(iri):
            return None
        return self.of_property(iri)

    def rank(self, name: str) -> tuple[int, str]:
        """Return where a member stands among the others."""
        return (self._order.get(name, len(self._order)), name)

    # -- names -------------------------------------------------------------------------------------

    def _named(self) -> Iterator[tuple[NamedNode, str]]:
        """Yield the properties that have a short name, each with it.

        A JSON key that several properties of the class share names none of them.
        """
        shaped = [each for each in self._shapes if not self._is_system(each)]
        wanted = {each: self._shapes[each].json_key or local_name(each) for each in shaped}
        claims = Counter(wanted.values())
        taken = {*RESERVED, *(name for name, count in claims.items() if count == 1)}
        for iri in (*shaped, *self._admitted()):
            name = wanted.get(iri, "")
            if claims[name] == 1 and name not in RESERVED:
                yield iri, name
                continue
            name = local_name(iri)
            if name not in taken and ":" not in name:
                taken.add(name)
                yield iri, name

    def _admitted(self) -> Iterator[NamedNode]:
        """Yield properties without a shape here that a document may still call by a short name."""
        labels = self._metamodel.label_properties()
        above = self._metamodel.superclasses(self.term.iri)
        for iri, term in sorted(self._metamodel.properties.items(), key=lambda each: each[0].value):
            if iri in self._shapes or self._is_system(iri):
                continue
            names_it = iri == self.term.business_key or iri in labels
            if term.domains:
                fits = bool(above.intersection(term.domains))
            else:
                # What says of no class that it is meant for it: links are meant for any.
                fits = names_it or not self._shapes or self._links_entities(term)
            if fits:
                yield iri

    def _links_entities(self, term: PropertyTerm) -> bool:
        is_entity = self.term.kind is ClassKind.ENTITY
        return is_entity and term.kind is PropertyKind.RELATIONSHIP

    def _is_system(self, iri: NamedNode) -> bool:
        """Tell whether a property is said in another way than by a member."""
        if self.term.kind is ClassKind.QUALIFIED_RELATIONSHIP:
            return iri in _ENDS or iri == RDF.type
        return iri.value.startswith(KR.base) or iri == RDF.type

    def _is_own(self, iri: NamedNode) -> bool:
        """Tell whether an IRI is in a namespace whose properties the bundle declares."""
        own = iri.value.removesuffix(local_name(iri))
        return any(each.value.startswith(own) for each in self._metamodel.properties)

    # -- values ------------------------------------------------------------------------------------

    def _member(self, name: str, iri: NamedNode) -> Member:
        term = self._metamodel.properties.get(iri)
        shapes = [
            each
            for each in self._metamodel.shapes_of(self.term.iri)
            if each.path == iri and not each.inverse_path
        ]
        leading = self._shapes.get(iri)
        ranges = term.ranges if term else ()
        kind = term.kind if term else None
        return Member(
            name=name,
            property=iri,
            kind=kind,
            many=not any(_single(each) for each in shapes),
            datatype=None if _refers(kind) else _datatype(shapes, ranges),
            value_class=_value_class(shapes, ranges) if _refers(kind) else None,
            ranked=_ranked(leading),
            reference_key=leading.reference_key if leading else None,
        )


class Forms:
    """The forms of all classes of a bundle, each made once."""

    def __init__(self, metamodel: Metamodel) -> None:
        self._metamodel = metamodel
        self._made: dict[NamedNode, Form] = {}

    def of(self, term: ClassTerm) -> Form:
        """Return the form of a class."""
        made = self._made.get(term.iri)
        if made is None:
            made = self._made[term.iri] = Form(term, self._metamodel)
        return made

    def of_links(self) -> Form:
        """Return the form of the facts of a relationship that has some."""
        return self.of(self._metamodel.classes.get(KR.QualifiedRelationship, _LINK))


#: Stands in where a bundle leaves the system vocabulary out.
_LINK = ClassTerm(
    iri=KR.QualifiedRelationship,
    name="QualifiedRelationship",
    label="qualified relationship",
    definition="",
    module=None,
    kind=ClassKind.QUALIFIED_RELATIONSHIP,
    parents=(),
    ancestors=(),
    business_key=None,
)


def _refers(kind: PropertyKind | None) -> bool:
    return kind is not None and kind is not PropertyKind.ATTRIBUTE


def _single(shape: PropertyShape) -> bool:
    return shape.max_count == 1 and shape.severity is Severity.VIOLATION


def _datatype(shapes: list[PropertyShape], ranges: tuple[NamedNode, ...]) -> NamedNode | None:
    stated = [each.datatype for each in shapes if each.datatype is not None]
    listed = {
        each.datatype
        for shape in shapes
        for each in shape.allowed
        if isinstance(each, Literal) and not each.language
    }
    if stated:
        return stated[0]
    if len(listed) == 1:
        return listed.pop()
    known = [each for each in ranges if each in XSD]
    return known[0] if len(known) == 1 else None


def _value_class(shapes: list[PropertyShape], ranges: tuple[NamedNode, ...]) -> NamedNode | None:
    stated = [each.value_class for each in shapes if each.value_class is not None]
    if stated:
        return stated[0]
    return ranges[0] if len(ranges) == 1 else None


def _ranked(shape: PropertyShape | None) -> tuple[str, ...]:
    if shape is None or not shape.ordered:
        return ()
    return tuple(each.value for each in shape.allowed)
