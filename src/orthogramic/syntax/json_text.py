"""Read JSON with the line on which each value stands.

Only for finding places in a document that has been read before: what is no JSON gives ``None``,
never an error, and nesting has been judged already.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"|[\[\]{}:,]|[^\s\[\]{}:,"]++', re.DOTALL)


@dataclass(frozen=True, slots=True)
class JsonValue:
    """A value in JSON text.

    :param line: line from 1 on which it begins.
    :param text: a scalar as text: a string decoded, anything else as it is written.
    :param is_string: whether the scalar is a string.
    :param members: of an object.
    :param items: of an array.
    """

    line: int
    text: str | None = None
    is_string: bool = False
    members: Mapping[str, JsonValue] = field(default_factory=dict)
    items: tuple[JsonValue, ...] = ()

    @property
    def is_array(self) -> bool:
        """Whether it is an array with items."""
        return bool(self.items)


class _NoJsonError(Exception):
    """The text is no JSON."""


class _Reading:
    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._tokens: Iterator[re.Match[str]] = _TOKEN.finditer(text)
        self._now = self._next()

    def _next(self) -> re.Match[str] | None:
        return next(self._tokens, None)

    def _take(self) -> tuple[str, int]:
        if self._now is None:
            raise _NoJsonError
        taken = self._now
        self._now = self._next()
        return taken[0], bisect_right(self._starts, taken.start())

    def _ends(self, sign: str) -> bool:
        """Pass a comma, or the closing sign."""
        token, _ = self._take()
        if token not in (",", sign):
            raise _NoJsonError
        return token == sign

    def _at(self, sign: str) -> bool:
        return self._now is not None and self._now[0] == sign

    def value(self) -> JsonValue:
        text, line = self._take()
        if text == "{":
            return JsonValue(line, members=self._members())
        if text == "[":
            return JsonValue(line, items=tuple(self._items()))
        if text.startswith('"'):
            return JsonValue(line, _decoded(text), is_string=True)
        return JsonValue(line, text)

    def _members(self) -> dict[str, JsonValue]:
        members: dict[str, JsonValue] = {}
        if self._at("}"):
            self._take()
            return members
        while True:
            key = _decoded(self._take()[0])
            if self._take()[0] != ":":
                raise _NoJsonError
            members[key] = self.value()
            if self._ends("}"):
                return members

    def _items(self) -> Iterator[JsonValue]:
        if self._at("]"):
            self._take()
            return
        while True:
            yield self.value()
            if self._ends("]"):
                return


def _decoded(token: str) -> str:
    try:
        text = json.loads(token, strict=False)
    except ValueError as error:
        raise _NoJsonError from error
    if not isinstance(text, str):
        raise _NoJsonError
    return text


def read_json_text(text: str) -> JsonValue | None:
    """Read JSON text.

    :param text: one document.
    :returns: its value with lines, or ``None`` if it is no JSON.
    """
    try:
        return _Reading(text).value()
    except (_NoJsonError, RecursionError):
        return None
