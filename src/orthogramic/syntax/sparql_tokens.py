"""Split SPARQL text into tokens the way the embedded engine does.

The engine's grammar has no word boundaries: it reads ``SERVICEex:a`` as the keyword SERVICE and
the name ``ex:a``, and ``trueSERVICE`` as two words.  Whoever looks for keywords must therefore
look inside runs of letters too; the token classes here keep apart where a keyword can hide
(``word``, and the prefix of a ``name``) from where it cannot (all others).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from orthogramic.syntax.turtle_terms import PN_CHARS, PN_CHARS_BASE, PN_CHARS_U

_LOCAL_ESCAPE = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
# What hides brackets and keywords: the same for whoever looks at every token or at brackets only.
_OPAQUE = r"""
      (?P<comment>\#[^\n\r]*+)
    | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>)
    | (?P<string>\"{3}(?:\"{0,2}+(?:[^"\\]|\\.))*+\"{3} | '{3}(?:'{0,2}+(?:[^'\\]|\\.))*+'{3}
        | "(?:[^"\\\n\r]|\\.)*+" | '(?:[^'\\\n\r]|\\.)*+')
"""
_TOKEN = rf"""
      (?P<space>\s++)
    | {_OPAQUE}
    | (?P<variable>[?$][{PN_CHARS_U}0-9][{PN_CHARS}]*+)
    | (?P<tag>@[A-Za-z]++(?:-[A-Za-z0-9]++|--[A-Za-z]++)*+)
    | (?P<blank>_:[{PN_CHARS_U}0-9](?:[{PN_CHARS}]|\.+[{PN_CHARS}])*+)
    | (?P<name>(?:[{PN_CHARS_BASE}](?:[{PN_CHARS}]|\.+[{PN_CHARS}])*+)?:
        (?:(?:[{PN_CHARS_U}:0-9]|{_LOCAL_ESCAPE})
           (?:(?:[{PN_CHARS}:]|{_LOCAL_ESCAPE})|\.+(?:[{PN_CHARS}:]|{_LOCAL_ESCAPE}))*+)?)
    | (?P<number>[+-]?(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)(?:[eE][+-]?[0-9]++)?)
    | (?P<word>[{PN_CHARS_U}]++)
    | (?P<sign><<\(?|\)?>>|\{{\||\|\}}|&&|\|\||\^\^|!=|<=|>=|.)
    """

_BRACKETS = rf"""
      [^\#<>"'\\{{}}()\[\]|]++
    | {_OPAQUE}
    | \\.
    | (?P<bracket><<\(?|\)?>>|\{{\||\|\}}|[{{}}()\[\]])
    | .
"""

OPENING = frozenset({"{", "(", "[", "<<", "<<(", "{|"})
CLOSING = frozenset({"}", ")", "]", ">>", ")>>", "|}"})


@cache
def _pattern() -> re.Pattern[str]:
    """Compile the tokens on first use: it takes a good part of a command's start."""
    return re.compile(_TOKEN, re.VERBOSE | re.DOTALL)


@cache
def _brackets_pattern() -> re.Pattern[str]:
    return re.compile(_BRACKETS, re.VERBOSE | re.DOTALL)


class Token(NamedTuple):
    """One token that means something; a tuple, because a query has hundreds.

    :param kind: ``iri``, ``string``, ``variable``, ``tag``, ``blank``, ``name`` (a prefixed
        name), ``number``, ``word`` or ``sign``.
    :param text: as it stands.
    :param start: its offset in characters.
    :param prefix: the part in which keywords can hide, in lower case: a word, or a name's prefix.
    """

    kind: str
    text: str
    start: int
    prefix: str

    @property
    def end(self) -> int:
        """The offset of what follows."""
        return self.start + len(self.text)


def tokens(text: str) -> Iterator[Token]:
    """Split a text into tokens, leaving out white space and comments.

    :param text: SPARQL text, well formed or not.
    :returns: the tokens in order; a character that fits nowhere is a ``sign``.
    """
    for match in _pattern().finditer(text):
        token = _token(match)
        if token is not None:
            yield token


def token_at(text: str, place: int) -> Token | None:
    """Return the token that stands at a place or next after it, or nothing at the end."""
    while (match := _pattern().match(text, place)) is not None:
        token = _token(match)
        if token is not None:
            return token
        place = match.end()
    return None


def _token(match: re.Match[str]) -> Token | None:
    kind = match.lastgroup
    if kind is None or kind in {"comment", "space"}:
        return None
    part = match[0]
    prefix = ""
    if kind == "word":
        prefix = part.lower()
    elif kind == "name":
        prefix = part.partition(":")[0].lower()
    return Token(kind, part, match.start(), prefix)


def landmarks(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the brackets of a text, and its IRIs, some ten times faster than all its tokens.

    :param text: SPARQL text, well formed or not.
    :returns: the bracket itself, or ``iri``; where it begins, and where it ends.
    """
    for match in _brackets_pattern().finditer(text):
        kind = match.lastgroup
        if kind == "bracket":
            yield match[0], match.start(), match.end()
        elif kind == "iri":
            yield kind, match.start(), match.end()
