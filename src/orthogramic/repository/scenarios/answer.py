"""What a what-if question is answered: the difference that a scenario makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from orthogramic.analysis import Receipt
from orthogramic.analysis.differing import FailureDifference, ReachDifference
from orthogramic.repository.changes import ChangeSet
from orthogramic.repository.scenarios.finding_differences import ShapeDifference
from orthogramic.repository.scenarios.plan import ScenarioPlan
from orthogramic.repository.scenarios.query_differences import QueryDifference


@dataclass(frozen=True, slots=True)
class WhatIfAnswer:
    """The difference between how things are, or would be under one scenario, and another.

    :param scenario: what is laid over.
    :param against: the scenario that it is compared with; ``None`` for what is there.
    :param change: the exact statements that its write would remove and add.
    :param words: the change in sentences.
    :param reach: who is reached otherwise.
    :param failure: who falls otherwise with what fails, or with what is retired.
    :param sources_total: how many sources somebody named; if nobody did, how many entities the
        changes touch, of the first of which reach is told.
    :param shapes: what the shapes would say otherwise.
    :param queries: rows of saved queries that go and come.
    """

    scenario: ScenarioPlan
    against: ScenarioPlan | None
    change: ChangeSet
    words: Mapping[str, Any]
    reach: ReachDifference
    failure: FailureDifference
    sources_total: int
    shapes: ShapeDifference
    queries: tuple[QueryDifference, ...]
    receipt: Receipt

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as JSON-serialisable data."""
        return {
            "scenario": self.scenario.to_dict(),
            "against": self.against.to_dict() if self.against else None,
            "change": {
                "removed": len(self.change.removed),
                "added": len(self.change.added),
                "words": dict(self.words),
            },
            "accepted": self.shapes.accepted,
            "reach": {**self.reach.to_dict(), "sources_total": self.sources_total},
            "failure": self.failure.to_dict(),
            "violations": self.shapes.violations.to_dict(),
            "gaps": self.shapes.gaps.to_dict(),
            "queries": [each.to_dict() for each in self.queries],
            "bound": self.reach.bound.to_dict(),
            "receipt": self.receipt.to_dict(),
        }
