"""Answers to SPARQL queries: rows or triples that are read once, or bytes of a result format."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import IO, cast

from pyoxigraph import (
    Literal,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    Triple,
    serialize,
)

from orthogramic.errors import NotAcceptableError
from orthogramic.store.row_bound import RowBound, bounded_triples
from orthogramic.syntax.media import RdfSyntax, ResultFormat
from orthogramic.syntax.sparql_text import SparqlText

Cell = NamedNode | Literal | Triple | None

_CHUNK = 1 << 16
_IN_MEMORY = 1 << 23


class SparqlAnswer:
    """The answer to one query; its content can be taken once.

    :param result: what the embedded engine returned, or read.
    :param snapshot: number of the last commit that the answer saw.
    :param prefixes: prefixes for a graph, where the syntax has them.
    :param close: lets go of where the answer comes from.
    """

    def __init__(
        self,
        result: QuerySolutions | QueryBoolean | Iterator[Triple],
        text: SparqlText,
        snapshot: int = 0,
        prefixes: Mapping[str, str] | None = None,
        close: Callable[[], None] | None = None,
    ) -> None:
        self._close = close
        self._result = result
        self._prefixes = dict(prefixes or {})
        self.form = text.form
        self.snapshot = snapshot

    @property
    def variables(self) -> tuple[str, ...]:
        """Names of the variables of a SELECT, in the order of projection; else empty."""
        if isinstance(self._result, QuerySolutions):
            return tuple(each.value for each in self._result.variables)
        return ()

    @property
    def boolean(self) -> bool | None:
        """The answer to an ASK, else ``None``."""
        return bool(self._result) if isinstance(self._result, QueryBoolean) else None

    @property
    def is_graph(self) -> bool:
        """Whether the answer is an RDF graph (CONSTRUCT or DESCRIBE)."""
        return not isinstance(self._result, QuerySolutions | QueryBoolean)

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """Yield the rows of a SELECT; an unbound cell is ``None``."""
        if isinstance(self._result, QuerySolutions):
            count = len(self._result.variables)
            for solution in self._result:
                yield cast("tuple[Cell, ...]", tuple(solution[at] for at in range(count)))

    def triples(self) -> Iterator[Triple]:
        """Yield the triples of a CONSTRUCT or DESCRIBE."""
        if not isinstance(self._result, QuerySolutions | QueryBoolean):
            yield from self._result

    def close(self) -> None:
        """Stop the work for the answer, if it still goes on; its content is gone."""
        if self._close:
            self._close()

    def write(
        self, target: IO[bytes], media: ResultFormat | RdfSyntax, most: int | None = None
    ) -> None:
        """Write the answer to a binary file as it is evaluated.

        :param media: a result format for SELECT and ASK, an RDF syntax for a graph.
        :param most: how many rows or triples there may be; ``None`` for any number.
        :raises TooManyRowsError: if there are more; what was written until then is written.
        :raises NotAcceptableError: if the answer has no form in it: a graph in a result format,
            rows in an RDF syntax, an ASK in CSV or TSV (SPARQL 1.1 Query Results CSV and TSV
            Formats, section 1).
        """
        self._refuse(media)
        if isinstance(media, RdfSyntax):
            triples = self.triples() if most is None else bounded_triples(self.triples(), most)
            serialize(triples, target, media.rdf_format, prefixes=self._prefixes)
        elif isinstance(self._result, QuerySolutions) and most is not None:
            bound = cast("IO[bytes]", RowBound(target, media, most))
            self._result.serialize(bound, format=media.results_format)
        elif isinstance(self._result, QuerySolutions | QueryBoolean):
            self._result.serialize(target, format=media.results_format)

    def serialize(self, media: ResultFormat | RdfSyntax) -> Iterator[bytes]:
        """Return the answer as bytes, in chunks; it is evaluated before the first.

        :raises NotAcceptableError: as :meth:`write`.
        """
        import tempfile  # noqa: PLC0415 - slow, and a worker does without

        spool = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - read later
        target = cast("IO[bytes]", spool)
        try:
            self.write(target, media)
        except BaseException:
            target.close()
            raise
        target.seek(0)
        return _chunks(target)

    def _refuse(self, media: ResultFormat | RdfSyntax) -> None:
        if isinstance(media, RdfSyntax) != self.is_graph:
            what, other = ("an RDF graph", "RDF") if self.is_graph else ("no graph", "a table")
            raise NotAcceptableError(f"The answer to this query is {what}: ask for {other}.")
        if self.boolean is not None and media in (ResultFormat.CSV, ResultFormat.TSV):
            raise NotAcceptableError("A yes or no has no CSV or TSV form: ask for JSON or XML.")


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while chunk := file.read(_CHUNK):
            yield chunk
