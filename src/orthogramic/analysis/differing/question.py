"""What is asked of two graphs: from where to walk, and which of the differences are wanted."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from orthogramic.analysis.question import check_count, check_hops, distinct
from orthogramic.errors import InvalidParameterError
from orthogramic.graph import Direction


@dataclass(frozen=True, slots=True)
class ReachQuestion:
    """For each source by itself, what it reaches in the one graph and in the other.

    :param directions: which ways to walk.
    :param sources: entities; one that a graph lacks reaches nothing there.
    :param targets: only these entities count as reached; none means any.
    :param to: classes (subclasses included) that count as reached; none means any.
    :param via: relationships that paths may use; none means any.
    :param max_hops: greatest number of steps, at least 1; ``None`` for no limit.
    :param min_score: least score with which an entity counts as reached, 0 to 1.
    :param limit: greatest number of differences in the answer.
    :param offset: number of differences to leave out before the first.
    :raises InvalidParameterError: if a value is out of range.
    """

    directions: tuple[Direction, ...]
    sources: tuple[NamedNode, ...]
    targets: tuple[NamedNode, ...] = ()
    to: tuple[NamedNode, ...] = ()
    via: tuple[NamedNode, ...] = ()
    max_hops: int | None = None
    min_score: float = 0.0
    limit: int = 100
    offset: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "directions", tuple(sorted(set(self.directions))))
        for name in ("sources", "targets", "to", "via"):
            object.__setattr__(self, name, distinct(getattr(self, name)))
        check_hops(self.max_hops)
        check_count("limit", self.limit)
        check_count("offset", self.offset)
        if not math.isfinite(self.min_score) or not 0.0 <= self.min_score <= 1.0:
            raise InvalidParameterError(f"min_score is {self.min_score}; it must be from 0 to 1.")

    def parameters(self) -> dict[str, Any]:
        """Return the question in its normal form, JSON-serialisable."""
        return {
            "directions": [str(each) for each in self.directions],
            "sources": [each.value for each in self.sources],
            "targets": [each.value for each in self.targets],
            "to": [each.value for each in self.to],
            "via": [each.value for each in self.via],
            "max_hops": self.max_hops,
            "min_score": float(self.min_score),
            "limit": self.limit,
            "offset": self.offset,
        }
