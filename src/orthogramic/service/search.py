"""Search in the titles and texts of entities."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from orthogramic.service.access import may_read
from orthogramic.service.dependencies import ClassName, Limit, Offset, Repo
from orthogramic.service.openapi import content_of, problems_for
from orthogramic.service.parameters import only_declared_parameters
from orthogramic.service.responses import json_response

router = APIRouter(
    default_response_class=Response,
    prefix="/api/v1",
    tags=["Entities"],
    dependencies=[Depends(may_read), Depends(only_declared_parameters)],
)


@router.get(
    "/search",
    summary="Find entities by their words",
    responses={
        **content_of("application/json", description="A page, best hits first"),
        **problems_for(400, 404),
    },
)
def search(
    repository: Repo,
    text: Annotated[str, Query(alias="q", min_length=1, description="Words to look for")],
    class_name: ClassName = None,
    limit: Limit = 20,
    offset: Offset = 0,
) -> Response:
    """Find entities whose title or text has the words; `snippet` marks them with brackets."""
    page = repository.search(text, class_name, limit=limit, offset=offset)
    return json_response(page.to_dict(), snapshot=repository.snapshot)
