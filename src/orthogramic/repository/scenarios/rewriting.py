"""Links that lead elsewhere from now on, and links that come: as statements."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from orthogramic.repository.documents.instruments import Instruments
from orthogramic.repository.scenarios.stated_links import StatedLink, StatedLinks
from orthogramic.vocabulary import KR, RDF, XSD


class LinkWriter:
    """Writes the statements of links for one plan; new nodes get IRIs that nobody has."""

    def __init__(self, links: StatedLinks, instruments: Instruments) -> None:
        self._links = links
        self._instruments = instruments
        self._claimed: set[NamedNode] = set()

    def quads(self, link: StatedLink) -> Iterator[Quad]:
        """Yield all that is stated of a link."""
        yield link.plain
        for node in link.nodes:
            yield from self._links.facts(node)

    def elsewhere(self, link: StatedLink, source: NamedNode, target: NamedNode) -> Iterator[Quad]:
        """Yield a link as it is stated, but between other ends."""
        _, predicate, _, graph = link.plain
        yield Quad(source, predicate, target, graph)
        for node in link.nodes:
            fresh = self._fresh(source, predicate, target)
            for fact in self._links.facts(node):
                value = {KR.source: source, KR.target: target}.get(fact.predicate, fact.object)
                yield Quad(fresh, fact.predicate, value, fact.graph_name)

    def described(
        self,
        source: NamedNode,
        predicate: NamedNode,
        target: NamedNode,
        strength: int,
        graph: NamedNode,
    ) -> Iterator[Quad]:
        """Yield a node that states the strength of a link."""
        node = self._fresh(source, predicate, target)
        yield Quad(node, RDF.type, KR.QualifiedRelationship, graph)
        yield Quad(node, KR.source, source, graph)
        yield Quad(node, KR.property, predicate, graph)
        yield Quad(node, KR.target, target, graph)
        yield Quad(node, KR.strength, weight(strength), graph)

    def _fresh(self, source: NamedNode, predicate: NamedNode, target: NamedNode) -> NamedNode:
        def taken(node: NamedNode) -> bool:
            return node in self._claimed or self._instruments.is_in_use(node)

        node = self._instruments.identity.link(source, predicate, target, taken)
        self._claimed.add(node)
        return node


def weight(strength: int) -> Literal:
    """Return a strength as it is stored."""
    return Literal(str(strength), datatype=XSD.integer)
