"""What the shapes say of everything that is kept: a page of the results that stand, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from orthogramic.validation import ValidationReport, ValidationResult


@dataclass(frozen=True, slots=True)
class KindOfResult:
    """What is said of several things.

    :param example: one of the results.
    :param things: of how many things there is such a result.
    """

    example: ValidationResult
    things: int

    def to_dict(self) -> dict[str, Any]:
        """Return the kind as JSON-serialisable data."""
        return {
            "severity": self.example.severity.value,
            "message": self.example.message,
            "path_label": self.example.path_label,
            "things": self.things,
        }


@dataclass(frozen=True, slots=True)
class StandingReport:
    """A page of the validation results that stand.

    :param report: the results of this page, in words.
    :param total: how many there are of which this is a page.
    :param limit: at most so many are on the page.
    :param offset: so many come before the page.
    :param counts: how many results stand in all, by severity.
    :param kinds: with the first page, what is said of several things, the gravest and most
        frequent first.
    :param snapshot: number of the commit after which they stand.
    """

    report: ValidationReport
    total: int
    limit: int
    offset: int
    counts: Mapping[str, int]
    kinds: tuple[KindOfResult, ...]
    snapshot: int

    def to_dict(self) -> dict[str, Any]:
        """Return the page as JSON-serialisable data."""
        return {
            "items": [each.to_dict() for each in self.report.results],
            "total": self.total,
            "limit": self.limit,
            "offset": self.offset,
            "counts": dict(self.counts),
            "kinds": [each.to_dict() for each in self.kinds],
            "snapshot": self.snapshot,
        }
