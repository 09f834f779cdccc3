"""What the rest of the house expects of a place where quads live.

The protocol is small enough for a SPARQL 1.1 store behind HTTP to keep it too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from orthogramic.store.answers import SparqlAnswer

Term = NamedNode | Literal


@dataclass(frozen=True, slots=True)
class Dataset:
    """The RDF dataset that a query sees (SPARQL 1.1, section 13).

    :param default: graphs whose merge is the default graph; ``None`` for the merge of all that
        are not set apart.
    :param named: graphs that ``GRAPH`` may reach; ``None`` for all.
    """

    default: tuple[NamedNode, ...] | None = None
    named: tuple[NamedNode, ...] | None = None


class Follower(Protocol):
    """Is told what happens to a store, while nobody else writes; it may not take long."""

    def changed(self, going: Sequence[Quad], coming: Sequence[Quad]) -> None:
        """Take note of one transaction that was carried out."""

    def overtaken(self) -> None:
        """Take note that changes begin which are too many to be told."""


class QuadStore(Protocol):
    """A set of quads in named graphs, with SPARQL over it."""

    def query(
        self,
        text: str,
        dataset: Dataset,
        *,
        bindings: Mapping[str, Term] | None = None,
        prefixes: Mapping[str, str] | None = None,
        base_iri: str | None = None,
    ) -> SparqlAnswer:
        """Evaluate a query; the text has been looked at for what may not be evaluated.

        Where the dataset says nothing, a FROM clause of the text holds.

        :param bindings: variable name to the term that stands for it.
        :raises QuerySyntaxError: if the text does not parse.
        :raises QueryRefusedError: if it asks for what cannot be evaluated here.
        """

    def quads(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,  # noqa: A002 - the RDF term of art
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads that match; ``None`` matches anything."""

    def holds(self, quad: Quad) -> bool:
        """Tell whether exactly this quad, in a named graph, is there."""

    def merge(self) -> Iterator[Triple]:
        """Yield each triple of the graphs that are not set apart once, by subject."""

    def matching(
        self,
        subject: NamedNode | BlankNode | None = None,
        predicate: NamedNode | None = None,
        object: Term | BlankNode | None = None,  # noqa: A002 - the RDF term of art
    ) -> Iterator[Triple]:
        """Yield each triple of the merge that matches once; ``None`` matches anything."""

    def merge_change(
        self, removed: Sequence[Quad], added: Sequence[Quad]
    ) -> tuple[tuple[Triple, ...], tuple[Triple, ...]]:
        """Tell what :meth:`apply` would do to the merge, without doing it.

        :returns: the triples that would leave it, and those that would come into it.
        """

    def graphs(self) -> tuple[NamedNode, ...]:
        """Return the named graphs that hold anything, sorted by IRI."""

    def size(self, graph: NamedNode | None = None) -> int:
        """Return the number of quads in all, or in one graph."""

    def apply(self, removed: Sequence[Quad], added: Sequence[Quad]) -> None:
        """Remove, then add, in one transaction.

        :raises StoreNotWritableError: if the disk refuses; nothing is changed then.
        """

    def add_in_bulk(self, quads: Iterable[Quad]) -> None:
        """Add many quads in bounded memory, not in one transaction."""

    def clear(self) -> None:
        """Empty the store.

        :raises StoreNotWritableError: if the disk refuses.
        """

    def backup(self, target: Path) -> None:
        """Write a consistent copy of an on-disk store into a new directory."""

    def be_followed(self, follower: Follower | None) -> None:
        """Tell somebody about every change from now on, or nobody any more."""

    def copy_to(self, target: Path, joined: Callable[[], None]) -> None:
        """Make a replica that lacks no change of which the follower is told afterwards.

        :param target: what to make.
        :param joined: called at the moment that the copy shows, while nobody writes.
        :raises StoreNotWritableError: if the disk refuses.
        """

    def close(self) -> None:
        """Let go of files and locks; the store may not be used afterwards."""
