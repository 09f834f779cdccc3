"""What data says of one entity now: its own statements, its parts, and its links with facts.

Statements that others make about the entity are not its own, even where one is the inverse of the
other: they belong to the document of whoever makes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad, Triple

from orthogramic.metamodel import Metamodel, PropertyKind
from orthogramic.repository.catalogue import Catalogue
from orthogramic.repository.views import integer
from orthogramic.store import QuadStore
from orthogramic.vocabulary import KR, RDF, SYSTEM_GRAPHS

Value = NamedNode | Literal


@dataclass(frozen=True, slots=True)
class EntityState:
    """The asserted statements that one document expresses.

    :param entity: whose they are.
    :param parts: its structural nodes, those of structural nodes included.
    :param links: the nodes of its relationships that carry facts.
    :param statements: values by subject and predicate, each with its graphs.
    """

    entity: NamedNode
    parts: frozenset[NamedNode]
    links: tuple[NamedNode, ...]
    statements: dict[NamedNode, dict[NamedNode, dict[Value, tuple[NamedNode, ...]]]]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said of the entity."""
        return self.entity not in self.statements

    def quads(self) -> Iterator[Quad]:
        """Yield every statement in every graph that makes it."""
        for triple in self.triples():
            for graph in self.graphs_of(triple):
                yield Quad(triple.subject, triple.predicate, triple.object, graph)

    def triples(self) -> Iterator[Triple]:
        """Yield every statement once."""
        for subject, stated in self.statements.items():
            for predicate, values in stated.items():
                for value in values:
                    yield Triple(subject, predicate, value)

    def graphs_of(self, triple: Triple) -> tuple[NamedNode, ...]:
        """Return the graphs that make a statement, sorted by IRI."""
        subject, predicate, value = triple
        stated = self.statements.get(subject, {}).get(predicate, {})
        return stated.get(value, ())

    def values(self, subject: NamedNode, predicate: NamedNode) -> tuple[Value, ...]:
        """Return the values of a predicate, each once."""
        return tuple(self.statements.get(subject, {}).get(predicate, ()))

    def nodes(self, subject: NamedNode, predicate: NamedNode) -> tuple[NamedNode, ...]:
        """Return the values of a predicate that are IRIs."""
        found = self.values(subject, predicate)
        return tuple(each for each in found if isinstance(each, NamedNode))

    def home(self, subject: NamedNode) -> NamedNode | None:
        """Return the graph that says what a node is, the first by IRI; any other if none does."""
        stated = self.statements.get(subject, {})
        for values in (stated.get(RDF.type, {}), *stated.values()):
            graphs = [graph for each in values.values() for graph in each]
            if graphs:
                return min(graphs, key=lambda each: each.value)
        return None

    def position(self, node: NamedNode) -> int | None:
        """Return the rank of a part among those of its kind."""
        found = (integer(each) for each in self.values(node, KR.position))
        return min((each for each in found if each is not None), default=None)

    def parts_of(self, node: NamedNode, predicate: NamedNode) -> list[NamedNode]:
        """Return the parts that a node has under a property, in their order."""
        found = [each for each in self.nodes(node, predicate) if each in self.parts]

        def order(part: NamedNode) -> tuple[float, str]:
            position = self.position(part)
            return (float("inf") if position is None else position, part.value)

        return sorted(found, key=order)

    def links_to(self, predicate: NamedNode, target: NamedNode) -> list[NamedNode]:
        """Return the nodes that speak of one link, sorted by IRI."""
        return [
            each
            for each in self.links
            if predicate in self.nodes(each, KR.property) and target in self.nodes(each, KR.target)
        ]


class States:
    """Reads states out of the store of one repository."""

    def __init__(self, store: QuadStore, metamodel: Metamodel, catalogue: Catalogue) -> None:
        self._store = store
        self._catalogue = catalogue
        self._containing = frozenset(
            iri
            for iri, term in metamodel.properties.items()
            if term.kind is PropertyKind.CONTAINMENT
        )

    def of(self, entity: NamedNode) -> EntityState:
        """Return the state of an entity; an empty one if nothing is said of it."""
        statements: dict[NamedNode, dict[NamedNode, dict[Value, tuple[NamedNode, ...]]]] = {}
        waiting, seen = [entity], {entity}
        while waiting:
            node = waiting.pop()
            self._gather(node, statements)
            below = set(self._contained(node, statements)) - seen
            seen |= below
            waiting.extend(below)
        links = sorted(self._links(entity) - seen, key=lambda each: each.value)
        for each in links:
            self._gather(each, statements)
        return EntityState(entity, frozenset(seen - {entity}), tuple(links), statements)

    def _gather(
        self,
        node: NamedNode,
        statements: dict[NamedNode, dict[NamedNode, dict[Value, tuple[NamedNode, ...]]]],
    ) -> None:
        for _, predicate, value, graph in self._store.quads(node):
            if graph in SYSTEM_GRAPHS or not isinstance(value, NamedNode | Literal):
                continue
            assert isinstance(graph, NamedNode)
            values = statements.setdefault(node, {}).setdefault(predicate, {})
            graphs = {*values.get(value, ()), graph}
            values[value] = tuple(sorted(graphs, key=lambda each: each.value))

    def _contained(
        self,
        node: NamedNode,
        statements: dict[NamedNode, dict[NamedNode, dict[Value, tuple[NamedNode, ...]]]],
    ) -> Iterator[NamedNode]:
        for predicate, values in statements.get(node, {}).items():
            if predicate in self._containing:
                for each in values:
                    if isinstance(each, NamedNode) and self._catalogue.by_iri(each.value) is None:
                        yield each

    def _links(self, entity: NamedNode) -> set[NamedNode]:
        found = self._store.quads(None, KR.source, entity)
        return {
            each.subject
            for each in found
            if isinstance(each.subject, NamedNode) and each.graph_name not in SYSTEM_GRAPHS
        }
