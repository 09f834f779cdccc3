"""The OpenAPI document: what every operation has in common, and examples from the data itself.

The engine knows no word of any domain, so an example that works can only come from what is in the
repository.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse

from orthogramic.service.access import may_read
from orthogramic.service.access.describing import describe_access
from orthogramic.service.media_types import ENTITY, MERGE_PATCH
from orthogramic.service.reference_page import reference_page
from orthogramic.service.responses import json_response
from orthogramic.service.settings import Settings
from orthogramic.service.sparql_request import QUERY

Examples = Callable[[], Mapping[str, Any]]

PROBLEM = "application/problem+json"
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"

#: Names of the examples of what requests send, by method and media type.
_BODIES = {
    ("post", QUERY): "query",
    ("post", ENTITY): "new_entity",
    ("put", ENTITY): "entity_document",
    ("patch", MERGE_PATCH): "entity_patch",
}

_MEANINGS = {
    400: "A parameter, the query or the content is not valid",
    403: "Whoever asks may not do it, or the repository keeps it itself",
    404: "A name leads to nothing; near names are suggested",
    406: "None of the accepted formats can be produced",
    409: "A name leads to several things, or something stands against it; all are listed",
    412: "The thing has changed since it was read",
    413: "The content is too large",
    415: "The content is in a format that cannot be read",
    422: "The data would violate the shapes; the report says where",
    503: "The repository cannot be used now",
}

router = APIRouter(
    default_response_class=Response, include_in_schema=False, dependencies=[Depends(may_read)]
)


def problems_for(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the responses of an operation that are problem documents.

    :param statuses: HTTP statuses that the operation can answer.
    """
    reference = {"$ref": "#/components/schemas/Problem"}
    return {
        status: {
            "description": _MEANINGS[status],
            "content": {PROBLEM: {"schema": reference}},
        }
        for status in statuses
    }


#: The response of an operation that knows entity tags.
NOT_MODIFIED: dict[int | str, dict[str, Any]] = {
    304: {"description": "The client has the current representation"}
}


def content_of(*media_types: str, description: str) -> dict[int | str, dict[str, Any]]:
    """Return the 200 response of an operation that answers in several media types."""
    return {200: {"description": description, "content": {each: {} for each in media_types}}}


def document_of(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI document with the problem schema and the examples of now."""
    document = get_openapi(
        title=app.title,
        version=app.version,
        description=app.description,
        routes=app.routes,
        tags=app.openapi_tags,
    )
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    schemas["Problem"] = _PROBLEM
    schemas.pop("HTTPValidationError", None)
    schemas.pop("ValidationError", None)
    examples: Examples | None = getattr(app.state, "examples", None)
    known = examples() if examples is not None else {}
    for item in document["paths"].values():
        for method, operation in item.items():
            # Parameters that do not validate are a 400 here, with the shape of every problem.
            responses = operation.get("responses", {})
            if PROBLEM not in responses.get("422", {}).get("content", {}):
                responses.pop("422", None)
            for parameter in operation.get("parameters", []):
                if parameter["name"] in known:
                    parameter["example"] = _fitting(known[parameter["name"]], parameter["schema"])
            for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
                if _BODIES.get((method, media_type)) in known:
                    content["example"] = known[_BODIES[method, media_type]]
    describe_access(document, app)
    return document


def _fitting(example: Any, schema: Mapping[str, Any]) -> Any:
    """Return an example as a list exactly where a list is expected."""
    if schema.get("type") == "array":
        return example if isinstance(example, list) else [example]
    return example[0] if isinstance(example, list) else example


@router.get("/openapi.json")
def openapi_document(request: Request) -> Response:
    """Return the interface as an OpenAPI document."""
    return json_response(document_of(request.app))


@router.get("/docs")
def reference(request: Request) -> Response:
    """Return the interface as a page for people."""
    settings: Settings = request.app.state.settings
    address = settings.public_url or str(request.base_url)
    page = reference_page(document_of(request.app), address.rstrip("/"))
    return HTMLResponse(page, headers={"Content-Security-Policy": _POLICY})


_PROBLEM = {
    "title": "Problem",
    "description": "What went wrong (RFC 9457).",
    "type": "object",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "One plain sentence"},
        "code": {"type": "string", "description": "A stable word for programs"},
        "suggestions": {"type": "array", "items": {}},
        "candidates": {"type": "array", "items": {}},
    },
    "example": {
        "type": "https://orthogramic.com/problems/invalid-parameter",
        "title": "A parameter is not valid",
        "status": 400,
        "detail": "There is no parameter 'maxhops' here; did you mean 'max_hops'?",
        "code": "invalid-parameter",
    },
}
