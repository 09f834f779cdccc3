"""The SPARQL 1.1 Graph Store HTTP Protocol: graphs as wholes, read and written.

Sections 5.2 to 5.7 (GET, PUT, DELETE, POST, HEAD, PATCH). What is read and written is behind
:class:`~orthogramic.service.graph_stores.GraphStore`; how a request names a graph and carries
documents is the matter of :mod:`orthogramic.service.graph_request`.
"""

from __future__ import annotations

import uuid
from importlib.resources import files
from typing import Any, BinaryIO

from fastapi import APIRouter, Depends, Request, Response
from pyoxigraph import NamedNode, serialize

from orthogramic.errors import UnsupportedMediaTypeError
from orthogramic.exchange.rdfxml import write_rdfxml
from orthogramic.facade.write_options import WriteArguments
from orthogramic.repository.asking import Timing
from orthogramic.repository.graph_writes import GraphWritten
from orthogramic.repository.preconditions import states_of
from orthogramic.service.access import may_read, may_write
from orthogramic.service.answering import while_wanted
from orthogramic.service.graph_request import (
    FORM_DATA,
    Graph,
    documents_of,
    graph_of,
    own_address,
    required_graph,
)
from orthogramic.service.graph_stores import Graphs, GraphStore
from orthogramic.service.negotiation import GRAPH_SYNTAXES, graph_choice
from orthogramic.service.openapi import NOT_MODIFIED, content_of, problems_for
from orthogramic.service.responses import SNAPSHOT
from orthogramic.service.sparql_request import UPDATE, media_type_of, text_of
from orthogramic.service.streaming import streamed_writing
from orthogramic.service.worker import on_worker
from orthogramic.service.write_request import Arguments, written_answer
from orthogramic.syntax import RdfSyntax

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
_MEDIA_TYPES = tuple(each.media_type for each in GRAPH_SYNTAXES)
_TEXT = {"schema": {"type": "string"}}
_TURTLE = {**_TEXT, "example": '<http://example.org/a> <http://example.org/is> "an example" .'}
_PATCH = {
    **_TEXT,
    "example": files(__package__).joinpath("example_update.rq").read_text("utf-8").strip(),
}
_FILES = {"schema": {"type": "object", "properties": {"file": {"type": "string"}}}}
_WITH_TRIPLES = {
    **_NAMED,
    "requestBody": {
        "content": {
            **dict.fromkeys(_MEDIA_TYPES, _TEXT),
            RdfSyntax.TURTLE.media_type: _TURTLE,
            FORM_DATA: _FILES,
        }
    },
}
_WITH_UPDATE = {**_NAMED, "requestBody": {"content": {UPDATE: _PATCH}}}
_READ: dict[int | str, dict[str, Any]] = {
    **content_of(*_MEDIA_TYPES, description="The triples of the graph"),
    **NOT_MODIFIED,
    **problems_for(400, 404, 406),
}
_WRITTEN: dict[int | str, dict[str, Any]] = {
    201: {"description": "The graph is there now and was not before"},
    204: {"description": "The graph is as the request wants it"},
    **content_of("application/json", description="What would happen, or what did"),
    **problems_for(400, 403, 404, 412, 413, 415, 422),
}


@router.get(
    _INDIRECT,
    summary="Read a graph",
    openapi_extra=_NAMED,
    responses=_READ,
    dependencies=_READING,
)
@router.get(_DIRECT, include_in_schema=False, dependencies=_READING)
async def read_graph(request: Request, store: Graphs) -> Response:
    """Return the triples of the graph named by `?graph=` or `?default`, as they are read."""
    return await on_worker(_read, request, store, required_graph(request))


def _read(request: Request, store: GraphStore, graph: Graph) -> Response:
    syntax, media_type = graph_choice(request)
    fields = {"Vary": "Accept"}
    known = states_of(",".join(request.headers.getlist("if-none-match")), weak=True)
    tag = store.tag(graph)
    if tag and known & {tag, "*"}:
        return Response(status_code=304, headers={**fields, **_tagged(tag, syntax.key)})

    def write(target: BinaryIO) -> None:
        content = store.content(graph)
        fields.update(_tagged(content.tag, syntax.key))
        fields[SNAPSHOT] = str(content.snapshot)
        if request.scope.get("orthogramic.method") == "HEAD":
            return
        prefixes = dict(store.prefixes)
        if syntax is not RdfSyntax.RDFXML:
            serialize(content.triples, target, syntax.rdf_format, prefixes=prefixes)
            return
        # What XML cannot carry, the engine writes all the same, and no reader gets it back.
        for piece in write_rdfxml(content.triples, prefixes):
            target.write(piece)

    return streamed_writing(write, media_type, fields)


@router.put(
    _INDIRECT,
    summary="Replace a graph",
    openapi_extra=_WITH_TRIPLES,
    responses=_WRITTEN,
    dependencies=_WRITING,
)
@router.put(_DIRECT, include_in_schema=False, dependencies=_WRITING)
async def replace_graph(request: Request, store: Graphs, arguments: Arguments) -> Response:
    """Make the graph hold exactly the triples of the body, or of the files of a form."""
    graph = required_graph(request)
    documents = await documents_of(request, _base_of(request, graph))
    return await on_worker(
        lambda: _answer(request, store, store.put(graph, documents, **arguments))
    )


@router.post(
    _INDIRECT,
    summary="Add to a graph, or make one",
    openapi_extra=_WITH_TRIPLES,
    responses=_WRITTEN,
    dependencies=_WRITING,
)
@router.post(_DIRECT, include_in_schema=False, dependencies=_WRITING)
async def merge_graph(request: Request, store: Graphs, arguments: Arguments) -> Response:
    """Add the triples of the body; without `graph` and `default` to a new graph."""
    named = graph_of(request)
    graph = named or NamedNode(f"{own_address(request)}/{uuid.uuid4()}")
    documents = await documents_of(request, _base_of(request, graph))
    place = graph.value if named is None and isinstance(graph, NamedNode) else None
    return await on_worker(
        lambda: _answer(request, store, store.merge(graph, documents, **arguments), place)
    )


@router.patch(
    _INDIRECT,
    summary="Change a graph by a SPARQL update",
    openapi_extra=_WITH_UPDATE,
    responses=_WRITTEN,
    dependencies=_WRITING,
)
@router.patch(_DIRECT, include_in_schema=False, dependencies=_WRITING)
async def patch_graph(request: Request, store: Graphs, arguments: Arguments) -> Response:
    """Carry out an update whose default graph is the graph; it may change no other."""
    graph = required_graph(request)
    media = media_type_of(request)
    if media != UPDATE:
        raise UnsupportedMediaTypeError(f"A patch of a graph is {UPDATE}, not {media or 'this'}.")
    text = await text_of(request)
    base = _base_of(request, graph)

    def patched(timing: Timing) -> Response:
        options: WriteArguments = {**arguments, "timing": timing}
        return _answer(request, store, store.patch(graph, text, base, **options))

    return await while_wanted(request, None, patched)


@router.delete(
    _INDIRECT,
    summary="Take a graph away",
    openapi_extra=_NAMED,
    responses=_WRITTEN,
    dependencies=_WRITING,
)
@router.delete(_DIRECT, include_in_schema=False, dependencies=_WRITING)
async def delete_graph(request: Request, store: Graphs, arguments: Arguments) -> Response:
    """Take the graph away; the default graph is emptied."""
    graph = required_graph(request)
    return await on_worker(lambda: _answer(request, store, store.delete(graph, **arguments)))


def _answer(
    request: Request, store: GraphStore, written: GraphWritten, place: str | None = None
) -> Response:
    """Return the answer to a write.

    :param place: the address of a graph that the service gave a name.
    """
    fields = _tagged(written.tag)
    if place:
        fields["Location"] = place
    created = place is not None or (written.created and written.tag is not None)
    return written_answer(
        request,
        written,
        impact=store.impact,
        words=store.words,
        created=created,
        headers=fields,
    )


def _tagged(tag: str | None, representation: str | None = None) -> dict[str, str]:
    """Return the entity tag of a graph, or of what represents it in a format."""
    if tag is None:
        return {}
    return {"ETag": f'"{tag}.{representation}"' if representation else f'"{tag}"'}


def _base_of(request: Request, graph: Graph) -> str:
    return graph.value if isinstance(graph, NamedNode) else own_address(request)
