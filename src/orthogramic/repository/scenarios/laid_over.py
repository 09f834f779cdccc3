"""What is there with a change laid over it: looked up, never copied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from pyoxigraph import NamedNode, Quad, Triple

from orthogramic.metamodel import Metamodel
from orthogramic.repository.catalogue import Catalogue, EntitySummary
from orthogramic.repository.cataloguing import Cataloguing
from orthogramic.repository.changes import ChangeSet
from orthogramic.repository.materialisation import InferredChange
from orthogramic.store import QuadStore
from orthogramic.store.protocol import Term
from orthogramic.validation.compiled import overlaid


class LaidOver:
    """The statements that there would be.

    :param store: what is there.
    :param change: what would go and come; :param inferred: what follows from that.
    """

    def __init__(self, store: QuadStore, change: ChangeSet, inferred: InferredChange) -> None:
        self._store = store
        self.came = (*change.added, *inferred.added)
        self.went = (*change.removed, *inferred.removed)
        self._gone = frozenset(self.went) - frozenset(self.came)
        self._coming = frozenset(self.came)
        self._by_subject = _indexed(self._coming, lambda each: each.subject)
        self._by_object = _indexed(self._coming, lambda each: each.object)
        went, came = store.merge_change(self.went, self.came)
        self._find = overlaid(store.matching, came, went)

    def quads(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,  # noqa: A002 - the RDF term of art
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads that match; ``None`` matches anything."""
        for each in self._store.quads(subject, predicate, object, graph):
            if each not in self._gone and each not in self._coming:
                yield each
        candidates: Iterable[Quad] = self._coming
        if subject is not None:
            candidates = self._by_subject.get(subject, ())
        elif object is not None:
            candidates = self._by_object.get(object, ())
        for each in candidates:
            if (
                predicate in (None, each.predicate)
                and object in (None, each.object)
                and graph in (None, each.graph_name)
            ):
                yield each

    def holds(self, quad: Quad) -> bool:
        """Tell whether exactly this quad is there."""
        return quad in self._coming or (quad not in self._gone and self._store.holds(quad))

    def merge(self) -> Iterator[Triple]:
        """Yield each triple of the merge once; in no order."""
        yield from self._find(None, None, None)

    def matching(self, subject: NamedNode | None = None) -> Iterator[Triple]:
        """Yield each triple of the merge that a subject has once."""
        yield from self._find(subject, None, None)


class CatalogueLaidOver:
    """The entities that there would be."""

    def __init__(self, catalogue: Catalogue, laid_over: LaidOver, metamodel: Metamodel) -> None:
        self._catalogue = catalogue
        self._cataloguing = Cataloguing(laid_over, metamodel)
        changed = (*laid_over.came, *laid_over.went)
        self._spoken_of = {
            each.subject.value for each in changed if isinstance(each.subject, NamedNode)
        }

    def by_iri(self, iri: str) -> EntitySummary | None:
        """Return the entity of an IRI, if there would be one."""
        if iri in self._spoken_of:
            return self._cataloguing.summary(NamedNode(iri))
        return self._catalogue.by_iri(iri)


def _indexed(quads: Iterable[Quad], term: Callable[[Quad], object]) -> Mapping[object, list[Quad]]:
    found: dict[object, list[Quad]] = defaultdict(list)
    for each in sorted(quads, key=str):
        found[term(each)].append(each)
    return found
