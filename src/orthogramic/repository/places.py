"""Finds in the documents of a write what a result of its judgement speaks of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from orthogramic.validation import DocumentPlaces, Node, Path, Place


class Places:
    """The places of some documents; nothing is gone through before the first is asked for.

    :param documents: gives the documents, in which relative IRIs are resolved as on reading.
    """

    def __init__(self, documents: Callable[[], Sequence[DocumentPlaces]]) -> None:
        self._open = documents

    @cached_property
    def _documents(self) -> Sequence[DocumentPlaces]:
        return self._open()

    def locate(self, focus: Node, path: Path | None, value: Node | None) -> Place | None:
        """Return the place of what a result speaks of, in the document that says most of it."""
        found = [each.located(focus, path, value) for each in self._documents]
        return min(filter(None, found), key=lambda each: each[0], default=(0, None))[1]
