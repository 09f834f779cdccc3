"""What the description of the interface says about access, where the service asks who one is."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from orthogramic.service.access.dependencies import permission_of
from orthogramic.service.access.policy import Access, Permission

_SCHEME = "token"
_TOKEN_NEEDED = [{_SCHEME: list[str]()}]
_TOKEN_POSSIBLE = [{}, *_TOKEN_NEEDED]
_PROBLEM = {
    "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}},
}


def describe_access(document: dict[str, Any], app: FastAPI) -> None:
    """Add to an OpenAPI document which operations need a token, and how one is refused.

    :param document: is changed; stays as it is where nobody is asked.
    """
    access: Access = app.state.access
    if access.keeper is None:
        return
    document["components"]["securitySchemes"] = {
        _SCHEME: {
            "type": "http",
            "scheme": "bearer",
            "description": "Made by `orthogramic token create`",
        }
    }
    for route in app.routes:
        permission = permission_of(route)
        described = document["paths"].get(getattr(route, "path_format", None), {})
        for method in getattr(route, "methods", None) or ():
            if permission is not None and method.lower() in described:
                _describe(described[method.lower()], permission, access)


def _describe(operation: dict[str, Any], permission: Permission, access: Access) -> None:
    if permission is Permission.OPEN:
        return
    free = permission in access.nobody().permissions
    operation["security"] = _TOKEN_POSSIBLE if free else _TOKEN_NEEDED
    refusals = {
        "401": "The request has no token that counts",
        "403": "Whoever asks may not do this",
    }
    for status, meaning in refusals.items():
        operation["responses"][status] = {"description": meaning, "content": _PROBLEM}
