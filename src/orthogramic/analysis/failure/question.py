"""What is asked of a failure, checked and brought into one normal form."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pyoxigraph import NamedNode

from orthogramic.analysis.question import DEFAULT_LIMIT, check_count, distinct
from orthogramic.errors import InvalidParameterError


class State(StrEnum):
    """What becomes of a dependent, worst first."""

    LOST = "lost"
    DEGRADED = "degraded"
    UNTOUCHED = "untouched"


@dataclass(frozen=True, slots=True)
class FailureQuestion:
    """What is lost and what is degraded if some entities fail.

    :param remove: entities that are gone.
    :param degrade: entities that work less well; removing one says more than degrading it.
    :param to: classes (subclasses included) that the answer is about; none means any.
    :param domains: modules of the classes that the answer is about; none means any.
    :param state: only dependents of this state; ``None`` for those that are lost or degraded.
    :param certain: leave out what may be degraded and may be spared.
    :param limit: greatest number of dependents in the answer; ``None`` for all.
    :param offset: number of dependents to leave out before the first.
    :raises InvalidParameterError: if nothing fails, or a number is negative.
    """

    remove: tuple[NamedNode, ...] = ()
    degrade: tuple[NamedNode, ...] = ()
    to: tuple[NamedNode, ...] = ()
    domains: tuple[NamedNode, ...] = ()
    state: State | None = None
    certain: bool = False
    limit: int | None = DEFAULT_LIMIT
    offset: int = 0

    def __post_init__(self) -> None:
        for name in ("remove", "degrade", "to", "domains"):
            object.__setattr__(self, name, distinct(getattr(self, name)))
        left = tuple(each for each in self.degrade if each not in self.remove)
        object.__setattr__(self, "degrade", left)
        if not self.remove and not self.degrade:
            raise InvalidParameterError("Name at least one entity to remove or to degrade.")
        check_count("offset", self.offset)
        if self.limit is not None:
            check_count("limit", self.limit)

    def parameters(self) -> dict[str, Any]:
        """Return the question in its normal form, JSON-serialisable."""
        return {
            "remove": [each.value for each in self.remove],
            "degrade": [each.value for each in self.degrade],
            "to": [each.value for each in self.to],
            "domain": [each.value for each in self.domains],
            "state": str(self.state) if self.state else None,
            "certain": self.certain,
            "limit": self.limit,
            "offset": self.offset,
        }
