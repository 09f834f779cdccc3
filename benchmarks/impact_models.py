"""Graphs of any size under the impact profile of the shipped bundle, for measuring questions.

Degrees follow a power law (few hubs, many leaves), about 4.5 relationships per entity, a fifth of
them described with a strength. The same size and seed give the same graph.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from pyoxigraph import Literal, NamedNode, Quad

from orthogramic.graph import EntityGraph, project_columns
from orthogramic.graph.arrays import Numbers
from orthogramic.graph.columns import Classifier, EdgeColumns, EntityColumns
from orthogramic.graph.connections import connections_of
from orthogramic.metamodel import Metamodel
from orthogramic.repository.bundle import read_bundle
from orthogramic.repository.catalogue import CatalogueEntry, EntitySummary
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.vocabulary import KR, RDF, XSD

RELATIONSHIPS_PER_ENTITY = 4.56
DESCRIBED_SHARE = 0.2
GRAPH = NamedNode("https://data.orthogramic.com/graph/generated")
_BASE = "https://data.orthogramic.com/id/"
_TAIL, _MOST, _POPULARITY = 1.7, 200, 1 / 0.6


class Model:
    """Entities and relationships in numbers.

    :param entities: how many entities.
    :param seed: any whole number.
    """

    def __init__(self, entities: int, seed: int) -> None:
        self.metamodel: Metamodel = read_bundle()
        self.profile = self.metamodel.profile(None)
        self.connections = connections_of(self.metamodel, self.profile)
        draw = np.random.default_rng(seed)
        classes = [each.iri for each in self.metamodel.entity_classes()]
        code = np.sort(draw.integers(0, len(classes), entities))
        self.classes = [classes[each] for each in code.tolist()]
        names = (
            f"{_BASE}{each.value.rsplit('#')[-1]}/E-{number:08d}"
            for number, each in enumerate(self.classes)
        )
        # Numbers follow the order of IRIs, as in every graph.
        self.iris = sorted(names)
        degree = np.minimum((draw.pareto(_TAIL, entities) + 1) * 1.9, _MOST)
        degree *= RELATIONSHIPS_PER_ENTITY * entities / degree.sum()
        self.subject = np.repeat(np.arange(entities), degree.round().astype(np.int64))
        size = len(self.subject)
        drawn = (entities * draw.random(size) ** _POPULARITY).astype(np.int64)
        self.object = draw.permutation(entities)[np.minimum(drawn, entities - 1)]
        self.property = draw.integers(0, len(self.connections), size)
        described = draw.random(size) < DESCRIBED_SHARE
        self.standing = np.where(described, draw.integers(2, 7, size), 0)

    def graph(self) -> EntityGraph:
        """Project the model."""
        classifier = Classifier(self.metamodel)
        codes = [classifier.code(frozenset((each,))) for each in self.classes]
        entities = EntityColumns(
            self.iris, self.iris, classifier.classifications, np.array(codes, np.int32)
        )
        edges = EdgeColumns(
            self.subject,
            self.property,
            self.object,
            np.zeros(len(self.subject), np.int64),
            self.standing,
            (GRAPH.value,),
        )
        return project_columns(entities, edges, self.metamodel, self.profile)

    def stored(self) -> KnowledgeBase:
        """Put the model into a repository in memory, past the gate and the log."""
        knowledge = KnowledgeBase(self.metamodel)
        knowledge.store.add_in_bulk(self._quads())
        knowledge.catalogue.rebuild(self._entries(), 0, self.metamodel.digest)
        return knowledge

    def _entries(self) -> Iterator[CatalogueEntry]:
        for iri, each in zip(self.iris, self.classes, strict=True):
            name, key = each.value.rsplit("#")[-1], iri.rsplit("/")[-1]
            yield CatalogueEntry(EntitySummary(iri, key, name, each.value, key), "")

    def _quads(self) -> Iterator[Quad]:
        nodes = [NamedNode(each) for each in self.iris]
        for node, each in zip(nodes, self.classes, strict=True):
            yield Quad(node, RDF.type, each, GRAPH)
        columns: tuple[Numbers, ...] = (self.subject, self.property, self.object, self.standing)
        for row, (subject, number, target, standing) in enumerate(
            zip(*(each.tolist() for each in columns), strict=True)
        ):
            relationship = self.connections[number].iri
            yield Quad(nodes[subject], relationship, nodes[target], GRAPH)
            if standing:
                node = NamedNode(f"{_BASE}QualifiedRelationship/Q-{row:08d}")
                strength = Literal(str(standing - 1), datatype=XSD.integer)
                yield Quad(node, RDF.type, KR.QualifiedRelationship, GRAPH)
                yield Quad(node, KR.source, nodes[subject], GRAPH)
                yield Quad(node, KR.property, relationship, GRAPH)
                yield Quad(node, KR.target, nodes[target], GRAPH)
                yield Quad(node, KR.strength, strength, GRAPH)
