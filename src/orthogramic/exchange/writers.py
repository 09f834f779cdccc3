"""Write quads in any RDF syntax.

========== ============= ===================== ==========================================
syntax     named graphs  memory                order
========== ============= ===================== ==========================================
turtle     merged        all of the data       canonical
trig       kept          all of the data       canonical
ntriples   merged        one block of quads    as given; a triple of two graphs comes twice
nquads     kept          one block of quads    as given
rdfxml     merged        all of the data       by subject, predicate and object
jsonld     kept          all of the data       by graph, subject, predicate and object
========== ============= ===================== ==========================================

What a syntax cannot carry raises an error before anything is written; nothing is dropped in
silence, except that the merging syntaxes do not say which graph a triple stood in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from orthogramic.exchange.jsonld import write_jsonld
from orthogramic.exchange.rdfxml import write_rdfxml
from orthogramic.syntax import RdfSyntax, to_trig, to_turtle

_BLOCK = 4096
_LINE_FORMATS = {
    RdfSyntax.NTRIPLES: RdfFormat.N_TRIPLES,
    RdfSyntax.NQUADS: RdfFormat.N_QUADS,
}
_NO_CONTEXT: Mapping[str, Any] = {"@context": {}}


def write(
    quads: Iterable[Quad],
    syntax: RdfSyntax,
    *,
    prefixes: Mapping[str, str] | None = None,
    context: Mapping[str, Any] | None = None,
    context_iri: str | None = None,
) -> Iterator[bytes]:
    """Write a dataset.

    :param quads: the dataset, in any order.
    :param syntax: the syntax; the table of this module says what each does with graphs and memory.
    :param prefixes: namespace IRI by prefix, for Turtle, TriG and RDF/XML.
    :param context: the JSON-LD context document; without one JSON-LD has full IRIs.
    :param context_iri: the address of the context, to refer to it instead of embedding it.
    :returns: the document in pieces.
    :raises InexpressibleDataError: at once, if the syntax cannot carry the data.
    """
    prefixes = prefixes or {}
    if syntax in _LINE_FORMATS:
        return _lines(quads, _LINE_FORMATS[syntax])
    if syntax is RdfSyntax.TURTLE:
        return iter((to_turtle(map(_triple, quads), prefixes).encode(),))
    if syntax is RdfSyntax.TRIG:
        return iter((to_trig(quads, prefixes).encode(),))
    if syntax is RdfSyntax.RDFXML:
        return write_rdfxml(map(_triple, quads), prefixes)
    return write_jsonld(quads, context or _NO_CONTEXT, context_iri)


def _triple(quad: Quad) -> Triple:
    return Triple(quad.subject, quad.predicate, quad.object)


def _lines(quads: Iterable[Quad], line_format: RdfFormat) -> Iterator[bytes]:
    remaining = iter(quads)
    while block := list(islice(remaining, _BLOCK)):
        if line_format == RdfFormat.N_TRIPLES:
            yield bytes(serialize(map(_triple, block), format=line_format) or b"")
        else:
            yield bytes(serialize(block, format=line_format) or b"")
