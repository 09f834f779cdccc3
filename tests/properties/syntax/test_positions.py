"""The walker over Turtle and TriG finds exactly what the parsers find."""

from __future__ import annotations

import rdflib
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse, serialize

from orthogramic.syntax import PositionIndex, statements, to_trig, to_turtle
from tests.properties.syntax.strategies import DATASETS, GRAPHS_WITH_LISTS, PREFIXES


def comparable(quads: list[Quad]) -> list[tuple[str, ...]]:
    """Statements with blank nodes levelled, in order."""
    return sorted(
        tuple(
            str(part) if not str(part).startswith("_:") else "_:"
            for part in (quad.subject, quad.predicate, quad.object, quad.graph_name)
        )
        for quad in quads
    )


def assert_agrees(text: str, rdf_format: RdfFormat) -> None:
    found = [
        Quad(each.subject, each.predicate, each.object, each.graph) for each in statements(text)
    ]
    assert comparable(list(set(found))) == comparable(list(set(parse(text, rdf_format))))


def readable(text: str) -> bool:
    try:
        list(parse(text, RdfFormat.TURTLE))
    except SyntaxError:
        return False
    return True


@given(GRAPHS_WITH_LISTS)
def test_turtle_of_pyoxigraph(graph: list[Triple]) -> None:
    text = serialize(graph, format=RdfFormat.TURTLE, prefixes={"ex": "http://example.org/"})
    assert text is not None
    assert_agrees(text.decode(), RdfFormat.TURTLE)


@given(DATASETS)
def test_trig_of_pyoxigraph(dataset: list[Quad]) -> None:
    text = serialize(dataset, format=RdfFormat.TRIG, prefixes={"ex": "http://example.org/"})
    assert text is not None
    assert_agrees(text.decode(), RdfFormat.TRIG)


@given(GRAPHS_WITH_LISTS, st.sampled_from(["turtle", "longturtle", "nt"]))
@settings(max_examples=60, deadline=None)
def test_turtle_of_rdflib(graph: list[Triple], name: str) -> None:
    triples = serialize(graph, format=RdfFormat.N_TRIPLES)
    assert triples is not None
    other = rdflib.Graph().parse(data=triples, format="nt")
    other.bind("ex", "http://example.org/")
    text = other.serialize(format=name)
    # rdflib writes a long string that ends in \" so that nobody can read it again.
    assume(readable(text))
    assert_agrees(text, RdfFormat.TURTLE)


@given(DATASETS)
def test_our_own_texts(dataset: list[Quad]) -> None:
    assert_agrees(to_trig(dataset, PREFIXES), RdfFormat.TRIG)


@given(GRAPHS_WITH_LISTS)
def test_a_triple_stands_where_the_index_says(graph: list[Triple]) -> None:
    text = to_turtle(graph, PREFIXES)
    lines = text.split("\n")
    index = PositionIndex.of(text)
    for triple in graph:
        if not isinstance(triple.subject, NamedNode):
            continue
        assert index.subject(triple.subject) is not None
        line = index.statement(triple.subject, triple.predicate)
        assert line is not None
        if isinstance(triple.object, NamedNode):
            place = index.triple(triple.subject, triple.predicate, triple.object)
            assert place is not None
            assert place >= line
            name = triple.object.value
            for namespace in sorted(PREFIXES.values(), key=len, reverse=True):
                name = name.removeprefix(namespace)
            assert (
                name in lines[place - 1] or "()" in lines[place - 1] or ":nil" in lines[place - 1]
            )


@given(st.text(st.sampled_from("<>ab:.;,[](){}\"'@# \n\\123"), max_size=60))
def test_any_text_can_be_walked(text: str) -> None:
    for statement in statements(text):
        assert 1 <= statement.line <= text.count("\n") + 1
        assert statement.column >= 1
