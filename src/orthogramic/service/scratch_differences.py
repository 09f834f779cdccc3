"""What an update comes to, as an RDF graph: so a worker can answer with it as with any graph.

A quad of the difference is a triple that says of the quad's graph that a triple goes or comes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Triple

_GOES, _COMES = NamedNode("urn:x-orthogramic:goes"), NamedNode("urn:x-orthogramic:comes")
#: Stands for the default graph; no document can write it as the name of another.
_DEFAULT = NamedNode("urn:x-orthogramic:default-graph")


@dataclass(frozen=True, slots=True)
class Difference:
    """Quads that go and quads that come; those that say that a graph exists are among them."""

    going: tuple[Quad, ...] = ()
    coming: tuple[Quad, ...] = ()

    def triples(self) -> Iterator[Triple]:
        """Yield the difference as a graph."""
        for what, quads in ((_GOES, self.going), (_COMES, self.coming)):
            for each in quads:
                yield Triple(_name(each), what, each.triple)


def read_difference(triples: Iterable[Triple]) -> Difference:
    """Return the difference that :meth:`Difference.triples` told."""
    found: dict[NamedNode, list[Quad]] = {_GOES: [], _COMES: []}
    for each in triples:
        inner, graph = each.object, each.subject
        assert isinstance(inner, Triple)
        assert isinstance(graph, NamedNode | BlankNode)
        place = DefaultGraph() if graph == _DEFAULT else graph
        quad = Quad(inner.subject, inner.predicate, inner.object, place)
        found[each.predicate].append(quad)
    return Difference(tuple(found[_GOES]), tuple(found[_COMES]))


def _name(quad: Quad) -> NamedNode | BlankNode:
    graph = quad.graph_name
    return _DEFAULT if isinstance(graph, DefaultGraph) else graph
