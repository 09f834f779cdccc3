"""Mends of what is kept: offered to whoever may read, made for whoever may write and asks."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from orthogramic.errors import InvalidParameterError, UnsupportedMediaTypeError
from orthogramic.repository.documents import read_json_object
from orthogramic.service.access import may_read, may_write
from orthogramic.service.dependencies import Limit, Repo
from orthogramic.service.negotiation import choose
from orthogramic.service.openapi import content_of, problems_for
from orthogramic.service.parameters import only_declared_parameters, unknown_parameter
from orthogramic.service.responses import SNAPSHOT, json_response
from orthogramic.service.sparql_request import media_type_of
from orthogramic.service.worker import on_worker
from orthogramic.service.write_request import Arguments, written_answer

router = APIRouter(
    default_response_class=Response,
    prefix="/api/v1",
    tags=["Validation"],
    dependencies=[Depends(only_declared_parameters)],
)

_JSON, _TEXT = "application/json", "text/plain"
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            _JSON: {
                "schema": {
                    "type": "object",
                    "required": ["ids"],
                    "properties": {"ids": {"type": "array", "items": {"type": "string"}}},
                },
                "example": {"ids": ["0123456789abcdef"]},
            }
        },
    }
}


@router.get(
    "/mends",
    summary="What can be mended without a decision",
    dependencies=[Depends(may_read)],
    responses={
        **content_of(_JSON, _TEXT, description="Mends of the gravest results first"),
        **problems_for(400, 404, 406, 409),
    },
)
def mends(
    request: Request,
    repository: Repo,
    severity: Annotated[
        str | None, Query(description="Only for results that are `violation`, `warning` or `info`")
    ] = None,
    entity: Annotated[
        str | None, Query(description="Only for results about this entity and its parts")
    ] = None,
    limit: Limit = 100,
) -> Response:
    """Offer mends for the validation results that stand; nothing is changed.

    Each was tried on what is kept: it settles a result and causes none. `complete` tells whether
    every result was looked at. A `POST` of an `id` makes the mend.
    """
    media_type = choose(request, (_JSON, _TEXT))
    found = repository.mends(severity=severity, entity=entity, limit=limit)
    if media_type == _JSON:
        return json_response(found.to_dict(), snapshot=found.snapshot, headers={"Vary": "Accept"})
    headers = {"Vary": "Accept", SNAPSHOT: str(found.snapshot)}
    return Response(found.to_text(), headers=headers, media_type=media_type)


@router.post(
    "/mends",
    summary="Make mends that were offered",
    dependencies=[Depends(may_write)],
    openapi_extra=_BODY,
    responses={
        **content_of(_JSON, description="What happened, or with `dry_run` what would happen"),
        **problems_for(400, 403, 409, 412, 413, 415),
    },
)
async def apply_mends(request: Request, repository: Repo, arguments: Arguments) -> Response:
    """Make the mends of some `ids` in one commit.

    Each is proved once more. One that was made already, or whose ground has changed, is left out
    and named in `left_out`; `notes` say why. Only violations that stood before may stay.
    """
    if media_type_of(request) != _JSON:
        raise UnsupportedMediaTypeError(f"The body is read as {_JSON}.")
    wanted = _identifiers(await on_worker(read_json_object, await request.body()))

    def answer() -> Response:
        return written_answer(
            request,
            repository.apply_mends(wanted, **arguments),
            impact=lambda change: repository.impact_of_change(change).to_dict(),
            words=repository.change_in_words,
            wanted=True,
        )

    return await on_worker(answer)


def _identifiers(document: dict[str, Any]) -> list[str]:
    for name in document:
        if name != "ids":
            raise unknown_parameter(name, ("ids",))
    found = document.get("ids")
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise InvalidParameterError(
            "'ids' must be a list of identifiers of mends.", parameter="ids"
        )
    return found
