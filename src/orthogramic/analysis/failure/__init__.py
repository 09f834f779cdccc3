"""Failure mode: what is lost, degraded or untouched when entities fail (clause 6)."""

from __future__ import annotations

from orthogramic.analysis.failure.answer import (
    ClassCounts,
    Counts,
    Dependent,
    FailureAnswer,
    Group,
    Some,
)
from orthogramic.analysis.failure.answering import ask_failure
from orthogramic.analysis.failure.failing import Failure, fail
from orthogramic.analysis.failure.question import FailureQuestion, State

__all__ = [
    "ClassCounts",
    "Counts",
    "Dependent",
    "Failure",
    "FailureAnswer",
    "FailureQuestion",
    "Group",
    "Some",
    "State",
    "ask_failure",
    "fail",
]
