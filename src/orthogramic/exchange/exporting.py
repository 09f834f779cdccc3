"""Exports a repository, one of its graphs, or one entity with its surroundings."""

from __future__ import annotations

from collections.abc import Iterator

from orthogramic.exchange.jsonld import context
from orthogramic.exchange.surroundings import surroundings
from orthogramic.exchange.writers import write
from pyoxigraph import NamedNode, Quad

from orthogramic.errors import InvalidParameterError, UnknownGraphError
from orthogramic.repository.asking import graph_name
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.repository.naming import Naming
from orthogramic.syntax import RdfSyntax
from orthogramic.vocabulary import KR, SYSTEM_GRAPHS


def export(
    knowledge: KnowledgeBase,
    naming: Naming,
    syntax: str,
    *,
    graph: str | None = None,
    entity: str | None = None,
    inferred: bool = False,
) -> Iterator[bytes]:
    """Write everything, one graph, or an entity with its surroundings.

    :param syntax: name of an RDF syntax.
    :param inferred: whether what follows from the data goes along.
    :raises UnsupportedMediaTypeError: if there is no such syntax.
    :raises InvalidParameterError: if both a graph and an entity are named.
    :raises UnknownGraphError: if the graph holds nothing.
    :raises NamingError: if the entity is unknown or ambiguous.
    """
    known = RdfSyntax.of_name(syntax)
    if graph is not None and entity is not None:
        raise InvalidParameterError("Export one graph or one entity, not both.")
    metamodel = knowledge.metamodel
    if entity is not None:
        summary = naming.resolve(entity)
        around = surroundings(
            lambda node: _touching(knowledge, node), NamedNode(summary.iri), metamodel
        )
        quads: Iterator[Quad] = iter(around)
    else:
        quads = _chosen(knowledge, graph, inferred)
    return write(
        quads,
        known,
        prefixes=metamodel.prefixes,
        context=context(metamodel, knowledge.base_iri),
    )


def _touching(knowledge: KnowledgeBase, node: NamedNode) -> Iterator[Quad]:
    """Yield the asserted quads that have a node as subject or object."""
    store = knowledge.store
    for quads in (store.quads(node), store.quads(None, None, node)):
        yield from (each for each in quads if each.graph_name not in SYSTEM_GRAPHS)


def _chosen(knowledge: KnowledgeBase, graph: str | None, inferred: bool) -> Iterator[Quad]:
    store = knowledge.store
    if graph is not None:
        name = graph_name(graph)
        if name not in store.graphs():
            raise UnknownGraphError(f"The graph <{graph}> holds nothing.")
        return iter(store.quads(None, None, None, name))
    graphs = (*knowledge.data_graphs(), *((KR.inferred,) if inferred else ()))
    return (quad for each in graphs for quad in store.quads(None, None, None, each))
