"""Holds an answer to a number of rows while the engine writes it.

The engine writes rows by itself, which is what makes it fast, and has no switch for their number.
So the bytes that it writes are looked at: where a row ends can be told in each result format
without reading the whole of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import IO

from pyoxigraph import Triple

from orthogramic.errors import TooManyRowsError
from orthogramic.syntax.media import ResultFormat

#: Between two rows of JSON. A quotation mark within a string has a backslash before it, so what
#: stands in a value cannot look like this to its end.
_BETWEEN = re.compile(rb'[{}]\},\{"[^"\\]*":\{')
#: Of a match that two pieces share, the first may hold this many bytes: a name of a variable.
_OVERLAP = 1024


class RowBound:
    """A binary file that passes on what it is given, until there are too many rows.

    A row of JSON in which nothing is bound has no content, and is not counted.

    :param target: where the bytes go.
    :param media: the format of the rows.
    :param most: how many there may be, at least one.
    """

    def __init__(self, target: IO[bytes], media: ResultFormat, most: int) -> None:
        self._target = target
        self._most = most
        self._rows = 0
        self._waiting = b""
        self._quoted = False
        counters: dict[ResultFormat, Callable[[bytes], int]] = {
            ResultFormat.JSON: self._json,
            ResultFormat.XML: self._xml,
            ResultFormat.CSV: self._csv,
            ResultFormat.TSV: self._tsv,
        }
        self._count = counters[media]
        # The heading of CSV and TSV is a line too, and JSON has one gap less than rows.
        headed = media in (ResultFormat.CSV, ResultFormat.TSV)
        self._first = {True: -1, False: 1 if media is ResultFormat.JSON else 0}[headed]

    def write(self, data: bytes) -> int:
        """Write bytes.

        :raises TooManyRowsError: if they hold a row too many.
        """
        self._rows += self._count(bytes(data))
        if self._rows + self._first > self._most:
            raise too_many(self._most)
        self._target.write(data)
        return len(data)

    def flush(self) -> None:
        """Do nothing: the target decides when it sends."""

    def _json(self, data: bytes) -> int:
        text = self._waiting + data
        count, end = 0, 0
        for found in _BETWEEN.finditer(text):
            count, end = count + 1, found.end() - 1
        self._waiting = text[max(end, len(text) - _OVERLAP) :]
        return count

    def _xml(self, data: bytes) -> int:
        mark = b"<result>"
        text = self._waiting + data
        self._waiting = text[-len(mark) + 1 :]
        return text.count(mark)

    def _csv(self, data: bytes) -> int:
        parts = data.split(b'"')
        outside = parts[int(self._quoted) :: 2]
        self._quoted ^= len(parts) % 2 == 0
        return sum(each.count(b"\n") for each in outside)

    def _tsv(self, data: bytes) -> int:
        return data.count(b"\n")


def bounded_triples(triples: Iterable[Triple], most: int) -> Iterator[Triple]:
    """Yield triples, as long as there are not too many.

    :raises TooManyRowsError: at the first one too many.
    """
    for number, each in enumerate(triples, 1):
        if number > most:
            raise too_many(most)
        yield each


def too_many(most: int) -> TooManyRowsError:
    """Return the error of an answer with more rows than it may have."""
    return TooManyRowsError(
        f"The answer has more than {most:,} rows or triples; ask for fewer, with LIMIT for "
        "instance.",
        limit=most,
    )
