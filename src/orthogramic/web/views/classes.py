"""Classes and entities as items of a list, each with the address of its page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from pyoxigraph import NamedNode

from orthogramic.metamodel import ClassKind, ClassTerm, Metamodel
from orthogramic.web.links import Links

KIND_WORDS = {
    ClassKind.ENTITY: "entity",
    ClassKind.STRUCTURE: "part of an entity",
    ClassKind.QUALIFIED_RELATIONSHIP: "relationship with facts of its own",
    ClassKind.OTHER: "other",
}


class Summary(Protocol):
    """What is needed of an entity to show it in a list."""

    @property
    def iri(self) -> str:
        """Return its IRI."""

    @property
    def label(self) -> str:
        """Return its label."""

    @property
    def class_name(self) -> str:
        """Return the name of its class."""

    @property
    def class_iri(self) -> str:
        """Return the IRI of its class."""

    @property
    def key(self) -> str:
        """Return its key within the class."""


@dataclass(frozen=True, slots=True)
class ClassLink:
    """A class in a list."""

    name: str
    label: str
    definition: str
    kind: str
    href: str


@dataclass(frozen=True, slots=True)
class EntityLink:
    """An entity in a list."""

    iri: str
    label: str
    key: str
    kind: str
    kind_href: str
    href: str
    #: Text in which words were found, piece by piece: whether each is such a word.
    snippet: tuple[tuple[str, bool], ...] = ()


def class_reference(metamodel: Metamodel, term: ClassTerm) -> str:
    """Return the shortest name that leads back to a class: its local name, or else its CURIE."""
    if metamodel.class_named(term.name).iri == term.iri:
        return term.name
    return metamodel.curie(term.iri.value)


def class_address(metamodel: Metamodel, links: Links, iri: NamedNode) -> str:
    """Return the page of a class of the bundle."""
    return links.metamodel_class(class_reference(metamodel, metamodel.classes[iri]))


def class_links(
    metamodel: Metamodel, links: Links, classes: Iterable[NamedNode]
) -> tuple[ClassLink, ...]:
    """Describe classes for a list, in the order given; unknown ones are left out."""
    terms = (metamodel.classes[iri] for iri in classes if iri in metamodel.classes)
    return tuple(
        ClassLink(
            name=term.name,
            label=term.label,
            definition=term.definition,
            kind=KIND_WORDS[term.kind],
            href=class_address(metamodel, links, term.iri),
        )
        for term in terms
    )


def entity_link(
    metamodel: Metamodel,
    links: Links,
    entity: Summary,
    snippet: tuple[tuple[str, bool], ...] = (),
) -> EntityLink:
    """Describe an entity for a list; one that is only referred to has no class and no page."""
    if not entity.class_iri:
        return EntityLink(entity.iri, entity.label, entity.key, "not described here", "", "")
    iri = NamedNode(entity.class_iri)
    return EntityLink(
        iri=entity.iri,
        label=entity.label,
        key=entity.key,
        kind=metamodel.class_label(iri),
        kind_href=class_address(metamodel, links, iri) if iri in metamodel.classes else "",
        href=links.entity(entity.class_name, entity.key),
        snippet=snippet,
    )


def entity_class_choices(metamodel: Metamodel) -> tuple[tuple[str, str], ...]:
    """Return the classes of entities as (name, label), by label, for a choice in a form."""
    found = ((class_reference(metamodel, each), each.label) for each in metamodel.entity_classes())
    return tuple(sorted(found, key=lambda each: each[1].casefold()))


def domain_choices(metamodel: Metamodel) -> tuple[tuple[str, str], ...]:
    """Return the modules that declare classes of entities, as (IRI, label)."""
    used = {each.module for each in metamodel.entity_classes() if each.kind is ClassKind.ENTITY}
    found = (
        (module.iri.value, module.label)
        for module in metamodel.modules.values()
        if module.iri in used
    )
    return tuple(sorted(found, key=lambda each: each[1].casefold()))
