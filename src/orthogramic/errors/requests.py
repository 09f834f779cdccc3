"""Errors of requests that are not well formed, or ask for what is not to be had."""

from __future__ import annotations

from orthogramic.errors.root import OrthogramicError


class UsageError(OrthogramicError):
    """The request itself is not well formed."""

    code = "bad-request"
    title = "The request is not well formed"
    status = 400
    exit_code = 2


class InvalidParameterError(UsageError):
    """A parameter is missing, of the wrong type or out of range."""

    code = "invalid-parameter"
    title = "A parameter is not valid"


class QuerySyntaxError(UsageError):
    """SPARQL text that does not parse.

    :param line: line of the fault, from 1, if known.
    :param column: column of the fault, from 1, if known.
    """

    code = "query-syntax"
    title = "The SPARQL text does not parse"

    def __init__(self, detail: str, *, line: int | None = None, column: int | None = None) -> None:
        super().__init__(detail, line=line, column=column)
        self.line = line
        self.column = column


class QueryRefusedError(UsageError):
    """SPARQL that parses but may not be evaluated here (SERVICE, LOAD, an update, too deep).

    :param reason: stable word for the rule that refused, e.g. ``service-not-allowed``.
    """

    code = "query-refused"
    title = "The SPARQL text may not be evaluated here"

    def __init__(self, detail: str, *, reason: str) -> None:
        super().__init__(detail, reason=reason)
        self.reason = reason


class UnsupportedMediaTypeError(UsageError):
    """Content in a format that cannot be read."""

    code = "unsupported-media-type"
    title = "The content is in a format that cannot be read here"
    status = 415


class NotAcceptableError(UsageError):
    """None of the formats that the client accepts can be produced."""

    code = "not-acceptable"
    title = "None of the accepted formats can be produced"
    status = 406


class InexpressibleDataError(UsageError):
    """Data that the format asked for cannot carry; another format can.

    :param format_name: the format that cannot.
    """

    code = "inexpressible-data"
    title = "The format cannot carry the data"
    status = 406

    def __init__(self, detail: str, *, format_name: str) -> None:
        super().__init__(detail, format=format_name)
        self.format_name = format_name
