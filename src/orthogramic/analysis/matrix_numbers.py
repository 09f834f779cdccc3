"""The numbers that a measure puts into the cells of a matrix.

A measure of pairs takes each of its parts from one side: from the side that is needed, if
anything there is of the class of the part, otherwise from the other. A measure of entities is a
pair whose other end adds nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
from pyoxigraph import NamedNode

from orthogramic.analysis.measured import Number
from orthogramic.analysis.measuring import Measured, combine, floored
from orthogramic.errors import InvalidParameterError
from orthogramic.graph import Direction, EntityGraph
from orthogramic.graph.arrays import Numbers, Scores
from orthogramic.metamodel import Measure, Operation
from orthogramic.metamodel.measure import Operand

#: What 1 counts in whole numbers: measures are told to nine decimals.
MEASURE_UNITS: int = 10**9
#: Entities without a number that a note names.
_NAMED = 3


@dataclass(frozen=True, slots=True, eq=False)
class PartOfSide:
    """What one part of a measure comes to for the entities of one side.

    :param of_rows: whether that side is the rows.
    :param values: by position on the side; NaN where there is no number.
    :param unit: what they count; those that count something else have no number here.
    :param gaps: positions without a number, by the reason.
    """

    measure: Measure
    of_rows: bool
    values: Scores
    unit: str
    gaps: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class CellNumbers:
    """A measure, ready to be put into cells.

    :param unit: what a cell counts.
    """

    measure: Measure
    parts: tuple[PartOfSide, ...]
    unit: str
    _by_part: dict[NamedNode, PartOfSide] = field(default_factory=dict)

    @property
    def of_rows(self) -> bool | None:
        """Whether all parts are of the rows, or none; ``None`` if there are some of either."""
        sides = {each.of_rows for each in self.parts}
        return sides.pop() if len(sides) == 1 else None

    def of_cells(self, rows: Numbers, columns: Numbers, score: Scores) -> Scores:
        """Return the numbers of some cells; NaN where there is none.

        :param rows: positions of the rows, or one for all; ``columns`` likewise.
        :param score: the best scores of the pairs.
        """
        found = self._of(self.measure, rows, columns, score)
        return np.broadcast_to(found, score.shape)

    def _of(self, operand: Operand, rows: Numbers, columns: Numbers, score: Scores) -> Scores:
        if isinstance(operand, Decimal):
            return np.full((), float(operand))
        if not isinstance(operand, Measure):
            return score
        part = self._by_part.get(operand.iri)
        if part is not None:
            found: Scores = part.values[rows if part.of_rows else columns]
            return found
        values = [self._of(each, rows, columns, score) for each in operand.operands]
        return _combined(operand, values)


def _combined(measure: Measure, values: Sequence[Scores]) -> Scores:
    found = values[0]
    for each in values[1:]:
        if measure.operation is Operation.PRODUCT:
            found = found * each
        elif measure.operation is Operation.DIFFERENCE:
            found = found - each
        elif measure.operation is Operation.QUOTIENT:
            found = np.divide(found, np.where(each == 0, np.nan, each))
        elif measure.operation is Operation.GREATEST:
            found = np.maximum(found, each)
        else:
            found = found + each
    return found if measure.at_least is None else np.maximum(found, float(measure.at_least))


def whole_units(values: Scores) -> Numbers:
    """Return numbers as whole numbers of the last decimal: exact sums, in any order."""
    found = np.empty(len(values), dtype=object)
    found[:] = [int(each) for each in np.rint(values * MEASURE_UNITS).tolist()]
    return found


def cell_numbers(
    graph: EntityGraph,
    measure: Measure,
    measured: Mapping[NamedNode, Measured],
    sides: tuple[Numbers, Numbers],
    direction: Direction,
) -> CellNumbers:
    """Prepare a measure for the cells of a matrix.

    :param measured: what its parts come to, by IRI, at least for the entities of both sides.
    :param sides: the entities of the rows and of the columns.
    :param direction: ``dependencies`` if the columns are what is needed, else the rows are.
    :raises InvalidParameterError: if no side has anything that a part speaks of.
    """
    parts = []
    for part in measure.parts():
        of_rows = _side_of(graph, part, sides, direction)
        side = sides[0] if of_rows else sides[1]
        parts.append(_part(graph, part, measured[part.iri], side, of_rows))
    by_part = {each.measure.iri: each for each in parts}
    return CellNumbers(measure, tuple(parts), _unit(measure, by_part), by_part)


def entities_of(graph: EntityGraph, part: Measure, sides: tuple[Numbers, ...]) -> list[str]:
    """Return the IRIs of the entities of some sides that a part of a measure speaks of."""
    numbers = np.unique(np.concatenate(sides)) if sides else np.zeros(0, np.int64)
    return [graph.entities[each] for each in numbers[_fitting(graph, part, numbers)].tolist()]


def _fitting(graph: EntityGraph, part: Measure, side: Numbers) -> Numbers:
    flags = graph.instances(frozenset(part.classes))
    found: Numbers = np.flatnonzero(flags[graph.classification[side]])
    return found


def _side_of(
    graph: EntityGraph, part: Measure, sides: tuple[Numbers, Numbers], direction: Direction
) -> bool:
    """Tell whether a part is taken from the rows."""
    order = (False, True) if direction is Direction.DEPENDENCIES else (True, False)
    for of_rows in order:
        if len(_fitting(graph, part, sides[0] if of_rows else sides[1])):
            return of_rows
    if len(sides[0]) and len(sides[1]):
        raise InvalidParameterError(
            f"The measure {part.name} speaks of what stands neither in the rows nor in the columns."
        )
    return False


def _part(
    graph: EntityGraph, part: Measure, measured: Measured, side: Numbers, of_rows: bool
) -> PartOfSide:
    numbers = {
        at: measured.number(graph.entities[int(side[at])])
        for at in _fitting(graph, part, side).tolist()
    }
    unit = _usual_unit(numbers.values())
    values = np.full(len(side), np.nan)
    gaps: dict[str, list[int]] = defaultdict(list)
    for at, number in numbers.items():
        if number.value is None:
            gaps[number.why].append(at)
        elif number.unit != unit:
            gaps[f"counted in {number.unit or 'nothing that is told'}"].append(at)
        else:
            values[at] = float(number.value)
    told = {why: tuple(places) for why, places in sorted(gaps.items())}
    return PartOfSide(part, of_rows, values, unit, told)


def _usual_unit(numbers: object) -> str:
    """Return what most numbers count; of equals, the first in the alphabet."""
    assert hasattr(numbers, "__iter__")
    counts = Counter(each.unit for each in numbers if each.value is not None)
    return min(counts, key=lambda each: (-counts[each], each), default="")


def _unit(operand: Operand, by_part: Mapping[NamedNode, PartOfSide]) -> str:
    """Return what a measure counts, if its parts count what they do."""
    return _sample(operand, by_part).unit


def _sample(operand: Operand, by_part: Mapping[NamedNode, PartOfSide]) -> Number:
    if not isinstance(operand, Measure):
        return Number(Decimal(1))
    part = by_part.get(operand.iri)
    if part is not None:
        return Number(Decimal(1), part.unit)
    samples = [_sample(each, by_part) for each in operand.operands]
    found = floored(operand, combine(operand, samples, ["" for _ in samples]))
    return Number(Decimal(1), operand.unit or found.unit)


def gap_notes(graph: EntityGraph, part: PartOfSide, side: Numbers) -> list[str]:
    """Say of which entities a part has no number, and why."""
    return [
        f"No {part.measure.label} ({why}): {_names(graph, side[list(places)])}."
        for why, places in part.gaps.items()
    ]


def _names(graph: EntityGraph, entities: Numbers) -> str:
    names = [graph.labels[each] for each in entities[:_NAMED].tolist()]
    more = len(entities) - len(names)
    return f"{', '.join(names)} and {more:,} more" if more else ", ".join(names)
