"""From what a person calls an entity to the one entity that is meant.

In this order: IRI; CURIE of a known prefix; ``Class/key``; title (NFC, trimmed, case-sensitive).
A name that fits several entities is never settled by picking one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pyoxigraph import Literal, NamedNode

from orthogramic.errors import AmbiguousNameError, UnknownEntityError, UnknownTermError
from orthogramic.metamodel import ClassTerm, Metamodel
from orthogramic.repository.catalogue import Catalogue, EntitySummary
from orthogramic.store import QuadStore
from orthogramic.syntax import percent_encode_segment


class Naming:
    """Resolves the names of entities in one repository."""

    def __init__(
        self, catalogue: Catalogue, metamodel: Metamodel, store: QuadStore, base_iri: str
    ) -> None:
        self._catalogue = catalogue
        self._metamodel = metamodel
        self._store = store
        self._base_iri = base_iri

    def resolve(self, name: str, class_term: ClassTerm | None = None) -> EntitySummary:
        """Return the entity of this name.

        :param class_term: if given, only entities of this class and its subclasses count.
        :raises AmbiguousNameError: if several entities fit, with all of them as candidates.
        :raises UnknownEntityError: if none fits, with near names as suggestions.
        """
        # What no command line or document could decode stands in no name.
        name = name.encode("utf-8", "replace").decode()
        classes = self._subclass_names(class_term)
        readings: tuple[Callable[[str], list[EntitySummary]], ...] = (
            self._by_iri,
            self._by_class_and_key,
            lambda text: self._catalogue.by_title(text, sorted(classes)),
        )
        elsewhere: list[EntitySummary] = []
        for reading in readings:
            found = reading(name)
            fitting = [each for each in found if not classes or each.class_iri in classes]
            if len(fitting) == 1:
                return fitting[0]
            if fitting:
                raise _ambiguous(name, fitting)
            elsewhere += found
        raise self._unknown(name, class_term, elsewhere or self._catalogue.by_title(name))

    def _subclass_names(self, class_term: ClassTerm | None) -> frozenset[str]:
        if class_term is None:
            return frozenset()
        return frozenset(each.value for each in self._metamodel.subclasses(class_term.iri))

    def _by_iri(self, name: str) -> list[EntitySummary]:
        for iri in self._iris(name):
            found = self._catalogue.by_iri(iri)
            if found is not None:
                return [found]
        return []

    def _iris(self, name: str) -> Iterator[str]:
        bare = name.removeprefix("<").removesuffix(">")
        yield bare
        expanded = self._metamodel.expand(name)
        if expanded is not None and expanded.value != bare:
            yield expanded.value

    def _by_class_and_key(self, name: str) -> list[EntitySummary]:
        class_name, slash, key = name.partition("/")
        if not slash or not class_name or not key:
            return []
        try:
            term = self._metamodel.class_named(class_name)
        except UnknownTermError:
            return []
        minted = self._catalogue.by_iri(entity_iri(self._base_iri, term.name, key))
        if minted is not None:
            return [minted]
        found = self._catalogue.by_key(sorted(self._subclass_names(term)), key)
        found = found or self._by_business_key(term, key)
        return sorted(found, key=lambda each: each.iri)

    def _by_business_key(self, term: ClassTerm, key: str) -> list[EntitySummary]:
        if term.business_key is None:
            return []
        below = {each.value for each in self._metamodel.subclasses(term.iri)}
        subjects = {
            quad.subject.value
            for quad in self._store.quads(None, term.business_key, Literal(key))
            if isinstance(quad.subject, NamedNode)
        }
        found = (self._catalogue.by_iri(each) for each in subjects)
        return [each for each in found if each is not None and each.class_iri in below]

    def _unknown(
        self, name: str, class_term: ClassTerm | None, elsewhere: list[EntitySummary]
    ) -> UnknownEntityError:
        what = class_term.label if class_term else "entity"
        if elsewhere:
            other = elsewhere[0]
            return UnknownEntityError(
                f"{name!r} is a {self._metamodel.class_label(NamedNode(other.class_iri))}, "
                f"not a {what}.",
                suggestions=[each.to_dict() for each in elsewhere],
            )
        near = self._catalogue.near(_last_part(name), sorted(self._subclass_names(class_term)))
        hint = f" Did you mean {' or '.join(each.label for each in near[:3])}?" if near else ""
        return UnknownEntityError(
            f"No {what} is called {name!r}.{hint}",
            suggestions=[each.to_dict() for each in near],
        )


def entity_iri(base_iri: str, class_name: str, key: str) -> str:
    """Return the IRI of the entity of a class and key under a base."""
    return f"{base_iri}id/{class_name}/{percent_encode_segment(key)}"


def _last_part(name: str) -> str:
    return name.rsplit("/", 1)[-1].replace("-", " ") if "/" in name else name


def _ambiguous(name: str, found: list[EntitySummary]) -> AmbiguousNameError:
    keys = [f"{each.class_name}/{each.key}" for each in found]
    # Two of one class and key, under different bases, are only told apart by their IRIs.
    names = keys if len(set(keys)) == len(keys) else [each.iri for each in found]
    offers = ", ".join(names[:5])
    more = "" if len(found) <= 5 else f" and {len(found) - 5} more"  # noqa: PLR2004
    return AmbiguousNameError(
        f"{len(found)} entities are called {name!r}: {offers}{more}. Say which one.",
        candidates=[each.to_dict() for each in found],
    )
