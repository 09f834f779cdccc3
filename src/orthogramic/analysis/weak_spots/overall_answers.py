"""Answers about a whole graph: what holds it together, what goes round in it, what is central."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from orthogramic.analysis.answer import EntityReference, Path, Receipt
from orthogramic.analysis.weak_spots.answers import Closing, Several


@dataclass(frozen=True, slots=True)
class ArticulationPoint:
    """An entity without which what hangs together falls apart.

    :param pieces: into how many pieces.
    :param separated: how many entities are cut off from the largest of them.
    """

    entity: EntityReference
    pieces: int
    separated: int

    def to_dict(self) -> dict[str, Any]:
        """Return the fields by name."""
        return {
            "entity": self.entity.to_dict(),
            "pieces": self.pieces,
            "separated": self.separated,
        }


@dataclass(frozen=True, slots=True)
class ArticulationAnswer:
    """Articulation points, by how many entities each one separates.

    :param components: how many components of more than one entity there are.
    """

    components: int
    items: tuple[ArticulationPoint, ...]
    closing: Closing

    @property
    def receipt(self) -> Receipt:
        """Under which the answer can be had again."""
        return self.closing.receipt

    def to_dict(self) -> dict[str, Any]:
        """Return the answer, JSON-serialisable."""
        return {
            "components": self.components,
            "items": [each.to_dict() for each in self.items],
            **self.closing.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class CyclicGroup:
    """Entities that all lead to each other.

    :param cycle: a shortest cycle through the first of them in the order of IRIs.
    :param mutual: whether that cycle is one link, walked forth and back.
    """

    members: Several
    cycle: Path
    mutual: bool

    def to_dict(self) -> dict[str, Any]:
        """Return the fields by name."""
        return {
            "members": self.members.to_dict(),
            "cycle": self.cycle.to_dict(),
            "mutual": self.mutual,
        }


@dataclass(frozen=True, slots=True)
class CyclesAnswer:
    """Groups of entities that all lead to each other, the largest first.

    :param entities: how many entities are in a group of those that were asked for.
    """

    entities: int
    items: tuple[CyclicGroup, ...]
    closing: Closing

    @property
    def receipt(self) -> Receipt:
        """Under which the answer can be had again."""
        return self.closing.receipt

    def to_dict(self) -> dict[str, Any]:
        """Return the answer, JSON-serialisable."""
        return {
            "entities": self.entities,
            "items": [each.to_dict() for each in self.items],
            **self.closing.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class Central:
    """An entity with its value; ``low`` and ``high`` bound the true one where it is estimated."""

    entity: EntityReference
    value: float
    low: float
    high: float

    def to_dict(self) -> dict[str, Any]:
        """Return the fields by name."""
        return {
            "entity": self.entity.to_dict(),
            "value": self.value,
            "low": self.low,
            "high": self.high,
        }


@dataclass(frozen=True, slots=True)
class CentralityAnswer:
    """Entities by falling value.

    :param entities: how many entities the graph has; ``steps``: how many pairs of them a step
        joins.
    """

    measure: str
    entities: int
    steps: int
    items: tuple[Central, ...]
    closing: Closing

    @property
    def receipt(self) -> Receipt:
        """Under which the answer can be had again."""
        return self.closing.receipt

    def to_dict(self) -> dict[str, Any]:
        """Return the answer, JSON-serialisable."""
        return {
            "measure": self.measure,
            "entities": self.entities,
            "steps": self.steps,
            "items": [each.to_dict() for each in self.items],
            **self.closing.to_dict(),
        }
