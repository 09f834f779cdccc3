"""Errors of a worker as documents, so that they are the same errors on the other side."""

from __future__ import annotations

from typing import Any

from orthogramic.errors import (
    EmptyInputError,
    InvalidParameterError,
    InvalidShapesError,
    NotAcceptableError,
    OrthogramicError,
    QueryMemoryError,
    QueryRefusedError,
    QuerySyntaxError,
    RdfSyntaxError,
    StoreUnavailableError,
    TooManyRowsError,
    UnreadableInputError,
    WriteRefusedError,
)

#: What a worker may say: a worker that broke down cannot make up an error of another kind.
_SAID = {
    each.code: each
    for each in (
        EmptyInputError,
        InvalidParameterError,
        InvalidShapesError,
        NotAcceptableError,
        QueryMemoryError,
        QueryRefusedError,
        QuerySyntaxError,
        RdfSyntaxError,
        StoreUnavailableError,
        TooManyRowsError,
        UnreadableInputError,
        WriteRefusedError,
    )
}


def said(error: OrthogramicError) -> dict[str, Any]:
    """Return an error as a document."""
    return {"code": error.code, "detail": error.detail, "extra": dict(error.extra)}


def understood(document: dict[str, Any]) -> OrthogramicError:
    """Return the error that a document says."""
    kind = _SAID.get(document["code"], OrthogramicError)
    return kind(document["detail"], **document["extra"])
