"""The list of gaps: frozen, and able to become JSON and table rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from orthogramic.analysis.answer import Bound, EntityReference, Receipt


@dataclass(frozen=True, slots=True)
class Cut:
    """Answers of one direction that end at a gap.

    :param direction: ``dependencies`` or ``impact``.
    :param answers: of how many entities, the one with the gap included, the answer would have
        gone on over the missing link.
    :param weight: the scores that these answers give to the entity with the gap, added up; its own
        counts 1.
    """

    direction: str
    answers: int
    weight: float

    def to_dict(self) -> dict[str, Any]:
        """Return ``direction``, ``answers`` and ``weight``."""
        return {"direction": self.direction, "answers": self.answers, "weight": self.weight}


@dataclass(frozen=True, slots=True)
class Gap:
    """One link that a shape expects of an entity and that nobody has stated.

    :param shape: IRI of the property shape; ``shape_name`` is what people call it.
    :param relationships: IRI and label of each relationship that would meet it, as read from the
        entity.
    :param links: how many there are; ``least``: how many there should be.
    :param sentence: what is missing, in the words of the bundle.
    :param message: what the author of the shape says of it.
    :param mend: how to mend it, in one sentence.
    :param cuts: the answers that end here; none if no change would pass the link.
    """

    entity: EntityReference
    shape: str
    shape_name: str
    severity: str
    relationships: tuple[tuple[str, str], ...]
    links: int
    least: int
    sentence: str
    message: str
    mend: str
    cuts: tuple[Cut, ...]

    @property
    def answers(self) -> int:
        """How many answers end here, of both directions."""
        return sum(each.answers for each in self.cuts)

    @property
    def weight(self) -> float:
        """How strongly they lead here, added up: what gaps are ranked by."""
        return round(sum(each.weight for each in self.cuts), 12)

    def to_dict(self) -> dict[str, Any]:
        """Return the gap, JSON-serialisable."""
        return {
            "entity": self.entity.to_dict(),
            "shape": {"iri": self.shape, "label": self.shape_name},
            "severity": self.severity,
            "relationships": [{"iri": iri, "label": label} for iri, label in self.relationships],
            "links": self.links,
            "least": self.least,
            "sentence": self.sentence,
            "message": self.message,
            "mend": self.mend,
            "cuts": [each.to_dict() for each in self.cuts],
            "answers": self.answers,
            "weight": self.weight,
        }


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of what is expected is there: of a class, a domain, a shape or a relationship.

    :param iri: what is spoken of; empty for classes without a module.
    :param entities: of how many entities something is expected.
    :param expected: how many things are expected of them together.
    :param missing: how many of these are gaps.
    """

    iri: str
    label: str
    entities: int
    expected: int
    missing: int

    @property
    def share(self) -> float:
        """The share of what is expected that is there, 0 to 1."""
        return 1 - self.missing / self.expected if self.expected else 1.0

    def to_dict(self) -> dict[str, Any]:
        """Return the fields, and the share to four decimals as ``coverage``."""
        return {
            "iri": self.iri,
            "label": self.label,
            "entities": self.entities,
            "expected": self.expected,
            "missing": self.missing,
            "coverage": round(self.share, 4),
        }


@dataclass(frozen=True, slots=True)
class GapAnswer:
    """The gaps of one page: the heaviest first, then by IRI and shape.

    :param total: how many gaps there are on all pages.
    :param coverage: by ``class``, ``domain``, ``shape`` and ``relationship``, the most missing
        first; a gap that several relationships would mend counts with each.
    :param max_hops: how far the answers that end at a gap were counted; ``None`` means all the way.
    :param notes: what a reader must know, in sentences.
    """

    gaps: tuple[Gap, ...]
    total: int
    limit: int | None
    offset: int
    coverage: Mapping[str, tuple[Coverage, ...]]
    max_hops: int | None
    notes: tuple[str, ...]
    bound: Bound
    receipt: Receipt

    def to_dict(self) -> dict[str, Any]:
        """Return the answer, JSON-serialisable."""
        return {
            "items": [each.to_dict() for each in self.gaps],
            "total": self.total,
            "limit": self.limit,
            "offset": self.offset,
            "coverage": {
                name: [each.to_dict() for each in found] for name, found in self.coverage.items()
            },
            "counting": {"max_hops": self.max_hops},
            "notes": list(self.notes),
            "bound": self.bound.to_dict(),
            "receipt": self.receipt.to_dict(),
        }

    def rows(self) -> list[dict[str, Any]]:
        """Return one flat row per gap, for CSV and data frames."""
        return [
            {
                "iri": each.entity.iri,
                "label": each.entity.label,
                "class": each.entity.class_name,
                "shape": each.shape,
                "severity": each.severity,
                "sentence": each.sentence,
                "mend": each.mend,
                "answers": each.answers,
                "weight": each.weight,
            }
            for each in self.gaps
        ]
