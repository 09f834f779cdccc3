"""What long work needs from whoever shows its progress."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Somebody who wants to know how far the work is; called on the caller's own thread."""

    def stage(self, name: str, total: int | None) -> None:
        """Begin a stage.

        :param name: what is being done, for people.
        :param total: how much there is to do, or ``None`` if nobody knows.
        """

    def advance(self, count: int) -> None:
        """Tell that ``count`` more of the stage is done."""
