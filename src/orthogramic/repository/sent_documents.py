"""Documents that are sent to one graph: what they say, and where in them it stands.

Unlike a file that is loaded, a document that is sent to a graph resolves its relative IRIs against
the address of that graph (SPARQL 1.1 Graph Store HTTP Protocol, section 5.1), and names no graph.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, NamedNode, Quad

from orthogramic.errors import RdfSyntaxError
from orthogramic.syntax import RdfSyntax, read_quads, skolemize
from orthogramic.validation import DocumentPlaces


@dataclass(frozen=True, slots=True)
class SentDocument:
    """One document of a request.

    :param data: its bytes.
    :param source: what the person calls it.
    :param base_iri: resolves its relative IRIs; the graph that it is sent to by default.
    """

    data: bytes
    syntax: RdfSyntax
    source: str = "the document"
    base_iri: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it, not even a comment."""
        return not self.data.strip()

    def quads(
        self, graph: NamedNode, repository_iri: str, *, allow_empty: bool = False
    ) -> Iterator[Quad]:
        """Yield what the document says, in a graph; blank nodes become IRIs.

        The same document always gives the same IRIs, two documents different ones.

        :param repository_iri: the IRI under whose host blank nodes get their addresses.
        :param allow_empty: whether nothing at all is an empty graph.
        :raises RdfSyntaxError: if it does not parse, or names graphs of its own.
        :raises EmptyInputError: if there is nothing in it, not even a comment.
        """
        read = read_quads(
            self.data,
            self.syntax,
            base_iri=self.base_iri or graph.value,
            source=self.source,
            allow_empty=allow_empty,
        )
        digest = hashlib.sha256(self.data).hexdigest()
        for quad in skolemize(read, repository_iri, document=digest):
            if not isinstance(quad.graph_name, DefaultGraph):
                raise RdfSyntaxError(
                    "The document names graphs; what is sent to a graph is one graph.",
                    source=self.source,
                )
            yield Quad(quad.subject, quad.predicate, quad.object, graph)

    def places(self, graph: NamedNode) -> DocumentPlaces:
        """Return what finds the places of its statements."""
        return DocumentPlaces(
            self.data, self.syntax, self.source, base_iri=self.base_iri or graph.value
        )
