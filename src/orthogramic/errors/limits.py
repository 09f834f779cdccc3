"""Errors of questions that pass a bound: the question is at fault or unlucky, nothing is broken."""

from __future__ import annotations

from orthogramic.errors.root import OrthogramicError


class LimitExceededError(OrthogramicError):
    """A question that passes a bound.

    :param limit: the bound, in the unit that the sentence names.
    """

    code = "limit-exceeded"
    title = "The question passes a bound"
    status = 503
    exit_code = 2

    def __init__(self, detail: str, *, limit: float | None = None) -> None:
        super().__init__(detail, limit=limit)
        self.limit = limit


class QueryTimeoutError(LimitExceededError):
    """A query that takes longer than a query may; it was stopped."""

    code = "query-timeout"
    title = "The query took too long and was stopped"


class QueryMemoryError(LimitExceededError):
    """A query that needs more memory than a query may; it was stopped."""

    code = "query-memory"
    title = "The query needs too much memory and was stopped"


class TooManyRowsError(LimitExceededError):
    """An answer of more rows, or triples, than an answer may have."""

    code = "too-many-rows"
    title = "The answer has too many rows"
    status = 422


class QueryCrashedError(LimitExceededError):
    """A query over which the engine broke down; the service goes on."""

    code = "query-crashed"
    title = "The engine broke down over the query"


class ValidationStoppedError(LimitExceededError):
    """A validation by shapes of the caller's own that passes a bound; it was stopped."""

    code = "validation-stopped"
    title = "The validation passed a bound and was stopped"


class ServiceBusyError(LimitExceededError):
    """More is waiting than may wait, or something has waited long enough."""

    code = "service-busy"
    title = "The service is busy"
