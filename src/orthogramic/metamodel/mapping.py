"""What a bundle says about another notation: which kind of element or relationship stands for what.

A mapping is data like everything else that a bundle says. This module holds what was read and
finds the entry that counts; what the notation itself allows is known to the format alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from orthogramic.metamodel.model import ClassTerm, PropertyTerm


@dataclass(frozen=True, slots=True)
class TargetNotation:
    """The words that a mapping to one format may use.

    :param element_kinds: kinds of element.
    :param relationship_kinds: kinds of relationship.
    :param access_types: values of ``kr:accessType``.
    """

    element_kinds: frozenset[str]
    relationship_kinds: frozenset[str]
    access_types: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ClassMapping:
    """As which kind of element the instances of a class are written."""

    iri: NamedNode
    class_iri: NamedNode
    element_kind: str
    specialization: str | None


@dataclass(frozen=True, slots=True)
class PropertyMapping:
    """As which kind of relationship the links of a primary property are written.

    ``subject_class`` and ``object_class`` narrow the entry to links between such instances;
    ``reversed`` tells that the relationship runs from the object to the subject.
    """

    iri: NamedNode
    property_iri: NamedNode
    subject_class: NamedNode | None
    object_class: NamedNode | None
    relationship_kind: str
    fallback_kind: str | None
    reversed: bool
    access_type: str | None
    modifier: str | None


@dataclass(frozen=True, slots=True)
class FormatMapping:
    """All that a bundle says about one format.

    :param format: the name of the format.
    :param running_text: properties whose values become running text.
    :param classes: the entry of each mapped class.
    :param properties: the entries of each mapped primary property.
    """

    format: str
    running_text: frozenset[NamedNode]
    classes: Mapping[NamedNode, ClassMapping]
    properties: Mapping[NamedNode, tuple[PropertyMapping, ...]]

    def of_class(self, term: ClassTerm) -> ClassMapping | None:
        """Return the entry of a class, or else of its nearest mapped superclass."""
        family = (term.iri, *term.ancestors)
        return next((self.classes[each] for each in family if each in self.classes), None)

    def of_link(
        self, term: PropertyTerm, subject: ClassTerm | None, target: ClassTerm | None
    ) -> PropertyMapping | None:
        """Return the entry that counts for a link of a primary property.

        The nearest of the property and its super-properties that has a fitting entry decides; of
        its entries the narrowest counts, by the class of the subject before that of the object.

        :param subject: the class of the subject, where it is known.
        :param target: the class of the object, where it is known.
        """
        for each in (term.iri, *term.ancestors):
            ranked = [
                (near, entry)
                for entry in self.properties.get(each, ())
                if (near := _nearness(entry, subject, target)) is not None
            ]
            if ranked:
                return min(ranked, key=lambda pair: pair[0])[1]
        return None


def _nearness(
    entry: PropertyMapping, subject: ClassTerm | None, target: ClassTerm | None
) -> tuple[float, float] | None:
    """Return how many steps the conditions lie above two classes; nothing where one fails."""
    ends = (_distance(entry.subject_class, subject), _distance(entry.object_class, target))
    return None if None in ends else (ends[0] or 0.0, ends[1] or 0.0)


def _distance(condition: NamedNode | None, term: ClassTerm | None) -> float | None:
    if condition is None:
        return float("inf")
    family: Sequence[NamedNode] = (term.iri, *term.ancestors) if term else ()
    return float(family.index(condition)) if condition in family else None
