"""Single statements of scenarios: where those that come go, and from where others go."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Quad, Triple

from orthogramic.store import QuadStore
from orthogramic.vocabulary import KR, RDF, SYSTEM_GRAPHS


def home_of(subject: NamedNode, store: QuadStore) -> NamedNode:
    """Return the graph that says what a subject is, the first by IRI; ``kr:default`` if none."""
    graphs = {
        each.graph_name.value
        for each in store.quads(subject, RDF.type)
        if isinstance(each.graph_name, NamedNode) and each.graph_name not in SYSTEM_GRAPHS
    }
    return NamedNode(min(graphs)) if graphs else KR.default


def withdrawn(statement: Triple, store: QuadStore) -> Iterator[Quad]:
    """Yield a statement in every graph of data that makes it."""
    subject, predicate, value = statement
    for quad in store.quads(subject, predicate, value):
        if quad.graph_name not in SYSTEM_GRAPHS:
            yield quad
