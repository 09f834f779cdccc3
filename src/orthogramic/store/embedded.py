"""The embedded engine: Oxigraph, in memory or in a directory.

What is peculiar to it stays in this module: its commits are atomic but not fsynced (the commit
log of the repository is what survives a power failure), and a directory can be opened once.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from pyoxigraph import BlankNode, NamedNode, Quad, Store, Variable

from orthogramic.errors import StoreInUseError, StoreNotWritableError, StoreUnavailableError
from orthogramic.store.answers import SparqlAnswer
from orthogramic.store.protocol import Dataset, Term
from orthogramic.syntax import SparqlText, explain_syntax_error

_BATCH = 50_000


class EmbeddedStore:
    """A :class:`~orthogramic.store.protocol.QuadStore` on Oxigraph.

    :param path: directory of the store, made if absent; ``None`` keeps everything in memory.
    :raises StoreInUseError: if another process holds the directory.
    :raises StoreUnavailableError: if it cannot be opened for another reason.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._store = _open(path)
        self._writing = threading.Lock()

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
        named: list[NamedNode | BlankNode] | None = (
            None if dataset.named is None else list(dataset.named)
        )
        try:
            result = self._store.query(
                text,
                base_iri=base_iri,
                prefixes=dict(prefixes) if prefixes else None,
                default_graph=list(dataset.default),
                named_graphs=named,
                substitutions={Variable(name): term for name, term in (bindings or {}).items()},
            )
        except SyntaxError as error:
            raise explain_syntax_error(error, text) from None
        return SparqlAnswer(result, SparqlText.of(text))

    def quads(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,  # noqa: A002 - the RDF term of art
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads that match; see :meth:`QuadStore.quads`."""
        return self._store.quads_for_pattern(subject, predicate, object, graph)

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
            return len(self._store)
        return sum(1 for _ in self._store.quads_for_pattern(None, None, None, graph))

    def apply(self, removed: Sequence[Quad], added: Sequence[Quad]) -> None:
        """Remove, then add, in one transaction; see :meth:`QuadStore.apply`."""
        with self._writing, _writable():
            if not removed:
                self._store.extend(added)
            else:
                self._store.update(f"{_data('DELETE', removed)} {_data('INSERT', added)}")

    def add_in_bulk(self, quads: Iterable[Quad]) -> None:
        """Add many quads in bounded memory, not in one transaction."""
        with self._writing, _writable():
            for batch in _batches(quads):
                self._store.bulk_extend(batch)

    def remove_in_bulk(self, quads: Iterable[Quad]) -> None:
        """Remove many quads in bounded memory, not in one transaction."""
        with self._writing, _writable():
            for each in quads:
                self._store.remove(each)

    def backup(self, target: Path) -> None:
        """Write a consistent copy of an on-disk store into a new directory."""
        with _writable():
            self._store.backup(str(target))

    def close(self) -> None:
        """Let go of the directory; the engine frees its lock with its last reference."""
        self._store = Store()


def _open(path: Path | None) -> Store:
    if path is None:
        return Store()
    try:
        path.mkdir(parents=True, exist_ok=True)
        return Store(str(path))
    except OSError as error:
        if "lock" in str(error).lower():
            raise StoreInUseError(f"Another process has the store {path.parent} open.") from error
        raise StoreUnavailableError(f"The store {path.parent} cannot be opened: {error}") from error


class _writable:  # noqa: N801 - reads as a word in a with statement
    """Turn an operating system refusal into the error that names it."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, OSError):
            raise StoreNotWritableError(
                f"The disk refused the write ({error}); nothing that was acknowledged is lost."
            ) from error


def _batches(quads: Iterable[Quad]) -> Iterator[list[Quad]]:
    iterator = iter(quads)
    while batch := list(islice(iterator, _BATCH)):
        yield batch


def _data(operation: str, quads: Sequence[Quad]) -> str:
    """Return the quads as the data block of an update; each term writes itself as N-Quads."""
    if not quads:
        return ""
    lines = (f"GRAPH {q.graph_name} {{ {q.subject} {q.predicate} {q.object} }}" for q in quads)
    return f"{operation} DATA {{ {' '.join(lines)} }} ;"
