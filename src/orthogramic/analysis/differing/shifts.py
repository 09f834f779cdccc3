"""Differences in reach and score, as answers name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from orthogramic.analysis.answer import Bound, EntityReference, Path


class ShiftKind(StrEnum):
    """How the reach of one entity by a source differs."""

    LOST = "lost"
    GAINED = "gained"
    WEAKER = "weaker"
    STRONGER = "stronger"
    LESS_CERTAIN = "less-certain"
    MORE_CERTAIN = "more-certain"

    def mirrored(self) -> ShiftKind:
        """Return what the difference is the other way round."""
        return _MIRRORED[self]


_MIRRORED = {
    ShiftKind.LOST: ShiftKind.GAINED,
    ShiftKind.GAINED: ShiftKind.LOST,
    ShiftKind.WEAKER: ShiftKind.STRONGER,
    ShiftKind.STRONGER: ShiftKind.WEAKER,
    ShiftKind.LESS_CERTAIN: ShiftKind.MORE_CERTAIN,
    ShiftKind.MORE_CERTAIN: ShiftKind.LESS_CERTAIN,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How an entity is reached: score, modality, fewest steps, and the best path."""

    score: float
    modality: str
    hops: int
    path: Path

    def to_dict(self) -> dict[str, Any]:
        """Return the fields by name."""
        return {
            "score": self.score,
            "modality": self.modality,
            "hops": self.hops,
            "path": self.path.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class Shift:
    """One entity that a source reaches otherwise, or in one of the graphs only."""

    direction: str
    source: EntityReference
    entity: EntityReference
    kind: ShiftKind
    before: Standing | None
    after: Standing | None

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-serialisable data; ``None`` stands for what is not reached."""
        return {
            "direction": self.direction,
            "source": self.source.to_dict(),
            "entity": self.entity.to_dict(),
            "kind": str(self.kind),
            "before": self.before.to_dict() if self.before else None,
            "after": self.after.to_dict() if self.after else None,
        }


@dataclass(frozen=True, slots=True)
class ReachDifference:
    """Differences of one page, the greatest change of score first.

    :param sources: what was asked about, by IRI.
    :param counts: how many differences there are of each kind; ``total`` counts all.
    """

    sources: tuple[EntityReference, ...]
    shifts: tuple[Shift, ...]
    counts: Mapping[ShiftKind, int]
    total: int
    limit: int
    offset: int
    bound: Bound

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-serialisable data."""
        return {
            "sources": [each.to_dict() for each in self.sources],
            "counts": {str(each): self.counts.get(each, 0) for each in ShiftKind},
            "items": [each.to_dict() for each in self.shifts],
            "total": self.total,
            "limit": self.limit,
            "offset": self.offset,
        }
