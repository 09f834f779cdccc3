"""Entities as JSON documents: lists, and everything about one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from orthogramic.facade import Repository
from orthogramic.service.access import may_read
from orthogramic.service.dependencies import ClassName, EntityName, Limit, Offset, Repo
from orthogramic.service.openapi import NOT_MODIFIED, content_of, problems_for
from orthogramic.service.parameters import only_declared_parameters
from orthogramic.service.responses import entity_tag, json_response, not_modified

router = APIRouter(
    default_response_class=Response,
    prefix="/api/v1",
    tags=["Entities"],
    dependencies=[Depends(may_read), Depends(only_declared_parameters)],
)

_JSON = "application/json"


@router.get(
    "/entities",
    summary="List entities",
    responses={**content_of(_JSON, description="A page"), **problems_for(400, 404)},
)
def list_entities(
    repository: Repo,
    class_name: ClassName = None,
    domain: Annotated[
        str | None, Query(description="Only classes of this domain: its label or IRI")
    ] = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> Response:
    """List entities by label, with class and key."""
    page = repository.entities(class_name, domain, limit=limit, offset=offset)
    return json_response(page.to_dict(), snapshot=repository.snapshot)


@router.get(
    "/entity",
    summary="Everything about the entity of any name",
    responses={
        **content_of(_JSON, description="The entity"),
        **problems_for(400, 404, 409),
        **NOT_MODIFIED,
    },
)
def read_entity_by_name(
    request: Request,
    repository: Repo,
    name: Annotated[str, Query(description="IRI, CURIE, `Class/key` or title")],
) -> Response:
    """Return an entity whose name does not go well into an address, such as an IRI."""
    return _entity(request, repository, name)


@router.get(
    "/entities/{name:path}",
    summary="Everything about one entity",
    responses={
        **content_of(_JSON, description="The entity"),
        **problems_for(404, 409),
        **NOT_MODIFIED,
    },
)
def read_entity(request: Request, repository: Repo, name: EntityName) -> Response:
    """Return attributes, structures and relationships in both directions, each with its source."""
    return _entity(request, repository, name)


def _entity(request: Request, repository: Repository, name: str) -> Response:
    snapshot = repository.snapshot
    tag = entity_tag(snapshot, repository.metamodel.digest, name)
    document = repository.entity(name).to_dict()
    unchanged = not_modified(request, tag)
    return unchanged or json_response(document, snapshot=snapshot, headers={"ETag": tag})
