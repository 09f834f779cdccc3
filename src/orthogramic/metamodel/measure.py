"""What a measure is: a number of an entity, or of a pair of entities, told as arithmetic.

A measure that names its class speaks of one entity. One that names none speaks of a pair between
which a path leads: each operand that has a class is taken of whichever end belongs to that class,
and :data:`SCORE` is the score of the best path.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from pyoxigraph import NamedNode

from orthogramic.metamodel.property_paths import PropertyPath


class Operation(StrEnum):
    """What a measure does with what it finds, or with its operands."""

    VALUE = "value"
    RANK = "rank"
    COUNT = "count"
    SUM = "sum"
    GREATEST = "greatest"
    DIFFERENCE = "difference"
    PRODUCT = "product"
    QUOTIENT = "quotient"


@dataclass(frozen=True, slots=True)
class PairScore:
    """The score of the best path from one end of a pair to the other, as an operand."""

    label: str = "score"


SCORE = PairScore()


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure.

    :param name: what it is called in commands and addresses.
    :param description: what the number means, in a sentence.
    :param classes: the classes of the entities that it speaks of, subclasses included; none for a
        measure of pairs.
    :param along: the path to what it looks at; ``None`` if it works on operands.
    :param at_least: what it comes to where it would be less.
    :param unit: what it counts, as written behind the number; empty for nothing in particular.
    :param unit_along: the path to what it counts, where the data says so.
    :param roll_up: how the numbers of several entities become one: sum or greatest.
    :param ranks: the place of each value of the closed list, from 1, for a rank.
    """

    iri: NamedNode
    name: str
    label: str
    description: str
    classes: tuple[NamedNode, ...]
    operation: Operation
    along: PropertyPath | None
    operands: tuple[Operand, ...]
    at_least: Decimal | None
    unit: str
    unit_along: PropertyPath | None
    roll_up: Operation
    ranks: Mapping[str, int] = field(compare=False)

    @property
    def of_pairs(self) -> bool:
        """Whether it speaks of pairs of entities."""
        return not self.classes

    def parts(self) -> Iterator[Measure]:
        """Yield the measures of entities that a measure of pairs is made of; itself if it is one.

        Each is told once.
        """
        seen: dict[NamedNode, Measure] = {}
        _collect(self, seen)
        yield from seen.values()


Operand = Measure | PairScore | Decimal


def _collect(measure: Measure, seen: dict[NamedNode, Measure]) -> None:
    if not measure.of_pairs:
        seen.setdefault(measure.iri, measure)
        return
    for each in measure.operands:
        if isinstance(each, Measure):
            _collect(each, seen)
