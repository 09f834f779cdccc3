"""The store as the operations of an update have made it so far, to be asked by the next one.

Nothing is copied before an operation asks after another has changed something. On disk the copy is
one of links to files, made and opened in about a tenth of a second whatever the size; in memory
everything is copied. What follows from a change stands in the copy as it would in the store. The
copy goes with the update.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from types import TracebackType

from orthogramic.repository.updating.net_change import NetChange
from orthogramic.repository.updating.settings import UpdateSettings
from orthogramic.store import EmbeddedStore, QuadStore

_NAME = "updating-"


class Overlay(AbstractContextManager["Overlay"]):
    """A store with a change laid over it."""

    def __init__(self, store: QuadStore, change: NetChange, settings: UpdateSettings) -> None:
        self._store = store
        self._change = change
        self._settings = settings
        self._closing = ExitStack()
        self._copy: EmbeddedStore | None = None
        self._present = settings.evaluation.of(store)

    def present(self) -> QuadStore:
        """Return a store that holds what is there now; it may be asked until the next change."""
        if self._copy is None:
            if self._change.is_empty:
                return self._present
            self._copy = self._copied()
        change = self._change.untold()
        if not change.is_empty:
            follow = self._settings.follow
            along = follow(change, self._copy) if follow else None
            self._copy.apply(
                [*change.removed, *(along.removed if along else ())],
                [*change.added, *(along.added if along else ())],
            )
        return self._present

    def _copied(self) -> EmbeddedStore:
        place = self._settings.workspace
        if place is not None:
            # Writes take turns: what lies there is left from one that was broken off.
            for left in place.glob(f"{_NAME}*"):
                shutil.rmtree(left, ignore_errors=True)
        folder = self._closing.enter_context(
            tempfile.TemporaryDirectory(prefix=_NAME, dir=place, ignore_cleanup_errors=True)
        )
        target = Path(folder) / "quads"
        self._store.copy_to(target, lambda: None)
        copy = EmbeddedStore.of_copy(target, apart=self._settings.apart)
        self._closing.callback(copy.close)
        asked = self._settings.evaluation.of_copy(copy, Path(folder))
        self._present = self._closing.enter_context(asked)
        return copy

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._copy = None
        self._closing.close()
