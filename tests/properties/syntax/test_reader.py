"""Laws of reading: nothing but our own errors, and nothing is lost."""

from __future__ import annotations

import contextlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Quad, Triple, serialize

from orthogramic.errors import EmptyInputError, RdfSyntaxError
from orthogramic.syntax import RdfSyntax, read_quads, skolemize
from tests.properties.syntax.strategies import DATASETS, GRAPHS

SYNTAXES = st.sampled_from(list(RdfSyntax))
WORDS = (
    "<http://e/a> \n a . [ ] ( ) { } \" ''' @prefix ex: <rdf:RDF /> &x; @id : , 1 \\u00 é <<( "
    "<!DOCTYPE"
).split(" ")
FRAGMENTS = st.lists(st.sampled_from([*WORDS, " "]), max_size=25).map("".join)


@given(st.one_of(st.binary(max_size=60), FRAGMENTS.map(str.encode)), SYNTAXES)
def test_any_bytes_give_quads_or_our_errors(data: bytes, syntax: RdfSyntax) -> None:
    with contextlib.suppress(EmptyInputError):
        try:
            list(read_quads(data, syntax))
        except RdfSyntaxError as error:
            assert error.line is not None
            assert error.line >= 1
            assert error.column is not None
            assert error.column >= 1
            assert error.detail.endswith(".")


@given(GRAPHS.filter(bool), st.sampled_from([RdfSyntax.TURTLE, RdfSyntax.NTRIPLES]), st.data())
def test_what_was_written_is_read_also_in_pieces(
    graph: list[Triple], syntax: RdfSyntax, data: st.DataObject
) -> None:
    text = serialize(graph, format=syntax.rdf_format)
    assert text is not None
    whole = set(read_quads(text, syntax))
    assert whole == {Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in graph}
    size = data.draw(st.integers(1, 50))
    pieces = io.BufferedReader(io.BytesIO(text), size)
    assert set(read_quads(pieces, syntax)) == whole


@given(GRAPHS.filter(bool), st.integers(1, 200))
def test_a_truncated_xml_document_never_passes_for_a_whole_one(
    graph: list[Triple], cut: int
) -> None:
    quads = [t for t in graph if t.predicate.value.startswith("http://example.org/")]
    try:
        text = serialize(quads, format=RdfSyntax.RDFXML.rdf_format)
    except ValueError:  # a predicate that cannot be an element name
        return
    assert text is not None
    shortened = text.rstrip()[:-cut]
    with pytest.raises((RdfSyntaxError, EmptyInputError)):
        list(read_quads(shortened, RdfSyntax.RDFXML))


@given(DATASETS)
def test_skolemizing_is_stable_and_keeps_nodes_apart(dataset: list[Quad]) -> None:
    def nodes(quads: list[Quad]) -> set[str]:
        return {
            term.value
            for quad in quads
            for term in (quad.subject, quad.object, quad.graph_name)
            if isinstance(term, BlankNode)
        }

    def skolemized(document: str) -> list[Quad]:
        return list(skolemize(dataset, "https://example.org/id/x", document=document))

    first = skolemized("one")
    assert not nodes(first)
    assert first == skolemized("one")
    assert len(set(first)) == len(set(dataset))
    if nodes(dataset):
        assert first != skolemized("two")
        assert "<https://example.org/.well-known/genid/" in " ".join(map(str, first))


@pytest.mark.parametrize(
    ("syntax", "document"),
    [
        (RdfSyntax.TURTLE, "[] <http://e/p> [ <http://e/q> 1 ], _:x, (1 [] 2), _:x ."),
        (
            RdfSyntax.JSONLD,
            '{"http://e/p": [{"http://e/q": 1}, {"@list": [{"http://e/r": 2}, 3]}]}',
        ),
        (
            RdfSyntax.RDFXML,
            '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'
            '<r:Description><e:p r:parseType="Resource"><e:q>1</e:q></e:p></r:Description></r:RDF>',
        ),
    ],
)
def test_a_node_without_a_label_has_the_same_address_at_each_reading(
    syntax: RdfSyntax, document: str
) -> None:
    def read() -> list[Quad]:
        quads = read_quads(document.encode(), syntax, base_iri="http://e/")
        return list(skolemize(quads, "http://e/", document="one"))

    assert read() == read()
    assert len({quad.subject for quad in read()}) > 1
