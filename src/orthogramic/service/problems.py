"""Errors as problem documents (RFC 9457), in one shape whatever went wrong.

Nothing is decided here: errors of the house keep their code and status, those of the framework
are given one. An error that nobody foresaw says so and shows nothing of its inside.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Protocol

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.routing import Match

from orthogramic.errors import (
    AccessRefusedError,
    InvalidParameterError,
    NonConformingDataError,
    OrthogramicError,
)
from orthogramic.service.access.challenge import challenge
from orthogramic.service.negotiation import prefers

PROBLEM = "application/problem+json"

#: Codes of what the protocol itself refuses, by status.
_CODES = {
    404: ("not-found", "There is nothing at this address"),
    405: ("method-not-allowed", "The method is not allowed at this address"),
    406: ("not-acceptable", "None of the accepted formats can be produced"),
    412: ("precondition-failed", "The thing has changed since it was read"),
    413: ("content-too-large", "The content is too large"),
    415: ("unsupported-media-type", "The content is in a format that cannot be read here"),
}


class ProblemPage(Protocol):
    """Shows a problem to a person."""

    def __call__(self, request: Request, problem: Mapping[str, Any]) -> Response:
        """Return a page for the problem document, with its status."""


def install(app: FastAPI) -> None:
    """Make an application answer every error in the shape of a problem."""
    app.add_exception_handler(OrthogramicError, _house_error)
    app.add_exception_handler(RequestValidationError, _invalid_request)
    app.add_exception_handler(HTTPException, _protocol_error)
    app.add_exception_handler(Exception, _unforeseen)


def problem_response(
    request: Request, problem: Mapping[str, Any], headers: Mapping[str, str] | None = None
) -> Response:
    """Return a problem as a response: JSON, or a page for a browser where there are pages.

    :param problem: a problem document with ``status``.
    :param headers: further header fields.
    """
    fields = {"Vary": "Accept", "Cache-Control": "no-store", **(headers or {})}
    page: ProblemPage | None = getattr(request.app.state, "problem_page", None)
    if page is not None and prefers(request, "text/html", over=PROBLEM):
        response = page(request, problem)
        response.headers.update(fields)
        return response
    body = json.dumps(problem, ensure_ascii=False, default=str).encode()
    return Response(body, problem["status"], headers=fields, media_type=PROBLEM)


def problem(status: int, detail: str, **extra: Any) -> dict[str, Any]:
    """Return the problem document of an error of the protocol.

    :param status: HTTP status.
    :param detail: one plain sentence.
    """
    phrase = HTTPStatus(status).phrase
    code, title = _CODES.get(status, (phrase.lower().replace(" ", "-"), phrase))
    return {
        "type": f"https://orthogramic.com/problems/{code}",
        "title": title,
        "status": status,
        "detail": detail,
        "code": code,
        **extra,
    }


async def _house_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, OrthogramicError)
    headers: dict[str, str] = {}
    if isinstance(error, NonConformingDataError):
        if prefers(request, "text/turtle", over=PROBLEM):
            body = error.report.to_turtle()
            return Response(
                body, error.status, headers={"Vary": "Accept"}, media_type="text/turtle"
            )
        document = {**error.to_dict(), "report": error.report.to_dict()}
        return problem_response(request, document)
    if isinstance(error, AccessRefusedError):
        headers.update(challenge(error))
    if error.status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = "5"
    return problem_response(request, error.to_dict(), headers)


async def _invalid_request(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults = [
        {"parameter": str(each["loc"][-1]), "message": str(each["msg"])} for each in error.errors()
    ]
    first = faults[0]
    found = error.errors()[0].get("input")
    shown = f" (found '{found}')" if isinstance(found, str | int | float) else ""
    house = InvalidParameterError(
        f"The value of '{first['parameter']}' is not valid: {first['message']}{shown}.",
        parameter=first["parameter"],
        faults=faults,
    )
    return problem_response(request, house.to_dict())


async def _protocol_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    detail = str(error.detail)
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = allowed_methods(request)
        headers["Allow"] = ", ".join(allowed)
        if request.method == "OPTIONS":
            return Response(status_code=HTTPStatus.NO_CONTENT, headers=headers)
        detail = f"{request.method} is not allowed here; allowed are {', '.join(allowed)}."
    elif error.status_code == HTTPStatus.NOT_FOUND and detail == HTTPStatus.NOT_FOUND.phrase:
        detail = f"There is nothing at {request.url.path}."
    return problem_response(request, problem(error.status_code, detail), headers)


async def _unforeseen(request: Request, _error: Exception) -> Response:
    # The framework logs the trace; what went wrong inside is not for the outside.
    house = OrthogramicError("The service met an error that nobody foresaw; its log says more.")
    return problem_response(request, house.to_dict())


def allowed_methods(request: Request) -> list[str]:
    """Return the methods that some route of the application takes at a request's address."""
    offered = {"OPTIONS"}
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        scope = {**request.scope, "method": method}
        if any(route.matches(scope)[0] is Match.FULL for route in request.app.routes):
            offered.add(method)
    if "GET" in offered:
        offered.add("HEAD")
    return sorted(offered)
