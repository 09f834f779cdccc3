"""What the answers must be, worked out the slow way: NetworkX and all simple paths.

Nothing here uses the code under test except the records that both are given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import networkx as nx

from orthogramic.graph import EntityRecord, Relationship
from orthogramic.metamodel import Flow, Modality
from tests.properties.analysis.harbours import INVERSES, TERMS, Rule

#: (subject, property, object, graph)
Edge = tuple[str, str, str, str]
DEFAULT_STRENGTH = 3


@dataclass(frozen=True)
class Expected:
    """One path as the oracle finds it."""

    score: Fraction
    entities: tuple[str, ...]
    #: relationship, named graph and whether it is walked from object to subject, by step
    steps: tuple[tuple[str, str, bool], ...]
    certain: bool

    def order(self) -> tuple[Fraction, int, tuple[str, ...], tuple[tuple[str, str, bool], ...]]:
        return -self.score, len(self.steps), self.entities, self.steps


def edges_of(
    relationships: Iterable[Relationship], rules: Mapping[str, Rule]
) -> dict[Edge, Fraction]:
    """Return every edge with the share of its weight that is left by its strength."""
    shares: dict[Edge, list[Relationship]] = {}
    for each in relationships:
        name = each.property.value.removeprefix(TERMS)
        subject, target = each.subject.value, each.object.value
        if name in INVERSES:
            name, subject, target = INVERSES[name], target, subject
        shares.setdefault((subject, TERMS + name, target, each.graph.value), []).append(each)
    for edge in sorted(shares):
        subject, name, target, graph = edge
        mirrored = (target, name, subject, graph)
        flow = rules[name.removeprefix(TERMS)][0] if name.removeprefix(TERMS) in rules else None
        told_twice = subject > target and mirrored in shares
        if name == TERMS + "borders" and told_twice and flow in (None, Flow.BOTH, Flow.NONE):
            shares[mirrored] += shares.pop(edge)
    return {edge: _share(said) for edge, said in shares.items()}


def _share(said: list[Relationship]) -> Fraction:
    qualified = [each for each in said if each.qualified]
    stated = [each.strength for each in qualified if each.strength is not None]
    if stated:
        return Fraction(max(stated), 5)
    return Fraction(DEFAULT_STRENGTH, 5) if qualified else Fraction(1)


def admissible_steps(
    records: Iterable[EntityRecord],
    relationships: Iterable[Relationship],
    rules: Mapping[str, Rule],
    direction: str = "impact",
) -> nx.MultiDiGraph[str]:
    """Return a multigraph with one edge for each step that a question may take."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from(each.iri.value for each in records)
    for (subject, name, target, source), share in edges_of(relationships, rules).items():
        rule = rules.get(name.removeprefix(TERMS))
        if rule is None or not {subject, target} <= set(graph):
            continue
        flow, weight, modality = rule
        for tail, head, backward in _senses(subject, target, flow, direction):
            graph.add_edge(
                tail,
                head,
                key=(name, source, backward),
                weight=Fraction(str(weight)) * share,
                certain=modality is Modality.CERTAIN,
            )
    return graph


def _senses(
    subject: str, target: str, flow: Flow, direction: str
) -> Iterator[tuple[str, str, bool]]:
    forward = Flow.SUBJECT_TO_OBJECT if direction == "impact" else Flow.OBJECT_TO_SUBJECT
    backward = Flow.OBJECT_TO_SUBJECT if direction == "impact" else Flow.SUBJECT_TO_OBJECT
    if flow in (forward, Flow.BOTH):
        yield subject, target, False
    if flow in (backward, Flow.BOTH):
        yield target, subject, True


def all_paths(
    steps: nx.MultiDiGraph[str], source: str, target: str, max_hops: int | None = None
) -> list[Expected]:
    """Return every path without repeated entities, in the order of the definition."""
    if source == target:
        return []
    found = []
    paths: Iterable[list[Any]] = nx.all_simple_edge_paths(steps, source, target, cutoff=max_hops)
    for edges in paths:
        score, certain = Fraction(1), True
        for edge in edges:
            score *= steps.edges[edge]["weight"]
            certain = certain and steps.edges[edge]["certain"]
        entities = (source, *(head for _, head, _ in edges))
        assert all(one[1] == other[0] for one, other in pairwise(edges))
        found.append(Expected(score, entities, tuple(key for _, _, key in edges), certain))
    return sorted(found, key=Expected.order)
