"""Where in a document something stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a document, as exactly as its format can name one.

    :param source: what people call the document.
    :param line: line from 1, in documents made of lines.
    :param pointer: JSON Pointer (RFC 6901), in JSON documents.
    :param cell: sheet and cell, in spreadsheets.
    """

    source: str
    line: int | None = None
    pointer: str | None = None
    cell: str | None = None

    def __str__(self) -> str:
        """Return the place as people write it: ``ships.ttl:4``, ``ships.json:4 (/@graph/0)``."""
        text = f"{self.source}:{self.line}" if self.line else self.source
        details = [each for each in (self.cell, self.pointer) if each]
        return f"{text} ({', '.join(details)})" if details else text
