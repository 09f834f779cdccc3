"""The graphs side of the facade: graphs as wholes, read and written, and SPARQL Update.

The verbs are those of the SPARQL 1.1 Graph Store HTTP Protocol, section 5.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Unpack

from orthogramic.errors import UnknownGraphError
from orthogramic.facade.holding import Holding
from orthogramic.facade.write_options import WriteArguments, options_of
from orthogramic.repository.graph_tags import GraphContent, GraphTags
from orthogramic.repository.graph_writes import GraphWrites, GraphWritten
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.repository.sent_documents import SentDocument
from orthogramic.repository.written import WriteOutcome
from orthogramic.syntax import RdfSyntax
from orthogramic.vocabulary import KR

if TYPE_CHECKING:
    from orthogramic.repository.update_writes import UpdateWrites

Documents = bytes | str | Sequence[SentDocument]


class Graphs(Holding):
    """Reads and writes graphs as wholes. ``None`` for a graph is ``kr:default``."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        super().__init__(knowledge)
        self._tags = GraphTags(knowledge)
        self._graph_writes = GraphWrites(knowledge, self._tags)

    @cached_property
    def _updates(self) -> UpdateWrites:
        from orthogramic.repository.update_writes import UpdateWrites  # noqa: PLC0415 - rarely needed

        return UpdateWrites(self._knowledge, self._graph_writes)

    def graph_triples(self, graph: str | None = None) -> GraphContent:
        """Return what a graph holds, a system graph too, with its entity tag.

        :param graph: IRI of the graph.
        :returns: the triples, to be taken on this thread; tag and snapshot belong to them.
        :raises UnknownGraphError: if it holds nothing, unless it is ``kr:default``.
        """
        name = self._graph(graph)
        content = self._tags.content(name)
        if content.tag is None and name != KR.default and not self._holds(graph):
            raise UnknownGraphError(f"The graph <{name.value}> holds nothing.")
        return content

    def graph_tag(self, graph: str | None = None) -> str | None:
        """Return the entity tag of a graph; ``None`` if it holds nothing.

        It is the same exactly as long as the graph holds the same.
        """
        return self._tags.tag(self._graph(graph))

    def put_graph(
        self,
        graph: str | None,
        documents: Documents,
        syntax: str = "turtle",
        **options: Unpack[WriteArguments],
    ) -> GraphWritten:
        """Make a graph hold exactly what is given; what stays the same is no part of the commit.

        :param documents: one document as text or bytes, or several as :class:`SentDocument`.
        :param syntax: name of the RDF syntax of one document.
        :raises UnreadableInputError: if a document does not parse, is empty, or names graphs.
        :raises ProtectedGraphError: if the graph is a system graph.
        :raises PreconditionFailedError: if ``if_match`` or ``if_none_match`` does not hold.
        :raises ChangeTooLargeError: if more than ``most`` statements come and go.
        :raises NonConformingDataError: if the data would violate the shapes.
        :raises StoreNotWritableError: if the disk refuses. Nothing is changed in any of these.
        """
        sent = _sent(documents, syntax)
        return self._graph_writes.put(self._graph(graph), sent, options_of(options))

    def merge_graph(
        self,
        graph: str | None,
        documents: Documents,
        syntax: str = "turtle",
        **options: Unpack[WriteArguments],
    ) -> GraphWritten:
        """Add what is given to a graph; parameters and errors as :meth:`put_graph`.

        Blank nodes get the same addresses whenever the same document is added.
        """
        sent = _sent(documents, syntax)
        return self._graph_writes.merge(self._graph(graph), sent, options_of(options))

    def delete_graph(self, graph: str | None, **options: Unpack[WriteArguments]) -> GraphWritten:
        """Take a graph away; errors as :meth:`put_graph`.

        :raises UnknownGraphError: if it holds nothing.
        """
        return self._graph_writes.delete(self._graph(graph), options_of(options))

    def patch_graph(
        self,
        graph: str | None,
        text: str,
        *,
        base_iri: str | None = None,
        **options: Unpack[WriteArguments],
    ) -> GraphWritten:
        """Change a graph by a SPARQL update whose default graph it is; errors as :meth:`update`.

        :param text: the update; it may read other graphs by ``GRAPH``, but changes only this one.
        """
        name = self._graph(graph)
        return self._updates.patch(name, text, options_of(options), base_iri=base_iri)

    def update(
        self,
        text: str,
        *,
        using: Sequence[str] | None = None,
        using_named: Sequence[str] | None = None,
        base_iri: str | None = None,
        **options: Unpack[WriteArguments],
    ) -> WriteOutcome:
        """Carry out a SPARQL 1.1 update, as a whole or not at all.

        Where no graph is named, ``kr:default`` is meant; patterns read what a query reads. For
        ``if_match``, the entity tag of the repository is the number of its last commit.

        :param using: graphs whose union is the default graph of every pattern.
        :param using_named: graphs that ``GRAPH`` may reach in patterns.
        :param base_iri: resolves relative IRIs.
        :raises QuerySyntaxError: if the text does not parse.
        :raises QueryRefusedError: for SERVICE, LOAD, or a text too deep.
        :raises InvalidParameterError: if text and parameters both name a dataset.
        :raises ProtectedGraphError: if it would change a system graph.
        :raises PreconditionFailedError: if ``if_match`` does not hold.
        :raises ChangeTooLargeError: if more than ``most`` statements come and go.
        :raises NonConformingDataError: if the data would violate the shapes.
        :raises WriteRefusedError: if an operation cannot be done (a graph to make is there).
        """
        return self._updates.update(
            text, options_of(options), using=using, using_named=using_named, base_iri=base_iri
        )

    def _holds(self, graph: str | None) -> bool:
        found = self._knowledge.store.quads(None, None, None, self._graph(graph))
        return next(iter(found), None) is not None


def _sent(documents: Documents, syntax: str) -> Sequence[SentDocument]:
    if isinstance(documents, str):
        documents = documents.encode()
    if isinstance(documents, bytes):
        return [SentDocument(documents, RdfSyntax.of_name(syntax))]
    return documents
