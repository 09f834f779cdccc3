"""Reading of query strings and forms, strictly: a slip of the pen is told, never ignored.

A misspelt parameter that is silently dropped gives a wrong answer with a straight face.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, get_origin
from urllib.parse import parse_qsl

from fastapi import Request
from pyoxigraph import NamedNode

from orthogramic.errors import InvalidParameterError

Pairs = list[tuple[str, str]]

_MOST_FIELDS = 1000


def pairs_of(encoded: bytes, where: str) -> Pairs:
    """Decode ``application/x-www-form-urlencoded`` bytes.

    :param encoded: a query string or the body of a form.
    :param where: what it is, for the message.
    :returns: names and values in order; values may be empty.
    :raises InvalidParameterError: if it is not UTF-8 or has too many fields.
    """
    try:
        return parse_qsl(
            encoded.decode("utf-8"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except UnicodeDecodeError:
        raise InvalidParameterError(f"The {where} is not UTF-8.") from None
    except ValueError:
        raise InvalidParameterError(f"The {where} has more than {_MOST_FIELDS} fields.") from None


def query_pairs(request: Request) -> Pairs:
    """Return the parameters in the query string of a request.

    :raises InvalidParameterError: as :func:`pairs_of`.
    """
    return pairs_of(request.scope["query_string"], "query string")


def single(pairs: Pairs, name: str) -> str | None:
    """Return the value of a parameter that may occur once.

    :raises InvalidParameterError: if it occurs more often.
    """
    values = [value for key, value in pairs if key == name]
    if len(values) > 1:
        raise InvalidParameterError(f"The parameter '{name}' may be given once.", parameter=name)
    return values[0] if values else None


def graph_names(pairs: Pairs, name: str) -> tuple[str, ...]:
    """Return the values of a repeatable parameter that names graphs.

    :raises InvalidParameterError: if one is not an absolute IRI.
    """
    values = tuple(value for key, value in pairs if key == name)
    for value in values:
        absolute_iri(value, name)
    return values


def absolute_iri(value: str, name: str) -> NamedNode:
    """Return a parameter's value as an IRI.

    :raises InvalidParameterError: if it is not an absolute IRI.
    """
    try:
        return NamedNode(value)
    except ValueError as error:
        raise InvalidParameterError(
            f"The value of '{name}' is not an absolute IRI: {error}.", parameter=name
        ) from None


def unknown_parameter(name: str, known: Iterable[str]) -> InvalidParameterError:
    """Return the error for a parameter that nothing reads, naming the nearest that exists."""
    names = sorted(known)
    near = difflib.get_close_matches(name, names, n=3, cutoff=0.6)
    if near:
        hint = f"did you mean '{near[0]}'?"
    elif names:
        hint = "it takes " + ", ".join(f"'{each}'" for each in names) + "."
    else:
        hint = "it takes none."
    return InvalidParameterError(
        f"There is no parameter '{name}' here; {hint}", parameter=name, suggestions=near
    )


async def only_declared_parameters(request: Request) -> None:
    """Refuse query parameters that the route does not declare (a dependency of routers).

    :raises InvalidParameterError: naming the first one and the nearest that exists, or the first
        one that is given more often than once and may not be.
    """
    dependant = getattr(request.scope.get("route"), "dependant", None)
    repeatable = dict(_declared(dependant)) if dependant is not None else {}
    pairs = query_pairs(request)
    for name, _ in pairs:
        if name not in repeatable:
            raise unknown_parameter(name, repeatable)
        if not repeatable[name]:
            single(pairs, name)


def _declared(dependant: Any) -> Iterator[tuple[str, bool]]:
    """Yield the name of each declared query parameter, and whether it may be repeated."""
    for field in dependant.query_params:
        origin = get_origin(field.field_info.annotation)
        yield field.alias, isinstance(origin, type) and issubclass(origin, Sequence)
    for each in dependant.dependencies:
        yield from _declared(each)
