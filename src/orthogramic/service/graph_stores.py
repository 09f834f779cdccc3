"""What the graph store routes work on: the gated repository, or a scratch store.

One set of routes over a small protocol, so that what conformance suites find out about the scratch
store holds for the repository, apart from what :class:`RepositoryGraphs` says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Protocol, Unpack

from fastapi import Depends, Request
from pyoxigraph import DefaultGraph

from orthogramic.facade import Repository
from orthogramic.facade.write_options import WriteArguments
from orthogramic.repository.changes import ChangeSet
from orthogramic.repository.graph_tags import GraphContent
from orthogramic.repository.graph_writes import GraphWritten
from orthogramic.repository.sent_documents import SentDocument
from orthogramic.service.graph_request import Graph


class GraphStore(Protocol):
    """Graphs that can be read and written as wholes. Every call is made on a worker thread."""

    @property
    def prefixes(self) -> Mapping[str, str]:
        """Prefixes for answers, where the syntax has them."""

    def tag(self, graph: Graph) -> str | None:
        """Return the entity tag of a graph, ``None`` if it has none now."""

    def content(self, graph: Graph) -> GraphContent:
        """Return what a graph holds, to be taken on this thread.

        :raises UnknownGraphError: if there is none of this name.
        """

    def put(
        self, graph: Graph, documents: Sequence[SentDocument], **options: Unpack[WriteArguments]
    ) -> GraphWritten:
        """Make a graph hold exactly what some documents say."""

    def merge(
        self, graph: Graph, documents: Sequence[SentDocument], **options: Unpack[WriteArguments]
    ) -> GraphWritten:
        """Add what some documents say to a graph."""

    def delete(self, graph: Graph, **options: Unpack[WriteArguments]) -> GraphWritten:
        """Take a graph away.

        :raises UnknownGraphError: if there is none of this name.
        """

    def patch(
        self, graph: Graph, text: str, base_iri: str, **options: Unpack[WriteArguments]
    ) -> GraphWritten:
        """Change a graph by a SPARQL update whose default graph it is."""

    def impact(self, change: ChangeSet) -> Mapping[str, Any] | None:
        """Return who would feel a change, ``None`` if nobody can tell."""

    def words(self, change: ChangeSet) -> Mapping[str, Any] | None:
        """Return what a change says in words, ``None`` if there are none."""


class RepositoryGraphs:
    """The graphs of a repository, every write gated and recorded.

    The default graph is ``kr:default``, for reading too, so that what was put there is what is
    got: the merge of all graphs is for SPARQL. A graph without a statement is not there, blank
    nodes have addresses, and literals one form.
    """

    def __init__(self, repository: Repository) -> None:
        self._repository = repository

    @property
    def prefixes(self) -> Mapping[str, str]:
        """Prefixes for answers."""
        return self._repository.metamodel.prefixes

    def tag(self, graph: Graph) -> str | None:
        """Return the entity tag of a graph."""
        return self._repository.graph_tag(_name(graph))

    def content(self, graph: Graph) -> GraphContent:
        """Return what a graph holds."""
        return self._repository.graph_triples(_name(graph))

    def put(
        self, graph: Graph, documents: Sequence[SentDocument], **options: Unpack[WriteArguments]
    ) -> GraphWritten:
        """Make a graph hold exactly what some documents say."""
        return self._repository.put_graph(_name(graph), documents, **options)

    def merge(
        self, graph: Graph, documents: Sequence[SentDocument], **options: Unpack[WriteArguments]
    ) -> GraphWritten:
        """Add what some documents say to a graph."""
        return self._repository.merge_graph(_name(graph), documents, **options)

    def delete(self, graph: Graph, **options: Unpack[WriteArguments]) -> GraphWritten:
        """Take a graph away."""
        return self._repository.delete_graph(_name(graph), **options)

    def patch(
        self, graph: Graph, text: str, base_iri: str, **options: Unpack[WriteArguments]
    ) -> GraphWritten:
        """Change a graph by a SPARQL update whose default graph it is."""
        return self._repository.patch_graph(_name(graph), text, base_iri=base_iri, **options)

    def impact(self, change: ChangeSet) -> Mapping[str, Any]:
        """Return who would feel a change."""
        return self._repository.impact_of_change(change).to_dict()

    def words(self, change: ChangeSet) -> Mapping[str, Any]:
        """Return what a change says in words."""
        return self._repository.change_in_words(change)


def _name(graph: Graph) -> str | None:
    return None if isinstance(graph, DefaultGraph) else graph.value


async def _graphs_of(request: Request) -> GraphStore:
    store: GraphStore = request.app.state.graph_store
    return store


Graphs = Annotated[GraphStore, Depends(_graphs_of)]
