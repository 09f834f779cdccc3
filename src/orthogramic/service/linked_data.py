"""Entities by their own addresses: `/id/…` names the thing, `/doc/…` tells about it.

Cool URIs for the Semantic Web, section 4.2 (303 redirects and content negotiation).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import RedirectResponse

from orthogramic.errors import NotAcceptableError, UnknownEntityError, UnsupportedMediaTypeError
from orthogramic.facade import Repository
from orthogramic.repository.catalogue import EntitySummary
from orthogramic.service.access import may_read
from orthogramic.service.dependencies import Repo
from orthogramic.service.negotiation import GRAPH_SYNTAXES, choose
from orthogramic.service.openapi import NOT_MODIFIED, content_of, problems_for
from orthogramic.service.parameters import only_declared_parameters
from orthogramic.service.responses import (
    SNAPSHOT,
    entity_tag,
    not_modified,
    written_response,
)
from orthogramic.syntax import RdfSyntax, offered_media_types

router = APIRouter(
    default_response_class=Response,
    tags=["Linked data"],
    dependencies=[Depends(may_read), Depends(only_declared_parameters)],
)

#: Makes the page of an entity for people: request, repository, class and key.
EntityPage = Callable[[Request, Repository, str, str], Response]

_HTML = "text/html"
Address = Annotated[
    str, Path(description="`Class/key`, the tail of the address of an entity or of a part of it")
]


@router.get(
    "/id/{address:path}",
    summary="Where there is something to read about a thing",
    status_code=303,
    response_class=RedirectResponse,
    responses=problems_for(404, 409),
)
def identify(request: Request, repository: Repo, address: Address) -> Response:
    """Redirect from the address of a thing to the document about it."""
    entity = _entity_at(repository, address)
    return RedirectResponse(_document_path(request, entity), 303, headers={"Vary": "Accept"})


@router.get(
    "/doc/{address:path}",
    summary="The document about a thing",
    responses={
        **content_of(
            *(each.media_type for each in GRAPH_SYNTAXES),
            _HTML,
            description="The entity with what surrounds it",
        ),
        **problems_for(404, 406, 409),
        **NOT_MODIFIED,
    },
)
def describe(request: Request, repository: Repo, address: Address) -> Response:
    """Tell about a thing in the format that the request prefers.

    An extension (`.ttl`, `.nt`, `.jsonld`, `.rdf`, `.trig`, `.nq`, `.html`) goes before Accept.
    """
    entity, media_type = _asked_for(request, repository, address)
    path = _document_path(request, entity)
    snapshot = repository.snapshot
    tag = entity_tag(snapshot, repository.metamodel.digest, entity.iri, media_type)
    headers = {
        "ETag": tag,
        "Link": _links(entity, path),
        "Content-Location": path + _extension(media_type),
    }
    unchanged = not_modified(request, tag)
    if unchanged is not None:
        return unchanged
    if media_type == _HTML:
        page: EntityPage = request.app.state.entity_page
        response = page(request, repository, entity.class_name, entity.key)
        response.headers.update({**headers, "Vary": "Accept", SNAPSHOT: str(snapshot)})
        return response
    syntax = RdfSyntax.of_media_type(media_type)
    chunks = repository.export(syntax.key, entity=entity.iri)
    return written_response(
        lambda file: file.writelines(chunks), media_type, snapshot=snapshot, headers=headers
    )


def _asked_for(request: Request, repository: Repository, address: str) -> tuple[EntitySummary, str]:
    """Return the entity and the media type that a request is about."""
    plain, media_type = _without_extension(address)
    if media_type is not None:
        try:
            entity = repository.resolve(plain)
        except UnknownEntityError:
            # A dot may belong to the key.
            media_type = None
        else:
            if media_type == _HTML and not _has_pages(request):
                raise NotAcceptableError("There are no pages for people here.")
            return entity, media_type
    entity = repository.resolve(address)
    offered = offered_media_types(GRAPH_SYNTAXES)
    return entity, choose(request, (*offered, _HTML) if _has_pages(request) else offered)


def _without_extension(address: str) -> tuple[str, str | None]:
    """Split a known file name extension off an address."""
    stem, dot, extension = address.rpartition(".")
    if not dot or "/" in extension:
        return address, None
    if extension == "html":
        return stem, _HTML
    try:
        return stem, RdfSyntax.of_file_name(address).media_type
    except UnsupportedMediaTypeError:
        return address, None


def _has_pages(request: Request) -> bool:
    return getattr(request.app.state, "entity_page", None) is not None


def _entity_at(repository: Repository, address: str) -> EntitySummary:
    """Return the entity of an address, or the one that the thing at the address is a part of."""
    first: UnknownEntityError | None = None
    for candidate in _owners(address):
        try:
            return repository.resolve(candidate)
        except UnknownEntityError as error:
            first = first or error
    raise first or UnknownEntityError("An address is made of a class and a key: /id/Class/key.")


def _owners(address: str) -> Iterator[str]:
    """Yield the address and those above it, down to class and key."""
    segments = address.strip("/").split("/")
    for length in range(len(segments), 1, -1):
        yield "/".join(segments[:length])


def _document_path(request: Request, entity: EntitySummary) -> str:
    """Return the path of an entity's document, under the prefix that a proxy has taken off."""
    root = str(request.scope.get("root_path", "")).rstrip("/")
    return f"{root}/doc/{quote(entity.class_name)}/{quote(entity.key, safe='/')}"


def _extension(media_type: str) -> str:
    return ".html" if media_type == _HTML else RdfSyntax.of_media_type(media_type).extensions[0]


def _links(entity: EntitySummary, path: str) -> str:
    """Say what the document is about and in which other forms there is one (RFC 8288)."""
    links = [f'<{entity.iri}>; rel="describes"']
    links += [
        f'<{path}{each.extensions[0]}>; rel="alternate"; type="{each.media_type}"'
        for each in GRAPH_SYNTAXES
    ]
    return ", ".join(links)
