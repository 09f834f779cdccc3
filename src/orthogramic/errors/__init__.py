"""The one tree of errors that this package raises on purpose.

Every error has a stable ``code`` (for programs), an HTTP ``status``, a CLI ``exit_code`` and one
plain sentence ``detail`` (for people). The doors (CLI, HTTP, Python) only translate; they never
invent an error of their own.

Eight branches, by what went wrong, tell the CLI its exit code; the classes stand below their
branch, a module each, and ``docs/reference/errors.md`` lists all of them.

=========================  ====  ==============================================
``UsageError``                2  the request itself is not well formed
``NamingError``               3  a name does not lead to exactly one thing
``UnreadableInputError``      4  input cannot be read
``WriteRefusedError``         1  a write was refused as a whole
``LimitExceededError``        2  a question passes a bound
``AccessRefusedError``        5  somebody may not do what is asked for
``StoreUnavailableError``     5  the store cannot be used now
``InterruptedWorkError``    130  work was stopped on request
=========================  ====  ==============================================
"""

from __future__ import annotations

from orthogramic.errors.access import (
    AccessRefusedError,
    AuthenticationRequiredError,
)
from orthogramic.errors.inputs import (
    BackupUnreadableError,
    BundleError,
    EmptyInputError,
    Fault,
    InputNotFoundError,
    InvalidDocumentError,
    InvalidShapesError,
    RdfSyntaxError,
    UnreadableInputError,
)
from orthogramic.errors.limits import (
    LimitExceededError,
    QueryCrashedError,
    QueryMemoryError,
    QueryTimeoutError,
    ServiceBusyError,
    TooManyRowsError,
    ValidationStoppedError,
)
from orthogramic.errors.names import (
    AmbiguousNameError,
    NamingError,
    UnknownCommitError,
    UnknownEntityError,
    UnknownGraphError,
    UnknownMeasureError,
    UnknownProfileError,
    UnknownQueryError,
    UnknownRankingError,
    UnknownTermError,
)
from orthogramic.errors.requests import (
    InexpressibleDataError,
    InvalidParameterError,
    NotAcceptableError,
    QueryRefusedError,
    QuerySyntaxError,
    UnsupportedMediaTypeError,
    UsageError,
)
from orthogramic.errors.root import (
    OrthogramicError,
)
from orthogramic.errors.scenarios import (
    ContradictoryScenarioError,
    InvalidScenarioError,
    UnknownRelationshipError,
)
from orthogramic.errors.unavailable import (
    InterruptedWorkError,
    ServiceUnreachableError,
    StoreFormatError,
    StoreInUseError,
    StoreNotWritableError,
    StoreUnavailableError,
)
from orthogramic.errors.writes import (
    ChangeTooLargeError,
    EntityExistsError,
    EntityReferencedError,
    MissingDatasetError,
    NonConformingDataError,
    PlaceTakenError,
    PreconditionFailedError,
    ProtectedGraphError,
    WriteRefusedError,
)

__all__ = [
    "AccessRefusedError",
    "AmbiguousNameError",
    "AuthenticationRequiredError",
    "BackupUnreadableError",
    "BundleError",
    "ChangeTooLargeError",
    "ContradictoryScenarioError",
    "EmptyInputError",
    "EntityExistsError",
    "EntityReferencedError",
    "Fault",
    "InexpressibleDataError",
    "InputNotFoundError",
    "InterruptedWorkError",
    "InvalidDocumentError",
    "InvalidParameterError",
    "InvalidScenarioError",
    "InvalidShapesError",
    "LimitExceededError",
    "MissingDatasetError",
    "NamingError",
    "NonConformingDataError",
    "NotAcceptableError",
    "OrthogramicError",
    "PlaceTakenError",
    "PreconditionFailedError",
    "ProtectedGraphError",
    "QueryCrashedError",
    "QueryMemoryError",
    "QueryRefusedError",
    "QuerySyntaxError",
    "QueryTimeoutError",
    "RdfSyntaxError",
    "ServiceBusyError",
    "ServiceUnreachableError",
    "StoreFormatError",
    "StoreInUseError",
    "StoreNotWritableError",
    "StoreUnavailableError",
    "TooManyRowsError",
    "UnknownCommitError",
    "UnknownEntityError",
    "UnknownGraphError",
    "UnknownMeasureError",
    "UnknownProfileError",
    "UnknownQueryError",
    "UnknownRankingError",
    "UnknownRelationshipError",
    "UnknownTermError",
    "UnreadableInputError",
    "UnsupportedMediaTypeError",
    "UsageError",
    "ValidationStoppedError",
    "WriteRefusedError",
]
