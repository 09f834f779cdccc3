"""Random RDF terms, graphs and datasets."""

from __future__ import annotations

from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from orthogramic.vocabulary import RDF, XSD

PREFIXES = {
    "ex": "http://example.org/",
    "deep": "http://example.org/deep/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "": "http://example.net/#",
}

# What XML 1.0 and every RDF syntax can carry: no surrogates, no control characters but white space.
CHARACTERS = st.characters(
    exclude_categories=("Cs", "Cc"), include_characters="\n\t\r", exclude_characters="\ufffe\uffff"
)
TEXTS = st.one_of(
    st.text(CHARACTERS, max_size=12),
    st.text(st.sampled_from("\"\\\n\r\t'a "), max_size=8),
)
LOCAL_NAMES = st.one_of(
    st.sampled_from(["a", "b", "c", "deep/d", "deep/", "", "1x", ".x", "x.", "a:b", "%20", "é"]),
    st.text(st.sampled_from("ab1-._~:é%·!$&'()*+,;=/?@"), max_size=5).filter(
        lambda text: "%" not in text
    ),
)
IRIS = st.builds(
    lambda base, local: NamedNode(base + local),
    st.sampled_from(["http://example.org/", "http://example.net/#", "urn:x:"]),
    LOCAL_NAMES,
)
PREDICATES = st.one_of(
    st.sampled_from([NamedNode("http://example.org/p"), NamedNode("http://example.org/q")]),
    st.sampled_from([RDF.type, RDF.first, RDF.rest]),
)
BLANK_NODES = st.integers(0, 5).map(lambda number: BlankNode(f"n{number}"))
LITERALS = st.one_of(
    TEXTS.map(Literal),
    st.builds(
        lambda text, tag: Literal(text, language=tag), TEXTS, st.sampled_from(["en", "de-CH"])
    ),
    st.integers().map(lambda number: Literal(str(number), datatype=XSD.integer)),
    st.decimals(allow_nan=False, allow_infinity=False, places=2).map(
        lambda number: Literal(f"{number:f}", datatype=XSD.decimal)
    ),
    st.sampled_from(["true", "false", "1", "0"]).map(
        lambda text: Literal(text, datatype=XSD.boolean)
    ),
    st.sampled_from(["01", "+1", "-0", "abc", "1.0", ""]).map(
        lambda text: Literal(text, datatype=XSD.integer)
    ),
    st.builds(lambda text: Literal(text, datatype=NamedNode("http://example.org/dt")), TEXTS),
)
SUBJECTS = st.one_of(IRIS, BLANK_NODES)
OBJECTS = st.one_of(IRIS, BLANK_NODES, LITERALS, st.just(RDF.nil))
TRIPLES = st.builds(Triple, SUBJECTS, PREDICATES, OBJECTS)
GRAPHS = st.lists(TRIPLES, max_size=14)
GRAPH_NAMES = st.one_of(
    st.just(DefaultGraph()),
    st.sampled_from([NamedNode("http://example.org/g"), NamedNode("urn:h")]),
    st.just(BlankNode("n0")),
)
DATASETS = st.lists(st.builds(Quad, SUBJECTS, PREDICATES, OBJECTS, GRAPH_NAMES), max_size=14)


def _list_triples(owner: NamedNode, members: list[NamedNode | Literal]) -> list[Triple]:
    cells = [BlankNode(f"cell{number}") for number in range(len(members))]
    ends: list[NamedNode | BlankNode] = [*cells, RDF.nil]
    triples = [Triple(owner, NamedNode("http://example.org/p"), ends[0])]
    for cell, member, rest in zip(cells, members, ends[1:], strict=True):
        triples += [Triple(cell, RDF.first, member), Triple(cell, RDF.rest, rest)]
    return triples


LISTS = st.builds(_list_triples, IRIS, st.lists(st.one_of(IRIS, LITERALS), max_size=5))
GRAPHS_WITH_LISTS = st.builds(lambda graph, extra: graph + extra, GRAPHS, LISTS)
