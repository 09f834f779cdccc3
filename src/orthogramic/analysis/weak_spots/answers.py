"""Answers about weak spots: frozen results that know how to become JSON, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from orthogramic.analysis.answer import Bound, EntityReference, Path, Receipt, Step


@dataclass(frozen=True, slots=True)
class Method:
    """How something was worked out.

    :param name: of the algorithm; ``source`` says who published it.
    :param exact: whether the answer is exact, rounding left out.
    :param parameters: all that it depends on besides the graph.
    :param error: how far off it may be, and with which confidence; ``None`` where it is exact.
    """

    name: str
    source: str
    exact: bool
    parameters: Mapping[str, Any]
    error: Mapping[str, Any] | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the fields by name."""
        return {
            "name": self.name,
            "source": self.source,
            "exact": self.exact,
            "parameters": dict(self.parameters),
            "error": None if self.error is None else dict(self.error),
        }


@dataclass(frozen=True, slots=True)
class Several:
    """Some entities: how many, and the first of them."""

    total: int
    items: tuple[EntityReference, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return ``total`` and ``items``."""
        return {"total": self.total, "items": [each.to_dict() for each in self.items]}


@dataclass(frozen=True, slots=True)
class Links:
    """Pairs of entities that a link joins, in the direction in which paths walk it.

    :param total: how many pairs; ``items``: the best link of each of the first.
    """

    total: int
    items: tuple[Step, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return ``total`` and ``items``."""
        return {"total": self.total, "items": [each.to_dict() for each in self.items]}


@dataclass(frozen=True, slots=True)
class Ends:
    """The sources or the targets.

    :param total: how many there are; ``connected``: how many a path begins, or ends, at.
    :param items: the first of them.
    """

    total: int
    connected: int
    items: tuple[EntityReference, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return ``total``, ``connected`` and ``items``."""
        return {
            "total": self.total,
            "connected": self.connected,
            "items": [each.to_dict() for each in self.items],
        }


@dataclass(frozen=True, slots=True)
class Closing:
    """What every answer ends with: the page, the method, notes, bound and receipt."""

    total: int
    limit: int
    offset: int
    method: Method
    notes: tuple[str, ...]
    bound: Bound
    receipt: Receipt

    def to_dict(self) -> dict[str, Any]:
        """Return the fields by name."""
        return {
            "total": self.total,
            "limit": self.limit,
            "offset": self.offset,
            "method": self.method.to_dict(),
            "notes": list(self.notes),
            "bound": self.bound.to_dict(),
            "receipt": self.receipt.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class SinglePoint:
    """An entity that every path of some ends passes.

    :param targets: the other targets that nothing leads to without it.
    :param sources: the other sources that lead to no target without it.
    :param whole: whether every path from any source to any target passes it.
    :param path: a shortest path that passes it.
    """

    entity: EntityReference
    targets: Several
    sources: Several
    whole: bool
    path: Path | None

    def to_dict(self) -> dict[str, Any]:
        """Return the fields by name."""
        return {
            "entity": self.entity.to_dict(),
            "targets": self.targets.to_dict(),
            "sources": self.sources.to_dict(),
            "whole": self.whole,
            "path": self.path.to_dict() if self.path else None,
        }


@dataclass(frozen=True, slots=True)
class Passage:
    """What every path to one target passes, from the sources onwards."""

    target: EntityReference
    connected: bool
    through: tuple[EntityReference, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the fields by name."""
        return {
            "target": self.target.to_dict(),
            "connected": self.connected,
            "through": [each.to_dict() for each in self.through],
        }


@dataclass(frozen=True, slots=True)
class DominatorsAnswer:
    """Single points of failure between two sets, by how many ends hang on them.

    :param whole: what every path passes, in the order of every walk.
    :param by_target: a page of the targets, by label, with what leads to each.
    """

    sources: Ends
    targets: Ends
    whole: tuple[EntityReference, ...]
    items: tuple[SinglePoint, ...]
    by_target: tuple[Passage, ...]
    target_limit: int
    target_offset: int
    closing: Closing

    @property
    def receipt(self) -> Receipt:
        """Under which the answer can be had again."""
        return self.closing.receipt

    def to_dict(self) -> dict[str, Any]:
        """Return the answer, JSON-serialisable."""
        return {
            "sources": self.sources.to_dict(),
            "targets": self.targets.to_dict(),
            "whole": [each.to_dict() for each in self.whole],
            "items": [each.to_dict() for each in self.items],
            "by_target": [each.to_dict() for each in self.by_target],
            "target_limit": self.target_limit,
            "target_offset": self.target_offset,
            **self.closing.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class CutEntity:
    """One entity of a cut.

    :param entering: the links by which paths enter it; ``leaving``: by which they leave it.
    :param path: a shortest path that passes it and nothing else of the cut.
    """

    entity: EntityReference
    entering: Links
    leaving: Links
    path: Path | None

    def to_dict(self) -> dict[str, Any]:
        """Return the fields by name."""
        return {
            "entity": self.entity.to_dict(),
            "entering": self.entering.to_dict(),
            "leaving": self.leaving.to_dict(),
            "path": self.path.to_dict() if self.path else None,
        }


@dataclass(frozen=True, slots=True)
class CutAnswer:
    """The fewest entities that all indirect paths pass; of several such sets the nearest.

    :param size: how many, which is also the number of paths that share none; ``None`` where no
        set of entities that may be taken out is enough.
    :param unique: whether there is no other set of that size.
    :param direct: links that join a source with a target at once.
    :param around: where there is no cut, a path that goes round all that may be taken out.
    """

    sources: Ends
    targets: Ends
    size: int | None
    unique: bool
    items: tuple[CutEntity, ...]
    direct: Links
    around: Path | None
    closing: Closing

    @property
    def receipt(self) -> Receipt:
        """Under which the answer can be had again."""
        return self.closing.receipt

    def to_dict(self) -> dict[str, Any]:
        """Return the answer, JSON-serialisable."""
        return {
            "sources": self.sources.to_dict(),
            "targets": self.targets.to_dict(),
            "size": self.size,
            "unique": self.unique,
            "items": [each.to_dict() for each in self.items],
            "direct": self.direct.to_dict(),
            "around": self.around.to_dict() if self.around else None,
            **self.closing.to_dict(),
        }
