"""What :func:`orthogramic.open` returns: a repository and exchange under one roof.

Every door (CLI, HTTP, Python) asks these methods, so all of them give the same answer.
"""

from __future__ import annotations

from orthogramic.facade.editing import Entities
from orthogramic.facade.failing import Failing
from orthogramic.facade.gaps import Gaps
from orthogramic.facade.graphs import Graphs
from orthogramic.facade.holding import StrPath
from orthogramic.facade.judging import Judging
from orthogramic.facade.leaving import Leaving
from orthogramic.facade.mending import Mending
from orthogramic.facade.ranking import Rankings
from orthogramic.facade.reading import Reading
from orthogramic.facade.scenarios import Scenarios
from orthogramic.facade.weak_spots import Weaknesses
from orthogramic.facade.why_not import WhyNot
from orthogramic.facade.writing import Writing
from orthogramic.store.isolation.evaluator import Evaluator

__all__ = ["Repository", "StrPath"]


class Repository(
    Reading,
    Writing,
    Entities,
    Graphs,
    Judging,
    Mending,
    Leaving,
    Gaps,
    Failing,
    Rankings,
    Scenarios,
    Weaknesses,
    WhyNot,
):
    """A knowledge repository. Reading is safe from many threads; writes take turns."""

    def _evaluate_with(self, evaluator: Evaluator | None) -> None:
        super()._evaluate_with(evaluator)
        self._updates.evaluate_with(evaluator)
        self._evaluate_scenarios_with(evaluator)
