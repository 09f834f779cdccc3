"""From walks in numbers to paths that people read, in the words of the bundle."""

from __future__ import annotations

from orthogramic.analysis.answer import EntityReference, Factors, Path, Step
from orthogramic.analysis.branches import Walk
from orthogramic.graph.model import EntityGraph
from orthogramic.metamodel import Metamodel, Modality

NOT_ASSESSED = "(strength not assessed)"


def reference(graph: EntityGraph, entity: int) -> EntityReference:
    """Name an entity by its number."""
    classification = graph.classifications[int(graph.classification[entity])]
    return EntityReference(graph.entities[entity], graph.labels[entity], classification.name)


def explain(graph: EntityGraph, metamodel: Metamodel, walk: Walk) -> Path:
    """Turn a walk into steps and one sentence."""
    steps = tuple(
        _step(graph, metamodel, origin, destination, edge)
        for origin, destination, edge in zip(
            walk.entities[:-1], walk.entities[1:], walk.edges, strict=True
        )
    )
    certain = all(each.modality == Modality.CERTAIN for each in steps)
    return Path(walk.score, modality_name(certain), sentence(steps), steps)


def _step(
    graph: EntityGraph, metamodel: Metamodel, origin: int, destination: int, edge: int
) -> Step:
    connection = graph.connection_of(edge)
    kind = int(graph.kind[edge])
    forward = int(graph.subject[edge]) == origin
    return Step(
        origin=reference(graph, origin),
        destination=reference(graph, destination),
        relationship=connection.iri.value,
        relationship_label=metamodel.verb(connection.iri, True),
        verb=metamodel.verb(connection.iri, forward),
        forward=forward,
        weight=float(graph.kinds.weight[kind]),
        modality=modality_name(bool(graph.kinds.certain[kind])),
        graph=graph.graphs[int(graph.graph[edge])],
        factors=_factors(graph, edge),
    )


def _factors(graph: EntityGraph, edge: int) -> Factors:
    rule = graph.connection_of(edge).rule
    weight = rule.weight if rule else 0.0
    qualified, strength = graph.standing_of(edge)
    if not qualified:
        return Factors(weight, None, True)
    return Factors(weight, strength or graph.default_strength, strength is not None)


def modality_name(certain: bool) -> str:
    """Return the word of an answer for a modality."""
    return str(Modality.CERTAIN if certain else Modality.POSSIBLE)


def sentence(steps: tuple[Step, ...]) -> str:
    """Read a path as one plain sentence along the walk, from labels alone.

    ``A needs B, which is part of C (strength not assessed)``: the remark stands behind the
    entity to which the step in question leads.

    :param steps: at least one.
    """
    clauses = [
        f"{each.verb} {each.destination.label}"
        + ("" if each.factors.assessed else f" {NOT_ASSESSED}")
        for each in steps
    ]
    return f"{steps[0].origin.label} " + ", which ".join(clauses)
