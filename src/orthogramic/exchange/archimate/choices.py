"""Which type an element or a relationship gets: what the bundle's mapping says, if it is legal.

The order of choice for a relationship: the type of the mapping, its fallback, association. For an
element: the entry of its class, of the nearest mapped superclass, grouping.
"""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

from orthogramic.exchange.archimate.model import Link, Model
from orthogramic.exchange.archimate.notation import (
    ALWAYS_LEGAL,
    ANYTHING,
    FORMAT,
    legal_relationships,
)
from orthogramic.exchange.archimate.statements import Node
from orthogramic.metamodel import ClassMapping, ClassTerm, FormatMapping, PropertyMapping
from orthogramic.vocabulary import KR

_UNRESOLVED = "Unresolved reference"


@dataclass(frozen=True, slots=True)
class ElementChoice:
    """How the elements of one class are written.

    :param mapped: whether the bundle says so.
    """

    element_kind: str
    specialization: str | None
    mapped: bool


@dataclass(frozen=True, slots=True)
class RelationshipChoice:
    """How the links of one property between two classes are written.

    :param reversed: whether the relationship runs from the object to the subject.
    :param mapped: whether the bundle says so.
    :param wanted: whether the first choice of the mapping is legal here.
    """

    relationship_kind: str
    reversed: bool
    access_type: str | None = None
    modifier: str | None = None
    mapped: bool = False
    wanted: bool = True


class Choices:
    """Decides once for each class, and once for each property between two classes."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._mapping: FormatMapping | None = model.metamodel.mappings.get(FORMAT)
        self._elements: dict[ClassTerm | None, ElementChoice] = {}
        self._relationships: dict[
            tuple[NamedNode, ClassTerm | None, ClassTerm | None], RelationshipChoice
        ] = {}

    def element(self, node: Node) -> ElementChoice:
        """Decide how an element is written."""
        term = self._model.class_of(node)
        if term is None and self._model.statements.classes(node):
            return ElementChoice(ANYTHING, None, mapped=False)
        if term not in self._elements:
            self._elements[term] = self._decide_element(term)
        return self._elements[term]

    def _decide_element(self, term: ClassTerm | None) -> ElementChoice:
        entry = self._entry(term)
        element_kind = entry.element_kind if entry else ANYTHING
        if term is None:
            return ElementChoice(element_kind, _UNRESOLVED, mapped=False)
        own = entry is not None and entry.class_iri == term.iri
        specialization = entry.specialization if entry and own else term.label
        return ElementChoice(element_kind, specialization, mapped=entry is not None)

    def _entry(self, term: ClassTerm | None) -> ClassMapping | None:
        if self._mapping is None:
            return None
        return self._mapping.of_class(term) if term else self._mapping.classes.get(KR.Entity)

    def relationship(self, link: Link) -> RelationshipChoice:
        """Decide how a link is written."""
        ends = self._model.class_of(link.source), self._model.class_of(link.target)
        case = (link.property_iri, *ends)
        if case not in self._relationships:
            types = self.element(link.source).element_kind, self.element(link.target).element_kind
            self._relationships[case] = _decide(self._rule(link.property_iri, *ends), *types)
        return self._relationships[case]

    def _rule(
        self, property_iri: NamedNode, subject: ClassTerm | None, target: ClassTerm | None
    ) -> PropertyMapping | None:
        term = self._model.metamodel.properties.get(property_iri)
        if term is None or self._mapping is None:
            return None
        return self._mapping.of_link(term, subject, target)


def _decide(rule: PropertyMapping | None, subject: str, target: str) -> RelationshipChoice:
    if rule is None:
        return RelationshipChoice(ALWAYS_LEGAL, reversed=False)
    source, end = (target, subject) if rule.reversed else (subject, target)
    table = legal_relationships()
    wishes = [each for each in (rule.relationship_kind, rule.fallback_kind) if each]
    legal = [each for each in wishes if table.allows(each, source, end)]
    chosen = legal[0] if legal else ALWAYS_LEGAL
    return RelationshipChoice(
        relationship_kind=chosen,
        reversed=rule.reversed,
        access_type=rule.access_type,
        modifier=rule.modifier,
        mapped=True,
        wanted=chosen == rule.relationship_kind,
    )
