"""Rankings: entities by what each comes to itself times how much depends on it, in figures."""

from __future__ import annotations

from orthogramic.analysis.ranking.answer import RankedRow, RankingAnswer, Term, Unranked
from orthogramic.analysis.ranking.question import (
    DEFAULT_ROWS,
    DEFAULT_TERMS,
    MOST_TERMS,
    RankingQuestion,
)
from orthogramic.analysis.ranking.ranked import candidates, rank, rankable
from orthogramic.analysis.ranking.told import Told

__all__ = [
    "DEFAULT_ROWS",
    "DEFAULT_TERMS",
    "MOST_TERMS",
    "RankedRow",
    "RankingAnswer",
    "RankingQuestion",
    "Term",
    "Told",
    "Unranked",
    "candidates",
    "rank",
    "rankable",
]
