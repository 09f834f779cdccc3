"""Finds whatever answers questions: the store itself, or the service that holds it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from orthogramic.cli.backend import Backend
from orthogramic.cli.local_backend import LocalBackend
from orthogramic.cli.rendering import say
from orthogramic.errors import StoreInUseError
from orthogramic.opening import open_repository, store_path
from orthogramic.repository.backup import Source, stored_source
from orthogramic.repository.store_lock import announced_service

if TYPE_CHECKING:
    from orthogramic.cli.service_backend import ServiceBackend


def open_backend(store: str | None, bundle: Sequence[str], token: str | None = None) -> Backend:
    """Open the store, or go through the service that holds it.

    :param store: a directory, or the address of a service.
    :param token: tells a service who asks; ``$ORTHOGRAMIC_TOKEN`` by default.
    :raises StoreInUseError: if another process holds the directory and offers no service.
    """
    url = _address(store)
    if url:
        return _service(url, token)
    try:
        return LocalBackend(open_repository(store, bundle=bundle, create=False, notify=say))
    except StoreInUseError as error:
        # The service may have come up between the two looks.
        url = error.extra.get("service")
        if url:
            return _service(str(url), token)
        raise


def serving_backend(store: str | None, token: str | None = None) -> ServiceBackend | None:
    """Return the service that holds a store or has this address, ``None`` if there is none."""
    url = _address(store)
    return _service(url, token) if url else None


@contextmanager
def backup_source(store: str | None, token: str | None = None) -> Iterator[Source]:
    """Give what a backup is read from: the files of the store, or the service that holds it.

    :raises StoreInUseError: as :func:`open_backend`.
    """
    url = _address(store)
    try:
        source = None if url else stored_source(store_path(store))
    except StoreInUseError as error:
        url, source = error.extra.get("service"), None
        if not url:
            raise
    if source:
        yield source
    else:
        with closing(_service(str(url), token)) as service:
            yield service.backup()


def _address(store: str | None) -> str | None:
    if store and store.startswith(("http://", "https://")):
        return store
    return announced_service(store_path(store))


def _service(url: str, token: str | None) -> ServiceBackend:
    from orthogramic.cli.service_backend import ServiceBackend  # noqa: PLC0415 - slow to import

    return ServiceBackend(url, token or os.environ.get("ORTHOGRAMIC_TOKEN"))
