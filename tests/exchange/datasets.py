"""Random RDF for the tests of writers, and readers that are not ours."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

import rdflib
import rdflib.compare
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse

XSD = "http://www.w3.org/2001/XMLSchema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
COAST = "https://coast.example/terms#"

#: Characters that are legal in IRIs and need care somewhere: delimiters, quotes, other scripts.
TAIL = st.lists(st.sampled_from([*"aZ09-_~!$&'()*+,;=:@", "%20", "é", "名", "😀"]), max_size=6).map(
    "".join
)
NAMED = st.one_of(
    st.sampled_from(
        [
            NamedNode(f"{COAST}Lighthouse"),
            NamedNode(f"{COAST}guards"),
            NamedNode(f"{RDF}nil"),
            NamedNode("coast:Lighthouse"),
            NamedNode("urn:x-coast:1"),
            NamedNode("mailto:keeper@coast.example"),
            NamedNode("https://coast.example/"),
        ]
    ),
    TAIL.map(lambda tail: NamedNode(f"https://coast.example/id/{tail}")),
    TAIL.map(lambda tail: NamedNode(f"https://coast.example/doc?q={tail}")),
)
PREDICATES = st.sampled_from(
    [
        NamedNode(f"{RDF}type"),
        NamedNode(f"{RDF}first"),
        NamedNode(f"{COAST}guards"),
        NamedNode(f"{COAST}name"),
        NamedNode(f"{COAST}height"),
        NamedNode(f"{COAST}lit"),
        NamedNode(f"{COAST}built"),
        NamedNode(f"{COAST}storeys"),
        NamedNode("http://www.w3.org/2000/01/rdf-schema#label"),
        NamedNode("coast:unknown"),
        NamedNode("https://elsewhere.example/a.b-c"),
        NamedNode("https://elsewhere.example/maß"),
        NamedNode("https://elsewhere.example/9/名"),
    ]
)
#: Text that XML can carry: no control characters but tab, line feed and carriage return.
TEXT = st.text(
    st.one_of(
        st.sampled_from("\t\n\r \"'<>&\\]]>{}"),
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")),
    ),
    max_size=12,
)
TYPED = st.one_of(
    *(
        st.builds(Literal, values, datatype=st.just(NamedNode(XSD + name)))
        for name, values in {
            "integer": st.sampled_from(["0", "5", "-7", "05", "+1", "9007199254740993", "abc"]),
            "boolean": st.sampled_from(["true", "false", "1", "yes"]),
            "decimal": st.sampled_from(["1.5", "1.50", "0.0", "-3.0", "x"]),
            "double": st.sampled_from(["1.5E0", "1.0E400", "INF", "NaN", ""]),
            "date": st.sampled_from(["2026-11-23", "2026-13-45"]),
            "dateTime": st.sampled_from(["2026-11-23T01:02:03Z"]),
            "anyURI": st.sampled_from(["https://coast.example/", "not a uri"]),
            "nonNegativeInteger": st.sampled_from(["5"]),
        }.items()
    ),
    st.builds(Literal, TEXT, datatype=st.just(NamedNode(f"{COAST}units"))),
)
LITERALS = st.one_of(
    st.builds(Literal, TEXT),
    st.builds(Literal, TEXT, language=st.sampled_from(["en", "de-at", "zh-hant"])),
    TYPED,
)
BLANK = st.sampled_from([BlankNode("a"), BlankNode("b1"), BlankNode("0x.y")])
TRIPLES = st.builds(
    Triple,
    st.one_of(NAMED, BLANK),
    PREDICATES,
    st.one_of(NAMED, BLANK, LITERALS),
)
GRAPHS = st.sampled_from(
    [DefaultGraph(), NamedNode("https://coast.example/graph/1"), NamedNode("coast:graph")]
)
QUADS = st.builds(
    lambda triple, graph: Quad(triple.subject, triple.predicate, triple.object, graph),
    TRIPLES,
    GRAPHS,
)
DATASETS = st.lists(QUADS, max_size=12)


def merged(quads: Iterable[Quad]) -> list[Quad]:
    """Return the quads as a syntax without named graphs keeps them."""
    return [Quad(each.subject, each.predicate, each.object) for each in quads]


def same(left: Iterable[Quad], right: Iterable[Quad]) -> bool:
    """Tell whether two datasets are isomorphic, by rdflib's canonical graphs.

    Graph names are folded into the predicates, so that blank nodes shared by graphs are followed.
    """
    return rdflib.compare.isomorphic(_folded(left), _folded(right))


def _folded(quads: Iterable[Quad]) -> rdflib.Graph:
    graph = rdflib.Graph()
    for quad in quads:
        graph.add(
            (
                _term(quad.subject),
                rdflib.URIRef(f"urn:{quote(f'{quad.predicate} {quad.graph_name}', safe='')}"),
                _term(quad.object),
            )
        )
    return graph


def _term(term: object) -> Any:
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    return rdflib.Literal(str(term))  # its N-Triples spelling: equal only for the same term


def by_pyoxigraph(data: bytes, name: str) -> list[Quad]:
    """Read a document with pyoxigraph's parsers."""
    return list(parse(data, format=getattr(RdfFormat, name)))


def by_rdflib(data: bytes, name: str) -> list[Quad]:
    """Read a document with rdflib's parsers, lexical forms as they stand in the document."""
    dataset = rdflib.Dataset()
    dataset.parse(data=data, format=name)
    found = []
    for subject, predicate, value, graph in dataset.quads((None, None, None, None)):
        is_default = graph in (None, rdflib.graph.DATASET_DEFAULT_GRAPH_ID)
        name_of_graph = DefaultGraph() if is_default else NamedNode(str(graph))
        found.append(Quad(_from(subject), NamedNode(str(predicate)), _from(value), name_of_graph))
    return found


def _from(term: Any) -> Any:
    if isinstance(term, rdflib.BNode):
        return BlankNode("r" + str(term).replace("-", "x"))
    if isinstance(term, rdflib.URIRef):
        return NamedNode(str(term))
    if term.language:
        return Literal(str(term), language=term.language)
    return (
        Literal(str(term), datatype=NamedNode(str(term.datatype)))
        if term.datatype
        else Literal(str(term))
    )
