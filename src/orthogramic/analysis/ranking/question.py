"""What is asked of a ranking, checked and brought into one normal form."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from orthogramic.analysis.question import check_count, check_hops, distinct
from orthogramic.errors import InvalidParameterError
from orthogramic.metamodel import Ranking

#: Rows of a page, and terms that are told of each, unless the question says otherwise.
DEFAULT_ROWS = 20
DEFAULT_TERMS = 10
MOST_TERMS = 1000


@dataclass(frozen=True, slots=True)
class RankingQuestion:
    """Which entities come first.

    :param ranking: by what they are ordered.
    :param entities: only these; none means all of its classes.
    :param dependents: only what depends on behalf of these, or is one of them; none means all.
    :param sets: what the names of saved sets among those stand for, as they are told in a receipt.
    :param dependent_classes: only dependents of these classes.
    :param unit: what worth is counted in; ``None`` for what most of it is counted in.
    :param via: relationships that paths may use.
    :param max_hops: greatest number of steps.
    :param min_score: dependents of a lower score do not count.
    :param terms: greatest number of terms that are told of each row; all of them count.
    :param limit: greatest number of rows in the answer.
    :param offset: number of rows to leave out before the first.
    :raises InvalidParameterError: if a value is out of range.
    """

    ranking: Ranking
    entities: tuple[NamedNode, ...] | None = None
    dependents: tuple[NamedNode, ...] | None = None
    sets: tuple[tuple[str, Any], ...] = ()
    dependent_classes: tuple[NamedNode, ...] = ()
    unit: str | None = None
    via: tuple[NamedNode, ...] = ()
    max_hops: int | None = None
    min_score: float = 0.0
    terms: int = DEFAULT_TERMS
    limit: int = DEFAULT_ROWS
    offset: int = 0

    def __post_init__(self) -> None:
        for name in ("entities", "dependents", "dependent_classes", "via"):
            given = getattr(self, name)
            object.__setattr__(self, name, None if given is None else distinct(given))
        check_hops(self.max_hops)
        for name in ("terms", "limit", "offset"):
            check_count(name, getattr(self, name))
        if self.terms > MOST_TERMS:
            raise InvalidParameterError(f"terms must be at most {MOST_TERMS}, not {self.terms}.")
        if not math.isfinite(self.min_score) or not 0.0 <= self.min_score <= 1.0:
            raise InvalidParameterError(f"min_score is {self.min_score}; it must be from 0 to 1.")

    def parameters(self) -> dict[str, Any]:
        """Return the question in its normal form, JSON-serialisable."""
        return {
            "ranking": self.ranking.iri.value,
            "entities": _values(self.entities),
            "dependents": _values(self.dependents),
            "sets": dict(self.sets),
            "dependent_classes": _values(self.dependent_classes),
            "unit": self.unit,
            "via": _values(self.via),
            "max_hops": self.max_hops,
            "min_score": float(self.min_score),
            "terms": self.terms,
            "limit": self.limit,
            "offset": self.offset,
        }


def _values(iris: tuple[NamedNode, ...] | None) -> list[str] | None:
    return None if iris is None else [each.value for each in iris]
