"""Read RDF documents: bytes in, quads out, every fault with its place and a plain sentence.

The only way in which documents enter the house.  Reading is lazy and, but for JSON-LD, needs
memory for a few statements only.  Nothing is fetched, nothing is stored.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any, BinaryIO, cast

from pyoxigraph import Quad, QuadParser, parse

from orthogramic.errors import EmptyInputError, RdfSyntaxError
from orthogramic.syntax.detection import HEAD_LENGTH, not_text, without_byte_order_mark
from orthogramic.syntax.feeds import BlockFeed, Feed, LineFeed, Rewound, XmlFeed
from orthogramic.syntax.json_documents import (
    end_position,
    inline_contexts,
    keyword_position,
    refuse_deep_nesting,
)
from orthogramic.syntax.media import RdfSyntax
from orthogramic.syntax.syntax_messages import (
    TRUNCATED,
    ParserFault,
    mistaken_syntax,
    sentence_for,
)


@dataclass(frozen=True)
class RdfDocument:
    """A document read as a whole.

    :param quads: its statements in the order of the text.
    :param prefixes: namespace IRI by prefix, as the document declares them.
    :param base_iri: the base IRI at its end, if any.
    """

    quads: tuple[Quad, ...]
    prefixes: Mapping[str, str]
    base_iri: str | None


class _Reading:
    """One pass over one document.

    :raises EmptyInputError: if there is nothing but white space.
    :raises RdfSyntaxError: if the document is no text.
    """

    def __init__(
        self,
        data: bytes | BinaryIO,
        syntax: RdfSyntax,
        source: str,
        contexts: Mapping[str, Mapping[str, Any]],
    ) -> None:
        self._syntax = syntax
        self._source = source
        self._contexts = contexts
        stream = io.BytesIO(data) if isinstance(data, bytes) else data
        head = without_byte_order_mark(stream.read(HEAD_LENGTH))
        while head.isspace() and (more := stream.read(HEAD_LENGTH)):
            head += more
        self.empty = not head.strip()
        reason = not_text(head)
        if reason is not None:
            raise self._fault(f"The content is {reason}.", 1, 1)
        self._head = head
        self._stream = io.BufferedReader(Rewound(self._head, stream))
        self._json = b""

    def _fault(self, sentence: str, line: int | None, column: int | None) -> RdfSyntaxError:
        return RdfSyntaxError(sentence, source=self._source, line=line, column=column)

    def _feed(self) -> Feed:
        if self._syntax is RdfSyntax.JSONLD:
            self._json = self._stream.read()
            refuse_deep_nesting(self._json, self._source)
            if b'"@context"' in self._json:
                self._json = inline_contexts(self._json, self._contexts, self._source)
            return LineFeed(io.BytesIO(self._json))
        if self._syntax is RdfSyntax.RDFXML:
            mistaken = mistaken_syntax(self._syntax, self._head)
            if mistaken is not None:
                raise self._fault(mistaken, 1, 1)
            return XmlFeed(LineFeed(self._stream), self._source)
        return BlockFeed(self._stream, self._source)

    def quads(self, base_iri: str | None, rename_blank_nodes: bool) -> Iterator[Quad]:
        """Yield the statements; turn whatever the parser raises into an error of ours."""
        feed = self._feed()
        try:
            self.parser = self._parser(feed, base_iri, rename_blank_nodes)
            yield from self.parser
        except SyntaxError as error:
            raise self._explained(error, feed) from None
        except ValueError as error:
            raise self._fault(f"The document cannot be read: {error}.", 1, 1) from None

    def _parser(self, feed: Feed, base_iri: str | None, rename_blank_nodes: bool) -> QuadParser:
        return parse(
            cast("IO[bytes]", feed),  # the parser only ever calls read
            self._syntax.rdf_format,
            base_iri=base_iri,
            rename_blank_nodes=rename_blank_nodes,
        )

    def _explained(self, error: SyntaxError, feed: Feed) -> RdfSyntaxError:
        fault = ParserFault.of(error)
        sentence = sentence_for(fault, self._syntax, self._head)
        if fault.line is not None:
            if self._json and (fault.line, fault.column) == end_position(self._json):
                sentence = TRUNCATED
            return self._fault(sentence, fault.line, fault.column or 1)
        if isinstance(feed, LineFeed) and feed.ended:
            return self._fault(sentence, *keyword_position(self._json, fault.message))
        return self._fault(sentence, feed.line, feed.column)


def _check(reading: _Reading, source: str, allow_empty: bool) -> None:
    if reading.empty and not allow_empty:
        raise EmptyInputError(f"{source} is empty.", source=source)


def read_quads(
    data: bytes | BinaryIO,
    syntax: RdfSyntax,
    *,
    base_iri: str | None = None,
    source: str = "the document",
    rename_blank_nodes: bool = False,
    allow_empty: bool = False,
    contexts: Mapping[str, Mapping[str, Any]] | None = None,
) -> Iterator[Quad]:
    """Read a document lazily, in bounded memory (JSON-LD: in memory for its text).

    :param data: the document, or a stream open for reading bytes; UTF-8, a byte order mark is
        accepted.
    :param syntax: the syntax to read it as.
    :param base_iri: resolves relative IRIs; None makes them an error.
    :param source: the document's name for messages.
    :param rename_blank_nodes: give blank nodes fresh labels, to keep documents apart.
    :param allow_empty: let an empty document be an empty graph.
    :param contexts: JSON-LD contexts by IRI, used where a document refers to them; contexts are
        never fetched.
    :returns: the statements, in the order of the text (JSON-LD: the parser's order).
    :raises EmptyInputError: while iterating, if there is nothing but white space.
    :raises RdfSyntaxError: while iterating, with line and column from 1.
    :raises OSError: while iterating, if the stream fails.
    """
    reading = _Reading(data, syntax, source, contexts or {})
    _check(reading, source, allow_empty)
    if not reading.empty:
        yield from reading.quads(base_iri, rename_blank_nodes)


def read_document(
    data: bytes | BinaryIO,
    syntax: RdfSyntax,
    *,
    base_iri: str | None = None,
    source: str = "the document",
    rename_blank_nodes: bool = False,
    allow_empty: bool = False,
    contexts: Mapping[str, Mapping[str, Any]] | None = None,
) -> RdfDocument:
    """Read a document as a whole, with the prefixes that it declares.

    Parameters and errors are those of :func:`read_quads`; errors are raised at once.

    :returns: statements, prefixes and base IRI.
    """
    reading = _Reading(data, syntax, source, contexts or {})
    _check(reading, source, allow_empty)
    if reading.empty:
        return RdfDocument((), {}, base_iri)
    quads = tuple(reading.quads(base_iri, rename_blank_nodes))
    return RdfDocument(quads, dict(reading.parser.prefixes), reading.parser.base_iri)
