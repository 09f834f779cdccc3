"""Brings what the store asserts into the graph that questions of impact walk."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from pyoxigraph import NamedNode, Quad

from orthogramic.graph import EntityGraph, EntityRecord, Relationship, project
from orthogramic.metamodel import ImpactProfile, PropertyKind
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.repository.views import integer
from orthogramic.vocabulary import KR, RDF, SYSTEM_GRAPHS


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
            snapshot = self._knowledge.snapshot
            if made is None or made[0] != snapshot:
                made = (snapshot, self._project(profile))
                self._made[profile.iri] = made
            return made

    def _project(self, profile: ImpactProfile) -> EntityGraph:
        return project(self._entities(), self._relationships(), self._knowledge.metamodel, profile)

    def _entities(self) -> Iterator[EntityRecord]:
        for summary in self._knowledge.catalogue.everything():
            iri = NamedNode(summary.iri)
            yield EntityRecord(iri, summary.label, self._classes(iri, summary.class_iri))

    def _classes(self, iri: NamedNode, most_specific: str) -> tuple[NamedNode, ...]:
        found = {NamedNode(most_specific)}
        for quad in self._knowledge.store.quads(iri, RDF.type):
            if quad.graph_name not in SYSTEM_GRAPHS and isinstance(quad.object, NamedNode):
                found.add(quad.object)
        return tuple(sorted(found, key=lambda each: each.value))

    def _relationships(self) -> Iterator[Relationship]:
        for term in self._knowledge.metamodel.properties.values():
            if term.kind is PropertyKind.RELATIONSHIP:
                for quad in self._asserted(term.iri):
                    if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
                        yield Relationship(
                            quad.subject,
                            term.iri,
                            quad.object,
                            quad.graph_name,  # type: ignore[arg-type]
                        )
        yield from self._qualified()

    def _qualified(self) -> Iterator[Relationship]:
        for end in self._asserted(KR.property):
            node, graph = end.subject, end.graph_name
            source = self._value(node, KR.source, graph)
            target = self._value(node, KR.target, graph)
            strength = self._value(node, KR.strength, graph)
            if (
                isinstance(source, NamedNode)
                and isinstance(target, NamedNode)
                and isinstance(end.object, NamedNode)
            ):
                yield Relationship(
                    source,
                    end.object,
                    target,
                    graph,  # type: ignore[arg-type]
                    strength=integer(strength),
                    qualified=True,
                )

    def _value(self, node: object, predicate: NamedNode, graph: object) -> object:
        for quad in self._knowledge.store.quads(node, predicate, None, graph):  # type: ignore[arg-type]
            return quad.object
        return None

    def _asserted(self, predicate: NamedNode) -> Iterator[Quad]:
        for graph in self._knowledge.data_graphs():
            yield from self._knowledge.store.quads(None, predicate, None, graph)
