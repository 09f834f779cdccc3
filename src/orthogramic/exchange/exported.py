"""An exported document on its way out: its bytes, and what is to be said about it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

#: The field in which HTTP carries the summary.
SUMMARY_FIELD = "X-Orthogramic-Summary"


class Exported(Iterator[bytes]):
    """The pieces of a document, to be taken once.

    :param pieces: the document.
    :param summary: one sentence on what a person should know of the export, such as what the
        format could not say as wished; empty where there is nothing to tell.
    """

    def __init__(self, pieces: Iterator[bytes], summary: str = "") -> None:
        self._pieces = pieces
        self.summary = summary

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> bytes:
        return next(self._pieces)
