"""Reads the values that a form sends.

A form sends empty text for a field that was left alone; here that is the same as not sending it.
A value that cannot be read is refused with one sentence that names the field.
"""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import QueryParams

from orthogramic.errors import InvalidParameterError


def text(parameters: QueryParams, name: str) -> str | None:
    """Return a value without the white space around it, or ``None`` if there is none."""
    return (parameters.get(name) or "").strip() or None


def texts(parameters: QueryParams, name: str) -> tuple[str, ...]:
    """Return all values of a repeatable field."""
    return tuple(value.strip() for value in parameters.getlist(name) if value.strip())


def whole_number(
    parameters: QueryParams, name: str, *, default: int | None = None, low: int, high: int
) -> int | None:
    """Return a whole number within bounds.

    :raises InvalidParameterError: if it is no number or out of bounds.
    """
    value = text(parameters, name)
    if value is None:
        return default
    try:
        number = int(value)
    except ValueError:
        number = low - 1
    if not low <= number <= high:
        raise InvalidParameterError(
            f"{name} must be a whole number from {low} to {high}, not {value!r}."
        )
    return number


def fraction(parameters: QueryParams, name: str) -> float | None:
    """Return a number from 0 to 1.

    :raises InvalidParameterError: if it is none.
    """
    value = text(parameters, name)
    if value is None:
        return None
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise InvalidParameterError(f"{name} must be a number from 0 to 1, not {value!r}.")
    return number


def choice(parameters: QueryParams, name: str, choices: Sequence[str]) -> str:
    """Return one of the choices, the first if nothing was sent.

    :raises InvalidParameterError: if the value is none of them.
    """
    value = text(parameters, name)
    if value is None:
        return choices[0]
    if value not in choices:
        raise InvalidParameterError(f"{name} must be one of {', '.join(choices)}, not {value!r}.")
    return value


def offset(parameters: QueryParams, name: str = "offset") -> int:
    """Return how many rows of a list to pass over."""
    return whole_number(parameters, name, default=0, low=0, high=10**9) or 0
