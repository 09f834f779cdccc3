"""Choose the media type of an answer from an Accept header (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"  # noqa: S105 - RFC 9110's name for a word
_RANGE = re.compile(rf"({_TOKEN})/({_TOKEN})")
_WEIGHT = re.compile(r"0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?")
_ELEMENT = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*"?)+')
_PARAMETER = re.compile(r'(?:[^;"]|"(?:[^"\\]|\\.)*"?)+')


@dataclass(frozen=True)
class _MediaRange:
    """One element of an Accept header."""

    main: str
    sub: str
    parameters: frozenset[tuple[str, str]]
    weight: float

    def precision(self, main: str, sub: str, parameters: frozenset[tuple[str, str]]) -> int:
        """Say how precisely the range names a media type: 0 not at all, more is better."""
        if self.main == "*":
            return 1 if self.sub == "*" else 0
        if self.main != main:
            return 0
        if self.sub == "*":
            return 2
        if self.sub != sub or not self.parameters <= parameters:
            return 0
        return 3 + len(self.parameters)


def _parameter(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    return name.strip().lower(), value.strip().strip('"').lower()


def _split(text: str) -> tuple[str, str, list[tuple[str, str]]] | None:
    """Split a media type or range into type, subtype and parameters."""
    parts = _PARAMETER.findall(text)
    match = _RANGE.fullmatch(parts[0].strip()) if parts else None
    if match is None:
        return None
    return match[1].lower(), match[2].lower(), [_parameter(part) for part in parts[1:]]


def _media_range(text: str) -> _MediaRange | None:
    """Read one element; a malformed one counts as absent."""
    split = _split(text)
    if split is None:
        return None
    main, sub, parameters = split
    weight = 1.0
    named: set[tuple[str, str]] = set()
    for name, value in parameters:
        if name == "q":
            if not _WEIGHT.fullmatch(value):
                return None
            weight = float(value)
            break  # what follows q are extensions, not parameters of the type
        if name and name != "charset":
            named.add((name, value))
    return _MediaRange(main, sub, frozenset(named), weight)


def _quality(media_type: str, ranges: Sequence[_MediaRange]) -> float:
    """Return the weight under the most precise range that names the media type; 0 if none does."""
    split = _split(media_type)
    if split is None:
        return 0.0
    main, sub, parameters = split
    named = frozenset(parameters)
    rated = [(each.precision(main, sub, named), each.weight) for each in ranges]
    best = max((precision for precision, _ in rated), default=0)
    if best == 0:
        return 0.0
    return max(weight for precision, weight in rated if precision == best)


def negotiate(accept_header: str | None, offered: Sequence[str]) -> str | None:
    """Choose a media type.

    Weights and wildcards count as RFC 9110 says; between types of equal weight the order of the
    offer decides.  A malformed element is ignored; ``charset`` parameters are too, since every
    text here is UTF-8.

    :param accept_header: the value of the Accept header; None, blank or wholly malformed means
        that anything will do.
    :param offered: media types that can be produced, preferred first.
    :returns: the chosen media type, or None if none is acceptable.
    """
    elements = _ELEMENT.findall(accept_header or "")
    ranges = [each for element in elements if (each := _media_range(element)) is not None]
    if not ranges:
        return offered[0] if offered else None
    best: str | None = None
    best_quality = 0.0
    for media_type in offered:
        quality = _quality(media_type, ranges)
        if quality > best_quality:
            best, best_quality = media_type, quality
    return best
