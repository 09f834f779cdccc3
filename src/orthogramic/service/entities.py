"""Entities as JSON documents: lists, and everything about one."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response

from orthogramic.facade import Repository
from orthogramic.repository.documents.tags import tag_of
from orthogramic.service.access import may_read
from orthogramic.service.dependencies import ClassName, EntityName, Limit, Offset, Repo
from orthogramic.service.media_types import ENTITY
from orthogramic.service.negotiation import prefers
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
_MEDIA_TYPES = {"view": _JSON, "document": ENTITY}
_READ: dict[int | str, dict[str, Any]] = {
    **content_of(_JSON, ENTITY, description="The entity"),
    **problems_for(400, 404, 409),
    **NOT_MODIFIED,
}

FormName = Annotated[
    Literal["view", "document"] | None,
    Query(
        description="`view` for reading: labels, both directions; `document` for writing. By "
        "default as Accept has it"
    ),
]


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


@router.get("/entity", summary="Everything about the entity of any name", responses=_READ)
def read_entity_by_name(
    request: Request,
    repository: Repo,
    name: Annotated[str, Query(description="IRI, CURIE, `Class/key` or title")],
    form: FormName = None,
) -> Response:
    """Return an entity whose name does not go well into an address, such as an IRI."""
    return _entity(request, repository, name, form)


@router.get("/entities/{name:path}", summary="Everything about one entity", responses=_READ)
def read_entity(
    request: Request, repository: Repo, name: EntityName, form: FormName = None
) -> Response:
    """Return attributes, structures and relationships in both directions, each with its source.

    With `?form=document`, or where Accept prefers it, return the document instead: what the
    entity states itself, in the form in which it is written.
    """
    return _entity(request, repository, name, form)


def _entity(request: Request, repository: Repository, name: str, form: str | None) -> Response:
    """Return an entity in one of its forms.

    Each form has a tag that begins with that of the document, so that any of them can guard a
    write; the view has the snapshot in it besides, for it also shows what others say.
    """
    snapshot = repository.snapshot
    document = repository.entity_document(name)
    tag = tag_of(document)
    preferred = "document" if prefers(request, ENTITY, over=_JSON) else "view"
    media_type = _MEDIA_TYPES[form or preferred]
    if media_type == _JSON:
        tag = f"{tag}.{entity_tag(snapshot, repository.metamodel.digest, name)[1:-1]}"
        document = repository.entity(name).to_dict()
    fields = {"ETag": f'"{tag}"', "Vary": "Accept"}
    unchanged = not_modified(request, fields["ETag"])
    return unchanged or json_response(
        document, snapshot=snapshot, headers=fields, media_type=media_type
    )
