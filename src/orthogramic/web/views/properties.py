"""The properties of a class as a reader of the metamodel meets them.

A property is described by three sources, joined here: its declaration (what it means), the shapes
of the class (what is expected of its values) and the default impact profile (what passes over it).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from orthogramic.errors import UnknownProfileError
from orthogramic.metamodel import (
    ClassTerm,
    Flow,
    ImpactRule,
    Metamodel,
    PropertyKind,
    PropertyShape,
    PropertyTerm,
    Severity,
)
from orthogramic.vocabulary import RDF, XSD
from orthogramic.web.links import Links
from orthogramic.web.views.classes import class_address

FLOW_WORDS = {
    Flow.OBJECT_TO_SUBJECT: "a change at the far end is felt at the near end",
    Flow.SUBJECT_TO_OBJECT: "a change at the near end is felt at the far end",
    Flow.BOTH: "a change at either end is felt at the other",
    Flow.NONE: "no change passes",
}

SEVERITY_WORDS = {
    Severity.VIOLATION: "must",
    Severity.WARNING: "should",
    Severity.INFO: "may",
}
DATATYPE_WORDS = {
    XSD.string: "text",
    RDF.langString: "text in a language",
    XSD.boolean: "true or false",
    XSD.integer: "whole number",
    XSD.decimal: "number",
    XSD.double: "number",
    XSD.date: "date",
    XSD.dateTime: "date and time",
    XSD.anyURI: "web address",
}


@dataclass(frozen=True, slots=True)
class Expectation:
    """One thing that a shape expects: severity and the sentence for whoever misses it."""

    severity: str
    message: str

    @property
    def word(self) -> str:
        """Return how much is asked: only what must be can stop a change.

        Not "required": most of what must be is about the values of something that may be left out.
        """
        return SEVERITY_WORDS[Severity(self.severity)]


@dataclass(frozen=True, slots=True)
class ValueType:
    """The type of a value, with a link if it is a class."""

    label: str
    href: str | None


@dataclass(frozen=True, slots=True)
class RuleView:
    """How a change passes over one relationship."""

    name: str
    relationship: str
    definition: str
    subjects: tuple[ValueType, ...]
    objects: tuple[ValueType, ...]
    flow: str
    weight: float
    modality: str
    support: str
    reason: str


@dataclass(frozen=True, slots=True)
class PropertyView:
    """One property of one class."""

    kind: PropertyKind
    name: str
    label: str
    definition: str
    anchor: str
    count: str
    types: tuple[ValueType, ...]
    allowed: tuple[str, ...]
    ordered: bool
    expectations: tuple[Expectation, ...]
    json_key: str
    rule: RuleView | None


def property_views(metamodel: Metamodel, links: Links, term: ClassTerm) -> tuple[PropertyView, ...]:
    """Return the properties of a class: those with a shape in its order, then the others by label.

    :param term: the class.
    """
    shapes: dict[NamedNode, list[PropertyShape]] = {}
    for shape in metamodel.shapes_of(term.iri):
        if shape.path is not None and not shape.inverse_path:
            shapes.setdefault(shape.path, []).append(shape)
    family = metamodel.superclasses(term.iri)
    others = sorted(
        (
            each
            for each in metamodel.properties.values()
            if each.iri not in shapes and family.intersection(each.domains)
        ),
        key=lambda each: each.label.casefold(),
    )
    with_shapes = [
        _property_view(metamodel, links, metamodel.properties[path], found)
        for path, found in shapes.items()
        if path in metamodel.properties
    ]
    return (*with_shapes, *(_property_view(metamodel, links, each, ()) for each in others))


def _property_view(
    metamodel: Metamodel, links: Links, term: PropertyTerm, shapes: Sequence[PropertyShape]
) -> PropertyView:
    first = shapes[0] if shapes else None
    allowed = next((shape.allowed for shape in shapes if shape.allowed), ())
    return PropertyView(
        kind=term.kind,
        name=term.name,
        label=(first.name if first and first.name else term.label),
        definition=term.definition or (first.description if first else ""),
        anchor=f"property-{term.name}",
        count=_count(shapes),
        types=_types(metamodel, links, term, shapes),
        allowed=tuple(value.value for value in allowed),
        ordered=any(shape.ordered for shape in shapes),
        expectations=tuple(
            dict.fromkeys(
                Expectation(shape.severity.value, shape.message)
                for shape in shapes
                if shape.message
            )
        ),
        json_key=next((shape.json_key for shape in shapes if shape.json_key), ""),
        rule=_rule_over(metamodel, links, term),
    )


def _count(shapes: Sequence[PropertyShape]) -> str:
    """Say how many values are expected; a shape that does not block counts as a wish."""
    binding = [shape for shape in shapes if shape.severity.value == "violation"]
    low = max((shape.min_count for shape in binding), default=0)
    high = min((shape.max_count for shape in binding if shape.max_count is not None), default=None)
    if high == low:
        return "exactly one" if low == 1 else f"exactly {low}"
    if high is None:
        return "any number" if low == 0 else f"at least {'one' if low == 1 else low}"
    return f"at most {'one' if high == 1 else high}" if low == 0 else f"{low} to {high}"


def _types(
    metamodel: Metamodel, links: Links, term: PropertyTerm, shapes: Sequence[PropertyShape]
) -> tuple[ValueType, ...]:
    classes = [shape.value_class for shape in shapes if shape.value_class is not None]
    datatypes = [shape.datatype for shape in shapes if shape.datatype is not None]
    return _linked(metamodel, links, classes or datatypes or term.ranges)


def _linked(metamodel: Metamodel, links: Links, iris: Sequence[NamedNode]) -> tuple[ValueType, ...]:
    def linked(iri: NamedNode) -> ValueType:
        if iri in metamodel.classes:
            return ValueType(metamodel.class_label(iri), class_address(metamodel, links, iri))
        return ValueType(DATATYPE_WORDS.get(iri) or metamodel.curie(iri.value), None)

    return tuple(linked(iri) for iri in dict.fromkeys(iris))


def _rule_over(metamodel: Metamodel, links: Links, term: PropertyTerm) -> RuleView | None:
    if term.kind is not PropertyKind.RELATIONSHIP:
        return None
    try:
        rule = metamodel.profile().effective.get(term.iri)
    except UnknownProfileError:
        return None
    return rule_view(metamodel, links, rule) if rule else None


def rule_view(metamodel: Metamodel, links: Links, rule: ImpactRule) -> RuleView:
    """Describe an impact rule with the relationship that it is about."""
    term = metamodel.properties.get(rule.property)
    return RuleView(
        name=term.name if term else metamodel.curie(rule.property.value),
        relationship=metamodel.verb(rule.property, forward=True),
        definition=term.definition if term else "",
        subjects=_linked(metamodel, links, term.domains if term else ()),
        objects=_linked(metamodel, links, term.ranges if term else ()),
        flow=FLOW_WORDS[rule.flow],
        weight=rule.weight,
        modality=rule.modality.value,
        support=str(rule.support),
        reason=rule.reason,
    )
