"""Errors of requests by somebody who may not make them."""

from __future__ import annotations

from orthogramic.errors.root import OrthogramicError


class AccessRefusedError(OrthogramicError):
    """Somebody may not do what the request asks for.

    :param rule: stable word for the rule that refused, e.g. ``role-needed``.
    """

    code = "access-refused"
    title = "This may not be done by whoever asks"
    status = 403
    exit_code = 5

    def __init__(self, detail: str, *, rule: str) -> None:
        super().__init__(detail, rule=rule)
        self.rule = rule


class AuthenticationRequiredError(AccessRefusedError):
    """The request names nobody, or somebody who is not known here."""

    code = "authentication-required"
    title = "The request has no token that is valid here"
    status = 401
