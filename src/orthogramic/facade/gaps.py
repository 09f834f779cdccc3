"""The side of the facade that says what is missing."""

from __future__ import annotations

from typing import Any

from orthogramic.analysis.gaps import GapAnswer
from orthogramic.facade.holding import Holding
from orthogramic.repository.gap_questions import GapQuestions


class Gaps(Holding):
    """Says what is missing; changes nothing."""

    def gaps(self, **options: Any) -> GapAnswer:
        """Answer which links the shapes expect and nobody has stated, and whose answers end there.

        :param options: as those of :meth:`orthogramic.repository.gap_questions.GapQuestions.ask`.
        """
        return GapQuestions(self._knowledge, self._projection).ask(**options)
