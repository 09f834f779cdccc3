"""What came of a write, or would come of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from orthogramic.repository.changes import ChangeSet
from orthogramic.repository.commit_log import CommitRecord
from orthogramic.validation import ValidationReport


@dataclass(frozen=True, slots=True)
class WriteOutcome:
    """The outcome of one write.

    :param record: the commit; ``None`` if nothing was changed.
    :param change: the exact change: what was there and went, what was not there and came.
    :param report: what the shapes say of all that the change affects.
    :param dry_run: whether it was only asked what would happen.
    :param notes: what a person should know about it, a sentence each.
    """

    record: CommitRecord | None
    change: ChangeSet
    report: ValidationReport
    dry_run: bool = False
    notes: tuple[str, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether the shapes have nothing against it."""
        return self.report.accepted

    def to_dict(self) -> dict[str, Any]:
        """Return the outcome as JSON-serialisable data; quads as N-Quads."""
        return {
            "commit": self.record.to_dict() if self.record else None,
            "dry_run": self.dry_run,
            "removed": len(self.change.removed),
            "added": len(self.change.added),
            "removed_quads": [f"{each} ." for each in self.change.removed],
            "added_quads": [f"{each} ." for each in self.change.added],
            "report": self.report.to_dict(),
            "notes": list(self.notes),
        }
