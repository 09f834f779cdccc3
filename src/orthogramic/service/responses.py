"""Answers as HTTP responses: JSON documents, and bytes of any length.

An answer to a question is finished before its first byte is sent, so that an error half way is an
error and not a torn 200; a long one waits on disk, not in memory. What has no end in sight is the
business of :mod:`orthogramic.service.streaming`.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from typing import IO, Any, BinaryIO, cast

from fastapi import Request, Response
from fastapi.responses import StreamingResponse
from starlette.background import BackgroundTask

#: The number of the last commit that an answer saw.
SNAPSHOT = "X-Orthogramic-Snapshot"

_IN_MEMORY = 1 << 20
_CHUNK = 1 << 16


def json_response(
    document: Any,
    *,
    snapshot: int | None = None,
    headers: Mapping[str, str] | None = None,
    media_type: str = "application/json",
) -> Response:
    """Return a JSON document, encoded by the standard library alone.

    :param document: what the repository's ``to_dict()`` gave; the framework's own encoder would
        walk it twice.
    :param snapshot: the commit that the answer saw.
    """
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":"), default=str)
    fields = {**_snapshot_field(snapshot), **(headers or {})}
    return Response(body.encode(), headers=fields, media_type=media_type)


def written_response(
    write: Callable[[BinaryIO], object],
    media_type: str,
    *,
    snapshot: int | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return what a function writes. Called on a worker thread.

    :param write: writes the whole body to a binary file.
    :param media_type: of the body.
    :param snapshot: the commit that the answer saw.
    """
    fields = {"Vary": "Accept", **_snapshot_field(snapshot), **(headers or {})}
    spool = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - outlives us
    try:
        write(cast("BinaryIO", spool))
    except BaseException:
        spool.close()
        raise
    size = spool.tell()
    spool.seek(0)
    if size <= _IN_MEMORY:
        with spool:
            return Response(spool.read(), headers=fields, media_type=media_type)
    return StreamingResponse(
        _pieces(cast("IO[bytes]", spool)),
        headers={**fields, "Content-Length": str(size)},
        media_type=media_type,
        background=BackgroundTask(spool.close),
    )


def _pieces(spool: IO[bytes]) -> Iterator[bytes]:
    while piece := spool.read(_CHUNK):
        yield piece


def _snapshot_field(snapshot: int | None) -> dict[str, str]:
    return {} if snapshot is None else {SNAPSHOT: str(snapshot)}


def entity_tag(*parts: object) -> str:
    """Return a strong entity tag for what is determined by some values."""
    digest = hashlib.sha256("\x1f".join(str(each) for each in parts).encode()).hexdigest()
    return f'"{digest[:24]}"'


def not_modified(request: Request, tag: str) -> Response | None:
    """Return a 304 where the client has the current representation (RFC 9110, 13.1.2)."""
    listed = ",".join(request.headers.getlist("if-none-match")).split(",")
    known = {each.strip().removeprefix("W/") for each in listed}
    if tag.removeprefix("W/") in known or "*" in known:
        return Response(status_code=304, headers={"ETag": tag, "Vary": "Accept"})
    return None
