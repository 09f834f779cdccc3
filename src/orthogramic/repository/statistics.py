"""Counts of what a repository holds, by domain, class, relationship and graph."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode

from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.vocabulary import DCTERMS, KR, RDFS


@dataclass(frozen=True, slots=True)
class ClassCount:
    """How many entities a class has (its own, without subclasses)."""

    iri: str
    name: str
    label: str
    entities: int


@dataclass(frozen=True, slots=True)
class DomainCount:
    """How many entities a module of the ontology has, in all and by class."""

    iri: str
    label: str
    entities: int
    classes: tuple[ClassCount, ...]


@dataclass(frozen=True, slots=True)
class RelationshipCount:
    """How many asserted links a relationship has."""

    iri: str
    name: str
    label: str
    links: int


@dataclass(frozen=True, slots=True)
class GraphSummary:
    """A graph that holds data, and what its manifest says about it."""

    iri: str
    label: str
    description: str
    triples: int
    illustrative: bool

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-serialisable data."""
        return {
            "iri": self.iri,
            "label": self.label,
            "description": self.description,
            "triples": self.triples,
            "illustrative": self.illustrative,
        }


@dataclass(frozen=True, slots=True)
class Statistics:
    """What a repository holds at one snapshot."""

    snapshot: int
    entities: int
    relationships: int
    triples: int
    inferred: int
    domains: tuple[DomainCount, ...]
    by_relationship: tuple[RelationshipCount, ...]
    graphs: tuple[GraphSummary, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-serialisable data."""
        return {
            "snapshot": self.snapshot,
            "entities": self.entities,
            "relationships": self.relationships,
            "triples": self.triples,
            "inferred": self.inferred,
            "domains": [
                {
                    "iri": domain.iri,
                    "label": domain.label,
                    "entities": domain.entities,
                    "classes": [
                        {"iri": c.iri, "class": c.name, "label": c.label, "entities": c.entities}
                        for c in domain.classes
                    ],
                }
                for domain in self.domains
            ],
            "by_relationship": [
                {"iri": each.iri, "name": each.name, "label": each.label, "links": each.links}
                for each in self.by_relationship
            ],
            "graphs": [each.to_dict() for each in self.graphs],
        }


def statistics(knowledge: KnowledgeBase) -> Statistics:
    """Count what a repository holds."""
    graphs = graph_summaries(knowledge)
    domains = _domains(knowledge)
    relationships = _relationships(knowledge)
    return Statistics(
        snapshot=knowledge.snapshot,
        entities=sum(each.entities for each in domains),
        relationships=sum(each.links for each in relationships),
        triples=sum(each.triples for each in graphs),
        inferred=knowledge.store.size(KR.inferred),
        domains=domains,
        by_relationship=relationships,
        graphs=graphs,
    )


def _domains(knowledge: KnowledgeBase) -> tuple[DomainCount, ...]:
    counts = knowledge.catalogue.counts()
    metamodel = knowledge.metamodel
    by_module: dict[NamedNode | None, list[ClassCount]] = defaultdict(list)
    for term in metamodel.entity_classes():
        count = counts.get(term.iri.value, 0)
        if count:
            by_module[term.module].append(ClassCount(term.iri.value, term.name, term.label, count))
    found = []
    for module, classes in by_module.items():
        known = metamodel.modules.get(module) if module else None
        iri = module.value if module else ""
        found.append(
            DomainCount(
                iri=iri,
                label=known.label if known else iri,
                entities=sum(each.entities for each in classes),
                classes=tuple(sorted(classes, key=lambda each: (-each.entities, each.name))),
            )
        )
    return tuple(sorted(found, key=lambda each: (each.label, each.iri)))


def _relationships(knowledge: KnowledgeBase) -> tuple[RelationshipCount, ...]:
    """Count links in the declared direction; a link that is asserted from its other end counts."""
    metamodel = knowledge.metamodel
    links: Counter[NamedNode] = Counter()
    graphs = knowledge.data_graphs()
    for term in metamodel.relationships():
        names = [term.iri] if term.inverse is None else [term.iri, term.inverse]
        for name in names:
            for graph in graphs:
                links[term.iri] += sum(1 for _ in knowledge.store.quads(None, name, None, graph))
    found = (
        RelationshipCount(iri.value, metamodel.properties[iri].name, metamodel.verb(iri, True), n)
        for iri, n in links.items()
        if n
    )
    return tuple(sorted(found, key=lambda each: (-each.links, each.name)))


def graph_summaries(knowledge: KnowledgeBase) -> tuple[GraphSummary, ...]:
    """Return the graphs that hold data, sorted by IRI, with what is said about them."""

    def said(graph: NamedNode, predicate: NamedNode) -> str:
        for quad in knowledge.store.quads(graph, predicate, None, KR.datasets):
            if isinstance(quad.object, Literal):
                return quad.object.value
        return ""

    return tuple(
        GraphSummary(
            iri=graph.value,
            label=said(graph, DCTERMS.title) or said(graph, RDFS.label) or graph.value,
            description=said(graph, DCTERMS.description),
            triples=knowledge.store.size(graph),
            illustrative=said(graph, KR.illustrative) == "true",
        )
        for graph in knowledge.data_graphs()
    )
