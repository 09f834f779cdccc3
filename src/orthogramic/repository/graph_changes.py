"""What commits mean for the graph of impact: looked up where they made a difference, nowhere else.

It does not matter in how many commits something changed, or what was in between: the places that
any of them touched are looked at as they are now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import Protocol

from pyoxigraph import Literal, NamedNode, Quad

from orthogramic.graph import (
    Amendment,
    EntityGraph,
    EntityRecord,
    LinkPlace,
    Relationship,
    turning_of,
)
from orthogramic.graph.columns import Turning
from orthogramic.metamodel import Metamodel, PropertyKind
from orthogramic.repository.catalogue import EntitySummary
from orthogramic.repository.graph_reading import counted_classes, stated_strength
from orthogramic.store.protocol import Term
from orthogramic.vocabulary import KR, RDF, SYSTEM_GRAPHS

#: Looking so many places up, and a share of all entities, is no quicker than reading everything.
_MOST_PLACES, _SHARE = 2_000, 20
_FACTS = (KR.source, KR.property, KR.target)


class Statements(Protocol):
    """What is stated: the part of a store that looks single statements up."""

    def quads(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,  # noqa: A002 - the RDF term of art
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads that match; ``None`` matches anything."""

    def holds(self, quad: Quad) -> bool:
        """Tell whether exactly this quad is there."""


class Described(Protocol):
    """Which entities there are: the part of a catalogue that looks one up."""

    def by_iri(self, iri: str) -> EntitySummary | None:
        """Return the entity of an IRI, if there is one."""


class TooManyPlacesError(Exception):
    """So much changed that everything should be read again."""


class LinkWords:
    """How links are spelled under one profile: the same for every snapshot.

    :ivar turning: which primary each property stands for; see :func:`turning_of`.
    :ivar spellings: by primary, the properties that say it, each with whether it turns it round.
    :ivar classes: the classes that entities may be told to belong to.
    """

    def __init__(self, graph: EntityGraph, metamodel: Metamodel) -> None:
        self.turning: Turning = turning_of(graph.connections, metamodel)
        self.spellings: dict[str, list[tuple[NamedNode, bool]]] = {}
        for iri, (number, flipped) in self.turning.items():
            primary = graph.connections[number].iri.value
            self.spellings.setdefault(primary, []).append((NamedNode(iri), flipped))
        self.classes = counted_classes(metamodel)


class GraphChanges:
    """Finds out what a graph does not know yet.

    :param store: what is stated after the changes; :param catalogue: which entities there are then.
    :param graph: as it was before the changes.
    """

    def __init__(
        self,
        store: Statements,
        catalogue: Described,
        metamodel: Metamodel,
        graph: EntityGraph,
        words: LinkWords,
    ) -> None:
        self._store = store
        self._catalogue = catalogue
        self._metamodel = metamodel
        self._graph = graph
        self._words = words

    def amendment(self, changed: Iterable[Quad], *, bounded: bool = True) -> Amendment:
        """Return what is the case now, wherever some quads came or went.

        :param bounded: whether to give up where reading everything would be as quick.
        :raises TooManyPlacesError: if that is a good part of everything.
        """
        quads = [each for each in changed if each.graph_name not in SYSTEM_GRAPHS]
        entities = self._entities(quads)
        appearing = [iri for iri, each in entities.items() if each and not self._is_known(iri)]
        places = set(self._places(quads))
        for iri in appearing:
            places.update(self._places_at(NamedNode(iri)))
        if bounded and len(places) > max(_MOST_PLACES, self._graph.size // _SHARE):
            raise TooManyPlacesError
        relationships = [told for each in sorted(places) for told in self._told(each)]
        return Amendment(entities, frozenset(places), tuple(relationships))

    # -- entities ------------------------------------------------------------------------------

    def _entities(self, quads: Iterable[Quad]) -> dict[str, EntityRecord | None]:
        """Look at what is, or was, an entity and is spoken of."""
        subjects = {each.subject for each in quads if isinstance(each.subject, NamedNode)}
        found: dict[str, EntityRecord | None] = {}
        for subject in sorted(subjects, key=lambda each: each.value):
            summary = self._catalogue.by_iri(subject.value)
            if summary is not None:
                classes = {NamedNode(summary.class_iri), *self._classes_of(subject)}
                ordered = tuple(sorted(classes, key=lambda each: each.value))
                record = EntityRecord(subject, summary.label, ordered)
                if not self._says(record):
                    found[subject.value] = record
            elif self._is_known(subject.value):
                found[subject.value] = None
        return found

    def _classes_of(self, subject: NamedNode) -> Iterator[NamedNode]:
        for quad in self._store.quads(subject, RDF.type):
            value = quad.object
            if quad.graph_name not in SYSTEM_GRAPHS and value in self._words.classes:
                assert isinstance(value, NamedNode)
                yield value

    def _is_known(self, iri: str) -> bool:
        number = self._graph.find(iri)
        graph = self._graph
        return number is not None and not graph.classification_of(number).is_absence

    def _says(self, record: EntityRecord) -> bool:
        """Tell whether the graph says the same of an entity."""
        number, graph = self._graph.find(record.iri.value), self._graph
        return (
            number is not None
            and graph.classification_of(number).classes == record.classes
            and graph.labels[number] == record.label
        )

    # -- places --------------------------------------------------------------------------------

    def _places(self, quads: Iterable[Quad]) -> Iterator[LinkPlace]:
        """Yield the places of links that some quads tell of, or told of."""
        spoken: dict[tuple[NamedNode, NamedNode], list[Quad]] = {}
        for quad in quads:
            yield from self._plain_places(quad)
            if quad.predicate in (*_FACTS, KR.strength) and isinstance(quad.subject, NamedNode):
                assert isinstance(quad.graph_name, NamedNode)
                spoken.setdefault((quad.subject, quad.graph_name), []).append(quad)
        for (node, graph), facts in spoken.items():
            yield from self._node_places(node, graph, facts)

    def _places_at(self, entity: NamedNode) -> Iterator[LinkPlace]:
        """Yield the places of all links that begin or end at an entity."""
        for quad in self._store.quads(entity):
            if quad.graph_name not in SYSTEM_GRAPHS:
                yield from self._plain_places(quad)
        for quad in self._store.quads(None, None, entity):
            if quad.graph_name in SYSTEM_GRAPHS:
                continue
            yield from self._plain_places(quad)
            if quad.predicate in _FACTS and isinstance(quad.subject, NamedNode):
                assert isinstance(quad.graph_name, NamedNode)
                yield from self._node_places(quad.subject, quad.graph_name, ())

    def _plain_places(self, quad: Quad) -> Iterator[LinkPlace]:
        subject, value, graph = quad.subject, quad.object, quad.graph_name
        term = self._metamodel.properties.get(quad.predicate)
        if (
            term is not None
            and term.kind is PropertyKind.RELATIONSHIP
            and isinstance(subject, NamedNode)
            and isinstance(value, NamedNode)
            and isinstance(graph, NamedNode)
        ):
            yield from self._both(subject, quad.predicate, value, graph)

    def _node_places(
        self, node: NamedNode, graph: NamedNode, facts: Iterable[Quad]
    ) -> Iterator[LinkPlace]:
        """Yield the places of which a qualified relationship speaks, or spoke."""
        values = [
            {*self._values(node, fact, graph)}.union(
                each.object
                for each in facts
                if each.predicate == fact and isinstance(each.object, NamedNode)
            )
            for fact in _FACTS
        ]
        for source, relationship, target in product(*values):
            yield from self._both(source, relationship, target, graph)

    def _both(
        self, subject: NamedNode, relationship: NamedNode, target: NamedNode, graph: NamedNode
    ) -> Iterator[LinkPlace]:
        """Yield the place of a link; that of a symmetric one from both ends."""
        turned = self._words.turning.get(relationship.value)
        if turned is None:
            return
        connection = self._graph.connections[turned[0]]
        ends = (subject.value, target.value)
        one, other = reversed(ends) if turned[1] else ends
        yield LinkPlace(one, connection.iri.value, other, graph.value)
        if (connection.iri, True) in connection.readings:
            yield LinkPlace(other, connection.iri.value, one, graph.value)

    # -- what is told --------------------------------------------------------------------------

    def _told(self, place: LinkPlace) -> Iterator[Relationship]:
        """Yield all that is said at a place now."""
        subject, target, graph = map(NamedNode, (place.subject, place.object, place.graph))
        spellings = self._words.spellings[place.property]
        for iri, flipped in spellings:
            one, other = (target, subject) if flipped else (subject, target)
            if self._store.holds(Quad(one, iri, other, graph)):
                yield Relationship(one, iri, other, graph)
        for flipped in {each for _, each in spellings}:
            one, other = (target, subject) if flipped else (subject, target)
            wanted = {iri for iri, turned in spellings if turned is flipped}
            for node in self._nodes_between(one, other, graph):
                strengths = [*self._strengths(node, graph)] or [None]
                for relationship in self._values(node, KR.property, graph):
                    if relationship in wanted:
                        for strength in strengths:
                            yield Relationship(one, relationship, other, graph, strength, True)

    def _nodes_between(
        self, source: NamedNode, target: NamedNode, graph: NamedNode
    ) -> Iterator[NamedNode]:
        """Yield the qualified relationships from one entity to another, from the rarer end."""
        begins = iter(self._store.quads(None, KR.source, source, graph))
        ends = iter(self._store.quads(None, KR.target, target, graph))
        beginning: list[Quad] = []
        ending: list[Quad] = []
        while True:
            begin = next(begins, None)
            if begin is None:
                rarer, fact, value = beginning, KR.target, target
                break
            beginning.append(begin)
            end = next(ends, None)
            if end is None:
                rarer, fact, value = ending, KR.source, source
                break
            ending.append(end)
        for quad in rarer:
            node = quad.subject
            if isinstance(node, NamedNode) and self._store.holds(Quad(node, fact, value, graph)):
                yield node

    def _values(self, node: NamedNode, fact: NamedNode, graph: NamedNode) -> Iterator[NamedNode]:
        for quad in self._store.quads(node, fact, None, graph):
            if isinstance(quad.object, NamedNode):
                yield quad.object

    def _strengths(self, node: NamedNode, graph: NamedNode) -> Iterator[int | None]:
        for quad in self._store.quads(node, KR.strength, None, graph):
            value = quad.object
            yield stated_strength(value.value if isinstance(value, Literal) else None)
