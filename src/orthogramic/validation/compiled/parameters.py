"""Reading the values of constraint parameters, strictly."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pyoxigraph import Literal, NamedNode

from orthogramic.validation.compiled.literal_values import is_text
from orthogramic.validation.compiled.reasons import NotCompiledError
from orthogramic.validation.graph_index import Node
from orthogramic.vocabulary import XSD

_COUNT = re.compile(r"\+?[0-9]{1,9}", re.ASCII)
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}


def only(values: Sequence[Node]) -> Node:
    """Return the one value that there must be.

    :raises NotCompiledError: if there are more, or none.
    """
    if len(values) != 1:
        raise NotCompiledError("a parameter has not exactly one value")
    return values[0]


def count(value: Node) -> int:
    """Return a whole number that is not negative.

    :raises NotCompiledError: for anything else.
    """
    if not isinstance(value, Literal) or value.datatype != XSD.integer:
        raise NotCompiledError("a parameter is no whole number")
    if not _COUNT.fullmatch(value.value):
        raise NotCompiledError("a parameter is no count")
    return int(value.value)


def truth(value: Node) -> bool:
    """Return a truth value.

    :raises NotCompiledError: for anything else.
    """
    if isinstance(value, Literal) and value.datatype == XSD.boolean and value.value in _BOOLEANS:
        return _BOOLEANS[value.value]
    raise NotCompiledError("a parameter is neither true nor false")


def text(value: Node) -> str:
    """Return a text.

    :raises NotCompiledError: for anything else.
    """
    if isinstance(value, Literal) and is_text(value):
        return value.value
    raise NotCompiledError("a parameter is no text")


def iri(value: Node) -> NamedNode:
    """Return an IRI.

    :raises NotCompiledError: for anything else.
    """
    if isinstance(value, NamedNode):
        return value
    raise NotCompiledError("a parameter is no IRI")


def literal(value: Node) -> Literal:
    """Return a literal.

    :raises NotCompiledError: for anything else.
    """
    if isinstance(value, Literal):
        return value
    raise NotCompiledError("a parameter is no literal")


def optional_count(stated: Mapping[str, list[Node]], name: str) -> int | None:
    """Return a count that may be missing.

    :raises NotCompiledError: if there is anything else.
    """
    return count(only(stated[name])) if name in stated else None
