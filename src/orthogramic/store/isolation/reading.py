"""Reads an answer that came as bytes, as if the engine had given it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, cast

from pyoxigraph import QueryResultsFormat, RdfFormat, Triple, parse, parse_query_results

from orthogramic.errors import LimitExceededError
from orthogramic.store.answers import SparqlAnswer
from orthogramic.store.isolation.evaluator import AnswerBytes
from orthogramic.syntax import SparqlText


def read_answer(content: AnswerBytes, text: str, *, most: int | None = None) -> SparqlAnswer:
    """Return an answer as rows or triples, which are read as they are taken.

    :param content: in JSON, or N-Triples if it is a graph; it is closed with the answer.
    :param text: the query.
    :param most: bytes that are read before it is refused to go on; ``None`` for any number.
    :raises LimitExceededError: while it is read, if there are more.
    """
    pieces = content.pieces()
    file = cast("IO[bytes]", _PiecesFile(pieces if most is None else _bounded(pieces, most)))
    if content.head.is_graph:
        triples = (quad.triple for quad in parse(file, RdfFormat.N_TRIPLES))
        result: object = cast("Iterator[Triple]", triples)
    else:
        result = parse_query_results(file, QueryResultsFormat.JSON)
    return SparqlAnswer(
        result,  # type: ignore[arg-type]
        SparqlText.of(text),
        content.head.snapshot,
        close=content.close,
    )


def _bounded(pieces: Iterator[bytes], most: int) -> Iterator[bytes]:
    read = 0
    for piece in pieces:
        read += len(piece)
        if read > most:
            raise LimitExceededError(
                f"The solutions are longer than {most >> 20:,} MiB; ask for less at once.",
                limit=most,
            )
        yield piece


class _PiecesFile:
    """A binary file, for reading, of pieces as they come."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._piece = b""

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes; less than asked for, but some, before the end."""
        if size < 0:
            rest = self._piece + b"".join(self._pieces)
            self._piece = b""
            return rest
        while not self._piece:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._piece = piece
        taken, self._piece = self._piece[:size], self._piece[size:]
        return taken
