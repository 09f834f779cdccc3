"""What literals are worth when they are compared, exactly as pySHACL takes them.

pySHACL compares what rdflib makes of a literal.  Plain spellings of text and of whole and decimal
numbers are judged here; for every other literal rdflib itself is asked, imported when the first
one comes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import Any

from pyoxigraph import Literal, NamedNode

from orthogramic.validation.compiled.reasons import CannotEvaluateError
from orthogramic.validation.graph_index import Node
from orthogramic.validation.rdflib_terms import RdflibConverter, silent_literals
from orthogramic.vocabulary import RDF, XSD

_INTEGER = re.compile(r"[+-]?[0-9]{1,300}", re.ASCII)
_DECIMAL = re.compile(r"[+-]?[0-9]{1,300}(\.[0-9]{1,300})?", re.ASCII)
_DOUBLE = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?([eE][+-]?[0-9]{1,2})?", re.ASCII)
_DATE = re.compile(r"(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_DATE_TIME = re.compile(_DATE.pattern + r"T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z?", re.ASCII)
#: Spellings that rdflib certainly takes for well formed.
_SPELLINGS = {
    XSD.integer: _INTEGER,
    XSD.decimal: _DECIMAL,
    XSD.double: _DOUBLE,
    XSD.date: _DATE,
    XSD.dateTime: _DATE_TIME,
    XSD.boolean: re.compile("true|false|1|0"),
}
#: What makes values of those spellings that are compared here.
_MAKERS: Mapping[NamedNode, Callable[[str], int | Decimal | date]] = MappingProxyType(
    {XSD.integer: int, XSD.decimal: Decimal, XSD.date: date.fromisoformat}
)
#: What a value must be an instance of for the types that pySHACL looks into.
_INSTANCES: dict[str, type] = {
    f"{XSD.base}{name}": kind
    for name, kind in (
        ("integer", int),
        ("float", float),
        ("decimal", Decimal),
        ("boolean", bool),
        ("date", date),
        ("time", time),
        ("dateTime", datetime),
    )
}


def is_text(literal: Literal) -> bool:
    """Tell whether a literal is a plain or a language-tagged string."""
    return literal.language is not None or literal.datatype == XSD.string


class LiteralValues:
    """Judges literals; keeps what rdflib makes of them."""

    @cached_property
    def _converter(self) -> RdflibConverter:
        return RdflibConverter()

    def _rdflib(self, literal: Literal) -> Any:
        with silent_literals():
            return self._converter.term(literal)

    def has_datatype(self, node: Node, datatype: NamedNode) -> bool:
        """Tell whether a node is a literal of a datatype, and a well-formed one."""
        if not isinstance(node, Literal):
            return False
        if node.language is not None:
            return datatype == RDF.langString or datatype.value == f"{_RDFS}Literal"
        own = node.datatype
        if own == XSD.string:
            return datatype == XSD.string or datatype.value == f"{_RDFS}Literal"
        if own != datatype:
            return datatype.value in (f"{_RDFS}Literal", f"{_RDFS}Datatype")
        return _is_plain(node.value, own) or self._is_well_typed(node, datatype)

    def _is_well_typed(self, literal: Literal, datatype: NamedNode) -> bool:
        converted = self._rdflib(literal)
        if converted.ill_typed is True:
            return False
        if datatype == RDF.langString:
            return isinstance(converted.value, str | bytes)
        return isinstance(converted.value, _INSTANCES.get(datatype.value, object))

    def text(self, node: Node) -> str | None:
        """Return what is compared as text: an IRI, or a literal whose value is text."""
        if isinstance(node, NamedNode):
            return node.value
        if not isinstance(node, Literal):
            return None
        if is_text(node):
            return node.value
        if _plain_value(node) is not None:
            return None
        value = self._rdflib(node).value
        return value if isinstance(value, str) else None

    def order(self, left: Literal, right: Literal) -> int | None:
        """Compare two literals by value, for the range constraints.

        :returns: -1, 0 or 1, or ``None`` if they cannot be compared.
        :raises CannotEvaluateError: if pySHACL would break off.
        """
        plain = _plain_order(left, right)
        if plain is not None:
            return plain
        if (self.text(left) is None) != (self.text(right) is None):
            return None
        try:
            return _rdflib_order(self._rdflib(left), self._rdflib(right))
        except (TypeError, NotImplementedError):
            return None
        except Exception as error:
            raise CannotEvaluateError(f"{left} and {right} cannot be compared") from error

    def is_less(self, left: Literal, right: Literal, or_equal: bool) -> bool:
        """Tell whether a literal that is no text is less than another one.

        :raises CannotEvaluateError: if pySHACL would break off.
        """
        plain = _plain_order(left, right)
        if plain is not None:
            return plain <= 0 if or_equal else plain < 0
        lesser, greater = self._rdflib(left), self._rdflib(right)
        try:
            return bool(lesser <= greater if or_equal else lesser < greater)
        except Exception as error:
            raise CannotEvaluateError(f"{left} and {right} cannot be compared") from error


def _is_plain(lexical: str, datatype: NamedNode) -> bool:
    """Tell whether a literal is certainly well formed, by its spelling."""
    spelling = _SPELLINGS.get(datatype)
    if spelling is None or not spelling.fullmatch(lexical):
        return datatype == XSD.anyURI
    if datatype in (XSD.date, XSD.dateTime):
        with suppress(ValueError):
            return bool(date.fromisoformat(lexical[:10]))
        return False
    return True


_RDFS = "http://www.w3.org/2000/01/rdf-schema#"


def _plain_value(literal: Literal) -> int | Decimal | date | None:
    """Return the value of a number or date in a plain spelling."""
    make = _MAKERS.get(literal.datatype)
    return make(literal.value) if make and _is_plain(literal.value, literal.datatype) else None


def _plain_order(left: Literal, right: Literal) -> int | None:
    """Return -1, 0 or 1 for two numbers or two dates in plain spellings."""
    first, second = _plain_value(left), _plain_value(right)
    if isinstance(first, date):
        if isinstance(second, date):
            return (first > second) - (first < second)
        return None
    if first is None or second is None or isinstance(second, date):
        return None
    return (first > second) - (first < second)


def _rdflib_order(left: Any, right: Any) -> int:
    """Order two rdflib literals: times by their value only, the rest as rdflib does."""
    if left.eq(right):
        return 0
    if type(left.value) in (datetime, time):
        if left.value == right.value:
            return 0
        return 1 if left.value > right.value else -1
    return 1 if left > right else -1
