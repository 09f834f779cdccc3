"""Scalars: from JSON to a literal and back, without loss.

A value has its plain JSON form where reading that form gives the very same literal; otherwise it
is an object that says value and datatype, or value and language (RDF 1.1 Concepts, section 3.3).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from typing import Any

from pyoxigraph import Literal, NamedNode

from orthogramic.errors import InvalidDocumentError
from orthogramic.metamodel import Metamodel
from orthogramic.repository.changes import LANGUAGE_STRINGS
from orthogramic.repository.documents.faults import shown
from orthogramic.syntax import LiteralCanonicalizer
from orthogramic.vocabulary import XSD

#: What the store keeps by value: whole numbers of 64 bits, and decimals of 128 bits of which 18
#: digits stand behind the point. What is larger could not be compared or counted.
_INTEGERS = range(-(1 << 63), 1 << 63)
_BEHIND_POINT = 18
_DECIMAL_DIGITS = 20

#: Up to here a double has every whole number (RFC 8259, section 6).
_EXACT = 1 << 53

_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_NO_NUMBERS = frozenset({"INF", "-INF", "NaN"})
_SHAPES_OF_OBJECTS = ({"value", "type"}, {"value", "language"}, {"iri"})

Number = int | float | Decimal


class Values:
    """Reads and writes scalars under the prefixes of one bundle; safe to share among threads."""

    def __init__(self, metamodel: Metamodel) -> None:
        self._metamodel = metamodel
        self._canonical = LiteralCanonicalizer().canonical

    def read(self, value: Any, datatype: NamedNode | None, pointer: str) -> Literal | NamedNode:
        """Return the term that a JSON value means, its literal in canonical form.

        :param datatype: what is expected; without it the JSON type tells it.
        :param pointer: where the value stands, for the error.
        :raises InvalidDocumentError: if it means none.
        """
        if isinstance(value, dict):
            return self._explicit(value, pointer)
        if isinstance(value, list | tuple):
            raise InvalidDocumentError(
                "An array stands where a single value is expected.", pointer=pointer
            )
        if value is None:
            raise InvalidDocumentError("null is no value.", pointer=pointer)
        expected = datatype or _natural(value, pointer)
        if expected in LANGUAGE_STRINGS:
            raise InvalidDocumentError(
                'Text in a language is expected here: {"value": …, "language": …}.', pointer=pointer
            )
        read = _READERS.get(expected, _text)
        return self._canonical(Literal(read(value, pointer), datatype=expected))

    def write(self, term: Literal | NamedNode, datatype: NamedNode | None) -> Any:
        """Return the JSON value of a term; see the module for the form."""
        if isinstance(term, NamedNode):
            return {"iri": term.value}
        if term.language:
            return {"value": term.value, "language": term.language}
        with suppress(InvalidDocumentError, LookupError, ValueError, ArithmeticError):
            plain = _WRITERS.get(term.datatype, str)(term.value)
            if self.read(plain, datatype, "") == term:
                return plain
        return {"value": term.value, "type": self._metamodel.curie(term.datatype.value)}

    def _explicit(self, value: dict[Any, Any], pointer: str) -> Literal | NamedNode:
        if set(value) not in _SHAPES_OF_OBJECTS:
            raise InvalidDocumentError(
                "A value that is an object says value and language, value and type, or iri.",
                pointer=pointer,
            )
        texts = {str(name): _text(each, f"{pointer}/{name}") for name, each in value.items()}
        if "iri" in texts:
            return iri_of(texts["iri"], f"{pointer}/iri")
        if "language" in texts:
            try:
                return Literal(texts["value"], language=texts["language"].lower())
            except ValueError:
                raise InvalidDocumentError(
                    f"{shown(texts['language'])} is no language tag such as en or pt-br.",
                    pointer=f"{pointer}/language",
                ) from None
        datatype = self._metamodel.expand(texts["type"])
        if datatype is None:
            raise InvalidDocumentError(
                f"{shown(texts['type'])} is no datatype; write one such as xsd:date.",
                pointer=f"{pointer}/type",
            )
        if datatype in LANGUAGE_STRINGS:
            raise InvalidDocumentError(
                f"A value of type {shown(texts['type'])} says its language instead of its type.",
                pointer=f"{pointer}/type",
            )
        return self._canonical(Literal(texts["value"], datatype=datatype))


def iri_of(text: str, pointer: str) -> NamedNode:
    """Return an absolute IRI.

    :raises InvalidDocumentError: if the text is none.
    """
    try:
        return NamedNode(text)
    except ValueError:
        raise InvalidDocumentError(f"{shown(text)} is no absolute IRI.", pointer=pointer) from None


def text_of(value: Any, pointer: str) -> str:
    """Return a text that can be stored.

    :raises InvalidDocumentError: if it is no text, or has half a character.
    """
    return _text(value, pointer)


def _natural(value: Any, pointer: str) -> NamedNode:
    """Return the datatype of a JSON value that nothing else tells, as Turtle has it."""
    if isinstance(value, bool):
        return XSD.boolean
    if isinstance(value, int):
        return XSD.integer
    if isinstance(value, float | Decimal):
        return XSD.decimal
    if isinstance(value, str):
        return XSD.string
    raise InvalidDocumentError(
        f"A {type(value).__name__} has no place in a document.", pointer=pointer
    )


def _mismatch(expected: str, value: Any, pointer: str) -> InvalidDocumentError:
    return InvalidDocumentError(
        f"{expected} is expected here, not {shown(value)}.", pointer=pointer
    )


def _text(value: Any, pointer: str) -> str:
    if not isinstance(value, str):
        raise _mismatch("Text in quotation marks", value, pointer)
    try:
        value.encode()
    except UnicodeEncodeError:
        raise InvalidDocumentError(
            "The text has half of a character that is written as a pair.", pointer=pointer
        ) from None
    return value


def _boolean(value: Any, pointer: str) -> str:
    if not isinstance(value, bool):
        raise _mismatch("true or false", value, pointer)
    return "true" if value else "false"


def _integer(value: Any, pointer: str) -> str:
    if isinstance(value, bool) or not isinstance(value, int):
        raise _mismatch("A whole number", value, pointer)
    if value not in _INTEGERS:
        raise InvalidDocumentError(
            "The number is too large: whole numbers have at most 64 bits.", pointer=pointer
        )
    return str(value)


def _decimal(value: Any, pointer: str) -> str:
    number = _number(value, pointer)
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    if number and (number.adjusted() >= _DECIMAL_DIGITS or exponent < -_BEHIND_POINT):
        raise InvalidDocumentError(
            f"The number has too many digits: at most {_DECIMAL_DIGITS} stand before the point "
            f"and {_BEHIND_POINT} behind it.",
            pointer=pointer,
        )
    return f"{number:f}" if number else "0"


def _number(value: Any, pointer: str) -> Decimal:
    if isinstance(value, str) and _DECIMAL.fullmatch(value):
        return Decimal(value)
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise _mismatch("A number", value, pointer)
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        raise _mismatch("A finite number", value, pointer)
    return number


def _double(value: Any, pointer: str) -> str:
    if isinstance(value, str) and value in _NO_NUMBERS:
        return value
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise _mismatch("A number", value, pointer)
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise _mismatch("A finite number", value, pointer)
    return repr(number)


def _write_decimal(text: str) -> int | float | str:
    """Return a number where every reader of JSON gets the very same one, else the text."""
    number = float(text)
    if Decimal(repr(number)) != Decimal(text):
        return text
    return int(number) if number.is_integer() and abs(number) <= _EXACT else number


def _write_double(text: str) -> float | str:
    return text if text in _NO_NUMBERS else float(text)


_READERS: dict[NamedNode, Callable[[Any, str], str]] = {
    XSD.boolean: _boolean,
    XSD.integer: _integer,
    XSD.decimal: _decimal,
    XSD.double: _double,
}
_WRITERS: dict[NamedNode, Callable[[str], Any]] = {
    XSD.boolean: lambda text: {"true": True, "false": False}[text],
    XSD.integer: int,
    XSD.decimal: _write_decimal,
    XSD.double: _write_double,
}
