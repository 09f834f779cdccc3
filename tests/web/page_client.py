"""Asks an application for its pages, in process."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from fastapi import FastAPI


class PageClient:
    """A browser without script: it gets addresses, and follows no redirect.

    :param app: the application.
    :param root_path: prefix that a proxy in front has taken off.
    """

    def __init__(self, app: FastAPI, root_path: str = "") -> None:
        self.app = app
        self._root_path = root_path

    def get(
        self,
        address: str | None,
        params: Mapping[str, str] | None = None,
        accept: str = "text/html",
    ) -> httpx.Response:
        """Return the answer to a GET; errors of the application are raised here."""
        assert address is not None
        return asyncio.run(self._get(address, params, accept))

    async def _get(
        self, address: str, params: Mapping[str, str] | None, accept: str
    ) -> httpx.Response:
        transport = httpx.ASGITransport(app=self.app, root_path=self._root_path)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://pages", trust_env=False
        ) as client:
            return await client.get(address, params=params, headers={"Accept": accept})
