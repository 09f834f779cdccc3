"""Errors of a store or service that cannot be used now, and of work that was stopped."""

from __future__ import annotations

from orthogramic.errors.root import OrthogramicError


class StoreUnavailableError(OrthogramicError):
    """The store cannot be used now."""

    code = "store-unavailable"
    title = "The store cannot be used"
    status = 503
    exit_code = 5


class StoreInUseError(StoreUnavailableError):
    """Another process holds the store directory."""

    code = "store-in-use"
    title = "Another process holds the store"


class StoreNotWritableError(StoreUnavailableError):
    """The disk is full or read-only; nothing that was acknowledged is lost."""

    code = "store-not-writable"
    title = "The store cannot be written"
    status = 507


class StoreFormatError(StoreUnavailableError):
    """The store directory is not a store, is damaged, or was written by a newer version."""

    code = "store-format"
    title = "The store cannot be read by this version"


class ServiceUnreachableError(StoreUnavailableError):
    """A service that holds the store does not answer."""

    code = "service-unreachable"
    title = "The service does not answer"


class InterruptedWorkError(OrthogramicError):
    """Work stopped on request; nothing was changed."""

    code = "interrupted"
    title = "Stopped on request; nothing was changed"
    status = 499
    exit_code = 130
