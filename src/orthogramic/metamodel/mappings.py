"""Reads the mappings of a bundle to other notations, with their faults.

An entry about an inverse is brought onto the primary property, as rules of impact are. Two entries
for the same case are a fault, never a silent choice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pyoxigraph import NamedNode

from orthogramic.metamodel.documents import DocumentIndex
from orthogramic.metamodel.mapping import (
    ClassMapping,
    FormatMapping,
    PropertyMapping,
    TargetNotation,
)
from orthogramic.metamodel.model import ClassTerm, PropertyKind, PropertyTerm
from orthogramic.syntax import local_name
from orthogramic.vocabulary import KR

_LINKS = (PropertyKind.RELATIONSHIP, PropertyKind.STRUCTURE_REFERENCE)


def read_mappings(
    index: DocumentIndex,
    classes: Mapping[NamedNode, ClassTerm],
    properties: Mapping[NamedNode, PropertyTerm],
    notations: Mapping[str, TargetNotation],
) -> dict[str, FormatMapping]:
    """Read every mapping.

    :param notations: the words of the formats that are known; a mapping to another format is read
        without looking at its words.
    :returns: what the bundle says about each format, by its name.
    """
    by_format: dict[str, list[NamedNode]] = defaultdict(list)
    for iri in sorted(index.named_instances(KR.Mapping), key=lambda each: each.value):
        name = index.text(iri, KR.format)
        if name is None:
            index.fault(iri, "a mapping must name its kr:format")
        else:
            by_format[name].append(iri)
    return {
        name: _Reader(index, classes, properties, notations.get(name)).format(name, iris)
        for name, iris in sorted(by_format.items())
    }


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the mappings to one format."""

    index: DocumentIndex
    classes: Mapping[NamedNode, ClassTerm]
    properties: Mapping[NamedNode, PropertyTerm]
    notation: TargetNotation | None

    def format(self, name: str, mappings: list[NamedNode]) -> FormatMapping:
        """Read several mappings as one."""
        index = self.index
        entries = [each for iri in mappings for each in index.nodes(iri, KR.entry)]
        running_text = [
            each for iri in mappings for each in self._running_text_of(iri) if each is not None
        ]
        classes: dict[NamedNode, ClassMapping] = {}
        cases: dict[tuple[NamedNode | None, ...], PropertyMapping] = {}
        for iri in sorted(set(entries), key=lambda each: each.value):
            if index.is_a(iri, KR.ClassMapping):
                self._add_class(iri, classes)
            elif index.is_a(iri, KR.PropertyMapping):
                self._add_property(iri, cases)
            else:
                index.fault(iri, "an entry must be a kr:ClassMapping or a kr:PropertyMapping")
        by_property: dict[NamedNode, list[PropertyMapping]] = defaultdict(list)
        for each in cases.values():
            by_property[each.property_iri].append(each)
        return FormatMapping(
            format=name,
            running_text=frozenset(running_text),
            classes=MappingProxyType(classes),
            properties=MappingProxyType({iri: tuple(each) for iri, each in by_property.items()}),
        )

    def _running_text_of(self, iri: NamedNode) -> list[NamedNode | None]:
        return [
            self._known(iri, KR.documentationProperty, each, self.properties)
            for each in self.index.nodes(iri, KR.documentationProperty)
        ]

    # -- classes -----------------------------------------------------------------------------

    def _add_class(self, iri: NamedNode, classes: dict[NamedNode, ClassMapping]) -> None:
        on = self._class(iri, KR.mapsClass)
        element_kind = self._word(iri, KR.toElementKind, "element_kinds")
        if on is None:
            if not self.index.nodes(iri, KR.mapsClass):
                self.index.fault(iri, "a class mapping must name the class that it maps")
            return
        if on in classes:
            message = f"{local_name(on)} is mapped twice to one format"
            self.index.fault(iri, message, KR.mapsClass)
        if element_kind is not None:
            name = self.index.text(iri, KR.specialization)
            classes[on] = ClassMapping(iri, on, element_kind, name)

    def _class(self, iri: NamedNode, predicate: NamedNode) -> NamedNode | None:
        return self._known(iri, predicate, self.index.node(iri, predicate), self.classes)

    def _known(
        self,
        iri: NamedNode,
        predicate: NamedNode,
        term: NamedNode | None,
        terms: Mapping[NamedNode, object],
    ) -> NamedNode | None:
        if term is None or term in terms:
            return term
        self.index.fault(
            iri,
            f"kr:{local_name(predicate)} names <{term.value}>, which is not declared",
            predicate,
        )
        return None

    # -- properties --------------------------------------------------------------------------

    def _add_property(
        self, iri: NamedNode, cases: dict[tuple[NamedNode | None, ...], PropertyMapping]
    ) -> None:
        on = self.index.node(iri, KR.mapsProperty)
        term = self.properties.get(on) if on else None
        if term is None or term.kind not in _LINKS:
            what = f"<{on.value}>" if on else "nothing"
            message = f"kr:mapsProperty names {what}, which is no relationship"
            self.index.fault(iri, message, KR.mapsProperty)
            return
        relationship_kind = self._word(iri, KR.toRelationshipKind, "relationship_kinds")
        subject, target = self._class(iri, KR.whenSubject), self._class(iri, KR.whenObject)
        backwards = self.index.text(iri, KR.reversed) in ("true", "1")
        if term.primary is not None:
            subject, target, backwards = target, subject, not backwards
        case = (term.primary or term.iri, subject, target)
        if case in cases:
            message = f"{local_name(case[0])} is mapped twice for the same case"
            self.index.fault(iri, message, KR.mapsProperty)
        fallback = self._word(iri, KR.fallbackRelationshipKind, "relationship_kinds", needed=False)
        access = self._word(iri, KR.accessType, "access_types", needed=False)
        if relationship_kind is not None:
            cases[case] = PropertyMapping(
                iri=iri,
                property_iri=case[0],
                subject_class=subject,
                object_class=target,
                relationship_kind=relationship_kind,
                fallback_kind=fallback,
                reversed=backwards,
                access_type=access,
                modifier=self.index.text(iri, KR.modifier),
            )

    def _word(
        self, iri: NamedNode, predicate: NamedNode, words: str, *, needed: bool = True
    ) -> str | None:
        """Read a word of the notation; one that the notation does not have is a fault."""
        word = self.index.text(iri, predicate)
        if word is None:
            if needed:
                self.index.fault(iri, f"the entry lacks kr:{local_name(predicate)}")
            return None
        if self.notation is not None and word not in getattr(self.notation, words):
            message = f"kr:{local_name(predicate)} {word!r} is no word of the notation"
            self.index.fault(iri, message, predicate)
            return None
        return word
