"""What is asked: why one entity is not reached from another."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from orthogramic.analysis.question import check_hops, distinct, values
from orthogramic.errors import InvalidParameterError
from orthogramic.graph import Direction

#: Sets of links, and entities of the frontier, that an answer has.
DEFAULT_PROPOSALS = 5
MOST_PROPOSALS = 20


@dataclass(frozen=True, slots=True)
class WhyNotQuestion:
    """Why the source does not need, or does not affect, the target.

    :param direction: ``dependencies``: why the source does not need the target; ``impact``: why a
        change of it does not reach the target.
    :param via: relationships that paths may use, as in :class:`orthogramic.analysis.Question`.
    :param graphs: named graphs whose links paths may use, likewise.
    :param max_hops: greatest number of steps, at least 1; ``None`` for no limit.
    :param min_score: least score at which something counts as reached, 0 to 1.
    :param proposals: most sets of links in the answer, and most entities of the frontier.
    :raises InvalidParameterError: if a value is out of range, or the ends are the same.
    """

    direction: Direction
    source: NamedNode
    target: NamedNode
    via: tuple[NamedNode, ...] = ()
    graphs: tuple[NamedNode, ...] = ()
    max_hops: int | None = None
    min_score: float = 0.0
    proposals: int = DEFAULT_PROPOSALS

    def __post_init__(self) -> None:
        for name in ("via", "graphs"):
            object.__setattr__(self, name, distinct(getattr(self, name)))
        if self.source == self.target:
            raise InvalidParameterError(
                "Source and target are the same: name two different entities.", parameter="target"
            )
        check_hops(self.max_hops)
        if not math.isfinite(self.min_score) or not 0.0 <= self.min_score <= 1.0:
            raise InvalidParameterError(f"min_score is {self.min_score}; it must be from 0 to 1.")
        if not 1 <= self.proposals <= MOST_PROPOSALS:
            raise InvalidParameterError(
                f"proposals is {self.proposals}; it must be from 1 to {MOST_PROPOSALS}."
            )

    def parameters(self) -> dict[str, Any]:
        """Return the question in its normal form, JSON-serialisable."""
        return {
            "direction": str(self.direction),
            "source": self.source.value,
            "target": self.target.value,
            "via": values(self.via),
            "graph": values(self.graphs),
            "max_hops": self.max_hops,
            "min_score": float(self.min_score),
            "proposals": self.proposals,
        }
