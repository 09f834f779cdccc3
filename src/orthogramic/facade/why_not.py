"""The side of the facade that says why something is not reached, and what would connect it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from orthogramic.facade.holding import Holding

if TYPE_CHECKING:
    from orthogramic.analysis.why_not import WhyNotAnswer
    from orthogramic.repository.why_not_questions import WhyNotQuestions


class WhyNot(Holding):
    """Says why not; changes nothing."""

    @cached_property
    def _why_not(self) -> WhyNotQuestions:
        from orthogramic.repository.why_not_questions import (  # noqa: PLC0415 - rarely needed
            WhyNotQuestions,
        )

        return WhyNotQuestions(self._knowledge, self._naming, self._projection)

    def why_not(self, source: str, target: str, **options: Any) -> WhyNotAnswer:
        """Answer why one entity does not need (or affect) another, and what would connect them.

        :param options: as those of
            :meth:`orthogramic.repository.why_not_questions.WhyNotQuestions.ask`.
        """
        return self._why_not.ask(source, target, **options)
