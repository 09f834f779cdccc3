"""Keeps the catalogue in step with the store: which entities there are, and their text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import Protocol

from pyoxigraph import Literal, NamedNode, Triple

from orthogramic.metamodel import ClassKind, Metamodel
from orthogramic.repository.catalogue import Catalogue, CatalogueEntry, EntitySummary
from orthogramic.repository.changes import ChangeSet
from orthogramic.syntax import local_name
from orthogramic.validation import Progress
from orthogramic.vocabulary import KR, RDF, SYSTEM_GRAPHS, XSD

_READING_ORDER = ("", "en")
_REPORTED_EVERY = 1000


class Described(Protocol):
    """What an entry is made from: the part of a store that reads the merge."""

    def merge(self) -> Iterator[Triple]:
        """Yield each triple once, by subject."""

    def matching(self, subject: NamedNode | None = None, /) -> Iterator[Triple]:
        """Yield each triple of a subject once."""


class Cataloguing:
    """Makes catalogue entries from the quads of a store."""

    def __init__(self, store: Described, metamodel: Metamodel) -> None:
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
        entries = self._made(names)
        catalogue.update(names, entries, snapshot, self._metamodel.digest)

    def summary(self, entity: NamedNode) -> EntitySummary | None:
        """Return what an entity is called; ``None`` if the store describes none there."""
        entry = self._entry(entity, self._store.matching(entity))
        return entry.summary if entry else None

    def _entries(self, progress: Progress | None) -> Iterator[CatalogueEntry]:
        count = 0
        for subject, triples in groupby(self._store.merge(), key=lambda each: each.subject):
            if isinstance(subject, NamedNode) and (entry := self._entry(subject, triples)):
                count += 1
                yield entry
                if progress and count % _REPORTED_EVERY == 0:
                    progress.advance(_REPORTED_EVERY)

    def _made(self, names: Iterable[str]) -> Iterator[CatalogueEntry]:
        for name in names:
            entity = NamedNode(name)
            if (entry := self._entry(entity, self._store.matching(entity))) is not None:
                yield entry

    def _entry(self, entity: NamedNode, triples: Iterable[Triple]) -> CatalogueEntry | None:
        """Make the entry of an entity of its triples; ``None`` if they describe no entity."""
        classes: set[NamedNode] = set()
        labels: set[Literal] = set()
        texts: set[str] = set()
        for _, predicate, value in triples:
            if isinstance(value, Literal):
                if predicate in self._labels:
                    labels.add(value)
                elif value.datatype == XSD.string or value.language:
                    texts.add(value.value)
            elif value in self._entity_classes and predicate == RDF.type:
                classes.add(value)
        shown = _best(labels)
        # A name that is not shown is still text by which people look for the entity.
        texts.update(each.value for each in labels if each.value != shown)
        named = self._class_of(tuple(sorted(classes - {KR.Entity}, key=lambda each: each.value)))
        if named is None:
            return None
        return CatalogueEntry(self._summary(entity, named, shown), "\n".join(sorted(texts)))

    def _summary(self, entity: NamedNode, named: NamedNode, label: str | None) -> EntitySummary:
        key = local_name(entity)
        return EntitySummary(
            iri=entity.value,
            label=label or key,
            class_name=self._metamodel.classes[named].name,
            class_iri=named.value,
            key=key,
        )


def _best(labels: Iterable[Literal]) -> str | None:
    """Choose the label to show: untagged before English before any other, then by text."""

    def rank(label: Literal) -> tuple[int, str]:
        language = label.language or ""
        known = language in _READING_ORDER
        return (_READING_ORDER.index(language) if known else len(_READING_ORDER), label.value)

    best = min(labels, key=rank, default=None)
    return best.value if best else None
