"""Split Turtle and TriG text into tokens with their places (RDF 1.1 Turtle, section 6.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from orthogramic.syntax.turtle_terms import PN_CHARS, PN_CHARS_BASE, PN_CHARS_U

_LOCAL_ESCAPE = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_TOKEN = rf"""
      (?P<space>\s++)
    | (?P<comment>\#[^\n\r]*+)
    | (?P<iri><[^<>"{{}}|^`\x00-\x20]*+>)
    | (?P<name>(?:[{PN_CHARS_BASE}](?:[{PN_CHARS}]|\.+[{PN_CHARS}])*+)?:
        (?:(?:[{PN_CHARS_U}:0-9]|{_LOCAL_ESCAPE})
           (?:(?:[{PN_CHARS}:]|{_LOCAL_ESCAPE})|\.+(?:[{PN_CHARS}:]|{_LOCAL_ESCAPE}))*+)?)
    | (?P<long>\"\"\"(?:\"{{0,2}}+(?:[^"\\]|\\.))*+\"\"\" | '''(?:'{{0,2}}+(?:[^'\\]|\\.))*+''')
    | (?P<short>"(?:[^"\\\n\r]|\\.)*+" | '(?:[^'\\\n\r]|\\.)*+')
    | (?P<blank>_:[{PN_CHARS_U}0-9](?:[{PN_CHARS}]|\.+[{PN_CHARS}])*+)
    | (?P<tag>@[A-Za-z]++(?:-[A-Za-z0-9]++|--[A-Za-z]++)*+)
    | (?P<double>[+-]?(?:[0-9]++\.[0-9]*+|\.[0-9]++|[0-9]++)[eE][+-]?[0-9]++)
    | (?P<decimal>[+-]?[0-9]*+\.[0-9]++)
    | (?P<integer>[+-]?[0-9]++)
    | (?P<word>[A-Za-z]++)
    | (?P<sign><<\(?|\)?>>|\{{\||\|\}}|\^\^|[.;,\[\](){{}}~])
    """


@cache
def _pattern() -> re.Pattern[str]:
    """Compile the tokens on first use: it takes a good part of a command's start."""
    return re.compile(_TOKEN, re.VERBOSE | re.DOTALL)


_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_LETTERS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


@dataclass(frozen=True, slots=True)
class Token:
    """One token and the place where it begins (line and column from 1)."""

    kind: str
    text: str
    line: int
    column: int


def tokens(text: str) -> Iterator[Token]:
    """Split a document into tokens, leaving out white space and comments.

    :param text: the document.
    :returns: the tokens in order, up to the first character that cannot begin one; then a token
        of kind ``end``.
    """
    pattern = _pattern()
    line, line_start, place = 1, 0, 0
    match = pattern.match(text)
    while match is not None:
        kind = match.lastgroup or ""
        if kind not in {"space", "comment"}:
            yield Token(kind, match[0], line, place - line_start + 1)
        if kind in {"space", "long"}:
            breaks = match[0].count("\n")
            if breaks:
                line += breaks
                line_start = text.rindex("\n", place, match.end()) + 1
        place = match.end()
        match = pattern.match(text, place)
    yield Token("end", "", line, place - line_start + 1)


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _LETTERS.get(match[3], match[3])


def unescape(text: str) -> str:
    r"""Resolve the escapes of strings, IRIs and local names.

    :param text: the text between its quotes or brackets.
    :returns: the text meant: ``\n`` becomes a line feed, ``\u0041`` becomes ``A``, a backslash
        before any other character goes away.
    """
    return _ESCAPE.sub(_unescaped, text) if "\\" in text else text
