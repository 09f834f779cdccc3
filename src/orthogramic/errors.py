"""The one tree of errors that this package raises on purpose.

Every error has a stable ``code`` (for programs), an HTTP ``status``, a CLI ``exit_code`` and one
plain sentence ``detail`` (for people). The doors (CLI, HTTP, Python) only translate; they never
invent an error of their own.

Six branches, by what went wrong, tell the CLI its exit code; the classes stand below their branch,
and ``docs/reference/errors.md`` lists all of them.

=========================  ====  ==============================================
``UsageError``                2  the request itself is not well formed
``NamingError``               3  a name does not lead to exactly one thing
``UnreadableInputError``      4  input cannot be read
``WriteRefusedError``         1  a write was refused as a whole
``StoreUnavailableError``     5  the store cannot be used now
``InterruptedWorkError``    130  work was stopped on request
=========================  ====  ==============================================
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar


class OrthogramicError(Exception):
    """Root of the tree.

    :param detail: one plain sentence that tells a person what happened and what to do.
    :param extra: further members of the problem document (JSON-serialisable).
    """

    code: ClassVar[str] = "internal-error"
    title: ClassVar[str] = "Something went wrong inside the repository"
    status: ClassVar[int] = 500
    exit_code: ClassVar[int] = 70

    def __init__(self, detail: str, **extra: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.extra: Mapping[str, Any] = extra

    def to_dict(self) -> dict[str, Any]:
        """Return the error as an RFC 9457 problem document.

        :returns: ``type``, ``title``, ``status``, ``detail``, ``code`` and the extra members.
        """
        return {
            "type": f"https://orthogramic.com/problems/{self.code}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
            **self.extra,
        }


class UsageError(OrthogramicError):
    """The request itself is not well formed."""

    code = "bad-request"
    title = "The request is not well formed"
    status = 400
    exit_code = 2


class InvalidParameterError(UsageError):
    """A parameter is missing, of the wrong type or out of range."""

    code = "invalid-parameter"
    title = "A parameter is not valid"


class QuerySyntaxError(UsageError):
    """SPARQL text that does not parse.

    :param line: line of the fault, from 1, if known.
    :param column: column of the fault, from 1, if known.
    """

    code = "query-syntax"
    title = "The SPARQL text does not parse"

    def __init__(self, detail: str, *, line: int | None = None, column: int | None = None) -> None:
        super().__init__(detail, line=line, column=column)
        self.line = line
        self.column = column


class QueryRefusedError(UsageError):
    """SPARQL that parses but may not be evaluated here (SERVICE, LOAD, an update, too deep).

    :param reason: stable word for the rule that refused, e.g. ``service-not-allowed``.
    """

    code = "query-refused"
    title = "The SPARQL text may not be evaluated here"

    def __init__(self, detail: str, *, reason: str) -> None:
        super().__init__(detail, reason=reason)
        self.reason = reason


class UnsupportedMediaTypeError(UsageError):
    """Content in a format that cannot be read."""

    code = "unsupported-media-type"
    title = "The content is in a format that cannot be read here"
    status = 415


class NotAcceptableError(UsageError):
    """None of the formats that the client accepts can be produced."""

    code = "not-acceptable"
    title = "None of the accepted formats can be produced"
    status = 406


class InexpressibleDataError(UsageError):
    """Data that the format asked for cannot carry; another format can.

    :param format_name: the format that cannot.
    """

    code = "inexpressible-data"
    title = "The format cannot carry the data"
    status = 406

    def __init__(self, detail: str, *, format_name: str) -> None:
        super().__init__(detail, format=format_name)
        self.format_name = format_name


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


class UnreadableInputError(OrthogramicError):
    """Input that cannot be read."""

    code = "unreadable-input"
    title = "The input cannot be read"
    status = 400
    exit_code = 4


class InputNotFoundError(UnreadableInputError):
    """A file or folder that is not there or may not be read."""

    code = "input-not-found"
    title = "The input is not there"
    status = 404


class RdfSyntaxError(UnreadableInputError):
    """An RDF document that does not parse.

    :param source: name of the document as the person knows it.
    :param line: line of the fault, from 1, if known.
    :param column: column of the fault, from 1, if known.
    """

    code = "rdf-syntax"
    title = "The RDF document does not parse"

    def __init__(
        self,
        detail: str,
        *,
        source: str | None = None,
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        super().__init__(detail, source=source, line=line, column=column)
        self.source = source
        self.line = line
        self.column = column


class EmptyInputError(UnreadableInputError):
    """A document with nothing in it."""

    code = "empty-input"
    title = "The input is empty"


class InvalidShapesError(UnreadableInputError):
    """Shapes that are not well formed, or that a validator cannot evaluate."""

    code = "invalid-shapes"
    title = "The shapes cannot be applied"


class BackupUnreadableError(UnreadableInputError):
    """A file that is no backup, or is one that was cut off or damaged."""

    code = "backup-unreadable"
    title = "The backup cannot be used; nothing was made"


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault of a bundle: where it stands and what is wrong."""

    source: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.source}:{self.line}: {self.message}"


class BundleError(UnreadableInputError):
    """A bundle with faults; all of them are reported at once.

    :param faults: every fault, in the order of file and line.
    """

    code = "bundle-fault"
    title = "The bundle has faults"
    status = 500

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        count = len(self.faults)
        first = str(self.faults[0]) if self.faults else "no fault given"
        rest = "" if count == 1 else f" (and {count - 1} more)"
        super().__init__(
            f"The bundle cannot be used: {first}{rest}",
            faults=[asdict(each) for each in self.faults],
        )


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
