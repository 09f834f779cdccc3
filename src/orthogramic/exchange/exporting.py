"""Exports a repository, one of its graphs, or one entity with its surroundings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from pyoxigraph import Literal, NamedNode, Quad

from orthogramic.errors import (
    InvalidParameterError,
    UnknownGraphError,
    UnsupportedMediaTypeError,
)
from orthogramic.exchange.exported import Exported
from orthogramic.exchange.formats import ExportOptions, format_named
from orthogramic.exchange.jsonld_context import context
from orthogramic.exchange.surroundings import surroundings
from orthogramic.metamodel import PropertyKind
from orthogramic.repository.asking import graph_name
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.repository.naming import Naming
from orthogramic.vocabulary import DCTERMS, KR, RDF, RDFS, SYSTEM_GRAPHS


def export(
    knowledge: KnowledgeBase,
    naming: Naming,
    name: str,
    *,
    graph: str | None = None,
    entity: str | None = None,
    inferred: bool = False,
) -> Exported:
    """Write everything, one graph, or an entity with its surroundings.

    :param name: name of a format, see :func:`orthogramic.exchange.formats.formats`.
    :param inferred: whether what follows from the data goes along.
    :returns: the document in pieces, with what is to be said about it.
    :raises UnsupportedMediaTypeError: if there is no such format, or it cannot be exported.
    :raises InvalidParameterError: if both a graph and an entity are named.
    :raises UnknownGraphError: if the graph holds nothing.
    :raises NamingError: if the entity is unknown or ambiguous.
    """
    chosen = format_named(name)
    if chosen.write is None:
        raise UnsupportedMediaTypeError(f"{chosen.label} can be read here, not written.")
    if graph is not None and entity is not None:
        raise InvalidParameterError("Export one graph or one entity, not both.")
    metamodel = knowledge.metamodel
    if entity is not None:
        found = naming.resolve(entity)
        quads = _around(knowledge, NamedNode(found.iri))
        title, subject = found.label, found.iri
    else:
        quads = _chosen(knowledge, graph, inferred)
        title, subject = _title(knowledge, graph), graph or knowledge.base_iri
    options = ExportOptions(
        metamodel=metamodel,
        prefixes=metamodel.prefixes,
        context=context(metamodel, knowledge.base_iri),
        title=title,
        subject=subject,
        outside=partial(_outside, knowledge),
    )
    written = chosen.write(quads, options)
    return written if isinstance(written, Exported) else Exported(written)


def _title(knowledge: KnowledgeBase, graph: str | None) -> str:
    """Return what an export of everything, or of one graph, is called."""
    if graph is None:
        return f"Everything in {knowledge.base_iri}"
    for predicate in (DCTERMS.title, RDFS.label):
        for quad in knowledge.store.quads(NamedNode(graph), predicate, None, KR.datasets):
            if isinstance(quad.object, Literal):
                return quad.object.value
    return graph


def _outside(knowledge: KnowledgeBase, node: NamedNode) -> Iterator[Quad]:
    """Tell what a node is and is called and, of a part, to whom it belongs."""
    metamodel = knowledge.metamodel
    naming = {RDF.type, RDFS.label, *metamodel.label_properties()}
    for quad in knowledge.store.quads(node):
        if quad.graph_name not in SYSTEM_GRAPHS and quad.predicate in naming:
            yield quad
    for term in metamodel.properties.values():
        if term.kind is PropertyKind.CONTAINMENT:
            for quad in knowledge.store.quads(None, term.iri, node):
                if quad.graph_name not in SYSTEM_GRAPHS:
                    yield quad


def _around(knowledge: KnowledgeBase, entity: NamedNode) -> Iterator[Quad]:
    def stated(quads: Iterable[Quad]) -> Iterator[Quad]:
        return (each for each in quads if each.graph_name not in SYSTEM_GRAPHS)

    def outgoing(node: NamedNode) -> Iterator[Quad]:
        return stated(knowledge.store.quads(node))

    def touching(node: NamedNode) -> Iterator[Quad]:
        yield from outgoing(node)
        yield from stated(knowledge.store.quads(None, None, node))

    return iter(surroundings(touching, entity, knowledge.metamodel, quads_from=outgoing))


def _chosen(knowledge: KnowledgeBase, graph: str | None, inferred: bool) -> Iterator[Quad]:
    store = knowledge.store
    if graph is not None:
        name = graph_name(graph)
        if name not in store.graphs():
            raise UnknownGraphError(f"The graph <{graph}> holds nothing.")
        return iter(store.quads(None, None, None, name))
    graphs = (*knowledge.data_graphs(), *((KR.inferred,) if inferred else ()))
    return (quad for each in graphs for quad in store.quads(None, None, None, each))
