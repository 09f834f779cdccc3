"""Entities written over HTTP: created, replaced, patched and deleted by their documents.

RFC 9110 for methods and preconditions, RFC 7396 for JSON merge patches.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from orthogramic.errors import UnsupportedMediaTypeError
from orthogramic.facade import Repository
from orthogramic.repository.documents import EntityWritten, read_json_object
from orthogramic.service.access import may_write
from orthogramic.service.dependencies import EntityName, Repo
from orthogramic.service.media_types import ENTITY, MERGE_PATCH
from orthogramic.service.openapi import content_of, problems_for
from orthogramic.service.parameters import only_declared_parameters
from orthogramic.service.sparql_request import media_type_of
from orthogramic.service.worker import on_worker
from orthogramic.service.write_request import Arguments, written_answer

router = APIRouter(
    default_response_class=Response,
    prefix="/api/v1",
    tags=["Entities"],
    dependencies=[Depends(may_write), Depends(only_declared_parameters)],
)

_JSON = "application/json"
_OBJECT: dict[str, Any] = {"schema": {"type": "object"}}
_DOCUMENT = {"requestBody": {"required": True, "content": {ENTITY: _OBJECT, _JSON: _OBJECT}}}
_PATCH = {"requestBody": {"required": True, "content": {MERGE_PATCH: _OBJECT, _JSON: _OBJECT}}}
_WRITTEN: dict[int | str, dict[str, Any]] = {
    **content_of(_JSON, description="What happened, or with `dry_run` what would happen"),
    **problems_for(400, 403, 409, 412, 413, 415, 422),
}
_CREATED: dict[int | str, dict[str, Any]] = {
    201: {
        "description": "The entity is there now and was not before",
        "headers": {"Location": {"schema": {"type": "string", "format": "uri"}}},
        "content": {_JSON: {}},
    },
    **_WRITTEN,
}
_NAMED = problems_for(404)

GraphName = Annotated[
    str | None,
    Query(description="IRI of the graph for new statements; by default the entity's own"),
]


@router.post(
    "/entities",
    summary="Create an entity",
    openapi_extra=_DOCUMENT,
    responses=_CREATED,
)
async def create_entity(
    request: Request, repository: Repo, arguments: Arguments, graph: GraphName = None
) -> Response:
    """Create an entity whose document names its class.

    Its address is made of its business key, or of `key`. A document may be read with
    `?form=document`.
    """
    document = await _object(request, ENTITY)
    return await _answered(
        request,
        repository,
        lambda: repository.create_entity(None, document, graph=graph, **arguments),
    )


@router.post(
    "/entities/{class}",
    summary="Create an entity of a class",
    openapi_extra=_DOCUMENT,
    responses={**_CREATED, **_NAMED},
)
async def create_entity_of_class(
    request: Request,
    repository: Repo,
    arguments: Arguments,
    class_name: Annotated[str, Path(alias="class", description="A class: name, CURIE or IRI")],
    graph: GraphName = None,
) -> Response:
    """Create an entity; the document may name a subclass."""
    document = await _object(request, ENTITY)
    return await _answered(
        request,
        repository,
        lambda: repository.create_entity(class_name, document, graph=graph, **arguments),
    )


@router.put(
    "/entities/{name:path}",
    summary="Replace an entity, or create it",
    openapi_extra=_DOCUMENT,
    responses={**_CREATED, **_NAMED},
)
async def put_entity(
    request: Request,
    repository: Repo,
    arguments: Arguments,
    name: EntityName,
    graph: GraphName = None,
) -> Response:
    """Make an entity exactly what its document says; what the document leaves out goes.

    `If-Match` guards against lost updates, `If-None-Match: *` against replacing anything.
    """
    document = await _object(request, ENTITY)
    return await _answered(
        request, repository, lambda: repository.put_entity(name, document, graph=graph, **arguments)
    )


@router.patch(
    "/entities/{name:path}",
    summary="Change some members of an entity",
    openapi_extra=_PATCH,
    responses={**_WRITTEN, **_NAMED},
)
async def patch_entity(
    request: Request,
    repository: Repo,
    arguments: Arguments,
    name: EntityName,
    graph: GraphName = None,
) -> Response:
    """Apply a JSON merge patch to the document of an entity: `null` takes a member away."""
    patch = await _object(request, MERGE_PATCH)
    return await _answered(
        request, repository, lambda: repository.patch_entity(name, patch, graph=graph, **arguments)
    )


@router.delete(
    "/entities/{name:path}", summary="Delete an entity", responses={**_WRITTEN, **_NAMED}
)
async def delete_entity(
    request: Request,
    repository: Repo,
    arguments: Arguments,
    name: EntityName,
    detach: Annotated[
        bool, Query(description="Take along what others say that refers to it", examples=[True])
    ] = False,
) -> Response:
    """Delete an entity with its parts and its own links.

    If others refer to it, that is refused with who does, unless `detach` takes it along.
    """
    return await _answered(
        request, repository, lambda: repository.delete_entity(name, detach=detach, **arguments)
    )


async def _object(request: Request, media_type: str) -> dict[str, Any]:
    """Read the body.

    :param media_type: what it is, besides JSON.
    """
    media = media_type_of(request)
    if media not in (media_type, _JSON):
        found = f"not {media}" if media else "and the request names no media type"
        raise UnsupportedMediaTypeError(f"The body is read as {media_type} or {_JSON}, {found}.")
    return await on_worker(read_json_object, await request.body())


async def _answered(
    request: Request, repository: Repository, write: Callable[[], EntityWritten]
) -> Response:
    def answer() -> Response:
        written = write()
        fields = {} if written.tag is None else {"ETag": f'"{written.tag}"'}
        created = written.created and not written.dry_run
        if created:
            fields["Location"] = written.entity.iri
        return written_answer(
            request,
            written,
            impact=lambda change: repository.impact_of_change(change).to_dict(),
            words=repository.change_in_words,
            created=created,
            wanted=True,
            headers=fields,
        )

    return await on_worker(answer)
