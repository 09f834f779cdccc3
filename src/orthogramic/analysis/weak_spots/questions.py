"""What is asked about weak spots, checked and brought into one normal form."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
from pyoxigraph import NamedNode

from orthogramic.analysis.matrix_question import ChosenSet
from orthogramic.analysis.question import DEFAULT_LIMIT, check_count, distinct
from orthogramic.analysis.weak_spots.ranking import DAMPING
from orthogramic.analysis.weak_spots.sampling import CONFIDENCE
from orthogramic.errors import InvalidParameterError
from orthogramic.graph import Direction, EntityGraph
from orthogramic.graph.arrays import Numbers, ascending

#: Pairs that are drawn at most.
MOST_SAMPLES = 1_000_000
#: The greatest seed.
GREATEST_SEED = 2**53


class Measure(StrEnum):
    """What centrality is measured by."""

    BETWEENNESS = "betweenness"
    PAGERANK = "pagerank"


@dataclass(frozen=True, slots=True)
class EntitySet:
    """Entities that paths begin at, or end at: the union of what is named.

    :param entities: single entities.
    :param classes: all instances of these, subclasses included.
    :param chosen: sets that were chosen by a name.
    :raises InvalidParameterError: if nothing is named.
    """

    entities: tuple[NamedNode, ...] = ()
    classes: tuple[NamedNode, ...] = ()
    chosen: tuple[ChosenSet, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "entities", distinct(self.entities))
        object.__setattr__(self, "classes", distinct(self.classes))
        if not (self.entities or self.classes or self.chosen):
            raise InvalidParameterError(
                "Name at least one source and one target: an entity, class:NAME or query:NAME."
            )

    def members(self, graph: EntityGraph) -> Numbers:
        """Return the numbers of the entities, ascending.

        :raises UnknownEntityError: if a named entity is not in the graph.
        """
        named = [*self.entities, *(each for one in self.chosen for each in one.members)]
        numbers = np.array([graph.number(each) for each in named], np.int64)
        if self.classes:
            flags = graph.instances(frozenset(self.classes))
            everybody = graph.present()
            members = everybody[flags[graph.classification[everybody]]]
            numbers = np.concatenate([numbers, members])
        return ascending(numbers)

    def parameters(self) -> dict[str, Any]:
        """Return the set in its normal form, JSON-serialisable."""
        found: dict[str, Any] = {
            "entities": [each.value for each in self.entities],
            "classes": [each.value for each in self.classes],
        }
        if self.chosen:
            found["sets"] = [dict(each.parameters) for each in self.chosen]
        return found


@dataclass(frozen=True, slots=True)
class Scope:
    """Over which steps a question goes, and which part of its answer is wanted.

    :param direction: ``dependencies``: from what needs to what is needed; ``impact``: the other
        way.
    :param via: relationships (sub-properties and inverses included) that count; none means any.
    :param certain: leave out steps that are only possible.
    :param classes: only entities of these classes, subclasses included, are looked for; none
        means any.
    :param limit: greatest number of entries in the answer.
    :param offset: number of entries to leave out before the first.
    :raises InvalidParameterError: if a value is out of range.
    """

    direction: Direction = Direction.DEPENDENCIES
    via: tuple[NamedNode, ...] = ()
    certain: bool = False
    classes: tuple[NamedNode, ...] = ()
    limit: int = DEFAULT_LIMIT
    offset: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "via", distinct(self.via))
        object.__setattr__(self, "classes", distinct(self.classes))
        check_count("limit", self.limit)
        check_count("offset", self.offset)

    def parameters(self) -> dict[str, Any]:
        """Return the scope in its normal form, JSON-serialisable."""
        return {
            "direction": str(self.direction),
            "via": [each.value for each in self.via],
            "certain": self.certain,
            "classes": [each.value for each in self.classes],
            "limit": self.limit,
            "offset": self.offset,
        }


@dataclass(frozen=True, slots=True)
class DominatorsQuestion:
    """What every path from some entities to others passes, for each of them and for all.

    :param target_limit: greatest number of targets that are listed with what leads to them.
    """

    sources: EntitySet
    targets: EntitySet
    scope: Scope = field(default_factory=Scope)
    target_limit: int = DEFAULT_LIMIT
    target_offset: int = 0

    def __post_init__(self) -> None:
        check_count("target_limit", self.target_limit)
        check_count("target_offset", self.target_offset)

    def parameters(self) -> dict[str, Any]:
        """Return the question in its normal form, JSON-serialisable."""
        return {
            "sources": self.sources.parameters(),
            "targets": self.targets.parameters(),
            **self.scope.parameters(),
            "target_limit": self.target_limit,
            "target_offset": self.target_offset,
        }


@dataclass(frozen=True, slots=True)
class CutQuestion:
    """The fewest entities between two sets without which nothing leads from one to the other.

    The classes of the scope say which entities may be taken out.
    """

    sources: EntitySet
    targets: EntitySet
    scope: Scope = field(default_factory=Scope)

    def parameters(self) -> dict[str, Any]:
        """Return the question in its normal form, JSON-serialisable."""
        return {
            "sources": self.sources.parameters(),
            "targets": self.targets.parameters(),
            **self.scope.parameters(),
        }


@dataclass(frozen=True, slots=True)
class CentralityQuestion:
    """Which entities matter most to everything.

    :param samples: how many pairs of entities to draw for betweenness; ``None`` for an exact
        answer, where the graph is small enough for one.
    :param seed: decides which pairs.
    :param confidence: probability that all stated bounds of an estimate hold.
    :param damping: of PageRank, the probability of following a step.
    :raises InvalidParameterError: if a value is out of range.
    """

    measure: Measure = Measure.BETWEENNESS
    scope: Scope = field(default_factory=Scope)
    samples: int | None = None
    seed: int = 0
    confidence: float = CONFIDENCE
    damping: float = DAMPING

    def __post_init__(self) -> None:
        if self.samples is not None and not 1 <= self.samples <= MOST_SAMPLES:
            raise InvalidParameterError(
                f"samples must be from 1 to {MOST_SAMPLES:,}, not {self.samples}."
            )
        if not 0 <= self.seed <= GREATEST_SEED:
            raise InvalidParameterError(f"seed must be from 0 to 2^53, not {self.seed}.")
        for name in ("confidence", "damping"):
            value = getattr(self, name)
            if not 0.0 < value < 1.0:
                raise InvalidParameterError(f"{name} must be between 0 and 1, not {value}.")
        if self.samples is not None and self.measure is Measure.PAGERANK:
            raise InvalidParameterError("PageRank is worked out exactly; it takes no samples.")

    def parameters(self) -> dict[str, Any]:
        """Return the question in its normal form, JSON-serialisable."""
        return {
            "measure": str(self.measure),
            **self.scope.parameters(),
            "samples": self.samples,
            "seed": self.seed,
            "confidence": float(self.confidence),
            "damping": float(self.damping),
        }
