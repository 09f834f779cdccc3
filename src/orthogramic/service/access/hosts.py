"""Refuses requests that ask under a name that is not the service's.

Plain ASGI, because a streamed answer must pass through untouched.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from orthogramic.errors import AccessRefusedError
from orthogramic.service.access.origins import host_name, is_address
from orthogramic.service.problems import problem_response
from orthogramic.service.settings import Settings

#: What says only that the service lives is answered under any name, for those who watch it.
_OPEN = frozenset({"/healthz", "/readyz"})


class AskedByName:
    """Lets pass what asks for one of the service's names, or for an address.

    A page whose name was made to lead to this machine asks under that name; an address of numbers
    cannot be made to lead elsewhere than it does.

    :param names: host names, in lower case.
    """

    def __init__(self, app: ASGIApp, names: Iterable[str]) -> None:
        self._app = app
        self._names = frozenset(names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it before anything looks at it."""
        if scope["type"] != "http" or scope["path"] in _OPEN:
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        fields = request.headers.getlist("host")
        foreign = [each for each in fields if not self._is_ours(each)]
        if not foreign:
            await self._app(scope, receive, send)
            return
        error = AccessRefusedError(
            f"This service is not called {foreign[0][:200]}. Whoever starts it can give the name "
            "that clients use with --public-url.",
            rule="foreign-host",
        )
        await problem_response(request, error.to_dict())(scope, receive, send)

    def _is_ours(self, field: str) -> bool:
        name = host_name(field)
        return name is not None and (name in self._names or is_address(name))


def names_of(settings: Settings) -> frozenset[str]:
    """Return the host names under which a service on this machine may be asked for."""
    names = {"localhost", settings.host.lower()}
    if settings.public_url:
        names.add((urlsplit(settings.public_url).hostname or "").rstrip("."))
    return frozenset(names - {""})
