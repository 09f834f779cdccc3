"""From walks in numbers to paths that people read, in the words of the bundle."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from orthogramic.analysis.answer import EntityReference, Factors, Path, Step
from orthogramic.analysis.branches import Walk
from orthogramic.graph.cost import scores
from orthogramic.graph.model import STANDINGS, EntityGraph
from orthogramic.metamodel import Metamodel, Modality

NOT_ASSESSED = "(strength not assessed)"


def reference(graph: EntityGraph, entity: int) -> EntityReference:
    """Name an entity by its number."""
    classification = graph.classifications[int(graph.classification[entity])]
    return EntityReference(graph.entities[entity], graph.labels[entity], classification.name)


def explain(graph: EntityGraph, metamodel: Metamodel, walk: Walk) -> Path:
    """Turn a walk into steps and one sentence; for several walks a :class:`Wording` is quicker."""
    return Wording(graph, metamodel).path(walk)


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What the steps of one kind of edge in one sense have in common."""

    relationship: str
    relationship_label: str
    verb: str
    weight: float
    certain: bool
    factors: Factors


#: A step, its part of a sentence, and whether it is certain.
_Worded = tuple[Step, str, bool]


class Wording:
    """Puts the walks of one answer into words.

    The paths of an answer share most of their steps: each entity, step and kind of edge is
    worded once.
    """

    def __init__(self, graph: EntityGraph, metamodel: Metamodel) -> None:
        self._graph = graph
        self._metamodel = metamodel
        self._references: dict[int, EntityReference] = {}
        self._meanings: dict[tuple[int, bool], _Meaning] = {}
        self._steps: dict[tuple[int, int], _Worded] = {}
        self._scores: dict[int, float] = {}

    def reference(self, entity: int) -> EntityReference:
        """Name an entity by its number."""
        found = self._references.get(entity)
        if found is None:
            found = self._references[entity] = reference(self._graph, entity)
        return found

    def path(self, walk: Walk) -> Path:
        """Turn a walk into steps and one sentence along it, from labels alone.

        ``A needs B, which is part of C (strength not assessed)``: the remark stands behind the
        entity to which the step in question leads.

        :param walk: of at least one step.
        """
        known = self._steps
        ways = zip(walk.entities, walk.edges, strict=False)
        found = [
            known.get(way) or self._step(*way, destination)
            for way, destination in zip(ways, walk.entities[1:], strict=True)
        ]
        steps, clauses, certain = zip(*found, strict=True)
        score = self._scores.get(walk.remaining)
        return Path(
            walk.score if score is None else score,
            modality_name(all(certain)),
            f"{steps[0].origin.label} {', which '.join(clauses)}",
            steps,
        )

    def score(self, walks: Iterable[Walk]) -> None:
        """Work out the scores of some walks together, before their paths are made."""
        remaining = list({each.remaining for each in walks})
        found = scores(np.array(remaining, np.int64)).tolist()
        self._scores.update(zip(remaining, found, strict=True))

    def _step(self, origin: int, edge: int, destination: int) -> _Worded:
        """Word a step, and remember it."""
        graph = self._graph
        forward = int(graph.subject[edge]) == origin
        kind = int(graph.kind[edge])
        meaning = self._meanings.get((kind, forward))
        if meaning is None:
            meaning = self._meanings[kind, forward] = self._meaning(kind, forward)
        step = Step(
            origin=self.reference(origin),
            destination=self.reference(destination),
            relationship=meaning.relationship,
            relationship_label=meaning.relationship_label,
            verb=meaning.verb,
            forward=forward,
            weight=meaning.weight,
            modality=modality_name(meaning.certain),
            graph=graph.graphs[int(graph.graph[edge])],
            factors=meaning.factors,
        )
        remark = "" if meaning.factors.assessed else f" {NOT_ASSESSED}"
        clause = f"{meaning.verb} {step.destination.label}{remark}"
        worded = self._steps[origin, edge] = (step, clause, meaning.certain)
        return worded

    def _meaning(self, kind: int, forward: bool) -> _Meaning:
        graph, connection = self._graph, self._graph.connections[kind // STANDINGS]
        return _Meaning(
            relationship=connection.iri.value,
            relationship_label=self._metamodel.verb(connection.iri, True),
            verb=self._metamodel.verb(connection.iri, forward),
            weight=float(graph.kinds.weight[kind]),
            certain=bool(graph.kinds.certain[kind]),
            factors=_factors(graph, kind),
        )


def _factors(graph: EntityGraph, kind: int) -> Factors:
    rule = graph.connections[kind // STANDINGS].rule
    weight = rule.weight if rule else 0.0
    standing = kind % STANDINGS
    if not standing:
        return Factors(weight, None, True)
    strength = standing - 1
    return Factors(weight, strength or graph.default_strength, strength > 0)


def modality_name(certain: bool) -> str:
    """Return the word of an answer for a modality."""
    return str(Modality.CERTAIN if certain else Modality.POSSIBLE)
