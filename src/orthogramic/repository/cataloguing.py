"""Keeps the catalogue in step with the store: which entities there are, and their text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from orthogramic.metamodel import ClassKind, Metamodel
from orthogramic.repository.catalogue import Catalogue, CatalogueEntry, EntitySummary
from orthogramic.repository.changes import ChangeSet
from orthogramic.store import QuadStore
from orthogramic.syntax import local_name
from orthogramic.validation import Progress
from orthogramic.vocabulary import KR, RDF, RDFS, SYSTEM_GRAPHS, XSD

_READING_ORDER = ("", "en")


class Cataloguing:
    """Makes catalogue entries from the quads of a store."""

    def __init__(self, store: QuadStore, metamodel: Metamodel) -> None:
        self._store = store
        self._metamodel = metamodel
        self._entity_classes = frozenset(
            iri for iri, term in metamodel.classes.items() if term.kind is ClassKind.ENTITY
        )
        self._labels = metamodel.label_properties()
        self._class_of = lru_cache(maxsize=1024)(metamodel.most_specific)

    def rebuild(
        self, catalogue: Catalogue, snapshot: int, progress: Progress | None = None
    ) -> None:
        """Make the whole catalogue anew."""
        if progress:
            progress.stage("indexing names and text", None)
        catalogue.rebuild(self._entries(progress), snapshot, self._metamodel.digest)

    def update(self, catalogue: Catalogue, change: ChangeSet, snapshot: int) -> None:
        """Renew the entries of the entities that a change speaks of."""
        touched = {
            quad.subject
            for quad in (*change.removed, *change.added)
            if isinstance(quad.subject, NamedNode) and quad.graph_name not in SYSTEM_GRAPHS
        }
        names = sorted(each.value for each in touched)
        entries = self._made(NamedNode(each) for each in names)
        catalogue.update(names, entries, snapshot, self._metamodel.digest)

    def _entries(self, progress: Progress | None) -> Iterator[CatalogueEntry]:
        entities = (
            quad.subject
            for quad in self._store.quads(None, RDF.type, KR.Entity, KR.inferred)
            if isinstance(quad.subject, NamedNode)
        )
        for count, entry in enumerate(self._made(entities), 1):
            yield entry
            if progress and count % 1000 == 0:
                progress.advance(1000)

    def _made(self, entities: Iterable[NamedNode]) -> Iterator[CatalogueEntry]:
        return (entry for each in entities if (entry := self.entry(each)) is not None)

    def entry(self, entity: NamedNode) -> CatalogueEntry | None:
        """Return the entry of an entity, or ``None`` if the IRI names no entity."""
        classes: set[NamedNode] = set()
        labels: list[Literal] = []
        texts: list[str] = []
        for quad in self._store.quads(entity):
            value = quad.object
            if quad.predicate == RDF.type and value in self._entity_classes:
                classes.add(value)  # type: ignore[arg-type]
            elif isinstance(value, Literal) and quad.graph_name not in SYSTEM_GRAPHS:
                if quad.predicate in self._labels:
                    labels.append(value)
                elif value.datatype == XSD.string or value.language:
                    texts.append(value.value)
        named = self._class_of(tuple(sorted(classes - {KR.Entity}, key=lambda each: each.value)))
        if named is None:
            return None
        return CatalogueEntry(self._summary(entity, named, labels), "\n".join(sorted(texts)))

    def _summary(self, entity: NamedNode, named: NamedNode, labels: list[Literal]) -> EntitySummary:
        key = local_name(entity)
        return EntitySummary(
            iri=entity.value,
            label=_best(labels) or key,
            class_name=self._metamodel.classes[named].name,
            class_iri=named.value,
            key=key,
        )


def _best(labels: list[Literal]) -> str | None:
    """Choose the label to show: untagged before English before any other, then by text."""

    def rank(label: Literal) -> tuple[int, str]:
        language = label.language or ""
        known = language in _READING_ORDER
        return (_READING_ORDER.index(language) if known else len(_READING_ORDER), label.value)

    return min(labels, key=rank).value if labels else None


def label_of(store: QuadStore, entity: NamedNode) -> str | None:
    """Return the label that the store has for anything, entity or not."""
    found = [
        quad.object for quad in store.quads(entity, RDFS.label) if isinstance(quad.object, Literal)
    ]
    return _best(found)
