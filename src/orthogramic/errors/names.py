"""Errors of names that do not lead to exactly one thing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from orthogramic.errors.root import OrthogramicError


class NamingError(OrthogramicError):
    """A name that does not lead to exactly one thing."""

    code = "unknown-name"
    title = "The name is not known"
    status = 404
    exit_code = 3


class UnknownEntityError(NamingError):
    """No entity has this name.

    :param suggestions: near names, best first, each ``{"iri", "label", "class"}``.
    """

    code = "unknown-entity"
    title = "No entity has this name"

    def __init__(self, detail: str, *, suggestions: Sequence[Mapping[str, str]] = ()) -> None:
        super().__init__(detail, suggestions=[dict(each) for each in suggestions])


class AmbiguousNameError(NamingError):
    """Several entities have this name.

    :param candidates: all of them, each ``{"iri", "label", "class"}``.
    """

    code = "ambiguous-name"
    title = "Several entities have this name"
    status = 409

    def __init__(self, detail: str, *, candidates: Sequence[Mapping[str, str]]) -> None:
        super().__init__(detail, candidates=[dict(each) for each in candidates])


class UnknownTermError(NamingError):
    """No class or property of the bundle has this name."""

    code = "unknown-term"
    title = "No term of the bundle has this name"


class UnknownProfileError(NamingError):
    """No impact profile has this name."""

    code = "unknown-profile"
    title = "No impact profile has this name"


class UnknownMeasureError(NamingError):
    """No measure has this name."""

    code = "unknown-measure"
    title = "No measure has this name"


class UnknownRankingError(NamingError):
    """No ranking has this name."""

    code = "unknown-ranking"
    title = "No ranking has this name"


class UnknownQueryError(NamingError):
    """No saved query has this name."""

    code = "unknown-query"
    title = "No saved query has this name"


class UnknownGraphError(NamingError):
    """No graph of this name holds anything."""

    code = "unknown-graph"
    title = "No graph has this name"


class UnknownCommitError(NamingError):
    """No commit has this number."""

    code = "unknown-commit"
    title = "No commit has this number"
