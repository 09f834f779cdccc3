"""The Graph Store HTTP Protocol over the scratch store.

SPARQL 1.1 Graph Store HTTP Protocol: sections 4.1 (a graph is named by its address) and 4.2 (by
``?graph=`` or ``?default``), 5.2 to 5.6 (GET, PUT, DELETE, POST, HEAD).
"""

from __future__ import annotations

import gzip
import io
import uuid
import zlib
from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pyoxigraph import DefaultGraph, NamedNode, Triple, serialize
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from orthogramic.errors import InvalidParameterError, UnsupportedMediaTypeError
from orthogramic.service.access import may_read, may_write
from orthogramic.service.negotiation import GRAPH_SYNTAXES, body_syntax, graph_choice
from orthogramic.service.parameters import (
    absolute_iri,
    query_pairs,
    single,
    unknown_parameter,
)
from orthogramic.service.scratch_store import Graph, ScratchStore, read_triples
from orthogramic.service.settings import Settings
from orthogramic.service.sparql_request import media_type_of
from orthogramic.service.worker import on_worker

router = APIRouter(default_response_class=Response, tags=["Graph store"])

_READING, _WRITING = [Depends(may_read)], [Depends(may_write)]
_INDIRECT, _DIRECT = "/graphs", "/graphs/{name:path}"
_NAMED: dict[str, Any] = {
    "parameters": [
        {
            "name": "graph",
            "in": "query",
            "schema": {"type": "string", "format": "uri"},
            "description": "IRI of the graph",
            "example": "http://example.org/graph",
        },
        {
            "name": "default",
            "in": "query",
            "schema": {"type": "string"},
            "description": "Given instead of `graph`, without a value, for the default graph",
        },
    ]
}
_WITH_TRIPLES = {
    **_NAMED,
    "requestBody": {
        "content": {each.media_type: {"schema": {"type": "string"}} for each in GRAPH_SYNTAXES}
    },
}


async def _store_of(request: Request) -> ScratchStore:
    store = request.app.state.scratch_store
    assert isinstance(store, ScratchStore)
    return store


Store = Annotated[ScratchStore, Depends(_store_of)]


@router.get(_INDIRECT, summary="Read a graph", openapi_extra=_NAMED, dependencies=_READING)
@router.get(
    _DIRECT,
    summary="Read the graph of this address",
    include_in_schema=False,
    dependencies=_READING,
)
async def read_graph(request: Request, store: Store) -> Response:
    """Return the triples of the graph named by `?graph=` or `?default`."""
    graph = _required(_graph_of(request))
    syntax, media_type = graph_choice(request)
    fields = {"Vary": "Accept", "ETag": _etag(store)}
    if request.headers.get("if-none-match") == fields["ETag"]:
        return Response(status_code=304, headers=fields)
    body = await on_worker(lambda: serialize(store.triples(graph), format=syntax.rdf_format))
    return Response(body, headers=fields, media_type=media_type)


@router.put(
    _INDIRECT, summary="Replace a graph", openapi_extra=_WITH_TRIPLES, dependencies=_WRITING
)
@router.put(
    _DIRECT,
    summary="Replace the graph of this address",
    include_in_schema=False,
    dependencies=_WRITING,
)
async def replace_graph(request: Request, store: Store) -> Response:
    """Make the graph hold exactly the triples of the body."""
    graph = _required(_graph_of(request))
    _check_precondition(request, store)
    triples = await _triples_of(request, _base_of(request, graph))
    new = await on_worker(store.replace, graph, triples)
    return Response(status_code=201 if new else 204, headers={"ETag": _etag(store)})


@router.post(
    _INDIRECT,
    summary="Add to a graph, or make one",
    openapi_extra=_WITH_TRIPLES,
    dependencies=_WRITING,
)
@router.post(
    _DIRECT,
    summary="Add to the graph of this address",
    include_in_schema=False,
    dependencies=_WRITING,
)
async def merge_graph(request: Request, store: Store) -> Response:
    """Add the triples of the body; without `graph` and `default` to a new graph."""
    graph = _graph_of(request)
    _check_precondition(request, store)
    if graph is None:
        graph = NamedNode(f"{_own_address(request)}/{uuid.uuid4()}")
        triples = await _triples_of(request, graph.value)
        await on_worker(store.merge, graph, triples)
        return Response(status_code=201, headers={"Location": graph.value})
    triples = await _triples_of(request, _base_of(request, graph))
    new = await on_worker(store.merge, graph, triples)
    return Response(status_code=201 if new else 204, headers={"ETag": _etag(store)})


@router.delete(_INDIRECT, summary="Take a graph away", openapi_extra=_NAMED, dependencies=_WRITING)
@router.delete(
    _DIRECT,
    summary="Take the graph of this address away",
    include_in_schema=False,
    dependencies=_WRITING,
)
async def delete_graph(request: Request, store: Store) -> Response:
    """Take the graph away; the default graph is emptied."""
    graph = _required(_graph_of(request))
    _check_precondition(request, store)
    await on_worker(store.delete, graph)
    return Response(status_code=204)


def _graph_of(request: Request) -> Graph | None:
    """Return the graph that a request names, or ``None`` where it names none."""
    pairs = query_pairs(request)
    for name, _ in pairs:
        if name not in {"default", "graph"}:
            raise unknown_parameter(name, ("default", "graph"))
    named, default = single(pairs, "graph"), single(pairs, "default")
    if named is not None and default is not None:
        raise InvalidParameterError("A request names a graph or the default graph, not both.")
    if named is not None:
        return absolute_iri(named, "graph")
    if default is not None:
        return DefaultGraph()
    if request.path_params.get("name"):
        return absolute_iri(_own_address(request), "address")
    return None


def _required(graph: Graph | None) -> Graph:
    if graph is None:
        raise InvalidParameterError(
            "Name a graph with ?graph=IRI, or the default graph with ?default.", parameter="graph"
        )
    return graph


def _own_address(request: Request) -> str:
    """Return the address of a request as it was sent, its escapes untouched."""
    settings: Settings = request.app.state.settings
    root = (settings.public_url or f"{request.url.scheme}://{request.url.netloc}").rstrip("/")
    raw: bytes = request.scope.get("raw_path") or request.url.path.encode()
    return root + raw.partition(b"?")[0].decode("ascii").rstrip("/")


def _base_of(request: Request, graph: Graph) -> str:
    return graph.value if isinstance(graph, NamedNode) else _own_address(request)


def _etag(store: ScratchStore) -> str:
    return f'"{store.revision}"'


def _check_precondition(request: Request, store: ScratchStore) -> None:
    """Refuse a write to something that has changed (RFC 9110, section 13.1.1)."""
    wanted = request.headers.get("if-match")
    if wanted is None or wanted.strip() == "*":
        return
    if _etag(store) not in {each.strip() for each in wanted.split(",")}:
        raise HTTPException(412, "The store has changed since the ETag of If-Match was given.")


async def _triples_of(request: Request, base_iri: str) -> list[Triple]:
    """Read the body: one document, or several as the parts of a form."""
    if media_type_of(request) == "multipart/form-data":
        async with request.form() as form:
            parts = [each for _, each in form.multi_items() if isinstance(each, UploadFile)]
            if not parts:
                raise InvalidParameterError("The form has no file part.")
            found: list[Triple] = []
            for part in parts:
                syntax = body_syntax(part.content_type, part.filename)
                content = await part.read()
                found += await on_worker(read_triples, content, syntax, base_iri)
            return found
    syntax = body_syntax(request.headers.get("content-type"), None)
    content = _decoded(await request.body(), request)
    return await on_worker(read_triples, content, syntax, base_iri)


def _decoded(body: bytes, request: Request) -> bytes:
    """Undo the content coding, within the bound on bodies."""
    coding = request.headers.get("content-encoding", "identity").strip().lower()
    if coding in {"", "identity"}:
        return body
    if coding != "gzip":
        raise UnsupportedMediaTypeError(f"The content coding {coding} cannot be undone; gzip can.")
    limit: int = request.app.state.settings.limits.body_bytes
    try:
        plain = b"".join(_inflated(body, limit))
    except (OSError, EOFError, zlib.error):
        raise InvalidParameterError("The body is not the gzip that its header says.") from None
    return plain


def _inflated(body: bytes, limit: int) -> Iterator[bytes]:
    seen = 0
    with gzip.open(io.BytesIO(body)) as stream:
        while piece := stream.read(1 << 16):
            seen += len(piece)
            if seen > limit:
                raise HTTPException(413, f"The body has more than {limit} bytes when unpacked.")
            yield piece
