"""Counts of what the repository holds."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Response

from orthogramic.service.access import may_read
from orthogramic.service.dependencies import Repo
from orthogramic.service.openapi import content_of
from orthogramic.service.parameters import only_declared_parameters
from orthogramic.service.responses import json_response

router = APIRouter(
    default_response_class=Response,
    prefix="/api/v1",
    tags=["Repository"],
    dependencies=[Depends(may_read), Depends(only_declared_parameters)],
)


@router.get(
    "/stats",
    summary="What is in here",
    responses=content_of("application/json", description="The counts"),
)
def stats(repository: Repo) -> Response:
    """Count entities by domain and class, links by relationship, and triples by source."""
    counted = repository.stats()
    return json_response(counted.to_dict(), snapshot=counted.snapshot)
