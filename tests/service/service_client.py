"""Asks an application over HTTP, in process and without rewriting what a test says."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from fastapi import FastAPI

Content = bytes | str | None

PROBLEM = "application/problem+json"


class ServiceClient:
    """A client that follows no redirect and accepts anything unless told otherwise.

    :param app: the application; what it raises becomes the response that it sends.
    :param root_path: prefix that a proxy in front has taken off.
    """

    def __init__(self, app: FastAPI, root_path: str = "") -> None:
        self.app = app
        self._root_path = root_path

    def get(self, address: str, accept: str | None = None, **parameters: Any) -> httpx.Response:
        """Send a GET; ``parameters`` become the query string, a list is repeated."""
        return self.send("GET", address, accept=accept, params=parameters)

    def post(
        self, address: str, content: Content, media_type: str, accept: str | None = None
    ) -> httpx.Response:
        """Send a POST with a body."""
        headers = {"Content-Type": media_type}
        return self.send("POST", address, accept=accept, content=content, headers=headers)

    def send(
        self,
        method: str,
        address: str,
        *,
        accept: str | None = None,
        content: Content = None,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, Any] | None = None,
        files: Mapping[str, Any] | Sequence[tuple[str, Any]] | None = None,
    ) -> httpx.Response:
        """Send any request."""
        fields = {"Accept": accept or "*/*", **(headers or {})}
        return asyncio.run(
            self._send(
                method, address, content=content, headers=fields, params=params or None, files=files
            )
        )

    async def _send(self, method: str, address: str, **options: Any) -> httpx.Response:
        transport = httpx.ASGITransport(
            app=self.app, raise_app_exceptions=False, root_path=self._root_path
        )
        async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
            return await client.request(method, address, **options)


def problem(response: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """Check that a response is a problem of a kind, and return its document."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == PROBLEM
    document: dict[str, Any] = response.json()
    assert document["status"] == status
    assert document["code"] == code
    assert document["type"] == f"https://orthogramic.com/problems/{code}"
    assert document["title"]
    assert document["detail"]
    return document
