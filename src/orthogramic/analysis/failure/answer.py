"""The answer to a question about failure: frozen, and able to become JSON and table rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from orthogramic.analysis.answer import Bound, EntityReference, Path, Receipt
from orthogramic.analysis.failure.question import State


@dataclass(frozen=True, slots=True)
class Some:
    """Some of a number of entities: the first by name, and how many there are."""

    total: int
    entities: tuple[EntityReference, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return ``total`` and ``entities``."""
        return {"total": self.total, "entities": [each.to_dict() for each in self.entities]}


@dataclass(frozen=True, slots=True)
class Group:
    """One support group that lost a support, or has a degraded one.

    :param relationship: IRI of the relationship that the rule is written for; ``label`` reads it
        from the dependent.
    :param rule: IRI of the rule.
    :param support: what the rule asks for: ``all``, ``any`` or a number.
    :param size: how many supports the group has.
    :param needed: how many of them must last.
    :param lost: supports that are gone; ``left`` are the others.
    :param degraded: those of the others that are degraded, ``perhaps`` those that may be.
    :param state: what this group alone does to the dependent.
    :param modality: ``certain``, or ``possible`` where it may be spared.
    """

    relationship: str
    label: str
    rule: str
    support: str | int
    size: int
    needed: int
    lost: Some
    degraded: Some
    perhaps: Some
    left: Some
    state: State
    modality: str

    def to_dict(self) -> dict[str, Any]:
        """Return the fields by name; ``relationship`` has ``iri`` and ``label``."""
        return {
            "relationship": {"iri": self.relationship, "label": self.label},
            "rule": self.rule,
            "support": self.support,
            "size": self.size,
            "needed": self.needed,
            "lost": self.lost.to_dict(),
            "degraded": self.degraded.to_dict(),
            "perhaps": self.perhaps.to_dict(),
            "left": self.left.to_dict(),
            "state": str(self.state),
            "modality": self.modality,
        }


@dataclass(frozen=True, slots=True)
class Dependent:
    """One dependent and what becomes of it.

    :param modality: ``certain``, or ``possible`` for what is degraded over possible steps alone;
        ``None`` for what is untouched, as are ``score`` and ``hops``.
    :param score: best score of a path from what fails, as in an answer of impact.
    :param hops: steps of the shortest one.
    :param self_sustaining: whether nothing but a circle holds it up any more.
    :param sentence: the reason that decides, in words.
    :param chain: the steps along which that reason comes from what fails; ``None`` for what is
        untouched.
    :param passed: what becomes of each entity on that chain, its two ends included: ``removed``,
        ``lost``, ``degraded`` or ``perhaps degraded``.
    :param groups: all groups that lost a support or have a degraded one, the deciding one first.
    """

    entity: EntityReference
    state: State
    modality: str | None
    score: float | None
    hops: int | None
    self_sustaining: bool
    sentence: str
    chain: Path | None
    passed: tuple[str, ...]
    groups: tuple[Group, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the fields by name."""
        return {
            "entity": self.entity.to_dict(),
            "state": str(self.state),
            "modality": self.modality,
            "score": self.score,
            "hops": self.hops,
            "self_sustaining": self.self_sustaining,
            "sentence": self.sentence,
            "chain": {**self.chain.to_dict(), "states": list(self.passed)} if self.chain else None,
            "groups": [each.to_dict() for each in self.groups],
        }


@dataclass(frozen=True, slots=True)
class Counts:
    """How many dependents are in which state.

    :param possible: those of the degraded that may be spared.
    :param self_sustaining: those of the degraded that nothing but a circle holds up.
    :param reached: how many a walk over every step reaches: what a picture would colour that knows
        no support groups.
    """

    lost: int
    degraded: int
    untouched: int
    possible: int
    self_sustaining: int

    @property
    def reached(self) -> int:
        """Return how many there are that are not untouched."""
        return self.lost + self.degraded

    def to_dict(self) -> dict[str, int]:
        """Return the fields by name, and ``reached``."""
        return {
            "lost": self.lost,
            "degraded": self.degraded,
            "untouched": self.untouched,
            "possible": self.possible,
            "self_sustaining": self.self_sustaining,
            "reached": self.reached,
        }


@dataclass(frozen=True, slots=True)
class ClassCounts:
    """The counts of one class; entities count for their most specific one."""

    class_name: str
    counts: Counts

    def to_dict(self) -> dict[str, Any]:
        """Return ``class`` and the counts."""
        return {"class": self.class_name, **self.counts.to_dict()}


@dataclass(frozen=True, slots=True)
class FailureAnswer:
    """One page of dependents, worst first: lost, degraded, perhaps degraded; then score, hops, IRI.

    :param removed: what is gone by hypothesis; ``degraded`` what works less well.
    :param counts: over all that the question is about, whatever state and page it asks for.
    :param classes: the same by class.
    :param circles: the greatest circles that nothing outside holds up any more.
    :param circle_total: how many such circles there are.
    :param total: dependents of all pages.
    """

    removed: tuple[EntityReference, ...]
    degraded: tuple[EntityReference, ...]
    hits: tuple[Dependent, ...]
    counts: Counts
    classes: tuple[ClassCounts, ...]
    circles: tuple[Some, ...]
    circle_total: int
    total: int
    limit: int | None
    offset: int
    bound: Bound
    receipt: Receipt

    def to_dict(self) -> dict[str, Any]:
        """Return the answer, JSON-serialisable."""
        return {
            "removed": [each.to_dict() for each in self.removed],
            "degraded": [each.to_dict() for each in self.degraded],
            "hits": [each.to_dict() for each in self.hits],
            "counts": self.counts.to_dict(),
            "by_class": [each.to_dict() for each in self.classes],
            "circles": {
                "total": self.circle_total,
                "items": [each.to_dict() for each in self.circles],
            },
            "total": self.total,
            "limit": self.limit,
            "offset": self.offset,
            "bound": self.bound.to_dict(),
            "receipt": self.receipt.to_dict(),
        }

    def rows(self) -> list[dict[str, Any]]:
        """Return one flat row per dependent, for CSV and data frames."""
        return [
            {
                "iri": each.entity.iri,
                "label": each.entity.label,
                "class": each.entity.class_name,
                "state": str(each.state),
                "modality": each.modality,
                "score": each.score,
                "hops": each.hops,
                "self_sustaining": each.self_sustaining,
                "reason": each.sentence,
            }
            for each in self.hits
        ]
