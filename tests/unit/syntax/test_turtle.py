"""The canonical text of small graphs, spelled out."""

from __future__ import annotations

import itertools
import textwrap

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from orthogramic.syntax import to_trig, to_turtle
from orthogramic.vocabulary import RDF, STANDARD_PREFIXES, XSD

PREFIXES = {**STANDARD_PREFIXES, "ex": "http://example.org/", "unused": "http://example.net/"}
P = NamedNode("http://example.org/p")


def rewrite(text: str) -> str:
    header = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    quads = parse(header + text, RdfFormat.TURTLE)
    return to_turtle([quad.triple for quad in quads], PREFIXES)


def expected(text: str) -> str:
    return textwrap.dedent(text).lstrip()


def test_nothing_is_written_for_the_empty_graph() -> None:
    assert to_turtle([], PREFIXES) == ""
    assert to_trig([], PREFIXES) == ""


def test_header_then_subjects_by_iri_with_types_first() -> None:
    written = rewrite(
        "ex:b ex:q ex:x ; a ex:C . ex:a ex:p 1 . ex:z a owl:Ontology . ex:b ex:p 'one', 'two' ."
    )
    assert written == expected(
        """
        @prefix ex: <http://example.org/> .
        @prefix owl: <http://www.w3.org/2002/07/owl#> .

        ex:z a owl:Ontology .

        ex:a ex:p 1 .

        ex:b a ex:C ;
            ex:p
                "one" ,
                "two" ;
            ex:q ex:x .
        """
    )


def test_blank_nodes_stand_inside_their_only_referrer() -> None:
    written = rewrite("ex:a ex:p [ ex:p 1 ; ex:q [] ], [ ex:q 2 ] . [] ex:p ex:a .")
    assert written == expected(
        """
        @prefix ex: <http://example.org/> .

        ex:a ex:p
                [
                    ex:p 1 ;
                    ex:q []
                ] ,
                [ ex:q 2 ] .

        [ ex:p ex:a ] .
        """
    )


def test_well_formed_lists_stand_in_parentheses() -> None:
    long = "ex:" + "x" * 60
    written = rewrite(f"ex:a ex:p (1 (ex:b) [ ex:p 2 ]) ; ex:q () ; ex:r ({long} {long}) .")
    assert written == expected(
        f"""
        @prefix ex: <http://example.org/> .

        ex:a ex:p ( 1 ( ex:b ) [ ex:p 2 ] ) ;
            ex:q () ;
            ex:r (
                {long}
                {long}
            ) .
        """
    )


def test_a_malformed_list_is_written_out() -> None:
    written = rewrite("ex:a ex:p [ rdf:first 1 ; rdf:rest [ rdf:first 2 ] ] .")
    assert "rdf:rest [ rdf:first 2 ]" in written
    assert "(" not in written


def test_shared_and_circular_blank_nodes_have_labels() -> None:
    written = rewrite("ex:a ex:p _:shared . ex:b ex:p _:shared . _:x ex:p _:y . _:y ex:p _:x .")
    assert written == expected(
        """
        @prefix ex: <http://example.org/> .

        ex:a ex:p _:b1 .

        ex:b ex:p _:b1 .

        _:b2 ex:p _:b3 .

        _:b3 ex:p _:b2 .
        """
    )


def test_deep_nesting_is_broken_up() -> None:
    nodes = [BlankNode() for _ in range(1000)]
    chain = [Triple(a, P, b) for a, b in itertools.pairwise(nodes)]
    written = to_turtle(chain, PREFIXES)
    assert max(len(line) - len(line.lstrip()) for line in written.splitlines()) < 4 * 40
    assert len(list(parse(written, RdfFormat.TURTLE))) == len(chain)


@pytest.mark.parametrize(
    ("lexical", "datatype", "spelled"),
    [
        ("7", XSD.integer, "7"),
        ("-7", XSD.integer, "-7"),
        ("07", XSD.integer, '"07"^^xsd:integer'),
        ("-0", XSD.integer, '"-0"^^xsd:integer'),
        ("1.5", XSD.decimal, "1.5"),
        ("1.0", XSD.decimal, "1.0"),
        ("1.50", XSD.decimal, '"1.50"^^xsd:decimal'),
        ("1", XSD.decimal, '"1"^^xsd:decimal'),
        ("true", XSD.boolean, "true"),
        ("1", XSD.boolean, '"1"^^xsd:boolean'),
        ("1.0E0", XSD.double, '"1.0E0"^^xsd:double'),
        ('say "x"\\', XSD.string, '"say \\"x\\"\\\\"'),
        ("tab\tbell\x07", XSD.string, '"tab\\tbell\\u0007"'),
        ('one\r\n"""two"', XSD.string, '"""one\\r\n""\\"two\\""""'),
    ],
)
def test_literals_have_one_spelling(lexical: str, datatype: NamedNode, spelled: str) -> None:
    literal = Literal(lexical, datatype=datatype)
    assert f"ex:a ex:p {spelled} ." in to_turtle(
        [Triple(NamedNode("http://example.org/a"), P, literal)], PREFIXES
    )


@pytest.mark.parametrize(
    ("iri", "spelled"),
    [
        ("http://example.org/x", "ex:x"),
        ("http://example.org/", "ex:"),
        ("http://example.org/1-x.y:z", "ex:1-x.y:z"),
        ("http://example.org/x.", "<http://example.org/x.>"),
        ("http://example.org/x/y", "<http://example.org/x/y>"),
        ("http://example.org/%20", "ex:%20"),
        ("http://example.org/-x", "<http://example.org/-x>"),
        ("http://example.com/x", "<http://example.com/x>"),
    ],
)
def test_iris_are_shortened_whenever_that_is_legal(iri: str, spelled: str) -> None:
    assert f"\n\n{spelled} ex:p 1 ." in to_turtle([Triple(NamedNode(iri), P, Literal(1))], PREFIXES)


def test_the_longest_namespace_wins() -> None:
    prefixes = {"outer": "http://example.org/", "inner": "http://example.org/in/"}
    written = to_turtle([Triple(NamedNode("http://example.org/in/x"), P, RDF.nil)], prefixes)
    assert "inner:x outer:p () ." in written


def test_an_illegal_prefix_is_refused() -> None:
    with pytest.raises(ValueError, match="1x"):
        to_turtle([], {"1x": "http://example.org/"})


def test_trig_puts_each_graph_into_its_block() -> None:
    a, g = NamedNode("http://example.org/a"), NamedNode("http://example.org/g")
    shared = BlankNode("s")
    quads = [Quad(a, P, shared, g), Quad(a, P, shared, DefaultGraph()), Quad(a, P, Literal(1), g)]
    assert to_trig(quads, PREFIXES) == expected(
        """
        @prefix ex: <http://example.org/> .

        ex:a ex:p _:b1 .

        ex:g {
            ex:a ex:p
                    1 ,
                    _:b1 .
        }
        """
    )


def test_triple_terms_are_written() -> None:
    a = NamedNode("http://example.org/a")
    quad = Quad(a, P, Triple(a, P, BlankNode("x")), DefaultGraph())
    assert "ex:a ex:p <<( ex:a ex:p _:b1 )>> ." in to_trig([quad], PREFIXES)


def test_a_large_graph_comes_back_whole() -> None:
    triples = {
        Triple(NamedNode(f"http://example.org/s{number // 10}"), P, Literal(number))
        for number in range(20_000)
    }
    text = to_turtle(triples, PREFIXES)
    assert {each.triple for each in parse(text, RdfFormat.TURTLE)} == triples
