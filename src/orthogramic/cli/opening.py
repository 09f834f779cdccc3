"""Finds whatever answers questions: the store itself, or the service that holds it."""

from __future__ import annotations

from collections.abc import Sequence

from orthogramic.cli.backend import Backend
from orthogramic.cli.local_backend import LocalBackend
from orthogramic.errors import StoreInUseError
from orthogramic.opening import open_repository, store_path
from orthogramic.repository.directory import announced_service


def open_backend(store: str | None, bundle: Sequence[str]) -> Backend:
    """Open the store, or go through the service that holds it.

    :param store: a directory, or the address of a service.
    :raises StoreInUseError: if another process holds the directory and offers no service.
    """
    if store and store.startswith(("http://", "https://")):
        return _service(store)
    url = announced_service(store_path(store))
    if url:
        return _service(url)
    try:
        return LocalBackend(open_repository(store, bundle=bundle, create=False))
    except StoreInUseError as error:
        # The service may have come up between the two looks.
        url = error.extra.get("service")
        if url:
            return _service(str(url))
        raise


def _service(url: str) -> Backend:
    from orthogramic.cli.service_backend import ServiceBackend  # noqa: PLC0415 - slow to import

    return ServiceBackend(url)
