"""Plain words for simple patterns, so that nobody has to read regular expressions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

_CLASSES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "[A-Z]": ("capital letter", "capital letters"),
        "[a-z]": ("small letter", "small letters"),
        "[A-Za-z]": ("letter", "letters"),
        "[a-zA-Z]": ("letter", "letters"),
        "[0-9]": ("digit", "digits"),
        "\\d": ("digit", "digits"),
    }
)
_PART = re.compile(
    r"(?P<class>\[[^\]^]+\]|\\d)(?:\{(?P<least>\d+)(?P<comma>,(?P<most>\d*))?\}|(?P<plus>\+))?"
    r"|(?P<plain>(?:[\w \-/:]|\\[.\-/])+)"
)


def text_form(pattern: str) -> str:
    """Say what text a pattern asks for.

    :param pattern: a regular expression of ``sh:pattern``.
    :returns: ``text made of 3 capital letters``; the expression itself where it is not that
        simple.
    """
    phrase = _phrase(pattern)
    return f"text made of {phrase}" if phrase else f"text of the form {pattern}"


def _phrase(pattern: str) -> str:
    if not (pattern.startswith("^") and pattern.endswith("$")):
        return ""
    rest, phrases = pattern[1:-1], []
    while rest:
        found = _PART.match(rest)
        if found is None or (found["class"] and found["class"] not in _CLASSES):
            return ""
        phrases.append(_part(found))
        rest = rest[found.end() :]
    return ", then ".join(phrases)


def _part(found: re.Match[str]) -> str:
    if found["plain"]:
        return f"“{found['plain'].replace(chr(92), '')}”"
    one, many = _CLASSES[found["class"]]
    if found["plus"]:
        return f"one or more {many}"
    if found["least"] is None or (found["least"] == "1" and not found["comma"]):
        return f"1 {one}"
    if found["comma"] and found["most"]:
        return f"{found['least']} to {found['most']} {many}"
    return f"{found['least']} {'or more ' if found['comma'] else ''}{many}"
