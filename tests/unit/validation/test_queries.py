"""Which SPARQL constraints are joins, and how they are read."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode

from orthogramic.validation.compiled.queries import JoinQuery, Pattern, chains, read_query
from orthogramic.validation.compiled.reasons import NotCompiledError

A, B = NamedNode("urn:a"), NamedNode("urn:b")


def test_a_clash_under_one_owner_is_a_join() -> None:
    query = read_query("""
        select distinct $this ?value where {
            $this <urn:a> ?value .
            ?owner <urn:b> $this , ?other .
            ?other <urn:a> ?value
            filter (?other != $this)
        }
    """)
    assert query == JoinQuery(
        selected=("this", "value"),
        patterns=(
            Pattern("this", A, "value"),
            Pattern("owner", B, "this"),
            Pattern("owner", B, "other"),
            Pattern("other", A, "value"),
        ),
        unequal=(("other", "this"),),
    )


def test_patterns_come_in_an_order_in_which_each_is_joined() -> None:
    query = read_query("SELECT ?value { ?x <urn:b> ?value ; a <urn:C> . $this <urn:a> ?x . }")
    assert [each.variables for each in query.patterns] == [("this", "x"), ("x",), ("x", "value")]


def test_the_way_to_each_pattern_is_known() -> None:
    query = read_query("SELECT $this { ?x <urn:a> $this . ?x <urn:b> ?y . ?y <urn:a> ?z }")
    assert [(start, way) for _, start, way in chains(query)] == [
        ("this", ()),
        ("x", ((A, True),)),
        ("y", ((A, True), (B, False))),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "SELECT $this",
        "SELECT $this {",
        "SELECT * { $this <urn:a> ?value }",
        "SELECT ?other { $this <urn:a> ?other }",
        "SELECT $this ?this { $this <urn:a> ?x }",
        "SELECT $this { $this ?p ?x }",
        "SELECT $this { $this <urn:a> 1 }",
        "SELECT $this { $this <urn:a> 'x' }",
        "SELECT $this { $this ex:a ?x }",
        "SELECT $this { $this A ?x }",
        "SELECT $this { $this <relative> ?x }",
        "SELECT $this { $this <urn:a>/<urn:b> ?x }",
        "SELECT $this { $this <urn:a> ?x } LIMIT 1",
        "SELECT $this { $this <urn:a> ?x # remark\n}",
        "SELECT $this { $this <urn:a> ?x <urn:b> ?y }",
        "SELECT $this { $this <urn:a> ?x . FILTER (?x = ?y) }",
        "SELECT $this { $this <urn:a> ?x . FILTER (?x != ?unbound) }",
        "SELECT $this { $this <urn:a> ?x . ?y <urn:a> ?z }",
        "SELECT $this { $this <urn:a> ?x . <urn:y> <urn:a> <urn:z> }",
        "SELECT $this { $this <urn:a> ?x OPTIONAL { $this <urn:b> ?y } }",
        "SELECT $this { $this <urn:a> ?x MINUS { $this <urn:b> ?x } }",
        "SELECT $this ?path { $this <urn:a> ?path }",
        "SELECT $this { $this <urn:a> $currentShape }",
        "SELECT ?failure $this { $this <urn:a> ?failure }",
        "SELECT ?value { ?x <urn:a> ?value }",
        "SELECT?this{<urn:x>a?this}",
        "CONSTRUCT { $this <urn:a> ?x } WHERE { $this <urn:a> ?x }",
    ],
)
def test_any_other_query_is_left_to_pyshacl(text: str) -> None:
    with pytest.raises(NotCompiledError):
        read_query(text)
