"""In which format a query is answered, decided before anybody knows what kind of answer it has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from fastapi import Request

from orthogramic.errors import OrthogramicError
from orthogramic.service.negotiation import BOOLEAN_FORMATS, graph_choice, table_choice
from orthogramic.store.isolation.isolated_answer import AnswerHead
from orthogramic.store.question import Formats
from orthogramic.syntax import RdfSyntax, ResultFormat, SparqlText

Format = TypeVar("Format", RdfSyntax, ResultFormat)
_Choice = tuple[Format, str] | OrthogramicError


@dataclass(frozen=True, slots=True)
class AnswerFormats:
    """The format and media type for each kind of answer, or why there is none.

    SPARQL 1.1 Protocol, section 2.1.5: rows and yes-or-no in the SPARQL result formats, graphs in
    RDF.
    """

    _rows: _Choice[ResultFormat]
    _boolean: _Choice[ResultFormat]
    _graph: _Choice[RdfSyntax]

    @classmethod
    def of(cls, request: Request, output: str | None) -> AnswerFormats:
        """Choose the formats that a request prefers.

        :param output: a format asked for by name, which goes before the Accept field.
        """
        return cls(_rows(request, output), _boolean(request, output), _graph(request, output))

    @property
    def formats(self) -> Formats:
        """The formats alone."""
        return Formats(_format(self._rows), _format(self._boolean), _format(self._graph))

    def media_type(self, head: AnswerHead) -> str:
        """Return what to call the content of an answer."""
        rows = self._rows if head.boolean is None else self._boolean
        chosen = self._graph if head.is_graph else rows
        assert not isinstance(chosen, OrthogramicError)
        return chosen[1]

    def refusal(self, text: str) -> OrthogramicError:
        """Return why there is no format for the answer to a query that has none."""
        form = SparqlText.of(text).form
        kinds = {"ask": self._boolean, "construct": self._graph, "describe": self._graph}
        chosen = kinds.get(form, self._rows)
        assert isinstance(chosen, OrthogramicError)
        return chosen


def _rows(request: Request, output: str | None) -> _Choice[ResultFormat]:
    try:
        return table_choice(request, output)
    except OrthogramicError as error:
        return error


def _boolean(request: Request, output: str | None) -> _Choice[ResultFormat]:
    try:
        return table_choice(request, output, BOOLEAN_FORMATS)
    except OrthogramicError as error:
        return error


def _graph(request: Request, output: str | None) -> _Choice[RdfSyntax]:
    try:
        return graph_choice(request, output)
    except OrthogramicError as error:
        return error


def _format(choice: _Choice[Format]) -> Format | None:
    return None if isinstance(choice, OrthogramicError) else choice[0]
