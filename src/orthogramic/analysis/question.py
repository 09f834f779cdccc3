"""Questions: what is asked of a graph, checked and brought into one normal form.

Two spellings of one question (another order, a source named twice) are equal, so they have
equal receipts.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from orthogramic.analysis.grouping import Grouping
from orthogramic.errors import InvalidParameterError, UnknownTermError
from orthogramic.graph import Direction
from orthogramic.metamodel import Metamodel, PropertyKind

DEFAULT_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Question:
    """Who is affected if the sources change, or what the sources need.

    :param direction: which of the two is asked.
    :param sources: entities; at least one, unless there are classes of sources.
    :param source_classes: classes all of whose instances (subclasses included) are sources.
    :param to: classes (subclasses included) that hits belong to; none means any.
    :param domains: domains (ontology modules) that the most specific classes of hits belong to;
        none means any.
    :param via: relationships (sub-properties and inverses included) that paths may use; none
        means any.
    :param graphs: named graphs whose edges paths may use; none means any.
    :param max_hops: greatest number of steps, at least 1; ``None`` for no limit.
    :param min_score: least score of a hit, 0 to 1.
    :param group_by: hits come group by group; ``None`` ranks all of them together.
    :param paths: how many best paths explain each hit.
    :param limit: greatest number of hits in the answer; ``None`` for all.
    :param offset: number of hits to leave out before the first.
    :raises InvalidParameterError: if a value is out of range.
    """

    direction: Direction
    sources: tuple[NamedNode, ...] = ()
    source_classes: tuple[NamedNode, ...] = ()
    to: tuple[NamedNode, ...] = ()
    domains: tuple[NamedNode, ...] = ()
    via: tuple[NamedNode, ...] = ()
    graphs: tuple[NamedNode, ...] = ()
    max_hops: int | None = None
    min_score: float = 0.0
    group_by: Grouping | None = None
    paths: int = 1
    limit: int | None = DEFAULT_LIMIT
    offset: int = 0

    def __post_init__(self) -> None:
        for name in ("sources", "source_classes", "to", "domains", "via", "graphs"):
            object.__setattr__(self, name, distinct(getattr(self, name)))
        if not self.sources and not self.source_classes:
            raise InvalidParameterError(
                "A question needs at least one source: an entity, or a class of them."
            )
        check_hops(self.max_hops)
        check_count("paths", self.paths)
        check_count("offset", self.offset)
        if self.limit is not None:
            check_count("limit", self.limit)
        if not math.isfinite(self.min_score) or not 0.0 <= self.min_score <= 1.0:
            raise InvalidParameterError(f"min_score is {self.min_score}; it must be from 0 to 1.")

    def parameters(self) -> dict[str, Any]:
        """Return the question in its normal form, JSON-serialisable."""
        return {
            "direction": str(self.direction),
            "sources": values(self.sources),
            "source_class": values(self.source_classes),
            "to": values(self.to),
            "domain": values(self.domains),
            "via": values(self.via),
            "graph": values(self.graphs),
            "max_hops": self.max_hops,
            "min_score": float(self.min_score),
            "group_by": str(self.group_by) if self.group_by else None,
            "paths": self.paths,
            "limit": self.limit,
            "offset": self.offset,
        }


@dataclass(frozen=True, slots=True)
class PathQuestion:
    """In which ways one entity affects, or needs, another.

    :param direction: ``impact``: paths lead from what changes to what is affected;
        ``dependencies``: from what depends to what it needs.
    :param source: where paths start.
    :param target: where they end.
    :param via: relationships that paths may use, as in :class:`Question`.
    :param graphs: named graphs whose edges paths may use, likewise.
    :param max_hops: greatest number of steps, at least 1; ``None`` for no limit.
    :param paths: greatest number of paths.
    :raises InvalidParameterError: if a value is out of range.
    """

    direction: Direction
    source: NamedNode
    target: NamedNode
    via: tuple[NamedNode, ...] = ()
    graphs: tuple[NamedNode, ...] = ()
    max_hops: int | None = None
    paths: int = 3

    def __post_init__(self) -> None:
        for name in ("via", "graphs"):
            object.__setattr__(self, name, distinct(getattr(self, name)))
        check_hops(self.max_hops)
        check_count("paths", self.paths)

    def parameters(self) -> dict[str, Any]:
        """Return the question in its normal form, JSON-serialisable."""
        return {
            "direction": str(self.direction),
            "source": self.source.value,
            "target": self.target.value,
            "via": values(self.via),
            "graph": values(self.graphs),
            "max_hops": self.max_hops,
            "paths": self.paths,
        }


def distinct(iris: Iterable[NamedNode]) -> tuple[NamedNode, ...]:
    """Return IRIs sorted and without repetitions."""
    return tuple(sorted(set(iris), key=lambda each: each.value))


def values(iris: Iterable[NamedNode]) -> list[str]:
    """Return IRIs as text."""
    return [each.value for each in iris]


def check_hops(max_hops: int | None) -> None:
    """Refuse a hop limit below 1.

    :raises InvalidParameterError: naming the value.
    """
    if max_hops is not None and max_hops < 1:
        raise InvalidParameterError(f"max_hops is {max_hops}; it must be at least 1.")


def check_count(name: str, count: int) -> None:
    """Refuse a negative count.

    :raises InvalidParameterError: naming the parameter and the value.
    """
    if count < 0:
        raise InvalidParameterError(f"{name} is {count}; it must not be negative.")


def check_terms(
    metamodel: Metamodel,
    classes: Iterable[NamedNode],
    relationships: Iterable[NamedNode],
    domains: Iterable[NamedNode] = (),
) -> None:
    """Refuse terms that could never match, so that a slip is not taken for an empty answer.

    :raises UnknownTermError: if a term is not in the bundle.
    :raises InvalidParameterError: if a property connects no entities.
    """
    for each in classes:
        if each not in metamodel.classes:
            raise UnknownTermError(f"The bundle has no class <{each.value}>.")
    for each in domains:
        if each not in metamodel.modules:
            raise UnknownTermError(f"The bundle has no domain <{each.value}>.")
    for each in relationships:
        term = metamodel.properties.get(each)
        if term is None:
            raise UnknownTermError(f"The bundle has no property <{each.value}>.")
        if term.kind is not PropertyKind.RELATIONSHIP:
            raise InvalidParameterError(
                f"via names <{each.value}>, which is no relationship between entities."
            )
