"""What-if: the difference that a scenario would make, and a scenario carried out."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, Request, Response

from orthogramic.errors import UnsupportedMediaTypeError
from orthogramic.repository.documents import read_json_object
from orthogramic.repository.scenarios.requests import read_request
from orthogramic.service.access import may_read, may_write
from orthogramic.service.answering import analysed
from orthogramic.service.dependencies import Repo
from orthogramic.service.openapi import content_of, problems_for
from orthogramic.service.parameters import only_declared_parameters
from orthogramic.service.responses import json_response
from orthogramic.service.sparql_request import media_type_of
from orthogramic.service.worker import on_worker
from orthogramic.service.write_request import Arguments, written_answer

router = APIRouter(
    default_response_class=Response,
    prefix="/api/v1",
    tags=["What-if"],
    dependencies=[Depends(only_declared_parameters)],
)

_JSON = "application/json"
_NAMES = {"type": "array", "items": {"type": "string"}}
_SCENARIO: dict[str, Any] = {
    "type": "object",
    "properties": {
        "title": {"type": "string"},
        "description": {"type": "string"},
        "changes": {"type": "array", "items": {"type": "object"}},
        "turtle": {"type": "string"},
    },
}
_EXAMPLE = {"title": "Nothing yet", "changes": []}


def _body(schema: dict[str, Any], example: dict[str, Any]) -> dict[str, Any]:
    content = {_JSON: {"schema": schema, "example": example}}
    return {"requestBody": {"required": True, "content": content}}


_QUESTION: dict[str, Any] = {
    "type": "object",
    "required": ["scenario"],
    "properties": {
        "scenario": _SCENARIO,
        "against": _SCENARIO,
        "sources": _NAMES,
        "targets": _NAMES,
        "fail": _NAMES,
        "direction": {"type": "string", "enum": ["both", "dependencies", "impact"]},
        "to": _NAMES,
        "via": _NAMES,
        "profile": {"type": "string"},
        "max_hops": {"type": "integer", "minimum": 1},
        "min_score": {"type": "number", "minimum": 0, "maximum": 1},
        "queries": {"type": "array", "items": {"type": "object"}},
        "limit": {"type": "integer", "minimum": 0},
        "offset": {"type": "integer", "minimum": 0},
    },
}


@router.post(
    "/what-if",
    summary="What a scenario would change",
    dependencies=[Depends(may_read)],
    openapi_extra=_body(_QUESTION, {"scenario": _EXAMPLE}),
    responses={
        **content_of(_JSON, description="The difference, with its bound and its receipt"),
        **problems_for(400, 404, 409, 415, 503),
    },
)
async def what_if(request: Request, repository: Repo) -> Response:
    """Tell the difference that a `scenario` would make; nothing is changed.

    The difference is in reach and score, in who falls with what fails, in what the shapes say, in
    gaps, and in the rows of saved queries; to what is there, or to the scenario `against`.
    """
    wanted = read_request(await _document(request))

    def ask() -> Response:
        answer = repository.what_if(**wanted)
        return json_response(answer.to_dict(), snapshot=answer.receipt.snapshot)

    return await analysed(request, ask)


@router.post(
    "/what-if/apply",
    summary="Carry a scenario out",
    dependencies=[Depends(may_write)],
    openapi_extra=_body(_SCENARIO, _EXAMPLE),
    responses={
        **content_of(_JSON, description="What happened, or with `dry_run` what would happen"),
        **problems_for(400, 403, 404, 409, 412, 413, 415),
    },
)
async def apply_scenario(request: Request, repository: Repo, arguments: Arguments) -> Response:
    """Make the changes of a scenario in one commit, as the shapes allow."""
    scenario = await _document(request)

    def answer() -> Response:
        return written_answer(
            request,
            repository.apply_scenario(scenario, **arguments),
            impact=lambda change: repository.impact_of_change(change).to_dict(),
            words=repository.change_in_words,
            wanted=True,
        )

    return await on_worker(answer)


async def _document(request: Request) -> dict[str, Any]:
    if media_type_of(request) != _JSON:
        raise UnsupportedMediaTypeError(f"The body is read as {_JSON}.")
    return await on_worker(read_json_object, await request.body())
