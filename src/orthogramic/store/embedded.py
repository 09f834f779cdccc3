"""The embedded engine: Oxigraph, in memory or in a directory.

What is peculiar to it stays in this module: its commits are atomic but not fsynced (the commit
log of the repository is what survives a power failure), a directory can be opened once, and a
default graph put together from several graphs repeats a triple that two of them hold. So the
merge of all graphs that are not set apart is kept beside them, as the engine's unnamed graph,
which no other module sees.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    Quad,
    RdfFormat,
    Store,
    Triple,
    Variable,
    parse,
    serialize,
)

from orthogramic.errors import QueryRefusedError
from orthogramic.store.answers import SparqlAnswer
from orthogramic.store.engine_files import opened, opened_when_free, refusal
from orthogramic.store.from_clause import merged_dataset
from orthogramic.store.protocol import Dataset, Follower, Term
from orthogramic.syntax.sparql_certainty import certain
from orthogramic.syntax.sparql_errors import explain_syntax_error
from orthogramic.syntax.sparql_text import SparqlText

_BATCH = 50_000
_TEXTS = 64

#: The engine's unnamed graph, which holds the merge.
_MERGE = DefaultGraph()


class EmbeddedStore:
    """A :class:`~orthogramic.store.protocol.QuadStore` on Oxigraph.

    :param path: directory of the store, made if absent; ``None`` keeps everything in memory.
    :param apart: graphs that do not take part in the merge that is the default graph.
    :param read_only: whether the directory is only looked at, as it is; nobody may write to it
        meanwhile.
    :raises StoreInUseError: if another process holds the directory.
    :raises StoreFormatError: if its files are damaged.
    :raises StoreUnavailableError: if it cannot be opened for another reason.
    """

    def __init__(
        self,
        path: Path | None = None,
        *,
        apart: frozenset[NamedNode] = frozenset(),
        read_only: bool = False,
    ) -> None:
        # Saved queries come again and again with the same text.
        self._look_at = lru_cache(maxsize=_TEXTS)(SparqlText.of)
        self._certain = lru_cache(maxsize=_TEXTS)(certain)
        self._store = opened(path, read_only=read_only)
        self._path = path
        self._refused = False
        self._in_memory = path is None
        self._apart = apart
        self._writing = threading.Lock()
        self._follower: Follower | None = None

    @property
    def apart(self) -> frozenset[NamedNode]:
        """The graphs that do not take part in the merge."""
        return self._apart

    def query(
        self,
        text: str,
        dataset: Dataset,
        *,
        bindings: Mapping[str, Term] | None = None,
        prefixes: Mapping[str, str] | None = None,
        base_iri: str | None = None,
    ) -> SparqlAnswer:
        """Evaluate a query; see :meth:`QuadStore.query`."""
        # What was looked at must be what is evaluated.
        text = self._certain(text)
        seen = self._look_at(text)
        if seen.uses_from and dataset == Dataset():
            dataset = merged_dataset(text, prefixes, base_iri) or dataset
        named: list[NamedNode | BlankNode] | None = (
            None if dataset.named is None else list(dataset.named)
        )
        store, default = self._default_graph(dataset, seen)
        try:
            result = store.query(
                text,
                base_iri=base_iri,
                prefixes=dict(prefixes) if prefixes else None,
                default_graph=default,
                named_graphs=named,
                substitutions={Variable(name): term for name, term in (bindings or {}).items()},
            )
        except SyntaxError as error:
            raise explain_syntax_error(error, text) from None
        except RuntimeError as error:
            raise QueryRefusedError(
                f"The query cannot be evaluated: {error}.", reason="not-supported"
            ) from None
        return SparqlAnswer(result, seen, prefixes=prefixes)

    def _default_graph(
        self, dataset: Dataset, text: SparqlText
    ) -> tuple[Store, DefaultGraph | list[NamedNode | BlankNode | DefaultGraph] | None]:
        """Return where to ask, and the default graph to ask with; ``None`` leaves it to FROM."""
        if dataset.default is None:
            return self._store, None if text.uses_from and dataset.named is None else _MERGE
        graphs = list(dict.fromkeys(dataset.default))
        if self._overlap(graphs):
            return self._with_merge_of(graphs, dataset.named), _MERGE
        return self._store, list(graphs)

    def _overlap(self, graphs: Sequence[NamedNode]) -> bool:
        """Tell whether two of the graphs hold the same triple."""
        return any(
            Quad(q.subject, q.predicate, q.object, other) in self._store
            for at, graph in enumerate(graphs)
            for other in graphs[at + 1 :]
            for q in self._store.quads_for_pattern(None, None, None, graph)
        )

    def _with_merge_of(
        self, graphs: Iterable[NamedNode], named: tuple[NamedNode, ...] | None
    ) -> Store:
        """Return a copy in memory of the graphs that a query sees, the default graph merged."""
        copy = Store()
        for graph in graphs:
            quads = self._store.quads_for_pattern(None, None, None, graph)
            copy.bulk_extend(Quad(q.subject, q.predicate, q.object) for q in quads)
        for graph in self.graphs() if named is None else named:
            copy.bulk_extend(self._store.quads_for_pattern(None, None, None, graph))
        return copy

    def quads(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,  # noqa: A002 - the RDF term of art
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads that match; see :meth:`QuadStore.quads`."""
        found = self._store.quads_for_pattern(subject, predicate, object, graph)
        return found if graph is not None else (q for q in found if q.graph_name != _MERGE)

    def merge(self) -> Iterator[Triple]:
        """Yield each triple of the merge once, by subject; see :meth:`QuadStore.merge`."""
        found = self._store.quads_for_pattern(None, None, None, _MERGE)
        # On disk the index is by subject; in memory quads come as they were put in.
        quads = sorted(found, key=lambda each: str(each.subject)) if self._in_memory else found
        return (each.triple for each in quads)

    def holds(self, quad: Quad) -> bool:
        """Tell whether a quad is there; see :meth:`QuadStore.holds`."""
        return quad in self._store

    def matching(
        self,
        subject: NamedNode | BlankNode | None = None,
        predicate: NamedNode | None = None,
        object: Term | BlankNode | None = None,  # noqa: A002 - the RDF term of art
    ) -> Iterator[Triple]:
        """Yield the triples of the merge that match; see :meth:`QuadStore.matching`."""
        found = self._store.quads_for_pattern(subject, predicate, object, _MERGE)
        return (each.triple for each in found)

    def merges(self, triple: Triple) -> bool:
        """Tell whether a triple is in the merge."""
        return Quad(triple.subject, triple.predicate, triple.object) in self._store

    def graphs(self) -> tuple[NamedNode, ...]:
        """Return the named graphs that hold anything, sorted by IRI."""
        named = (each for each in self._store.named_graphs() if isinstance(each, NamedNode))
        filled = (each for each in named if self._holds_any(each))
        return tuple(sorted(filled, key=lambda each: each.value))

    def _holds_any(self, graph: NamedNode) -> bool:
        return next(self._store.quads_for_pattern(None, None, None, graph), None) is not None

    def size(self, graph: NamedNode | None = None) -> int:
        """Return the number of quads in all, or in one graph."""
        if graph is None:
            return len(self._store) - self._count(_MERGE)
        return self._count(graph)

    def _count(self, graph: NamedNode | DefaultGraph) -> int:
        return sum(1 for _ in self._store.quads_for_pattern(None, None, None, graph))

    def apply(self, removed: Sequence[Quad], added: Sequence[Quad]) -> None:
        """Remove, then add, in one transaction; see :meth:`QuadStore.apply`."""
        with self._write():
            coming = [*added, *self._merged(added)]
            going = [*removed, *self._leaving(removed)] if removed else []
            self._carry_out(going, coming)
            if self._follower:
                self._follower.changed(going, coming)

    def merge_change(
        self, removed: Sequence[Quad], added: Sequence[Quad]
    ) -> tuple[tuple[Triple, ...], tuple[Triple, ...]]:
        """Tell what would leave the merge and come into it; see :meth:`QuadStore.merge_change`."""
        coming = dict.fromkeys(self._merged(added))
        came = tuple(each.triple for each in coming if each not in self._store)
        went = dict.fromkeys(each for each in self._leaving(removed) if each not in coming)
        return tuple(each.triple for each in went), came

    def follow(self, going: Sequence[Quad], coming: Sequence[Quad]) -> None:
        """Do to a replica what was done to the store that it follows.

        :param going: what left the followed store, its merge included.
        :param coming: what came into it, likewise.
        """
        with self._write():
            self._carry_out(going, coming)

    def _carry_out(self, going: Sequence[Quad], coming: Sequence[Quad]) -> None:
        if going:
            self._store.update(f"{_data('DELETE', going)} {_data('INSERT', coming)}")
        else:
            self._store.extend(coming)

    def _merged(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        """Yield the part of quads in the merge."""
        for each in quads:
            if each.graph_name not in self._apart:
                yield Quad(each.subject, each.predicate, each.object)

    def _leaving(self, removed: Sequence[Quad]) -> Iterator[Quad]:
        """Yield what leaves the merge with some quads: triples that no other graph holds."""
        gone = frozenset(removed)
        for each in self._merged(removed):
            pattern = (each.subject, each.predicate, each.object, None)
            holders = self._store.quads_for_pattern(*pattern)
            if all(q.graph_name == _MERGE or q in gone or self._is_apart(q) for q in holders):
                yield each

    def _is_apart(self, quad: Quad) -> bool:
        return quad.graph_name in self._apart

    def add_in_bulk(self, quads: Iterable[Quad]) -> None:
        """Add many quads in bounded memory, not in one transaction."""
        with self._write():
            if self._follower:
                self._follower.overtaken()
            for batch in _batches(quads):
                self._store.bulk_extend([*batch, *self._merged(batch)])

    def clear(self) -> None:
        """Empty the store; at once, where removing quad by quad takes minutes."""
        with self._write():
            if self._follower:
                self._follower.overtaken()
            self._store.clear()

    @contextmanager
    def _write(self) -> Iterator[None]:
        """Write while nobody else does.

        The engine, once the disk has refused it a write, refuses all others until it is opened
        anew, whatever room there is by then.
        """
        with self._writing:
            if self._refused and self._path:
                # Whoever reads meanwhile sees what stands; the directory is free when the last
                # who reads from the old one has let it go.
                self._store = opened(self._path, read_only=True)
                self._store = opened_when_free(self._path)
                self._refused = False
            try:
                yield
            except OSError as error:
                self._refused = True
                raise refusal(error) from error

    def be_followed(self, follower: Follower | None) -> None:
        """Tell somebody about every change from now on, or nobody any more."""
        with self._writing:
            self._follower = follower

    def copy_to(self, target: Path, joined: Callable[[], None]) -> None:
        """Make a replica: a copy that lacks no change that the follower is told of afterwards.

        A store on disk becomes a directory, by links, in milliseconds; one in memory a file,
        while others may write.

        :param target: what to make.
        :param joined: called at the moment that the copy shows, while nobody writes.
        """
        with self._write():
            if not self._in_memory:
                self._store.backup(str(target))
            # The engine gives an iterator what was there when it was made.
            quads = self._store.quads_for_pattern(None, None, None, None)
            joined()
        if self._in_memory:
            serialize(quads, str(target), format=RdfFormat.N_QUADS)

    @classmethod
    def of_copy(cls, path: Path, *, apart: frozenset[NamedNode]) -> EmbeddedStore:
        """Open what :meth:`copy_to` made."""
        if path.is_dir():
            return cls(path, apart=apart)
        store = cls(apart=apart)
        # The engine's own loading would rename blank nodes.
        for batch in _batches(parse(path=str(path), format=RdfFormat.N_QUADS)):
            store._store.bulk_extend(batch)
        return store

    def backup(self, target: Path) -> None:
        """Write a consistent copy of an on-disk store into a new directory."""
        with self._write():
            self._store.backup(str(target))

    def close(self) -> None:
        """Let go of the directory; the engine frees its lock with its last reference."""
        self._store = Store()


def _batches(quads: Iterable[Quad]) -> Iterator[list[Quad]]:
    iterator = iter(quads)
    while batch := list(islice(iterator, _BATCH)):
        yield batch


def _data(operation: str, quads: Sequence[Quad]) -> str:
    """Return the quads as the data block of an update; each term writes itself as N-Quads."""
    if not quads:
        return ""
    lines = (_statement(each) for each in quads)
    return f"{operation} DATA {{ {' '.join(lines)} }} ;"


def _statement(quad: Quad) -> str:
    triple = f"{quad.subject} {quad.predicate} {quad.object} ."
    return triple if quad.graph_name == _MERGE else f"GRAPH {quad.graph_name} {{ {triple} }}"
