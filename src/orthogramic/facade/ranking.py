"""The side of the facade that puts entities in order."""

from __future__ import annotations

from typing import Any

from orthogramic.analysis.ranking import RankingAnswer
from orthogramic.facade.holding import Holding
from orthogramic.metamodel import Ranking
from orthogramic.repository.ranking_questions import RankingQuestions


class Rankings(Holding):
    """Puts entities in order; changes nothing."""

    def rankings(self) -> tuple[Ranking, ...]:
        """Return the rankings of the bundle, sorted by name."""
        return self.metamodel.rankings

    def ranking(self, name: str, **options: Any) -> RankingAnswer:
        """Order entities as a ranking of the bundle says, with the arithmetic of each place.

        :param name: of the ranking.
        :param options: as those of
            :meth:`orthogramic.repository.ranking_questions.RankingQuestions.ask`.
        """
        questions = RankingQuestions(self._knowledge, self._naming, self._projection, self._sets)
        return questions.ask(name, **options)
