"""One immutable view of everything that a bundle says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from difflib import get_close_matches

from pyoxigraph import NamedNode, Triple

from orthogramic.errors import (
    UnknownMeasureError,
    UnknownProfileError,
    UnknownQueryError,
    UnknownRankingError,
    UnknownTermError,
)
from orthogramic.metamodel.mapping import FormatMapping
from orthogramic.metamodel.measure import Measure
from orthogramic.metamodel.model import (
    ClassKind,
    ClassTerm,
    ImpactProfile,
    Module,
    PropertyKind,
    PropertyShape,
    PropertyTerm,
    SavedQuery,
)
from orthogramic.metamodel.ranking import Ranking
from orthogramic.syntax import local_name
from orthogramic.vocabulary import KR, RDFS


@dataclass(frozen=True, slots=True)
class Metamodel:
    """Classes, properties, shapes, profiles, mappings and queries of a bundle, with their lookups.

    ``mappings`` has what the bundle says about each exchange format, by its name; ``prefixes``
    maps prefix to namespace IRI; ``digest`` identifies the text of the bundle; ``ontology`` and
    ``shapes_graph`` are its triples, for the store and for validation.
    """

    digest: str
    prefixes: Mapping[str, str]
    modules: Mapping[NamedNode, Module]
    classes: Mapping[NamedNode, ClassTerm]
    properties: Mapping[NamedNode, PropertyTerm]
    shapes: tuple[PropertyShape, ...]
    profiles: tuple[ImpactProfile, ...]
    all_measures: tuple[Measure, ...]
    rankings: tuple[Ranking, ...]
    mappings: Mapping[str, FormatMapping]
    queries: Mapping[str, SavedQuery]
    ontology: tuple[Triple, ...] = field(repr=False)
    shapes_graph: tuple[Triple, ...] = field(repr=False)
    _subclasses: Mapping[NamedNode, frozenset[NamedNode]] = field(repr=False)
    _shapes_by_class: Mapping[NamedNode, tuple[PropertyShape, ...]] = field(repr=False)

    # -- classes ---------------------------------------------------------------------------

    def superclasses(self, class_iri: NamedNode) -> frozenset[NamedNode]:
        """Return the class with all its ancestors; an unknown class has only itself."""
        term = self.classes.get(class_iri)
        return frozenset((class_iri, *term.ancestors)) if term else frozenset((class_iri,))

    def subclasses(self, class_iri: NamedNode) -> frozenset[NamedNode]:
        """Return the class with all its descendants; an unknown class has only itself."""
        return self._subclasses.get(class_iri, frozenset((class_iri,)))

    def entity_classes(self) -> tuple[ClassTerm, ...]:
        """Return the classes whose instances are entities, sorted by name."""
        found = (
            each
            for each in self.classes.values()
            if each.kind is ClassKind.ENTITY and each.iri != KR.Entity
        )
        return tuple(sorted(found, key=lambda each: each.name))

    def class_label(self, class_iri: NamedNode) -> str:
        """Return the label of a class, or its local name if the bundle does not know it."""
        term = self.classes.get(class_iri)
        return term.label if term else local_name(class_iri)

    def class_named(self, name: str) -> ClassTerm:
        """Find a class by local name, CURIE or IRI.

        :raises UnknownTermError: if there is none; the sentence offers near names.
        """
        for iri in self._readings(name):
            if iri in self.classes:
                return self.classes[iri]
        by_name = [each for each in self.classes.values() if each.name == name]
        if by_name:
            return min(by_name, key=lambda each: each.iri.value)
        raise UnknownTermError(
            f"No class is called {name!r}.{_near(name, (c.name for c in self.entity_classes()))}"
        )

    def most_specific(self, classes: tuple[NamedNode, ...]) -> NamedNode | None:
        """Return the class of the set that no other member specialises; the first by IRI."""
        known = [each for each in classes if each in self.classes]
        above = {parent for each in known for parent in self.classes[each].ancestors}
        leaves = [each for each in known if each not in above]
        return min(leaves, key=lambda each: each.value, default=None)

    # -- properties ------------------------------------------------------------------------

    def relationships(self) -> tuple[PropertyTerm, ...]:
        """Return the primary relationship properties, sorted by name."""
        found = (
            each
            for each in self.properties.values()
            if each.kind is PropertyKind.RELATIONSHIP and each.primary is None
        )
        return tuple(sorted(found, key=lambda each: each.name))

    def hierarchies(self) -> tuple[PropertyTerm, ...]:
        """Return the relationships that lead from a child to its parent, sorted by name."""
        found = (each for each in self.properties.values() if each.towards_parent)
        return tuple(sorted(found, key=lambda each: (each.name, each.iri.value)))

    def property_named(self, name: str) -> PropertyTerm:
        """Find a property by local name, CURIE or IRI.

        :raises UnknownTermError: if there is none; the sentence offers near names.
        """
        for iri in self._readings(name):
            if iri in self.properties:
                return self.properties[iri]
        by_name = [each for each in self.properties.values() if each.name == name]
        if by_name:
            return min(by_name, key=lambda each: each.iri.value)
        raise UnknownTermError(
            f"No property is called {name!r}."
            f"{_near(name, (each.name for each in self.properties.values()))}"
        )

    def subproperties(self, property_iri: NamedNode) -> frozenset[NamedNode]:
        """Return the property with all its descendants."""
        below = (each.iri for each in self.properties.values() if property_iri in each.ancestors)
        return frozenset((property_iri, *below))

    def primary(self, property_iri: NamedNode) -> tuple[NamedNode, bool]:
        """Return the declared direction of a property and whether that flips subject and object."""
        term = self.properties.get(property_iri)
        if term is None or term.primary is None:
            return property_iri, False
        return term.primary, True

    def verb(self, property_iri: NamedNode, forward: bool) -> str:
        """Return the verb phrase of a relationship as read from one of its ends.

        :param forward: true to read from subject to object, false from object to subject.
        """
        term = self.properties.get(property_iri)
        if term is None:
            return local_name(property_iri)
        if forward or term.symmetric:
            return term.label
        inverse = self.properties.get(term.inverse) if term.inverse else None
        return inverse.label if inverse else f"is what {term.label} refers to for"

    def label_properties(self) -> frozenset[NamedNode]:
        """Return the properties whose value is the label of an entity."""
        return self.subproperties(RDFS.label)

    # -- shapes, profiles, queries -----------------------------------------------------------

    def shapes_of(self, class_iri: NamedNode) -> tuple[PropertyShape, ...]:
        """Return the property shapes of a class and its ancestors, in display order."""
        found = [
            shape
            for each in self.superclasses(class_iri)
            for shape in self._shapes_by_class.get(each, ())
        ]
        return tuple(sorted(found, key=lambda each: (each.order, each.iri.value)))

    def profile(self, name: str | None = None) -> ImpactProfile:
        """Find an impact profile by name, CURIE or IRI; the default one if no name is given.

        :raises UnknownProfileError: if there is none of that name, or no default.
        """
        if name is None:
            for each in self.profiles:
                if each.is_default:
                    return each
            raise UnknownProfileError("The bundle has no default impact profile.")
        readings = {iri.value for iri in self._readings(name)}
        for each in self.profiles:
            if each.name == name or each.iri.value in readings:
                return each
        raise UnknownProfileError(
            f"No impact profile is called {name!r}.{_near(name, (p.name for p in self.profiles))}"
        )

    def measure(self, name: str) -> Measure:
        """Find a measure by name, CURIE or IRI.

        :raises UnknownMeasureError: if there is none; the sentence offers near names.
        """
        readings = {iri.value for iri in self._readings(name)}
        for each in self.all_measures:
            if each.name == name or each.iri.value in readings:
                return each
        near = _near(name, (each.name for each in self.all_measures))
        raise UnknownMeasureError(f"No measure is called {name!r}.{near}")

    def ranking(self, name: str) -> Ranking:
        """Find a ranking by name, CURIE or IRI.

        :raises UnknownRankingError: if there is none; the sentence offers near names.
        """
        readings = {iri.value for iri in self._readings(name)}
        for each in self.rankings:
            if each.name == name or each.iri.value in readings:
                return each
        raise UnknownRankingError(
            f"No ranking is called {name!r}.{_near(name, (each.name for each in self.rankings))}"
        )

    def query(self, name: str) -> SavedQuery:
        """Find a saved query by name.

        :raises UnknownQueryError: if there is none; the sentence offers near names.
        """
        if name in self.queries:
            return self.queries[name]
        raise UnknownQueryError(f"No saved query is called {name!r}.{_near(name, self.queries)}")

    def curie(self, iri: str) -> str:
        """Shorten an IRI with the longest prefix of the bundle, or return it as it is."""
        fitting = [(ns, prefix) for prefix, ns in self.prefixes.items() if iri.startswith(ns)]
        if not fitting:
            return iri
        namespace, prefix = max(fitting)
        return f"{prefix}:{iri[len(namespace) :]}"

    def expand(self, name: str) -> NamedNode | None:
        """Read a CURIE of a known prefix, or an absolute IRI; ``None`` if it is neither."""
        return next(self._readings(name), None)

    def _readings(self, name: str) -> Iterator[NamedNode]:
        prefix, colon, rest = name.partition(":")
        if not colon:
            return
        meant = [name.removeprefix("<").removesuffix(">")]
        if prefix in self.prefixes and not rest.startswith("//"):
            meant.insert(0, self.prefixes[prefix] + rest)
        for each in meant:
            with suppress(ValueError):
                yield NamedNode(each)


def _near(name: str, known: Iterator[str] | Mapping[str, object]) -> str:
    near = get_close_matches(name, sorted(set(known)), n=3)
    return f" Did you mean {' or '.join(near)}?" if near else ""
