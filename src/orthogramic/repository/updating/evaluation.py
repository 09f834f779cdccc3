"""Where the patterns of an update are evaluated, and when its work is to end.

Other writes wait while an update is worked out, so none may take as long as it likes. In a service
its patterns are questions like any other: evaluated where they can be killed, within one bound of
time for the whole update. In Python and on the command line they are evaluated in this process.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Protocol, cast

from orthogramic.store import EmbeddedStore, QuadStore
from orthogramic.syntax.allowed_addresses import NOWHERE, AllowedAddresses


class Evaluation(Protocol):
    """Evaluates the patterns of one update."""

    @property
    def allowed(self) -> AllowedAddresses:
        """What patterns may ask elsewhere, and LOAD may fetch."""

    def check(self) -> None:
        """Refuse to go on where nobody waits any more, or time is over.

        :raises LimitExceededError: if it took too long.
        :raises InterruptedWorkError: if nobody waits.
        """

    def of(self, store: QuadStore) -> QuadStore:
        """Return the store as something whose questions are answered within bounds."""

    def of_copy(self, copy: EmbeddedStore, folder: Path) -> AbstractContextManager[QuadStore]:
        """Give a copy of the store, that has changes of the update, likewise for some time.

        :param folder: an existing directory for whatever is needed; it goes with the copy.
        """


class AtHome:
    """Evaluates in this process, for as long as it takes."""

    allowed = NOWHERE

    def check(self) -> None:
        """Go on."""

    def of(self, store: QuadStore) -> QuadStore:
        """Return the store itself."""
        return store

    def of_copy(self, copy: EmbeddedStore, folder: Path) -> AbstractContextManager[QuadStore]:
        """Give the copy itself."""
        del folder
        return nullcontext(cast("QuadStore", copy))
