"""The validation results that stand, in pages: nothing is judged when somebody asks."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from orthogramic.service.access import may_read
from orthogramic.service.dependencies import ClassName, Limit, Offset, Repo
from orthogramic.service.negotiation import choose
from orthogramic.service.openapi import content_of, problems_for
from orthogramic.service.parameters import only_declared_parameters
from orthogramic.service.responses import SNAPSHOT, json_response

router = APIRouter(
    default_response_class=Response,
    prefix="/api/v1",
    tags=["Validation"],
    dependencies=[Depends(may_read), Depends(only_declared_parameters)],
)

_JSON, _TEXT, _TURTLE = "application/json", "text/plain", "text/turtle"


@router.get(
    "/results",
    summary="What the shapes say of everything that is kept",
    responses={
        **content_of(_JSON, _TEXT, _TURTLE, description="A page of results, gravest first"),
        **problems_for(400, 404, 406, 409),
    },
)
def results(
    request: Request,
    repository: Repo,
    *,
    severity: Annotated[
        str | None, Query(description="Only `violation`, `warning` or `info`")
    ] = None,
    entity: Annotated[
        str | None, Query(description="Only results about this entity and its parts")
    ] = None,
    class_name: ClassName = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> Response:
    """List the results that stand, of every severity, as kept up to date by each commit.

    Warnings and infos are the gaps. `counts` counts all results, `total` those that were asked
    for; `kinds` tells with the first page what is said of several things, and of how many. As
    Turtle, the page is an `sh:ValidationReport`.
    """
    media_type = choose(request, (_JSON, _TEXT, _TURTLE))
    found = repository.results(
        severity=severity, entity=entity, class_name=class_name, limit=limit, offset=offset
    )
    if media_type == _JSON:
        return json_response(found.to_dict(), snapshot=found.snapshot, headers={"Vary": "Accept"})
    prefixes = repository.metamodel.prefixes
    report = found.report
    text = report.to_text() if media_type == _TEXT else report.to_turtle(prefixes)
    headers = {"Vary": "Accept", SNAPSHOT: str(found.snapshot)}
    return Response(text, headers=headers, media_type=media_type)
