"""What a request on graphs names and carries: the graph, the documents, what goes along.

SPARQL 1.1 Graph Store HTTP Protocol, sections 4.1 (a graph is named by its address) and 4.2 (by
``?graph=`` or ``?default``). Nothing is read or written here.
"""

from __future__ import annotations

from pyoxigraph import DefaultGraph, NamedNode
from starlette.datastructures import UploadFile
from starlette.requests import Request

from orthogramic.errors import InvalidParameterError
from orthogramic.repository.sent_documents import SentDocument
from orthogramic.service.negotiation import body_syntax
from orthogramic.service.parameters import absolute_iri, query_pairs, single, unknown_parameter
from orthogramic.service.settings import Settings
from orthogramic.service.sparql_request import check_charset, media_type_of

Graph = NamedNode | DefaultGraph

FORM_DATA = "multipart/form-data"

_WRITING = ("author", "dry_run", "message")
_NAMING = ("default", "graph")


def graph_of(request: Request) -> Graph | None:
    """Return the graph that a request names, or ``None`` where it names none.

    :raises InvalidParameterError: if it names several, or none that can be, or has a parameter
        that nothing reads.
    """
    known = _NAMING if request.method == "GET" else (*_NAMING, *_WRITING)
    pairs = query_pairs(request)
    for name, _ in pairs:
        if name not in known:
            raise unknown_parameter(name, known)
        single(pairs, name)
    named, default = single(pairs, "graph"), single(pairs, "default")
    if named is not None and default is not None:
        raise InvalidParameterError("A request names a graph or the default graph, not both.")
    if named is not None:
        return absolute_iri(named, "graph")
    if default is not None:
        return DefaultGraph()
    if request.path_params.get("name"):
        return absolute_iri(own_address(request), "address")
    return None


def required_graph(request: Request) -> Graph:
    """Return the graph that a request names.

    :raises InvalidParameterError: if it names none; otherwise as :func:`graph_of`.
    """
    graph = graph_of(request)
    if graph is None:
        raise InvalidParameterError(
            "Name a graph with ?graph=IRI, or the default graph with ?default.", parameter="graph"
        )
    return graph


def own_address(request: Request) -> str:
    """Return the address of a request as it was sent, its escapes untouched."""
    settings: Settings = request.app.state.settings
    root = (settings.public_url or f"{request.url.scheme}://{request.url.netloc}").rstrip("/")
    raw: bytes = request.scope.get("raw_path") or request.url.path.encode()
    return root + raw.partition(b"?")[0].decode("ascii").rstrip("/")


async def documents_of(request: Request, base_iri: str) -> list[SentDocument]:
    """Return what a request carries: its body, or the files of a form.

    :param base_iri: resolves the relative IRIs of the documents.
    :raises UnsupportedMediaTypeError: if the syntax of a document is not told, or is not known.
    :raises InvalidParameterError: if a form has no file.
    """
    if media_type_of(request) != FORM_DATA:
        syntax = body_syntax(request.headers.get("content-type"), None)
        return [SentDocument(await request.body(), syntax, "the body", base_iri)]
    found: list[SentDocument] = []
    async with request.form() as form:
        parts = [each for _, each in form.multi_items() if isinstance(each, UploadFile)]
        for number, part in enumerate(parts, start=1):
            check_charset(part.content_type or "")
            syntax = body_syntax(part.content_type, part.filename)
            source = part.filename or f"part {number}"
            found.append(SentDocument(await part.read(), syntax, source, base_iri))
    if not found:
        raise InvalidParameterError("The form has no file part.")
    return found
