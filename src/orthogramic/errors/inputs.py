"""Errors of input that cannot be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from orthogramic.errors.root import OrthogramicError


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


class InvalidDocumentError(UnreadableInputError):
    """A JSON document of an entity that does not say what such a document can say.

    :param pointer: JSON pointer (RFC 6901) to the member at fault.
    :param suggestions: names that were perhaps meant.
    """

    code = "invalid-document"
    title = "The document of the entity cannot be read"

    def __init__(self, detail: str, *, pointer: str = "", suggestions: Sequence[str] = ()) -> None:
        super().__init__(detail, pointer=pointer, suggestions=list(suggestions))
        self.pointer = pointer


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
