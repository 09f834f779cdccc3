"""Answers: frozen results that know how to become JSON and table rows, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from orthogramic.analysis.grouping import Groups


@dataclass(frozen=True, slots=True)
class EntityReference:
    """An entity as an answer names it; ``class_name`` is the local name of its class."""

    iri: str
    label: str
    class_name: str

    def to_dict(self) -> dict[str, Any]:
        """Return ``iri``, ``label`` and ``class``."""
        return {"iri": self.iri, "label": self.label, "class": self.class_name}


@dataclass(frozen=True, slots=True)
class Factors:
    """What the weight of a step is made of.

    :param rule: weight of the impact rule.
    :param strength: strength that scales it (1 to 5), or ``None`` on a plain relationship.
    :param assessed: false where a qualified relationship states no strength, so that the
        default of the profile was taken.
    """

    rule: float
    strength: int | None
    assessed: bool

    def to_dict(self) -> dict[str, Any]:
        """Return ``rule``, ``strength`` and ``assessed``."""
        return {"rule": self.rule, "strength": self.strength, "assessed": self.assessed}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path, in the direction of the walk.

    ``forward`` tells whether it goes from subject to object; ``weight`` is the product of its
    factors.
    """

    origin: EntityReference
    destination: EntityReference
    relationship: str
    relationship_label: str
    verb: str
    forward: bool
    weight: float
    modality: str
    graph: str
    factors: Factors

    def to_dict(self) -> dict[str, Any]:
        """Return the step as the interface contract has it; ``from`` and ``to`` are IRIs."""
        return {
            "from": self.origin.iri,
            "to": self.destination.iri,
            "relationship": {"iri": self.relationship, "label": self.relationship_label},
            "forward": self.forward,
            "weight": self.weight,
            "modality": self.modality,
            "graph": self.graph,
            "factors": self.factors.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class Path:
    """One path, as data and as a sentence."""

    score: float
    modality: str
    sentence: str
    steps: tuple[Step, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return ``score``, ``modality``, ``sentence`` and ``steps``."""
        return {
            "score": self.score,
            "modality": self.modality,
            "sentence": self.sentence,
            "steps": [each.to_dict() for each in self.steps],
        }


@dataclass(frozen=True, slots=True)
class Hit:
    """One entity that is affected or needed. ``source`` is where its best path starts."""

    entity: EntityReference
    source: EntityReference
    score: float
    modality: str
    hops: int
    paths: tuple[Path, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the hit as the interface contract has it; ``source`` is an IRI."""
        return {
            "entity": self.entity.to_dict(),
            "source": self.source.iri,
            "score": self.score,
            "modality": self.modality,
            "hops": self.hops,
            "paths": [each.to_dict() for each in self.paths],
        }


@dataclass(frozen=True, slots=True)
class Bound:
    """How many entities lack an expected link over which the answer might have gone on."""

    frontier: int

    @property
    def complete(self) -> bool:
        """Whether there is no such entity."""
        return self.frontier == 0

    def to_dict(self) -> dict[str, Any]:
        """Return ``frontier`` and ``complete``."""
        return {"frontier": self.frontier, "complete": self.complete}


@dataclass(frozen=True, slots=True)
class Receipt:
    """All that an answer depends on: the same receipt, the same bytes.

    :param snapshot: number of the commit that was read.
    :param bundle: digest of the bundle.
    :param profile: IRI of the impact profile.
    :param parameters: the question in its normal form; ``question`` says of which kind it is.
    :param version: version of this software.
    """

    snapshot: int
    bundle: str
    profile: str
    parameters: dict[str, Any]
    version: str

    def to_dict(self) -> dict[str, Any]:
        """Return the fields by name."""
        return {
            "snapshot": self.snapshot,
            "bundle": self.bundle,
            "profile": self.profile,
            "parameters": dict(self.parameters),
            "version": self.version,
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """Hits of one page, best first: by falling score (to 12 decimals), then hops, then IRI.

    :param sources: the first of them by IRI: a class may have a million instances.
    :param total_sources: how many there are.
    :param total: how many hits all pages have.
    :param groups: the hits of all pages by class and by domain.
    """

    sources: tuple[EntityReference, ...]
    total_sources: int
    hits: tuple[Hit, ...]
    groups: Groups
    total: int
    limit: int | None
    offset: int
    bound: Bound
    receipt: Receipt

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as the interface contract has it."""
        return {
            "sources": [each.to_dict() for each in self.sources],
            "total_sources": self.total_sources,
            "hits": [each.to_dict() for each in self.hits],
            "total": self.total,
            "limit": self.limit,
            "offset": self.offset,
            "groups": self.groups.to_dict(),
            "bound": self.bound.to_dict(),
            "receipt": self.receipt.to_dict(),
        }

    def rows(self) -> list[dict[str, Any]]:
        """Return one flat row per hit, for CSV and data frames, with its best path in words."""
        return [
            {
                "iri": hit.entity.iri,
                "label": hit.entity.label,
                "class": hit.entity.class_name,
                "source": hit.source.iri,
                "score": hit.score,
                "modality": hit.modality,
                "hops": hit.hops,
                "path": hit.paths[0].sentence if hit.paths else "",
            }
            for hit in self.hits
        ]


@dataclass(frozen=True, slots=True)
class PathAnswer:
    """The best paths between two entities, best first."""

    source: EntityReference
    target: EntityReference
    paths: tuple[Path, ...]
    bound: Bound
    receipt: Receipt

    def to_dict(self) -> dict[str, Any]:
        """Return ``source``, ``target``, ``paths``, ``bound`` and ``receipt``."""
        return {
            "source": self.source.to_dict(),
            "target": self.target.to_dict(),
            "paths": [each.to_dict() for each in self.paths],
            "bound": self.bound.to_dict(),
            "receipt": self.receipt.to_dict(),
        }
