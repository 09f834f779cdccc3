"""Exact conversion between pyoxigraph terms and rdflib terms.

pySHACL works on rdflib graphs.  rdflib would like to normalise literals as it makes them, and it
logs and warns about ill-typed ones; a validator needs the lexical forms exactly as they were
written, and ill-typed literals are its daily bread.  So literals are made here without either,
and without touching rdflib's global switches.

rdflib is slow to import, so it is imported when a converter is made and not before.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from orthogramic.errors import UnreadableInputError
from orthogramic.validation.prepared_graph import new_graph
from orthogramic.vocabulary import XSD

if TYPE_CHECKING:
    import rdflib

Term: TypeAlias = NamedNode | BlankNode | Literal

_BOOLEANS = frozenset({"true", "false", "1", "0"})


@contextmanager
def silent_literals() -> Iterator[None]:
    """Keep rdflib from logging each ill-typed literal that this thread makes.

    The filter drops records of the calling thread only and is taken away afterwards, so that
    other users of rdflib in the process keep their log.
    """
    thread = threading.get_ident()
    logger = logging.getLogger("rdflib.term")

    def is_of_another_thread(record: logging.LogRecord) -> bool:
        return record.thread != thread

    logger.addFilter(is_of_another_thread)
    try:
        yield
    finally:
        logger.removeFilter(is_of_another_thread)


class RdflibConverter:
    """Makes rdflib terms of pyoxigraph terms, each IRI and literal once.

    ``xsd:string`` literals become rdflib literals without a datatype, everywhere alike, because
    rdflib takes the two spellings of the same RDF 1.1 term for different terms.
    """

    def __init__(self) -> None:
        import rdflib  # noqa: PLC0415 - slow to import

        self._rdflib = rdflib
        self._named: dict[NamedNode, rdflib.URIRef] = {}
        self._literals: dict[Literal, rdflib.Literal] = {}
        self._convert: dict[type, Callable[[Any], rdflib.term.Identifier]] = {
            NamedNode: self._named_node,
            Literal: self._literal,
            BlankNode: lambda node: rdflib.BNode(node.value),
        }

    def data_graph(self, triples: Iterable[Triple]) -> rdflib.Graph:
        """Make a plain in-memory graph that SPARQL constraints can be put to.

        :param triples: the triples; duplicates do no harm.
        :returns: a graph that holds them with unaltered lexical forms.
        """
        graph = new_graph()
        self.add(graph, triples)
        return graph

    def shapes_graph(self, triples: Iterable[Triple]) -> rdflib.Graph:
        """Make a graph that is only looked things up in, with the quickest store for that.

        :param triples: the triples; duplicates do no harm.
        :returns: a graph that holds them with unaltered lexical forms.
        """
        graph = self._rdflib.Graph(store="SimpleMemory", bind_namespaces="none")
        self.add(graph, triples)
        return graph

    def add(self, graph: rdflib.Graph, triples: Iterable[Triple]) -> None:
        """Add triples to a graph that was made by this converter."""
        add = graph.store.add
        with silent_literals():
            for triple in triples:
                subject, predicate, value = triple
                add((self.term(subject), self.term(predicate), self.term(value)), graph)

    def term(self, term: Term | Triple) -> Any:
        """Convert one term.

        :raises UnreadableInputError: if it is a triple term or a directional string: RDF 1.2
            has them, SHACL does not.
        """
        convert = self._convert.get(type(term))
        if convert is None:
            raise UnreadableInputError(f"Triple terms cannot be validated: {term}.")
        return convert(term)

    def _named_node(self, node: NamedNode) -> rdflib.URIRef:
        found = self._named.get(node)
        if found is None:
            found = self._named[node] = self._rdflib.URIRef(node.value)
        return found

    def _literal(self, literal: Literal) -> rdflib.Literal:
        found = self._literals.get(literal)
        if found is None:
            found = self._literals[literal] = self._new_literal(literal)
        return found

    def _new_literal(self, literal: Literal) -> rdflib.Literal:
        lexical, datatype = literal.value, literal.datatype
        if literal.direction is not None:
            raise UnreadableInputError(f"Strings with a direction cannot be validated: {literal}.")
        if literal.language is not None:
            return self._exact(lexical, lexical, literal.language, None, None)
        if datatype == XSD.string:
            return self._rdflib.Literal(lexical)
        if datatype == XSD.boolean and lexical not in _BOOLEANS:
            return self._exact(lexical, None, None, self._named_node(datatype), True)
        made = self._rdflib.Literal(lexical, datatype=self._named_node(datatype), normalize=False)
        if str(made) != lexical:  # xsd:token and xsd:normalizedString are rewritten all the same
            return self._exact(lexical, made.value, None, made.datatype, made.ill_typed)
        return made

    def _exact(
        self,
        lexical: str,
        value: object,
        language: str | None,
        datatype: rdflib.URIRef | None,
        ill_typed: bool | None,
    ) -> rdflib.Literal:
        """Make a literal as rdflib's constructor would, past its rewriting and its warnings."""
        literal = str.__new__(self._rdflib.Literal, lexical)
        literal._value = value
        literal._language = language
        literal._datatype = datatype
        literal._ill_typed = ill_typed
        return literal


def to_term(term: rdflib.term.Node) -> Term:
    """Convert an rdflib term back.

    :param term: an IRI, a blank node or a literal of rdflib.
    :returns: the pyoxigraph term that :class:`RdflibConverter` would make it from.
    :raises TypeError: for any other kind of node.
    """
    import rdflib  # noqa: PLC0415 - slow to import

    if isinstance(term, rdflib.URIRef):
        return NamedNode(str(term))
    if isinstance(term, rdflib.BNode):
        return BlankNode(str(term))
    if not isinstance(term, rdflib.Literal):
        raise TypeError(f"{term!r} is no RDF term")
    if term.language is not None:
        return Literal(str(term), language=term.language)
    if term.datatype is None:
        return Literal(str(term))
    return Literal(str(term), datatype=NamedNode(str(term.datatype)))


def triples_of(graph: rdflib.Graph) -> Iterator[Triple]:
    """Yield the triples of an rdflib graph as pyoxigraph triples."""
    for subject, predicate, value in graph:
        yield Triple(_resource(subject), NamedNode(str(predicate)), to_term(value))


def _resource(node: rdflib.term.Node) -> NamedNode | BlankNode:
    term = to_term(node)
    if isinstance(term, Literal):
        raise TypeError(f"{term} is a literal and cannot be a subject")
    return term
