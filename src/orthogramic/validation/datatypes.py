"""Plain words about datatypes: what a value of each looks like, and why a text is none."""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from collections.abc import Callable, Mapping
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode

from orthogramic.validation.labels import tail
from orthogramic.vocabulary import RDF, XSD

#: For each datatype what a value is, and one as it is written.
_WORDS: Mapping[NamedNode, tuple[str, str]] = MappingProxyType(
    {
        XSD.string: ("text", ""),
        XSD.boolean: ("true or false", "true"),
        XSD.integer: ("a whole number", "5"),
        XSD.decimal: ("a decimal number", "1.5"),
        XSD.double: ("a number", "1.5"),
        XSD.date: ("a date", "2026-11-23"),
        XSD.dateTime: ("a date with a time", "2026-11-23T09:30:00Z"),
        XSD.anyURI: ("a web address", "https://example.org/page"),
        RDF.langString: ("text with a language tag", "en"),
    }
)
_DATE = re.compile(r"-?(\d{4,})-(\d\d)-(\d\d)(?:T.*|Z|[+-]\d\d:\d\d)?", re.ASCII)
_TIME = re.compile(r"T(\d\d):(\d\d):(\d\d)", re.ASCII)
_MONTHS, _HOURS, _SIXTY = 12, 24, 60
_LONGEST_YEAR = 9999


def kind_of(datatype: NamedNode) -> str:
    """Return what a value of a datatype is: ``a whole number``."""
    words = _WORDS.get(datatype)
    return words[0] if words else f"a value of type {tail(datatype)}"


def example_of(datatype: NamedNode) -> str:
    """Return how a value of a datatype may be written, or the empty string."""
    words = _WORDS.get(datatype)
    return words[1] if words else ""


def asked_for(datatype: NamedNode) -> str:
    """Return what a datatype asks for, with an example where the writing is not obvious."""
    kind, example = kind_of(datatype), example_of(datatype)
    plain = datatype in (XSD.string, XSD.boolean)
    return kind if plain or not example else f"{kind} such as {example}"


def in_turtle(text: str, datatype: NamedNode) -> str:
    """Return how Turtle writes a value, given its text."""
    if datatype in (XSD.integer, XSD.boolean):
        return text
    if datatype == XSD.decimal:
        return text if "." in text else f"{text}.0"
    prefixed = datatype.value.replace(XSD.base, "xsd:")
    return f'"{text}"' if datatype == XSD.string else f'"{text}"^^{prefixed}'


def why_not(literal: Literal) -> str:
    """Say why a literal is no value of its own datatype.

    :param literal: an ill-formed literal.
    :returns: a clause such as ``February 2026 has 28 days``; what can be said of any other.
    """
    explain = _REASONS.get(literal.datatype)
    reason = explain(literal.value) if explain else ""
    return reason or f"it is not written as {asked_for(literal.datatype)}"


def _date_reason(text: str) -> str:
    found = _DATE.fullmatch(text.strip())
    if not found or int(found[1]) > _LONGEST_YEAR or int(found[1]) == 0:
        return ""
    year, month, day = (int(each) for each in found.groups())
    if not 1 <= month <= _MONTHS:
        return f"there is no month {found[2]}"
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        return f"{month_name[month]} {year} has {last} days"
    return ""


def _moment_reason(text: str) -> str:
    found = _TIME.search(text)
    if found is None:
        if _DATE.fullmatch(text.strip()):
            return _date_reason(text) or "the time of day is missing"
        return ""
    hour, minute, second = (int(each) for each in found.groups())
    if hour > _HOURS or minute >= _SIXTY or second >= _SIXTY:
        return f"there is no time of day {found[0][1:]}"
    return _date_reason(text)


_REASONS: Mapping[NamedNode, Callable[[str], str]] = MappingProxyType(
    {XSD.date: _date_reason, XSD.dateTime: _moment_reason}
)
