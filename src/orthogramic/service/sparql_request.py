"""What a SPARQL 1.1 Protocol request asks for, whichever of its forms it came in.

SPARQL 1.1 Protocol, sections 2.1 (query operation) and 2.2 (update operation). Nothing is
evaluated here.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from email.message import Message

from fastapi import Request

from orthogramic.errors import (
    InvalidParameterError,
    QueryRefusedError,
    UnsupportedMediaTypeError,
)
from orthogramic.service.answering import seconds_of
from orthogramic.service.parameters import Pairs, graph_names, pairs_of, query_pairs, single
from orthogramic.service.settings import Limits

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

#: Names under which clients of other stores ask for a format; all mean the same here.
_FORMAT_NAMES = ("format", "output", "results")
_NO_DATASET = ("timeout", *_FORMAT_NAMES)
_KNOWN = (
    "query",
    "update",
    "default-graph-uri",
    "named-graph-uri",
    "using-graph-uri",
    "using-named-graph-uri",
    "timeout",
    *_FORMAT_NAMES,
)


@dataclass(frozen=True, slots=True)
class SparqlRequest:
    """One query or update.

    :param text: the SPARQL text.
    :param update: whether it came as an update.
    :param default_graphs: the protocol's default graphs; ``None`` where it names no dataset.
    :param named_graphs: the protocol's named graphs; ``None`` where it names no dataset.
    :param base_iri: the address of the endpoint, against which relative IRIs resolve.
    :param output: name of a format that overrides the Accept field, for browsers.
    :param seconds: after how long to give up, below the bound.
    """

    text: str
    update: bool
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None
    base_iri: str
    output: str | None
    seconds: float | None = None


async def read_sparql_request(request: Request, limits: Limits) -> SparqlRequest | None:
    """Read a request on the SPARQL endpoint.

    :returns: what it asks for, or ``None`` where it asks for the description of the service.
    :raises InvalidParameterError: for missing, repeated or contradicting parameters.
    :raises UnsupportedMediaTypeError: for a body of another type, or not in UTF-8.
    :raises QueryRefusedError: for an update sent by GET.
    """
    pairs = query_pairs(request)
    if request.method == "POST":
        pairs = pairs + await _body_pairs(request)
    _refuse_slips(pairs)
    query, update = single(pairs, "query"), single(pairs, "update")
    output = next((value for name in _FORMAT_NAMES if (value := single(pairs, name))), None)
    if request.method != "POST":
        if update is not None:
            raise QueryRefusedError("An update is sent by POST.", reason="update-not-allowed")
        if query is None and not _names_dataset(pairs):
            return None
    if query is not None and update is not None:
        raise InvalidParameterError("A request has a query or an update, not both.")
    text = update if query is None else query
    if text is None:
        raise InvalidParameterError("The parameter 'query' is missing.", parameter="query")
    _check_text(text, limits)
    default, named = _dataset(pairs, update=update is not None)
    seconds = seconds_of(single(pairs, "timeout"))
    return SparqlRequest(
        text, update is not None, default, named, endpoint_of(request), output, seconds
    )


def endpoint_of(request: Request) -> str:
    """Return the address at which clients find the endpoint."""
    public_url: str | None = request.app.state.settings.public_url
    if public_url:
        return public_url.rstrip("/") + str(request.scope["path"])
    return str(request.url.replace(query="", fragment=""))


def media_type_of(request: Request) -> str:
    """Return the media type of the body, in lower case without parameters.

    :raises UnsupportedMediaTypeError: if it names a character set other than UTF-8.
    """
    check_charset(request.headers.get("content-type", ""))
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def check_charset(content_type: str) -> None:
    """Refuse content in a character set that is not read.

    :param content_type: as in the header field.
    :raises UnsupportedMediaTypeError: if it names a character set other than UTF-8.
    """
    header = Message()
    header["content-type"] = content_type
    charset = header.get_param("charset")
    if isinstance(charset, str) and charset.lower() not in {"utf-8", "utf8", "us-ascii"}:
        raise UnsupportedMediaTypeError(f"Text is read as UTF-8 only, not as {charset}.")


async def _body_pairs(request: Request) -> Pairs:
    """Return the body as parameters: a form as it is, direct text under the name that it has."""
    media = media_type_of(request)
    if media == FORM:
        return pairs_of(await request.body(), "form")
    if media not in {QUERY, UPDATE}:
        found = f"not {media}" if media else "and the request names no media type"
        raise UnsupportedMediaTypeError(
            f"The body is read as {FORM}, {QUERY} or {UPDATE}, {found}."
        )
    return [("query" if media == QUERY else "update", await text_of(request))]


async def text_of(request: Request) -> str:
    """Return the body of a request as SPARQL text.

    :raises InvalidParameterError: if it is not UTF-8, or empty.
    """
    try:
        text = (await request.body()).decode("utf-8")
    except UnicodeDecodeError:
        raise InvalidParameterError("The SPARQL text is not UTF-8.") from None
    limits: Limits = request.app.state.settings.limits
    _check_text(text, limits)
    return text


def _refuse_slips(pairs: Pairs) -> None:
    """Refuse a misspelt parameter; others may be meant for other stores and are left alone."""
    for name, _ in pairs:
        near = [] if name in _KNOWN else difflib.get_close_matches(name, _KNOWN, n=1, cutoff=0.8)
        if near:
            raise InvalidParameterError(
                f"There is no parameter '{name}' here; did you mean '{near[0]}'?",
                parameter=name,
                suggestions=near,
            )


def _check_text(text: str, limits: Limits) -> None:
    if not text.strip():
        raise InvalidParameterError("The SPARQL text is empty.")
    if len(text) > limits.query_length:
        raise InvalidParameterError(
            f"The SPARQL text has {len(text)} characters; {limits.query_length} are allowed.",
            limit=limits.query_length,
        )


def _names_dataset(pairs: Pairs) -> bool:
    return any(name in _KNOWN and name not in _NO_DATASET for name, _ in pairs)


def _dataset(
    pairs: Pairs, *, update: bool
) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
    """Return default and named graphs as the protocol gives them (sections 2.1.4 and 2.2.3)."""
    own, other = ("using", "default") if update else ("default", "using")
    for name in (
        f"{other}-graph-uri",
        "using-named-graph-uri" if not update else "named-graph-uri",
    ):
        if any(key == name for key, _ in pairs):
            kind = "an update" if update else "a query"
            raise InvalidParameterError(f"'{name}' does not belong to {kind}.", parameter=name)
    default = graph_names(pairs, f"{own}-graph-uri")
    named = graph_names(pairs, "using-named-graph-uri" if update else "named-graph-uri")
    if not default and not named:
        return None, None
    return default, named
