"""What was changed, by whom, when and why."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response

from orthogramic.service.access import may_read
from orthogramic.service.dependencies import Limit, Offset, Repo
from orthogramic.service.openapi import content_of, problems_for
from orthogramic.service.parameters import only_declared_parameters
from orthogramic.service.responses import json_response

router = APIRouter(
    default_response_class=Response,
    prefix="/api/v1",
    tags=["Repository"],
    dependencies=[Depends(may_read), Depends(only_declared_parameters)],
)


@router.get(
    "/history",
    summary="List commits",
    responses={
        **content_of("application/json", description="A page, newest first"),
        **problems_for(400),
    },
)
def history(repository: Repo, limit: Limit = 50, offset: Offset = 0) -> Response:
    """List commits: number, time, author, message, how much was added and removed."""
    page = repository.history(limit=limit, offset=offset)
    return json_response(page.to_dict(), snapshot=repository.snapshot)


@router.get(
    "/history/{number}",
    summary="One commit",
    responses={
        **content_of("application/json", description="The commit with its exact triples"),
        **problems_for(400, 404),
    },
)
def commit(
    repository: Repo,
    number: Annotated[int, Path(ge=1, description="Number of the commit")],
    limit: Limit = 1000,
    offset: Offset = 0,
) -> Response:
    """Return a commit with the statements that it added and removed, as N-Quads, in pages."""
    detail = repository.commit(number, limit, offset)
    return json_response(detail.to_dict(), snapshot=repository.snapshot)
