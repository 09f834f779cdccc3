"""The answer to *why not*: frozen, and able to become JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from orthogramic.analysis.answer import Bound, EntityReference, Path, Receipt, Step

#: Stands for the named graph of a link that is not there yet.
PROPOSED = "urn:orthogramic:proposed"


@dataclass(frozen=True, slots=True)
class Needed:
    """What the question would have to be for the target to be reached.

    :param max_hops: so many steps, if the limit is in the way.
    :param min_score: so low a least score, if that is in the way.
    :param via: IRIs of the relationships that paths would have to use too.
    :param graph: IRIs of the named graphs whose links would have to count too.
    """

    max_hops: int | None = None
    min_score: float | None = None
    via: tuple[str, ...] = ()
    graph: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the fields that say something."""
        said = {
            "max_hops": self.max_hops,
            "min_score": self.min_score,
            "via": list(self.via),
            "graph": list(self.graph),
        }
        return {name: value for name, value in said.items() if value not in (None, [])}


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason why the reach stops.

    :param code: ``filtered``, ``against-flow`` or ``no-link``.
    :param sentence: the reason in plain words.
    :param at: the reached entity where it stops, if there is one.
    :param filters: of ``max_hops``, ``min_score``, ``via`` and ``graph`` those that together keep
        it from the target; without any one of them they would not.
    :param needed: with what instead of these the target would be reached.
    :param path: the way that is not gone, or not allowed.
    :param against: the numbers, from 0, of its steps that no change passes.
    """

    code: str
    sentence: str
    at: EntityReference | None = None
    filters: tuple[str, ...] = ()
    needed: Needed = Needed()
    path: Path | None = None
    against: tuple[int, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the cause, JSON-serialisable."""
        return {
            "code": self.code,
            "sentence": self.sentence,
            "at": self.at.to_dict() if self.at else None,
            "filters": list(self.filters),
            "needed": self.needed.to_dict(),
            "path": path_document(self.path) if self.path else None,
            "against": list(self.against),
        }


@dataclass(frozen=True, slots=True)
class FrontierEntity:
    """A reached entity from which the target is nearest over absent links.

    :param score: with which it is reached; 1 for the source.
    :param hops: in how few steps.
    :param missing: how many absent links lie between it and the target.
    :param would_score: score of the target by way of it, if they were there.
    :param sentence: what is missing here, in plain words.
    """

    entity: EntityReference
    score: float
    hops: int
    missing: int
    would_score: float
    sentence: str

    def to_dict(self) -> dict[str, Any]:
        """Return the fields by name."""
        return {
            "entity": self.entity.to_dict(),
            "score": self.score,
            "hops": self.hops,
            "missing": self.missing,
            "would_score": self.would_score,
            "sentence": self.sentence,
        }


@dataclass(frozen=True, slots=True)
class NewEntity:
    """An entity that would have to be made.

    :param required: names of what its shapes require and the patch does not give it.
    """

    entity: EntityReference
    required: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the entity with ``required``."""
        return {**self.entity.to_dict(), "required": list(self.required)}


@dataclass(frozen=True, slots=True)
class ProposedLink:
    """One absent link.

    :param relationship: IRI of the property.
    :param holder: who lacks it; ``None`` for a direct link that nobody expects.
    :param expected_by: IRI of the shape that expects it, if one does.
    :param message: what that shape tells.
    :param sentence: the link in plain words.
    :param choices: how many other entities would do as well at the other end.
    """

    subject: EntityReference
    relationship: str
    relationship_label: str
    object: EntityReference
    holder: EntityReference | None
    expected_by: str | None
    severity: str | None
    message: str
    sentence: str
    choices: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Return the link, JSON-serialisable."""
        return {
            "subject": self.subject.to_dict(),
            "relationship": {"iri": self.relationship, "label": self.relationship_label},
            "object": self.object.to_dict(),
            "holder": self.holder.iri if self.holder else None,
            "expected_by": self.expected_by,
            "severity": self.severity,
            "message": self.message,
            "sentence": self.sentence,
            "choices": self.choices,
        }


@dataclass(frozen=True, slots=True)
class Proposal:
    """A smallest set of expected links with which the target would be reached.

    :param links: in the order of the path.
    :param new_entities: what would have to be made for them.
    :param path: the best path once they are there.
    :param added: the patch as lines of N-Triples, which are Turtle as well.
    """

    sentence: str
    links: tuple[ProposedLink, ...]
    new_entities: tuple[NewEntity, ...]
    path: Path
    added: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the proposal, JSON-serialisable; ``patch`` is a change set."""
        return {
            "size": len(self.links),
            "score": self.path.score,
            "modality": self.path.modality,
            "sentence": self.sentence,
            "links": [each.to_dict() for each in self.links],
            "new_entities": [each.to_dict() for each in self.new_entities],
            "path": path_document(self.path),
            "patch": patch_document(self.added),
        }


@dataclass(frozen=True, slots=True)
class DirectLink:
    """A link between source and target themselves."""

    link: ProposedLink
    score: float
    modality: str
    added: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the link with its score and its patch."""
        return {
            "link": self.link.to_dict(),
            "score": self.score,
            "modality": self.modality,
            "patch": patch_document(self.added),
        }


@dataclass(frozen=True, slots=True)
class WhyNotAnswer:
    """Why the source does not reach the target, and what would connect them.

    :param sentence: the answer in short.
    :param path: the best path if the target is reached; then nothing else is told.
    :param causes: why the reach stops.
    :param frontier: the reached entities that are nearest to the target, nearest first.
    :param proposals: smallest sets of expected links, best first.
    :param most_links: the most links of a set that was looked for.
    :param complete: whether there is no further set of that size or less.
    :param direct: links between source and target themselves, offered last.
    :param direct_sentence: what such a link would be, or that there is none.
    """

    source: EntityReference
    target: EntityReference
    direction: str
    sentence: str
    path: Path | None
    causes: tuple[Cause, ...]
    frontier: tuple[FrontierEntity, ...]
    proposals: tuple[Proposal, ...]
    most_links: int
    complete: bool
    direct: tuple[DirectLink, ...]
    direct_sentence: str
    bound: Bound
    receipt: Receipt

    @property
    def reached(self) -> bool:
        """Whether there is a path after all."""
        return self.path is not None

    def to_dict(self) -> dict[str, Any]:
        """Return the answer, JSON-serialisable."""
        return {
            "source": self.source.to_dict(),
            "target": self.target.to_dict(),
            "direction": self.direction,
            "reached": self.reached,
            "sentence": self.sentence,
            "path": self.path.to_dict() if self.path else None,
            "causes": [each.to_dict() for each in self.causes],
            "frontier": [each.to_dict() for each in self.frontier],
            "proposals": [each.to_dict() for each in self.proposals],
            "search": {"most_links": self.most_links, "complete": self.complete},
            "direct": {
                "sentence": self.direct_sentence,
                "links": [each.to_dict() for each in self.direct],
            },
            "bound": self.bound.to_dict(),
            "receipt": self.receipt.to_dict(),
        }


def path_document(path: Path) -> dict[str, Any]:
    """Return a path; a step over a link that is not there yet has no graph and is ``proposed``."""
    return {**path.to_dict(), "steps": [_step(each) for each in path.steps]}


def _step(step: Step) -> dict[str, Any]:
    proposed = step.graph == PROPOSED
    document = step.to_dict()
    return {**document, "graph": None if proposed else step.graph, "proposed": proposed}


def patch_document(added: tuple[str, ...]) -> dict[str, Any]:
    """Return a change set that only adds, as lists of N-Triples and as one Turtle document."""
    return {"removed": [], "added": list(added), "turtle": "".join(f"{each}\n" for each in added)}
