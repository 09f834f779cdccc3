"""What-if questions as documents: what a command or a client sends in one piece."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from orthogramic.errors import InvalidParameterError
from orthogramic.repository.scenarios.what_if import ScenarioQuery

#: Names, relationships or classes that one question may list.
MOST_NAMES = 1000


def read_request(document: Mapping[str, Any]) -> dict[str, Any]:
    """Read a question.

    :param document: ``scenario``, and whatever else
        :meth:`orthogramic.repository.scenarios.what_if.WhatIf.ask` takes, by its names.
    :returns: the arguments of that method, ``scenario`` among them.
    :raises InvalidParameterError: naming the member, for what is unknown or of another kind.
    """
    unknown = sorted(set(document) - set(_MEMBERS))
    if unknown:
        raise InvalidParameterError(
            f"A what-if question has no member {unknown[0]!r}; it has {', '.join(_MEMBERS)}.",
            parameter=unknown[0],
        )
    if "scenario" not in document:
        raise InvalidParameterError("The question says no scenario.", parameter="scenario")
    return {
        name: _MEMBERS[name](name, value) for name, value in document.items() if value is not None
    }


def _object(name: str, value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise _wrong(name, "an object", value)
    return value


def _names(name: str, value: Any) -> tuple[str, ...]:
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list | tuple) or not all(isinstance(each, str) for each in listed):
        raise _wrong(name, "a list of names", value)
    if len(listed) > MOST_NAMES:
        raise InvalidParameterError(f"{name} lists more than {MOST_NAMES}.", parameter=name)
    return tuple(listed)


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise _wrong(name, "text", value)
    return value


def _whole(name: str, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise _wrong(name, "a whole number", value)
    return value


def _number(name: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise _wrong(name, "a number", value)
    return float(value)


def _queries(name: str, value: Any) -> tuple[ScenarioQuery, ...]:
    if not isinstance(value, list | tuple) or len(value) > MOST_NAMES:
        raise _wrong(name, "a list of saved queries", value)
    return tuple(_query(name, each) for each in value)


def _query(name: str, value: Any) -> ScenarioQuery:
    if isinstance(value, str):
        return ScenarioQuery(value, {})
    if not isinstance(value, Mapping) or not {"name"} <= set(value) <= {"name", "parameters"}:
        raise _wrong(name, "a list of objects with a name and perhaps parameters", value)
    parameters = _object(name, value.get("parameters", {}))
    return ScenarioQuery(
        _text(name, value["name"]), {each: _text(name, said) for each, said in parameters.items()}
    )


def _wrong(name: str, expected: str, value: Any) -> InvalidParameterError:
    return InvalidParameterError(f"{name} is {expected}, not {value!r}.", parameter=name)


_MEMBERS: Mapping[str, Callable[[str, Any], Any]] = {
    "scenario": _object,
    "against": _object,
    "sources": _names,
    "targets": _names,
    "fail": _names,
    "direction": _text,
    "to": _names,
    "via": _names,
    "profile": _text,
    "max_hops": _whole,
    "min_score": _number,
    "queries": _queries,
    "limit": _whole,
    "offset": _whole,
}
