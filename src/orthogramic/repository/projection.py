"""Brings what the store asserts into the graph that questions of impact walk."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain

from pyoxigraph import Literal, NamedNode

from orthogramic.graph import EntityGraph, EntityRecord, Relationship, project
from orthogramic.metamodel import ImpactProfile, Metamodel, PropertyKind
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.repository.views import Value, integer
from orthogramic.store import QuadStore
from orthogramic.vocabulary import KR, RDF


class Projection:
    """The graph of one repository under each profile that was asked for, for one snapshot."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._knowledge = knowledge
        self._lock = threading.Lock()
        self._made: dict[NamedNode, tuple[int, EntityGraph]] = {}

    def under(self, profile: ImpactProfile) -> tuple[int, EntityGraph]:
        """Return the graph under a profile, and the snapshot that it shows."""
        with self._lock:
            made = self._made.get(profile.iri)
            if made is None or made[0] != self._knowledge.snapshot:
                with self._knowledge.unchanging() as snapshot:
                    made = (snapshot, _read(self._knowledge, profile))
                self._made[profile.iri] = made
            return made


def _read(knowledge: KnowledgeBase, profile: ImpactProfile) -> EntityGraph:
    """Project a graph. Each predicate is scanned once: single look-ups are what costs on disk."""
    scan = _Scan(knowledge.store, knowledge.data_graphs())
    return project(
        _entities(knowledge, scan),
        chain(_plain(knowledge.metamodel, scan), _qualified(scan)),
        knowledge.metamodel,
        profile,
    )


class _Scan:
    """Asserted links, predicate by predicate."""

    def __init__(self, store: QuadStore, graphs: tuple[NamedNode, ...]) -> None:
        self._store = store
        self._graphs = graphs

    def quads(self, predicate: NamedNode) -> Iterator[tuple[NamedNode, Value, NamedNode]]:
        """Yield subject, object and graph of each quad of a predicate."""
        for graph in self._graphs:
            for quad in self._store.quads(None, predicate, None, graph):
                subject, value = quad.subject, quad.object
                if isinstance(subject, NamedNode) and isinstance(value, NamedNode | Literal):
                    yield subject, value, graph

    def by_node(self, predicate: NamedNode) -> dict[tuple[NamedNode, NamedNode], Value]:
        """Return the object of a predicate that has one, by graph and subject."""
        found = self.quads(predicate)
        return {(graph, subject): value for subject, value, graph in found}


def _entities(knowledge: KnowledgeBase, scan: _Scan) -> Iterator[EntityRecord]:
    classes: dict[str, list[NamedNode]] = defaultdict(list)
    for subject, value, _ in scan.quads(RDF.type):
        if isinstance(value, NamedNode):
            classes[subject.value].append(value)
    for summary in knowledge.catalogue.everything():
        stated = {NamedNode(summary.class_iri), *classes.get(summary.iri, ())}
        ordered = tuple(sorted(stated, key=lambda each: each.value))
        yield EntityRecord(NamedNode(summary.iri), summary.label, ordered)


def _plain(metamodel: Metamodel, scan: _Scan) -> Iterator[Relationship]:
    for term in metamodel.properties.values():
        if term.kind is PropertyKind.RELATIONSHIP:
            for subject, value, graph in scan.quads(term.iri):
                if isinstance(value, NamedNode):
                    yield Relationship(subject, term.iri, value, graph)


def _qualified(scan: _Scan) -> Iterator[Relationship]:
    sources, targets = scan.by_node(KR.source), scan.by_node(KR.target)
    strengths = scan.by_node(KR.strength)
    for node, relationship, graph in scan.quads(KR.property):
        place = (graph, node)
        source, target = sources.get(place), targets.get(place)
        if (
            isinstance(source, NamedNode)
            and isinstance(target, NamedNode)
            and isinstance(relationship, NamedNode)
        ):
            strength = integer(strengths.get(place))
            yield Relationship(source, relationship, target, graph, strength, qualified=True)
