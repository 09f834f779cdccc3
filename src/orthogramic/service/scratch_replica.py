"""Copies of the scratch store in which workers evaluate its queries.

A copy is the engine as it is, with the same plain default graph and the same named graphs, empty
ones included: that a graph exists is told as a quad of a graph that no document can name.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse, serialize

from orthogramic.service.scratch_differences import Difference
from orthogramic.service.scratch_store import ScratchStore
from orthogramic.store.answers import SparqlAnswer
from orthogramic.store.isolation.bounds import Bounds
from orthogramic.store.isolation.pool import Followed, QueryPool
from orthogramic.store.protocol import Dataset, Follower, Term
from orthogramic.syntax.sparql_text import SparqlText

#: Where a question says that it is an update, and of what: :data:`EVERYTHING`, or as a patch of
#: :data:`THE_DEFAULT` or of a named graph. The text alone does not tell: it need not parse.
UPDATES = "updates"
EVERYTHING, THE_DEFAULT = Literal("everything"), Literal("the default graph")
#: Quads up to which a change is found by comparing before and after; of more, copies are made.
_COMPARED = 20_000


class FollowedScratch:
    """The scratch store as something that can be followed; the one that makes copies."""

    def __init__(self, store: ScratchStore) -> None:
        self._store = store

    def be_followed(self, follower: Follower | None) -> None:
        """Tell somebody about every change from now on, or nobody any more."""
        self._store.observe(_Comparison(self._store, follower) if follower else None)

    def copy_to(self, target: Path, joined: Callable[[], None]) -> None:
        """Make a copy; see :meth:`EmbeddedStore.copy_to`."""
        with self._store.unchanging():
            quads = self._store.content()
            joined()
        serialize(quads, str(target), format=RdfFormat.N_QUADS)

    def quads(self, *_pattern: object, **_named: object) -> Iterator[Quad]:
        """Yield nothing: nobody numbers the changes of a scratch store."""
        return iter(())


class _Comparison:
    """Tells a follower what each change came to."""

    def __init__(self, store: ScratchStore, follower: Follower) -> None:
        self._store = store
        self._follower = follower
        self._before: set[Quad] | None = None

    def before(self) -> None:
        self._before = self._told()

    def after(self) -> None:
        before, now = self._before, self._told()
        if before is None or now is None:
            self._follower.overtaken()
        else:
            self._follower.changed(list(before - now), list(now - before))

    def told(self, going: Sequence[Quad], coming: Sequence[Quad]) -> None:
        """Pass on a change that is known."""
        self._follower.changed(going, coming)

    def _told(self) -> set[Quad] | None:
        return self._store.content() if self._store.size() <= _COMPARED else None


class ScratchReplica:
    """A copy, in a worker."""

    def __init__(self) -> None:
        self._store = ScratchStore()

    @classmethod
    def of_copy(cls, path: Path, *, apart: frozenset[NamedNode]) -> ScratchReplica:
        """Open what :meth:`FollowedScratch.copy_to` made.

        :param apart: nothing; the default graph is plain.
        """
        assert not apart
        replica = cls()
        replica.follow((), parse(path=str(path), format=RdfFormat.N_QUADS))
        return replica

    def follow(self, going: Iterable[Quad], coming: Iterable[Quad]) -> None:
        """Do what was done to the store."""
        self._store.follow(going, coming)

    def quads(self, *_pattern: object) -> Iterator[Quad]:
        """Yield nothing: nobody numbers the changes of a scratch store."""
        return iter(())

    def query(
        self,
        text: str,
        dataset: Dataset,
        *,
        bindings: Mapping[str, Term] | None = None,
        prefixes: Mapping[str, str] | None = None,
        base_iri: str | None = None,
    ) -> SparqlAnswer:
        """Evaluate a query; see :meth:`ScratchStore.query`.

        The answer to an update is what it would come to; nothing comes of it here.

        :param bindings: none, or what an update updates.
        """
        assert not prefixes
        if bindings:
            found = self._difference(text, dataset, bindings[UPDATES], base_iri)
            return SparqlAnswer(found.triples(), SparqlText.of(text))
        return self._store.query(
            text,
            default_graphs=_names(dataset.default),
            named_graphs=_names(dataset.named),
            base_iri=base_iri,
        )

    def _difference(
        self,
        text: str,
        dataset: Dataset,
        updated: Term,
        base_iri: str | None,
    ) -> Difference:
        if updated != EVERYTHING:
            graph = updated if isinstance(updated, NamedNode) else DefaultGraph()
            return self._store.patched(graph, text, base_iri)
        return self._store.worked_out(
            text,
            using=_names(dataset.default),
            using_named=_names(dataset.named),
            base_iri=base_iri,
        )


def _names(graphs: Sequence[NamedNode] | None) -> list[str] | None:
    return None if graphs is None else [each.value for each in graphs]


@dataclass(frozen=True, slots=True)
class _FollowedScratch(Followed):
    def is_whole(self) -> bool:
        """Tell that a scratch store is whole between any two changes."""
        return True


def scratch_pool(store: ScratchStore, bounds: Bounds) -> QueryPool:
    """Start workers that answer queries on a scratch store."""
    nowhere = NamedNode("urn:x-orthogramic:nowhere")
    followed = _FollowedScratch(
        store=FollowedScratch(store),
        apart=frozenset(),
        revision=(nowhere, nowhere, nowhere),
        snapshot=lambda: store.revision,
        replica=f"{ScratchReplica.__module__}:{ScratchReplica.__name__}",
    )
    return QueryPool(followed, Path(tempfile.mkdtemp(prefix="orthogramic-scratch-")), bounds)
