"""The SPARQL endpoint of the repository: queries, updates, and the description of the service."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, Request, Response

from orthogramic.errors import NotAcceptableError
from orthogramic.facade import Repository
from orthogramic.facade.write_options import WriteArguments
from orthogramic.repository.asking import Timing
from orthogramic.service.access import may_read, may_write
from orthogramic.service.answer_formats import AnswerFormats
from orthogramic.service.answering import bytes_response, while_wanted
from orthogramic.service.dependencies import Repo
from orthogramic.service.negotiation import GRAPH_SYNTAXES, TABLE_FORMATS
from orthogramic.service.openapi import content_of, problems_for
from orthogramic.service.responses import not_modified
from orthogramic.service.service_description import PREFIXES, DescribedGraph, describe_service
from orthogramic.service.sparql_answers import graph_response
from orthogramic.service.sparql_request import (
    FORM,
    QUERY,
    UPDATE,
    SparqlRequest,
    endpoint_of,
    read_sparql_request,
)
from orthogramic.service.sparql_tags import repeatable, tag_of
from orthogramic.service.sparql_update import carry_out
from orthogramic.service.worker import on_worker
from orthogramic.service.write_request import Arguments

router = APIRouter(
    default_response_class=Response, tags=["SPARQL"], dependencies=[Depends(may_read)]
)

_TEXT = {"type": "string"}
_GRAPHS: dict[str, Any] = {"type": "array", "items": {"type": "string", "format": "uri"}}
_RESPONSES = {
    **content_of(
        *(each.media_type for each in (*TABLE_FORMATS, *GRAPH_SYNTAXES)),
        description="Rows or a yes-or-no in a SPARQL result format; a graph in an RDF syntax",
    ),
    **problems_for(400, 406, 413, 415, 422, 503),
}


def _parameter(name: str, schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema, "description": description}


_DATASET = [
    _parameter("default-graph-uri", _GRAPHS, "Graphs whose union is the default graph"),
    _parameter("named-graph-uri", _GRAPHS, "Graphs that GRAPH may reach"),
    _parameter("format", _TEXT, "json, xml, csv, tsv, turtle, ...: goes before Accept"),
    _parameter("timeout", {"type": "number"}, "Seconds after which to give up, below the bound"),
]
_FORM_FIELDS = {"query": _TEXT, "update": _TEXT}
_USING = [
    _parameter("using-graph-uri", _GRAPHS, "Graphs whose union an update reads by default"),
    _parameter("using-named-graph-uri", _GRAPHS, "Graphs that GRAPH may reach in an update"),
]
_QUERY = _parameter("query", _TEXT, "A SPARQL 1.1 query")


@router.get(
    "/sparql",
    summary="Query the repository",
    responses=_RESPONSES,
    openapi_extra={"parameters": [_QUERY, *_DATASET]},
)
async def query_by_get(request: Request, repository: Repo) -> Response:
    """Answer a SPARQL 1.1 query; without one, describe the service in RDF.

    The default graph is everything asserted and what follows from it; `GRAPH` tells the sources
    apart. Updates, SERVICE and LOAD are refused.
    """
    return await _respond(request, repository)


@router.post(
    "/sparql",
    summary="Query the repository, the query in the body, or update it",
    responses=_RESPONSES,
    openapi_extra={
        "parameters": [*_DATASET, *_USING],
        "requestBody": {
            "content": {
                QUERY: {"schema": _TEXT},
                UPDATE: {"schema": _TEXT},
                FORM: {"schema": {"type": "object", "properties": _FORM_FIELDS}},
            }
        },
    },
)
async def query_by_post(request: Request, repository: Repo, arguments: Arguments) -> Response:
    """Answer a SPARQL 1.1 query that is too long for an address, or carry out an update.

    An update is judged as a whole, and committed or refused. `dry_run` tells what it would do.
    """
    return await _respond(request, repository, arguments)


async def _respond(
    request: Request, repository: Repository, arguments: WriteArguments | None = None
) -> Response:
    asked = await read_sparql_request(request, request.app.state.settings.limits)
    if asked is None:
        return await on_worker(_description, request, repository)
    if asked.update:
        await may_write(request)
        assert arguments is not None
        options = arguments
        return await while_wanted(
            request,
            asked.seconds,
            lambda timing: carry_out(request, repository, asked, {**options, "timing": timing}),
        )
    chosen = AnswerFormats.of(request, asked.output)
    tagged = request.method == "GET" and repeatable(asked)
    if tagged:
        known = not_modified(request, tag_of(asked, chosen, repository.snapshot))
        if known is not None:
            return known
    return await while_wanted(
        request,
        asked.seconds,
        lambda timing: _answer(repository, asked, chosen, timing, tagged=tagged),
    )


def _answer(
    repository: Repository,
    asked: SparqlRequest,
    chosen: AnswerFormats,
    timing: Timing,
    *,
    tagged: bool,
) -> Response:
    try:
        answer = repository.sparql_bytes(
            asked.text,
            chosen.formats,
            default_graphs=asked.default_graphs,
            named_graphs=asked.named_graphs,
            base_iri=asked.base_iri,
            timing=timing,
        )
    except NotAcceptableError:
        raise chosen.refusal(asked.text) from None
    fields = {"ETag": tag_of(asked, chosen, answer.head.snapshot)} if tagged else {}
    return bytes_response(answer, chosen.media_type(answer.head), fields)


def _description(request: Request, repository: Repository) -> Response:
    graphs = (DescribedGraph(each.iri, each.label, each.triples) for each in repository.graphs())
    triples = describe_service(endpoint_of(request), union=True, graphs=graphs)
    return graph_response(request, triples, snapshot=repository.snapshot, prefixes=PREFIXES)
