"""Which links the shapes expect and nobody has stated, and whose answers end there."""

from __future__ import annotations

from orthogramic.analysis.gaps.answer import Coverage, Cut, Gap, GapAnswer
from orthogramic.analysis.gaps.finding import find_gaps
from orthogramic.analysis.gaps.question import EXPECTED, GapQuestion

__all__ = ["EXPECTED", "Coverage", "Cut", "Gap", "GapAnswer", "GapQuestion", "find_gaps"]
