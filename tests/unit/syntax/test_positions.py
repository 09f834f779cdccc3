"""Places of statements in Turtle and TriG text, counted by hand."""

from __future__ import annotations

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode

from orthogramic.syntax import PositionIndex, statements
from orthogramic.vocabulary import RDF, XSD

E = "http://example.org/"
TURTLE = """\
@prefix ex: <http://example.org/> .
# ex:a ex:p ex:comment .
ex:a a ex:C ;
  ex:p 1 , 'two' ,
    \"\"\"three
lines # of
text\"\"\" ;
  ex:q [ ex:p ex:inner ;
         ex:q ( 1 ex:member ) ] ,
    ex:last .

ex:b ex:p -1.5 , 1e3 , true ; .
ex:a ex:p ex:again .
"""


def node(name: str) -> NamedNode:
    return NamedNode(E + name)


def test_subjects_statements_and_triples_have_lines() -> None:
    index = PositionIndex.of(TURTLE)
    assert index.subject(node("a")) == 3
    assert index.subject(f"{E}b") == 12
    assert index.subject(node("p")) is None
    assert index.statement(node("a"), RDF.type) == 3
    assert index.statement(node("a"), node("p")) == 4
    assert index.statement(node("a"), node("q")) == 8
    assert index.statement(node("b"), node("q")) is None
    assert index.triple(node("a"), node("p"), Literal("two")) == 4
    assert index.triple(node("a"), node("p"), Literal("three\nlines # of\ntext")) == 5
    assert index.triple(node("a"), node("q"), node("last")) == 10
    assert index.triple(node("a"), node("p"), node("again")) == 13
    assert index.triple(node("a"), node("p"), node("comment")) is None
    assert index.triple(node("b"), node("p"), Literal("-1.5", datatype=XSD.decimal)) == 12
    assert index.triple(node("b"), node("p"), Literal("1e3", datatype=XSD.double)) == 12


def test_the_most_specific_place_that_is_known_is_given() -> None:
    index = PositionIndex.of(TURTLE)
    assert index.nearest(node("a"), node("p"), node("again")) == 13
    assert index.nearest(node("a"), node("p"), node("other")) == 4
    assert index.nearest(node("a"), node("other"), node("again")) == 3
    assert index.nearest(node("a")) == 3
    assert index.nearest(node("x"), node("p")) is None


def test_objects_have_columns() -> None:
    found = {(str(each.object), each.line, each.column) for each in statements(TURTLE)}
    assert ('"two"', 4, 12) in found
    assert (f"<{E}inner>", 8, 15) in found
    assert (f"<{E}member>", 9, 19) in found


TRIG = """\
PREFIX : <http://example.org/>
:a :p 1 .
GRAPH :g { :a :p 2 .
  :a :q 3 }
:g { [] :p :a . [ :p :b ] }
{ :c :p () }
_:g { :d :p :e }
[] { :f :p :e }
[ :p :h ] .
"""


def test_graph_blocks_are_walked() -> None:
    found = [
        (str(each.object).partition('"^^')[0], each.line, each.graph) for each in statements(TRIG)
    ]
    default, graph = DefaultGraph(), node("g")
    assert found[:6] == [
        ('"1', 2, default),
        ('"2', 3, graph),
        ('"3', 4, graph),
        (f"<{E}a>", 5, graph),
        (f"<{E}b>", 5, graph),
        (f"<{RDF.nil.value}>", 6, default),
    ]
    assert [line for _, line, _ in found[6:]] == [7, 8, 9]


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        ("@prefix e: <http://e/> . e:a\\-b e:p 1 .", "http://e/a-b"),
        ("@prefix e: <http://e/> . e:a%2D e:p 1 .", "http://e/a%2D"),
        ("PREFIX : <http://e/>\n:a.b :p 1 .", "http://e/a.b"),
        ("PREFIX e: <http://e/> PREFIX e: <http://f/> e:a <http://p> 1 .", "http://f/a"),
        ("<http://e/\\u0061> <http://p> 1 .", "http://e/a"),
        ("<http://e/\\U0001F600> <http://p> 1 .", "http://e/\U0001f600"),
        ("@base <http://e/x/> . <y> <p> 1 .", "http://e/x/y"),
        ("BASE <http://e/x#f> <> <p> 1 .", "http://e/x"),
        ("BASE <http://e/x/y> <../z> <p> 1 .", "http://e/z"),
        ("base <http://e/> BASE <x/> <y> <p> 1 .", "http://e/x/y"),
        ("<y> <p> 1 .", "http://base/y"),
        ('<http://e/a> <http://p> "x" <http://g> .', "http://e/a"),
        ("VERSION '1.2' @version '1.2' . <http://e/a> <http://p> 'x'@en--ltr .", "http://e/a"),
    ],
)
def test_iris_are_resolved(text: str, iri: str) -> None:
    assert PositionIndex.of(text, "http://base/").subject(iri) is not None


def test_what_stands_before_a_fault_is_kept() -> None:
    index = PositionIndex.of(f"<{E}a> <{E}p> 1 .\n<{E}b> <{E}p> ] .\n<{E}c> <{E}p> 1 .")
    assert index.subject(node("a")) == 1
    assert index.subject(node("c")) is None


@pytest.mark.parametrize(
    "text", ["", "@prefix", "x", "<a", "<a> {", "'a' <b> <c> .", "<a> <b> (", "[", "e:a e:b e:c ."]
)
def test_nonsense_gives_an_empty_index(text: str) -> None:
    assert list(statements(text)) == []


def test_deep_nesting_ends_the_walk_without_an_error() -> None:
    text = f"<{E}a> <{E}p> 1 .\n<{E}b> <{E}p> " + "[ <p> " * 5000
    assert PositionIndex.of(text).subject(node("a")) == 1


def test_the_last_of_ten_thousand_lines_is_found() -> None:
    text = f"@prefix ex: <{E}> .\n" + "".join(
        f"ex:s{n} a ex:C ;\n    ex:p 'value {n}'@en ;\n    ex:q ex:o{n} .\n\n" for n in range(2500)
    )
    assert PositionIndex.of(text).subject(node("s2499")) == 9998
