"""Pure functions that answer questions of an entity graph."""

from __future__ import annotations

from orthogramic.analysis.answer import (
    Answer,
    Bound,
    EntityReference,
    Factors,
    Hit,
    Path,
    PathAnswer,
    Receipt,
    Step,
)
from orthogramic.analysis.answering import ask, best_paths, find_paths
from orthogramic.analysis.question import DEFAULT_LIMIT, PathQuestion, Question
from orthogramic.graph import Direction

__all__ = [
    "DEFAULT_LIMIT",
    "Answer",
    "Bound",
    "Direction",
    "EntityReference",
    "Factors",
    "Hit",
    "Path",
    "PathAnswer",
    "PathQuestion",
    "Question",
    "Receipt",
    "Step",
    "ask",
    "best_paths",
    "find_paths",
]
