"""What the bundle says, for people: modules, classes with their properties, impact rules.

Everything comes from the :class:`~orthogramic.metamodel.Metamodel`; nothing asks the store.
"""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

from orthogramic.metamodel import ClassKind, ClassTerm, ImpactProfile, Metamodel, PropertyKind
from orthogramic.vocabulary import KR
from orthogramic.web.links import Links
from orthogramic.web.views.classes import KIND_WORDS, ClassLink, class_links, class_reference
from orthogramic.web.views.properties import PropertyView, RuleView, property_views, rule_view

#: The headings under which properties of each kind are listed, in order.
KIND_HEADINGS = (
    (PropertyKind.ATTRIBUTE, "Attributes"),
    (PropertyKind.CONTAINMENT, "Parts"),
    (PropertyKind.STRUCTURE_REFERENCE, "References to parts"),
    (PropertyKind.RELATIONSHIP, "Relationships"),
)


@dataclass(frozen=True, slots=True)
class ModuleView:
    """One module with its classes."""

    iri: str
    label: str
    description: str
    version: str
    anchor: str
    classes: tuple[ClassLink, ...]


@dataclass(frozen=True, slots=True)
class ClassView:
    """Everything about one class."""

    name: str
    label: str
    definition: str
    iri: str
    curie: str
    kind: str
    module: str
    is_entity: bool
    entities_href: str
    key: str
    parents: tuple[ClassLink, ...]
    children: tuple[ClassLink, ...]
    sections: tuple[tuple[str, tuple[PropertyView, ...]], ...]


@dataclass(frozen=True, slots=True)
class ProfileView:
    """An impact profile with its rules, by name of the relationship."""

    name: str
    label: str
    description: str
    is_default: bool
    default_strength: int
    rules: tuple[RuleView, ...]


def modules_view(metamodel: Metamodel, links: Links) -> tuple[ModuleView, ...]:
    """Return the modules that hold classes, by label."""
    held: dict[NamedNode | None, list[ClassTerm]] = {}
    for term in sorted(metamodel.classes.values(), key=lambda each: each.label.casefold()):
        held.setdefault(term.module, []).append(term)
    return tuple(
        ModuleView(
            iri=module.iri.value,
            label=module.label,
            description=module.description,
            version=module.version or "",
            anchor=f"module-{number}",
            classes=class_links(metamodel, links, (term.iri for term in held[module.iri])),
        )
        for number, module in enumerate(
            sorted(metamodel.modules.values(), key=lambda each: each.label.casefold()), start=1
        )
        if module.iri in held
    )


def class_view(metamodel: Metamodel, links: Links, name: str) -> ClassView:
    """Describe one class.

    :param name: local name, CURIE or IRI.
    :raises UnknownTermError: if there is none of that name.
    """
    term = metamodel.class_named(name)
    module = metamodel.modules.get(term.module) if term.module else None
    properties = property_views(metamodel, links, term)
    return ClassView(
        name=term.name,
        label=term.label,
        definition=term.definition,
        iri=term.iri.value,
        curie=metamodel.curie(term.iri.value),
        kind=KIND_WORDS[term.kind],
        module=module.label if module else "",
        is_entity=term.kind is ClassKind.ENTITY and term.iri != KR.Entity,
        entities_href=links.entities(class_reference(metamodel, term)),
        key=_key_label(metamodel, term),
        parents=class_links(metamodel, links, term.parents),
        children=class_links(metamodel, links, _children(metamodel, term)),
        sections=tuple(
            (heading, found)
            for kind, heading in KIND_HEADINGS
            if (found := tuple(each for each in properties if each.kind is kind))
        ),
    )


def _children(metamodel: Metamodel, term: ClassTerm) -> list[NamedNode]:
    below = (each for each in metamodel.classes.values() if term.iri in each.parents)
    return [each.iri for each in sorted(below, key=lambda each: each.label.casefold())]


def _key_label(metamodel: Metamodel, term: ClassTerm) -> str:
    declared = metamodel.properties.get(term.business_key) if term.business_key else None
    return declared.label if declared else ""


@dataclass(frozen=True, slots=True)
class ProfilePage:
    """A profile and the others to choose from."""

    profile: ProfileView | None
    others: tuple[tuple[str, str], ...]


def profile_page(metamodel: Metamodel, links: Links, name: str | None) -> ProfilePage:
    """Describe the profile of a name, or the default one, or the first.

    :raises UnknownProfileError: if there is none of that name.
    """
    standard = (each for each in metamodel.profiles if each.is_default)
    first = next(standard, next(iter(metamodel.profiles), None))
    profile = metamodel.profile(name) if name else first
    return ProfilePage(
        profile=profile_view(metamodel, links, profile) if profile else None,
        others=tuple(
            (each.label, links.to("/profile", name=each.name))
            for each in metamodel.profiles
            if each is not profile
        ),
    )


def profile_view(metamodel: Metamodel, links: Links, profile: ImpactProfile) -> ProfileView:
    """Describe an impact profile."""
    rules = (rule_view(metamodel, links, rule) for rule in profile.rules)
    return ProfileView(
        name=profile.name,
        label=profile.label,
        description=profile.description,
        is_default=profile.is_default,
        default_strength=profile.default_strength,
        rules=tuple(sorted(rules, key=lambda each: (each.relationship.casefold(), each.name))),
    )
