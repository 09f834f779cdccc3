"""Errors of writes that were refused as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from orthogramic.errors.root import OrthogramicError


class WriteRefusedError(OrthogramicError):
    """A write that was refused as a whole; nothing was changed."""

    code = "write-refused"
    title = "The write was refused and nothing was changed"
    status = 409
    exit_code = 1


class NonConformingDataError(WriteRefusedError):
    """Data that violates the shapes.

    :param report: the validation report (``orthogramic.validation.ValidationReport``), kept
        for doors that render it.
    """

    code = "data-does-not-conform"
    title = "The data does not conform to the shapes; nothing was changed"
    status = 422

    def __init__(self, detail: str, *, report: Any, **extra: Any) -> None:
        super().__init__(detail, **extra)
        self.report = report


class PreconditionFailedError(WriteRefusedError):
    """A write that was meant for an earlier state: somebody else has changed the thing since.

    :param current: the entity tag that the thing has now, if it is there.
    """

    code = "precondition-failed"
    title = "The thing has changed since it was read; nothing was changed"
    status = 412

    def __init__(self, detail: str, *, current: str | None = None) -> None:
        super().__init__(detail, current=current)
        self.current = current


class EntityExistsError(WriteRefusedError):
    """An entity that would be created is there already."""

    code = "entity-exists"
    title = "The entity is there already; nothing was changed"


class EntityReferencedError(WriteRefusedError):
    """An entity that others refer to cannot be deleted.

    :param referrers: who refers to it, each ``{"iri", "label", "class", "relationship"}``; of many
        the first.
    :param total: how many there are.
    """

    code = "entity-referenced"
    title = "Others refer to the entity; nothing was changed"

    def __init__(
        self, detail: str, *, referrers: Sequence[Mapping[str, str]], total: int | None = None
    ) -> None:
        count = len(referrers) if total is None else total
        super().__init__(detail, referrers=[dict(each) for each in referrers], total=count)
        self.referrers = tuple(referrers)


class ChangeTooLargeError(WriteRefusedError):
    """A change of more statements than one write may change.

    :param limit: the most that it may.
    """

    code = "change-too-large"
    title = "The change is too large for one write; nothing was changed"
    status = 413

    def __init__(self, detail: str, *, limit: int) -> None:
        super().__init__(detail, limit=limit)
        self.limit = limit


class MissingDatasetError(WriteRefusedError):
    """A dataset that needs another one, which is neither here nor loaded along with it."""

    code = "missing-dataset"
    title = "A dataset that this one builds on is not here; nothing was changed"

    def __init__(self, detail: str, *, missing: Sequence[str]) -> None:
        super().__init__(detail, missing=list(missing))
        self.missing = tuple(missing)


class ProtectedGraphError(WriteRefusedError):
    """A write into a system graph."""

    code = "protected-graph"
    title = "System graphs are read-only"
    status = 403


class PlaceTakenError(WriteRefusedError):
    """A backup or a restored store would take the place of something that is there."""

    code = "place-taken"
    title = "Something is there already; nothing was made"
