"""Answers to SPARQL queries: rows or triples that are read once, or bytes of a result format."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO, cast

from pyoxigraph import (
    Literal,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Triple,
    serialize,
)

from orthogramic.errors import NotAcceptableError
from orthogramic.syntax import ResultFormat, SparqlText

Cell = NamedNode | Literal | Triple | None

_CHUNK = 1 << 16


class SparqlAnswer:
    """The answer to one query; its content can be taken once.

    :param result: what the embedded engine returned.
    :param snapshot: number of the last commit that the answer saw.
    """

    def __init__(
        self,
        result: QuerySolutions | QueryBoolean | QueryTriples,
        text: SparqlText,
        snapshot: int = 0,
    ) -> None:
        self._result = result
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
        return isinstance(self._result, QueryTriples)

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """Yield the rows of a SELECT; an unbound cell is ``None``."""
        if isinstance(self._result, QuerySolutions):
            count = len(self._result.variables)
            for solution in self._result:
                yield cast("tuple[Cell, ...]", tuple(solution[at] for at in range(count)))

    def triples(self) -> Iterator[Triple]:
        """Yield the triples of a CONSTRUCT or DESCRIBE."""
        if isinstance(self._result, QueryTriples):
            yield from self._result

    def serialize(self, result_format: ResultFormat) -> bytes:
        """Return a SELECT or ASK answer in a SPARQL result format.

        :raises NotAcceptableError: for an RDF graph, and for an ASK in CSV or TSV, which have no
            form for it (SPARQL 1.1 Query Results CSV and TSV Formats, section 1).
        """
        buffer = io.BytesIO()
        self.write(buffer, result_format)
        return buffer.getvalue()

    def write(self, target: BinaryIO, result_format: ResultFormat) -> None:
        """Write a SELECT or ASK answer to a binary file as it is evaluated.

        :raises NotAcceptableError: as :meth:`serialize`.
        """
        if isinstance(self._result, QueryTriples):
            raise NotAcceptableError("The query gives an RDF graph, not a table: ask for RDF.")
        tabular = result_format in (ResultFormat.CSV, ResultFormat.TSV)
        if isinstance(self._result, QueryBoolean) and tabular:
            raise NotAcceptableError("A yes-or-no answer has no CSV or TSV form: ask for JSON.")
        self._result.serialize(target, format=result_format.engine_format)


