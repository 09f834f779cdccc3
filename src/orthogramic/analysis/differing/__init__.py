"""What differs between two graphs of one base: who is reached, and who falls with what fails."""

from __future__ import annotations

from orthogramic.analysis.differing.failing import FailureDifference, Turn, compare_failure
from orthogramic.analysis.differing.question import ReachQuestion
from orthogramic.analysis.differing.reach import compare_reach
from orthogramic.analysis.differing.shifts import ReachDifference, Shift, ShiftKind, Standing

__all__ = [
    "FailureDifference",
    "ReachDifference",
    "ReachQuestion",
    "Shift",
    "ShiftKind",
    "Standing",
    "Turn",
    "compare_failure",
    "compare_reach",
]
