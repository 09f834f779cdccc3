"""Works measures out for many entities at once, from what stands along their paths.

Whoever asks hands in what follows a path; the arithmetic is that of decimals (28 digits), so that
it can be told and checked by hand. Where something is missing there is no number, and a reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import reduce
from typing import NamedTuple

from pyoxigraph import Literal

from orthogramic.analysis.measured import Arithmetic, Number, figures
from orthogramic.metamodel import Measure, Operation
from orthogramic.metamodel.property_paths import PropertyPath


class End(NamedTuple):
    """What stands at the end of a path, and the node of which it is said."""

    node: object
    term: object


Ends = Mapping[str, Set[End]]
#: Gives, by IRI, what stands at the end of a path; what has nothing there may be left out.
Follow = Callable[[PropertyPath, Sequence[str]], Ends]

NOTHING: frozenset[End] = frozenset()
_SIGNS = {
    Operation.SUM: " + ",
    Operation.DIFFERENCE: " - ",
    Operation.PRODUCT: " × ",
    Operation.QUOTIENT: " / ",
    Operation.GREATEST: ", ",
}


def work_out(measure: Measure, entities: Sequence[str], follow: Follow) -> Measured:
    """Work a measure of entities out.

    :param measure: a measure that names its classes.
    :param entities: IRIs of entities of these classes.
    :param follow: follows paths.
    """
    assert not measure.of_pairs
    found = follow(measure.along, entities) if measure.along else {}
    units = follow(measure.unit_along, entities) if measure.unit_along else {}
    operands = tuple(
        work_out(each, entities, follow) if isinstance(each, Measure) else each
        for each in measure.operands
        if isinstance(each, Measure | Decimal)
    )
    return Measured(measure, found, units, operands)


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """What a measure comes to, by entity.

    :param found: what stands at the end of its path; ``units`` at the end of the path to what it
        counts.
    :param operands: what it works on.
    """

    measure: Measure
    found: Ends
    units: Ends
    operands: tuple[Measured | Decimal, ...]
    _known: dict[str, Number] = field(default_factory=dict)

    def number(self, entity: str) -> Number:
        """Return what it comes to for an entity."""
        number = self._known.get(entity)
        if number is None:
            number = self._known[entity] = self._number(entity)
        return number

    def explain(self, entity: str) -> Arithmetic:
        """Return what it comes to, with its arithmetic."""
        measure = self.measure
        parts = tuple(
            each.explain(entity) if isinstance(each, Measured) else constant(each)
            for each in self.operands
        )
        number = self.number(entity)
        how = in_figures(measure.operation, parts) if parts else self._told(entity)
        if measure.at_least is not None and number != self._unfloored(entity):
            how = f"at least {figures(measure.at_least)}; {how}"
        return Arithmetic(measure.name, measure.label, number, how, parts)

    # -- one entity --------------------------------------------------------------------------

    def _number(self, entity: str) -> Number:
        return floored(self.measure, self._unfloored(entity))

    def _unfloored(self, entity: str) -> Number:
        if self.operands:
            numbers = [
                each.number(entity) if isinstance(each, Measured) else Number(each)
                for each in self.operands
            ]
            labels = [
                each.measure.label if isinstance(each, Measured) else figures(each)
                for each in self.operands
            ]
            number = combine(self.measure, numbers, labels)
        else:
            number = _read(self.measure, self.found.get(entity, NOTHING))
        unit = self._unit(entity, number)
        if number.value is not None and unit is None:
            return Number(None, "", "what it counts is told in several ways")
        return Number(number.value, unit or "", number.why)

    def _unit(self, entity: str, number: Number) -> str | None:
        if self.measure.unit_along is None:
            return self.measure.unit or number.unit
        told = texts(self.units.get(entity, NOTHING))
        return (told[0] if told else self.measure.unit) if len(told) < 2 else None  # noqa: PLR2004

    def _told(self, entity: str) -> str:
        """Say what a rank was made of, and what was counted; a number speaks for itself."""
        told = texts(self.found.get(entity, NOTHING))
        operation = self.measure.operation
        if operation is Operation.RANK:
            return f"the place of {told[0]}" if len(told) == 1 else ""
        if operation is Operation.COUNT and told:
            return f"the number of {', '.join(told)}"
        numbers = [figures(each) for each in _numbers(self.found.get(entity, NOTHING))]
        if len(numbers) < 2 or operation is Operation.VALUE:  # noqa: PLR2004 - nothing to tell
            return ""
        text = _SIGNS[operation].join(numbers)
        return f"the greatest of {text}" if operation is Operation.GREATEST else text


def constant(value: Decimal) -> Arithmetic:
    """Return a plain number among parts."""
    return Arithmetic("", figures(value), Number(value), "")


def texts(ends: Set[End]) -> list[str]:
    """Return what stands at the end of a path, sorted and without repeats."""
    return sorted({str(getattr(each.term, "value", each.term)) for each in ends})


def in_figures(operation: Operation, parts: Sequence[Arithmetic]) -> str:
    """Write an operation on what its parts came to: ``4 - 2``."""
    values = [figures(each.number.value) for each in parts if each.number.value is not None]
    if len(values) < len(parts):
        return ""
    text = _SIGNS[operation].join(values) if values else ""
    return f"the greatest of {text}" if values and operation is Operation.GREATEST else text


def floored(measure: Measure, number: Number) -> Number:
    """Return a number that is not less than its measure may be."""
    if number.value is None or measure.at_least is None or number.value >= measure.at_least:
        return number
    return Number(measure.at_least, number.unit)


def combine(measure: Measure, numbers: Sequence[Number], labels: Sequence[str]) -> Number:
    """Apply an operation to what its operands came to; all of them must have come to something."""
    for number, label in zip(numbers, labels, strict=True):
        if number.value is None:
            return Number(None, "", number.why if ": " in number.why else f"{label}: {number.why}")
    values = [each.value for each in numbers if each.value is not None]
    units = [each.unit for each in numbers]
    operation = measure.operation
    if operation is Operation.PRODUCT:
        return Number(reduce(lambda a, b: a * b, values), " × ".join(filter(None, units)))
    if operation is Operation.QUOTIENT:
        if not values[1]:
            return Number(None, "", f"{labels[1]} is 0, and nothing can be divided by it")
        per = "" if units[0] == units[1] else f"{units[0]} / {units[1]}".strip(" /")
        return Number(values[0] / values[1], per)
    if len(set(units)) > 1:
        return Number(None, "", f"{' and '.join(labels)} count different things")
    if operation is Operation.DIFFERENCE:
        return Number(values[0] - values[1], units[0])
    together = max(values) if operation is Operation.GREATEST else sum(values, Decimal(0))
    return Number(together, units[0])


def _read(measure: Measure, found: Set[End]) -> Number:
    """Read what stands at the end of a path."""
    operation = measure.operation
    if operation is Operation.COUNT:
        return Number(Decimal(len({each.term for each in found})))
    if operation is Operation.RANK:
        return _rank(measure, texts(found))
    # What is said of several nodes is said several times, even if the numbers are the same.
    stated = _numbers(found)
    if not stated:
        return Number(None, "", "no number is stated" if found else "nothing is stated")
    if operation is Operation.SUM:
        return Number(sum(stated, Decimal(0)))
    values = sorted(set(stated))
    if operation is Operation.GREATEST:
        return Number(values[-1])
    if len(values) > 1:
        return Number(None, "", f"several are stated: {', '.join(map(figures, values))}")
    return Number(values[0])


def _rank(measure: Measure, told: Sequence[str]) -> Number:
    if not told:
        return Number(None, "", "nothing is stated")
    if len(told) > 1:
        return Number(None, "", f"several are stated: {', '.join(told)}")
    rank = measure.ranks.get(told[0])
    if rank is None:
        return Number(None, "", f"{told[0]!r} has no place in the list")
    return Number(Decimal(rank))


def _numbers(ends: Set[End]) -> list[Decimal]:
    return sorted(each for each in (_decimal(end.term) for end in ends) if each is not None)


def _decimal(term: object) -> Decimal | None:
    if not isinstance(term, Literal):
        return None
    try:
        found = Decimal(term.value)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
