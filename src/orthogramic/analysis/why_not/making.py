"""From links in numbers to proposals: in words, as a patch, and walked by the engine itself.

The path of a proposal is not put together here. The links are added to the graph and the graph is
asked again, so what is shown is what would be answered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from orthogramic.analysis.answer import EntityReference, Path
from orthogramic.analysis.answering import best_paths
from orthogramic.analysis.sentences import explain, reference
from orthogramic.analysis.why_not.answer import PROPOSED, NewEntity, ProposedLink
from orthogramic.analysis.why_not.bridges import AbsentLink
from orthogramic.analysis.why_not.layers import LinkSet
from orthogramic.analysis.why_not.openings import Openings
from orthogramic.analysis.why_not.question import WhyNotQuestion
from orthogramic.graph import (
    Amendment,
    EntityGraph,
    EntityRecord,
    LinkPlace,
    Relationship,
    amend,
    turning_of,
)
from orthogramic.metamodel import ClassTerm, Metamodel, PropertyShape, Severity
from orthogramic.vocabulary import RDF, RDFS

#: Gives the IRI of an entity by the name of its class and its key.
Naming = Callable[[str, str], str]
Statement = tuple[NamedNode, NamedNode, NamedNode]

_GRAPH = NamedNode(PROPOSED)


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes what an answer says of links that are not there.

    :param walked: the graph that the question walks.
    :param metamodel: the bundle of the graph.
    :param naming: names new entities.
    """

    openings: Openings
    walked: EntityGraph
    metamodel: Metamodel
    question: WhyNotQuestion
    naming: Naming

    @property
    def graph(self) -> EntityGraph:
        """The graph with all that is there."""
        return self.openings.graph

    # -- new entities ------------------------------------------------------------------------------

    def new_nodes(self, found: LinkSet) -> dict[int, EntityReference]:
        """Name the entities that a set of links needs and that are not there."""
        heads = dict.fromkeys(each.head for each in found.links)
        return {node: self.new_reference(node) for node in heads if self.openings.is_new(node)}

    def new_reference(self, node: int) -> EntityReference:
        """Name an entity that is not there."""
        term = self._class(node)
        for place in range(1, self.graph.size + 2):
            key = "new" if place == 1 else f"new-{place}"
            iri = self.naming(term.name, key)
            if self.graph.find(iri) is None:
                break
        return EntityReference(iri, f"new {term.label}", term.name)

    def _class(self, node: int) -> ClassTerm:
        return self.openings.new_classes[node - self.openings.size]

    def new_entity(self, node: int, entity: EntityReference) -> NewEntity:
        """Tell of a new entity what else its shapes require of it."""
        given = {each.predicate for each in self.described(node, entity)}
        required = (
            each.name
            for each in self.metamodel.shapes_of(self._class(node).iri)
            if each.min_count >= 1
            and each.severity is Severity.VIOLATION
            and each.path not in given
        )
        return NewEntity(entity, tuple(dict.fromkeys(required)))

    def described(self, node: int, entity: EntityReference) -> tuple[Triple, ...]:
        """Return what must be said of a new entity for it to be one: class, label and key."""
        term = self._class(node)
        subject = NamedNode(entity.iri)
        labels = self.metamodel.label_properties()
        shapes = self.metamodel.shapes_of(term.iri)
        label = next((each for each in shapes if each.path in labels), None)
        said = [
            Triple(subject, RDF.type, term.iri),
            Triple(subject, _path(label), _text(entity.label, label)),
        ]
        if term.business_key and term.business_key not in labels:
            key = Literal(entity.iri.rsplit("/", 1)[-1])
            said.append(Triple(subject, term.business_key, key))
        return tuple(said)

    # -- links -------------------------------------------------------------------------------------

    def reference(self, node: int, new: Mapping[int, EntityReference]) -> EntityReference:
        """Name a node."""
        return new[node] if node in new else reference(self.graph, node)

    def link(
        self, link: AbsentLink, new: Mapping[int, EntityReference], choices: int
    ) -> ProposedLink:
        """Describe an absent link that a shape expects."""
        opening = link.bridge.opening
        shape = self.graph.expectations[opening.expectation].shape
        return self.described_link(link.statement, new, shape, opening.holder_is_object, choices)

    def described_link(
        self,
        statement: tuple[int, int, int],
        new: Mapping[int, EntityReference],
        shape: PropertyShape | None = None,
        holder_is_object: bool = False,
        choices: int = 0,
    ) -> ProposedLink:
        """Describe a link between two nodes, as its holder would say it."""
        subject, target = (self.reference(each, new) for each in statement[::2])
        relationship = self.graph.connections[statement[1]].iri
        holder, other = (target, subject) if holder_is_object else (subject, target)
        verb = self.metamodel.verb(relationship, not holder_is_object)
        return ProposedLink(
            subject=subject,
            relationship=relationship.value,
            relationship_label=self.metamodel.verb(relationship, True),
            object=target,
            holder=holder if shape else None,
            expected_by=shape.iri.value if shape else None,
            severity=str(shape.severity) if shape else None,
            message=shape.message if shape else "",
            sentence=f"{holder.label} {verb} {other.label}",
            choices=choices,
        )

    def path(
        self, links: tuple[ProposedLink, ...], new: Mapping[int, EntityReference]
    ) -> Path | None:
        """Return the best path once some links are there."""
        graph = self.with_links(links, new)
        question = self.question
        walks = best_paths(
            graph,
            question.source,
            question.target,
            question.direction,
            1,
            via=question.via,
            max_hops=question.max_hops,
        )
        return explain(graph, self.metamodel, walks[0]) if walks else None

    def with_links(
        self, links: tuple[ProposedLink, ...], new: Mapping[int, EntityReference]
    ) -> EntityGraph:
        """Return the graph in which some links are there; the one that was asked stays."""
        entities = {
            each.iri: EntityRecord(NamedNode(each.iri), each.label, (self._class(node).iri,))
            for node, each in new.items()
        }
        statements = tuple(map(statement_of, links))
        amendment = Amendment(
            entities,
            frozenset(place for each in statements for place in _places(each)),
            tuple(Relationship(*each, graph=_GRAPH) for each in statements),
        )
        turning = turning_of(self.graph.connections, self.metamodel)
        return amend(self.walked, amendment, self.metamodel, turning)

    def patch(
        self, links: tuple[ProposedLink, ...], new: Mapping[int, EntityReference]
    ) -> tuple[str, ...]:
        """Return what must be added, as lines of N-Triples: new entities first, then links."""
        said = [triple for node, each in new.items() for triple in self.described(node, each)]
        said += [Triple(*statement_of(each)) for each in links]
        return tuple(f"{each} ." for each in said)


def statement_of(link: ProposedLink) -> Statement:
    """Return a link as subject, property and object."""
    return (
        NamedNode(link.subject.iri),
        NamedNode(link.relationship),
        NamedNode(link.object.iri),
    )


def _places(statement: Statement) -> Iterator[LinkPlace]:
    subject, predicate, target = (each.value for each in statement)
    # The same edge, if the property is symmetric.
    yield LinkPlace(subject, predicate, target, PROPOSED)
    yield LinkPlace(target, predicate, subject, PROPOSED)


def _path(shape: PropertyShape | None) -> NamedNode:
    return shape.path if shape is not None and shape.path is not None else RDFS.label


def _text(text: str, shape: PropertyShape | None) -> Literal:
    if shape is not None and shape.datatype == RDF.langString:
        return Literal(text, language="en")
    return Literal(text)
