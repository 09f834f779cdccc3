"""Saved queries: what there is, what each takes, and their answers."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request, Response

from orthogramic.metamodel import Metamodel, SavedQuery
from orthogramic.repository.asking import Timing
from orthogramic.service.access import may_read
from orthogramic.service.answering import bytes_response, seconds_of, while_wanted
from orthogramic.service.dependencies import Limit, Offset, Repo
from orthogramic.service.negotiation import TABLE_FORMATS, table_choice
from orthogramic.service.openapi import content_of, problems_for
from orthogramic.service.parameters import only_declared_parameters, query_pairs, single
from orthogramic.service.responses import json_response

router = APIRouter(
    default_response_class=Response,
    prefix="/api/v1",
    tags=["Saved queries"],
    dependencies=[Depends(may_read)],
)

QueryName = Annotated[str, Path(alias="query_name", description="Name of the saved query")]


@router.get(
    "/queries",
    summary="List saved queries",
    dependencies=[Depends(only_declared_parameters)],
    responses={**content_of("application/json", description="A page"), **problems_for(400)},
)
def list_queries(repository: Repo, limit: Limit = 100, offset: Offset = 0) -> Response:
    """List the saved queries with what they answer and the parameters that they take."""
    found = repository.queries()
    page = found[offset : offset + limit]
    document = {
        "items": [describe(each, repository.metamodel) for each in page],
        "total": len(found),
        "limit": limit,
        "offset": offset,
    }
    return json_response(document, snapshot=repository.snapshot)


@router.get(
    "/queries/{query_name}/description",
    summary="What a saved query takes and gives",
    dependencies=[Depends(only_declared_parameters)],
    responses={
        **content_of("application/json", description="The query, its text included"),
        **problems_for(404),
    },
)
def read_query(repository: Repo, name: QueryName) -> Response:
    """Return summary, parameters and SPARQL text of a saved query."""
    query = repository.metamodel.query(name)
    document = {**describe(query, repository.metamodel), "text": query.text}
    return json_response(document, snapshot=repository.snapshot)


@router.get(
    "/queries/{query_name}",
    summary="The answer to a saved query",
    responses={
        **content_of(
            *(each.media_type for each in TABLE_FORMATS),
            description="Rows in a SPARQL result format",
        ),
        **problems_for(400, 404, 406, 409, 422, 503),
    },
)
async def answer_query(request: Request, repository: Repo, name: QueryName) -> Response:
    """Answer a saved query; its parameters are query parameters under their own names.

    `format` (json, xml, csv or tsv) goes before Accept, and `timeout` gives up after some seconds,
    unless the query has a parameter of that name.
    """
    query = repository.metamodel.query(name)
    pairs = query_pairs(request)
    values = {key: single(pairs, key) or "" for key, _ in pairs}
    own = {each.name for each in query.parameters}
    output = None if "format" in own else values.pop("format", None)
    seconds = None if "timeout" in own else seconds_of(values.pop("timeout", None))
    chosen, media_type = table_choice(request, output)

    def answer(timing: Timing) -> Response:
        found = repository.saved_query_bytes(name, values, chosen, timing)
        return bytes_response(found, media_type)

    return await while_wanted(request, seconds, answer)


def describe(query: SavedQuery, metamodel: Metamodel) -> dict[str, Any]:
    """Return what a client needs to offer a saved query to a person."""
    return {
        "name": query.name,
        "summary": query.summary,
        "description": query.description,
        "tags": list(query.tags),
        "display": query.display.value,
        "parameters": [
            {
                "name": each.name,
                "type": each.type.value,
                "description": each.description,
                "required": each.required,
                "default": each.default,
                "class": metamodel.classes[each.entity_class].name if each.entity_class else None,
            }
            for each in query.parameters
        ],
    }
