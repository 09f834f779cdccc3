"""What happens around every request: measuring, HEAD, no sniffing, and the bound on bodies.

Plain ASGI, because a streamed answer must pass through untouched.
"""

from __future__ import annotations

import time

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from orthogramic.service.metrics import Metrics


class Measured:
    """Counts and times every request under the template of its route."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request and record it, whatever comes of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        status, size = 500, 0

        async def counting(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            elif message["type"] == "http.response.body":
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, counting)
        finally:
            # The path itself is never a label: anybody can ask for any number of paths.
            route = getattr(scope.get("route"), "path", "(no route)")
            seconds = time.perf_counter() - started
            self._metrics.observe(route, _method(scope), status, seconds, size)


class HeadAnswered:
    """Answers HEAD as GET without the body (RFC 9110, section 9.3.2)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; of a HEAD keep only status and header fields."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return
        finished = False

        async def without_body(message: Message) -> None:
            nonlocal finished
            if message["type"] == "http.response.start":
                await send(message)
            elif message["type"] == "http.response.body" and not finished:
                finished = True
                await send({"type": "http.response.body", "body": b"", "more_body": False})

        scope["method"] = "GET"
        scope["orthogramic.method"] = "HEAD"
        await self._app(scope, receive, without_body)


class NotSniffed:
    """Tells browsers to take every answer for what it says it is, and nothing else."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; data that looks like a page stays data."""

        async def marking(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["X-Content-Type-Options"] = "nosniff"
            await send(message)

        await self._app(scope, receive, marking if scope["type"] == "http" else send)


class BodyBounded:
    """Refuses bodies over the bound, whether announced or only found while reading."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, counting the bytes that it sends."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = dict(scope["headers"]).get(b"content-length", b"")
        over_announced = announced.isdigit() and int(announced) > self._limit
        seen = 0

        async def bounded() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if over_announced or seen > self._limit:
                raise HTTPException(
                    413, f"A request body may have {self._limit} bytes at most; this one has more."
                )
            return message

        await self._app(scope, bounded, send)


def _method(scope: Scope) -> str:
    method = str(scope.get("orthogramic.method", scope["method"]))
    known = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
    return method if method in known else "OTHER"
