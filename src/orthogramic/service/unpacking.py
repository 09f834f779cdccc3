"""Undoes the content coding of request bodies, for every route alike and within the bound.

Plain ASGI. RFC 9110, section 8.4; a body that was packed small may be any size unpacked, so the
bound on bodies holds for what comes out (see also :mod:`orthogramic.service.middleware`).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from orthogramic.errors import InvalidParameterError, UnsupportedMediaTypeError

_GZIP = 16 + zlib.MAX_WBITS
_PIECE = 1 << 16
_CODING = b"content-encoding"


class BodyUnpacked:
    """Hands on bodies that were sent with ``Content-Encoding: gzip`` as they were before.

    :param limit: bytes that a body may have when it is unpacked.
    """

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, its body unpacked as it is read."""
        coding = _coding_of(scope) if scope["type"] == "http" else ""
        if coding in {"", "identity"}:
            await self._app(scope, receive, send)
            return
        plain = [each for each in scope["headers"] if each[0] not in {_CODING, b"content-length"}]
        unpacking = _Unpacking(receive, self._limit) if coding in {"gzip", "x-gzip"} else None

        async def unpacked() -> Message:
            if unpacking is None:
                raise UnsupportedMediaTypeError(
                    f"The content coding {coding} cannot be undone; gzip can."
                )
            return await unpacking.next()

        await self._app({**scope, "headers": plain}, unpacked, send)


class _Unpacking:
    """The unpacking of one body."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive = receive
        self._limit = limit
        self._seen = 0
        self._inflator = zlib.decompressobj(_GZIP)
        self._begun = False

    async def next(self) -> Message:
        """Return the next message, what it carries unpacked."""
        message = await self._receive()
        if message["type"] != "http.request":
            return message
        try:
            body = b"".join(self._pieces(message.get("body", b"")))
        except zlib.error:
            raise self._torn() from None
        more = message.get("more_body", False)
        if not more and self._begun and not self._inflator.eof:
            raise self._torn()
        return {**message, "body": body}

    def _pieces(self, data: bytes) -> Iterator[bytes]:
        while True:
            if data and self._inflator.eof:
                # A file of several members is one after the other (RFC 1952, section 2.2).
                self._inflator = zlib.decompressobj(_GZIP)
            self._begun = self._begun or bool(data)
            piece = self._inflator.decompress(data, _PIECE)
            self._seen += len(piece)
            if self._seen > self._limit:
                raise HTTPException(
                    413, f"The body has more than {self._limit} bytes when unpacked."
                )
            yield piece
            data = self._inflator.unconsumed_tail or self._inflator.unused_data
            if not data and len(piece) < _PIECE:
                return

    def _torn(self) -> InvalidParameterError:
        return InvalidParameterError("The body is not the gzip that its header says.")


def _coding_of(scope: Scope) -> str:
    values = [value for name, value in scope["headers"] if name == _CODING]
    return b",".join(values).decode("latin-1").strip().lower()
