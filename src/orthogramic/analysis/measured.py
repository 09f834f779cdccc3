"""What a measure came to, and the arithmetic that led there."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Number:
    """What a measure comes to for one entity.

    :param value: ``None`` where it comes to nothing.
    :param unit: what it counts; may be empty.
    :param why: why there is no number; empty where there is one.
    """

    value: Decimal | None
    unit: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """A number with how it came about.

    :param measure: name of the measure; empty for a plain number and for a score.
    :param how: what was done, in figures: ``4 - 2``.
    :param parts: what it was made of.
    """

    measure: str
    label: str
    number: Number
    how: str
    parts: tuple[Arithmetic, ...] = ()

    @property
    def sentence(self) -> str:
        """The number as one line: ``Gap: 4 - 2 = 2 levels``."""
        if self.number.value is None:
            return f"{self.label}: {self.number.why}"
        result = with_unit(self.number.value, self.number.unit)
        return f"{self.label}: {self.how} = {result}" if self.how else f"{self.label}: {result}"

    def to_dict(self) -> dict[str, Any]:
        """Return ``measure``, ``label``, ``value``, ``unit``, ``why``, ``how`` and ``parts``."""
        return {
            "measure": self.measure,
            "label": self.label,
            "value": plain(self.number.value),
            "unit": self.number.unit,
            "why": self.number.why,
            "how": self.how,
            "sentence": self.sentence,
            "parts": [each.to_dict() for each in self.parts],
        }


def plain(value: Decimal | None) -> int | float | None:
    """Return a number as JSON has it: whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def figures(value: Decimal) -> str:
    """Write a number in plain figures, to 12 decimals at most."""
    text = format(round(value, 12), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def with_unit(value: Decimal, unit: str) -> str:
    """Write a number with what it counts."""
    return f"{figures(value)} {unit}".rstrip()
