"""The side of the facade that answers where the graph is thin."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from orthogramic.facade.holding import Holding

if TYPE_CHECKING:
    from orthogramic.repository.weak_spots import WeakSpots


class Weaknesses(Holding):
    """Names single points of failure, least cuts, and what is central."""

    @cached_property
    def weak_spots(self) -> WeakSpots:
        """What answers questions about weak spots."""
        from orthogramic.repository.weak_spots import WeakSpots  # noqa: PLC0415 - rarely needed

        return WeakSpots(self.metamodel, self._naming, self._projection, self._sets)
