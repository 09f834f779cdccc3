"""Which format an answer takes, and in which format a body came.

Thin: the formats and the rules of choice are those of :mod:`orthogramic.syntax`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from fastapi import Request

from orthogramic.errors import (
    InvalidParameterError,
    NotAcceptableError,
    UnsupportedMediaTypeError,
)
from orthogramic.syntax import RdfSyntax, ResultFormat, negotiate, offered_media_types

Format = TypeVar("Format", RdfSyntax, ResultFormat)

#: Syntaxes for one graph, preferred first.
GRAPH_SYNTAXES = (
    RdfSyntax.TURTLE,
    RdfSyntax.NTRIPLES,
    RdfSyntax.JSONLD,
    RdfSyntax.RDFXML,
    RdfSyntax.TRIG,
    RdfSyntax.NQUADS,
)
#: Syntaxes for several graphs, preferred first.
DATASET_SYNTAXES = (
    RdfSyntax.TRIG,
    RdfSyntax.NQUADS,
    RdfSyntax.JSONLD,
    RdfSyntax.TURTLE,
    RdfSyntax.NTRIPLES,
    RdfSyntax.RDFXML,
)
#: Formats for rows, preferred first; a yes or no has a form in the first two only.
TABLE_FORMATS = (ResultFormat.JSON, ResultFormat.XML, ResultFormat.CSV, ResultFormat.TSV)
BOOLEAN_FORMATS = (ResultFormat.JSON, ResultFormat.XML)

#: What else clients call the formats.
_OTHER_NAMES = {
    "ttl": "turtle",
    "nt": "ntriples",
    "n-triples": "ntriples",
    "n-quads": "nquads",
    "nq": "nquads",
    "rdf": "rdfxml",
    "xml": "rdfxml",
    "rdf+xml": "rdfxml",
    "json": "jsonld",
    "json-ld": "jsonld",
}


def accept_of(request: Request) -> str | None:
    """Return the Accept field of a request, its lines joined."""
    lines = request.headers.getlist("accept")
    return ", ".join(lines) if lines else None


def choose(request: Request, offered: Sequence[str]) -> str:
    """Return the media type that a request prefers.

    :param offered: what can be produced, preferred first.
    :raises NotAcceptableError: if none is accepted.
    """
    chosen = negotiate(accept_of(request), offered)
    if chosen is None:
        raise NotAcceptableError(
            f"This can be given as {', '.join(dict.fromkeys(offered))}.",
            offered=list(dict.fromkeys(offered)),
        )
    return chosen


def prefers(request: Request, media_type: str, over: str) -> bool:
    """Tell whether a request wants one media type more than another."""
    return negotiate(accept_of(request), (over, media_type)) == media_type


def graph_choice(
    request: Request, name: str | None = None, offered: Sequence[RdfSyntax] = GRAPH_SYNTAXES
) -> tuple[RdfSyntax, str]:
    """Return the syntax for an answer that is a graph, and the media type to call it by.

    :param name: a format asked for by name, which goes before the Accept field.
    :param offered: the syntaxes that the answer has.
    :raises NotAcceptableError: if none of the syntaxes is accepted.
    :raises InvalidParameterError: if there is no format of that name.
    """
    if name is not None:
        syntax = _by_name(name, offered)
        return syntax, syntax.media_type
    media_type = choose(request, offered_media_types(offered))
    return RdfSyntax.of_media_type(media_type), media_type


def table_choice(
    request: Request, name: str | None = None, offered: Sequence[ResultFormat] = TABLE_FORMATS
) -> tuple[ResultFormat, str]:
    """Return the format for rows, or a yes or no, and the media type to call it by.

    :param name: a format asked for by name, which goes before the Accept field.
    :param offered: the formats that the answer has.
    :raises NotAcceptableError: if none of the formats is accepted.
    :raises InvalidParameterError: if there is no format of that name.
    """
    if name is not None:
        chosen = _by_name(name, offered)
        return chosen, chosen.media_type
    media_type = choose(request, offered_media_types(offered))
    return ResultFormat.of_media_type(media_type), media_type


def body_syntax(content_type: str | None, file_name: str | None = None) -> RdfSyntax:
    """Return the syntax of a body, by its media type or else its file name.

    :raises UnsupportedMediaTypeError: if neither says it.
    """
    generic = {"", "application/octet-stream"}
    media = (content_type or "").partition(";")[0].strip().lower()
    if media not in generic or not file_name:
        if media in generic:
            known = ", ".join(each.media_type for each in RdfSyntax)
            raise UnsupportedMediaTypeError(f"State the media type of the body: one of {known}.")
        return RdfSyntax.of_media_type(media)
    return RdfSyntax.of_file_name(file_name)


def _by_name(name: str, offered: Sequence[Format]) -> Format:
    """Return a format by its public name, another name in use, or its media type."""
    wanted = name.strip().lower().replace(" ", "+")
    for each in offered:
        if wanted == each.key or wanted in each.media_types:
            return each
    for each in offered:
        if _OTHER_NAMES.get(wanted) == each.key:
            return each
    raise InvalidParameterError(
        f"There is no format '{name}' for this answer; it has "
        f"{', '.join(each.key for each in offered)}.",
        parameter="format",
    )
