"""Answers to SPARQL queries as HTTP responses, in the format that the request prefers.

SPARQL 1.1 Protocol, section 2.1.5: rows and yes-or-no in the SPARQL result formats, graphs in RDF.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fastapi import Request, Response
from pyoxigraph import Triple, serialize

from orthogramic.service.negotiation import (
    BOOLEAN_FORMATS,
    TABLE_FORMATS,
    graph_choice,
    table_choice,
)
from orthogramic.service.responses import written_response
from orthogramic.store import SparqlAnswer


def answer_response(
    request: Request,
    answer: SparqlAnswer,
    *,
    output: str | None = None,
    prefixes: Mapping[str, str] | None = None,
) -> Response:
    """Return the answer to a query. Called on a worker thread.

    :param output: a format asked for by name, which goes before the Accept field.
    :param prefixes: prefixes for a graph, where the syntax has them.
    :raises NotAcceptableError: if the answer has no accepted format.
    """
    if answer.is_graph:
        return graph_response(
            request,
            answer.triples(),
            output=output,
            snapshot=answer.snapshot,
            prefixes=prefixes,
        )
    offered = TABLE_FORMATS if answer.boolean is None else BOOLEAN_FORMATS
    chosen, media_type = table_choice(request, output, offered)
    return written_response(
        lambda file: answer.write(file, chosen), media_type, snapshot=answer.snapshot
    )


def graph_response(
    request: Request,
    triples: Iterable[Triple],
    *,
    output: str | None = None,
    snapshot: int | None = None,
    prefixes: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return triples in the syntax that the request prefers. Called on a worker thread.

    :raises NotAcceptableError: if none of the syntaxes is accepted.
    """
    syntax, media_type = graph_choice(request, output)
    return written_response(
        lambda file: serialize(
            triples, file, format=syntax.rdf_format, prefixes=dict(prefixes or {})
        ),
        media_type,
        snapshot=snapshot,
        headers=headers,
    )
