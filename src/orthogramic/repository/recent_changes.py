"""What the last commits changed, for whoever keeps something in step with them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from pyoxigraph import Quad

#: Quads that are remembered, of all commits together.
_MOST_QUADS = 20_000


class RecentChanges:
    """The quads of the last commits. Noted and asked for while nobody writes."""

    def __init__(self) -> None:
        self._changes: deque[tuple[int, tuple[Quad, ...]]] = deque()
        self._count = 0

    def note(self, number: int, quads: Iterable[Quad]) -> None:
        """Remember what a commit removed and added."""
        changed = tuple(quads)
        self._changes.append((number, changed))
        self._count += len(changed)
        while self._count > _MOST_QUADS:
            self._count -= len(self._changes.popleft()[1])

    def between(self, before: int, after: int) -> tuple[Quad, ...] | None:
        """Return what was changed after one snapshot until another.

        :returns: quads that came or went; ``None`` where a commit in between is not remembered.
        """
        wanted = range(before + 1, after + 1)
        found = [each for each in self._changes if each[0] in wanted]
        if [number for number, _ in found] != list(wanted):
            return None
        return tuple(quad for _, quads in found for quad in quads)
