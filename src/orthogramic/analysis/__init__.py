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
from orthogramic.analysis.grouping import Group, Grouping, Groups
from orthogramic.analysis.matrix import fill_matrix
from orthogramic.analysis.matrix_answer import Cell, Counting, Matrix, MeasuredBy, Total
from orthogramic.analysis.matrix_question import (
    DEFAULT_SIDE,
    LONGEST_SIDE,
    CellKind,
    ChosenSet,
    MatrixQuestion,
    Order,
    RollUp,
    Side,
)
from orthogramic.analysis.question import DEFAULT_LIMIT, PathQuestion, Question
from orthogramic.graph import Direction

__all__ = [
    "DEFAULT_LIMIT",
    "DEFAULT_SIDE",
    "LONGEST_SIDE",
    "Answer",
    "Bound",
    "Cell",
    "CellKind",
    "ChosenSet",
    "Counting",
    "Direction",
    "EntityReference",
    "Factors",
    "Group",
    "Grouping",
    "Groups",
    "Hit",
    "Matrix",
    "MatrixQuestion",
    "MeasuredBy",
    "Order",
    "Path",
    "PathAnswer",
    "PathQuestion",
    "Question",
    "Receipt",
    "RollUp",
    "Side",
    "Step",
    "Total",
    "ask",
    "best_paths",
    "fill_matrix",
    "find_paths",
]
