"""The failing side of the facade: what is lost, degraded or untouched if entities fail."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from orthogramic.facade.holding import Holding

if TYPE_CHECKING:
    from orthogramic.analysis.failure import FailureAnswer
    from orthogramic.repository.failures import Failures


class Failing(Holding):
    """Answers questions about failure; changes nothing."""

    @cached_property
    def _failures(self) -> Failures:
        from orthogramic.repository.failures import Failures  # noqa: PLC0415 - rarely needed

        return Failures(self._knowledge.metamodel, self._naming, self._projection)

    def failure(self, remove: str | Sequence[str] = (), **options: Any) -> FailureAnswer:
        """Answer what is lost and what is degraded if entities fail, and why.

        :param remove: names of entities that are gone.
        :param options: as those of :meth:`orthogramic.repository.failures.Failures.ask`.
        """
        return self._failures.ask(remove, **options)
