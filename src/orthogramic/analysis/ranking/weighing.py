"""The terms of every row: who matters, to what degree it depends, and what that comes to.

Shares are decimals of 12 places and worth is a decimal, so that sums are exact and do not depend on
the order in which they are added up.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from orthogramic.analysis.measured import Number
from orthogramic.analysis.ranking.shares import Shares
from orthogramic.analysis.ranking.told import Figures, Told

_ONE = Number(Decimal(1))


class Share(NamedTuple):
    """How much of a holder hangs on an entity, and through which dependent."""

    value: float
    through: str


class Scope(NamedTuple):
    """Which holders of a dependent count: those named, or all if it was named itself."""

    dependents: frozenset[str] | None

    def holders(self, told: Told, dependent: str) -> tuple[str, ...]:
        """Return on whose behalf a dependent counts; none if it is not asked about."""
        found = told.holders(dependent)
        if self.dependents is None or dependent in self.dependents:
            return found
        return tuple(each for each in found if each in self.dependents)


@dataclass(slots=True, eq=False)
class Weights:
    """What hangs on each of what is ranked.

    :param shares: by place, then holder, the greatest share.
    """

    shares: dict[int, dict[str, Share]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def of(
        cls, dependents: Iterable[str], found: Iterable[Shares], told: Told, scope: Scope
    ) -> Weights:
        """Collect shares by holder; of equal ones the dependent with the first IRI is told.

        :param dependents: IRIs, in the order of what was found.
        """
        weights = cls()
        for dependent, shares in zip(dependents, found, strict=True):
            holders = scope.holders(told, dependent)
            pairs = zip(shares.place.tolist(), shares.share.tolist(), strict=True)
            for place, share in pairs:
                for holder in holders:
                    weights._note(place, holder, Share(share, dependent))
        return weights

    def _note(self, place: int, holder: str, share: Share) -> None:
        row = self.shares[place]
        known = row.get(holder)
        if known is None or (-share.value, share.through) < (-known.value, known.through):
            row[holder] = share

    def holders(self) -> list[str]:
        """Return everybody who depends on anything, sorted."""
        return sorted({holder for row in self.shares.values() for holder in row})


@dataclass(frozen=True, slots=True, eq=False)
class Worths:
    """What those that matter are worth, in one unit.

    :param numbers: by IRI; ``unit``: what is added up.
    """

    numbers: Mapping[str, Number]
    unit: str

    @classmethod
    def of(cls, holders: Iterable[str], figures: Figures | None, unit: str | None) -> Worths:
        """Look worth up; without a unit that is asked for, what most of it is counted in is taken.

        :param figures: ``None`` counts each holder 1.
        """
        if figures is None:
            return cls(dict.fromkeys(holders, _ONE), "")
        numbers = {each: figures.number(each) for each in holders}
        units = Counter(each.unit for each in numbers.values() if each.value is not None)
        commonest = min(units, key=lambda each: (-units[each], each), default="")
        return cls(numbers, commonest if unit is None else unit)

    def amount(self, holder: str, share: float) -> Decimal | None:
        """Return what a holder adds; ``None`` if its worth is unknown or counts something else."""
        number = self.numbers[holder]
        if number.value is None or number.unit != self.unit:
            return None
        return Decimal(repr(share)) * number.value

    def why(self, holder: str) -> str:
        """Say why a holder adds nothing; empty if it does."""
        number = self.numbers[holder]
        if number.value is None:
            return number.why
        if number.unit != self.unit:
            return f"it counts {number.unit or 'plain numbers'}, not {self.unit or 'plain numbers'}"
        return ""
