"""How an update is taken apart, what is refused of it, and where it does not parse."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, Store

from orthogramic.errors import QueryRefusedError, QuerySyntaxError
from orthogramic.syntax import explain_syntax_error
from orthogramic.syntax.sparql_certainty import certain
from orthogramic.syntax.sparql_operation import Operation
from orthogramic.syntax.sparql_update import UpdateText
from orthogramic.syntax.sparql_update_reading import names_in, read_update

PROLOGUE = "PREFIX insert: <http://i/> PREFIX where: <http://w/> PREFIX : <http://e/>\n"


def operations(text: str) -> list[Operation]:
    found = read_update(PROLOGUE + text, max_depth=100)
    return list(found.operations)


def only(text: str) -> Operation:
    (operation,) = operations(text)
    return operation


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("", []),
        ("INSERT DATA { }", ["insert-data"]),
        ("INSERTDATA{:a :p '} ; DROP ALL #'}", ["insert-data"]),
        ("INSERT DATA { :a :p 1 } # ; DROP ALL\n;CLEAR ALL", ["insert-data", "clear"]),
        ("DELETE{:a :p '''\n} ; ''' }INSERT{}WHERE{}", ["modify"]),
        ("DELETEWHERE{?s where:insert insert:where};", ["delete-where"]),
        ("DELETE WHERE { :a\\'b\\# <http://e/;#WHERE> ?o }", ["delete-where"]),
        ('INSERT { } WHERE { { { ?s ?p "}" } } FILTER (?s < ?p) }', ["modify"]),
        ("DELETE WHERE { <http://e/\\u0057HERE> ?p ?o } ; DROP ALL", ["delete-where", "drop"]),
        ("INSERT {} WHERE { <http://e/\\u0041#'> ?p ?o } ; DROP ALL #'", ["modify", "drop"]),
        ("LOAD SILENT <http://e/> INTO GRAPH :g ; CREATE GRAPH :g", ["load", "create"]),
        ("addDEFAULTto:g;moveinsert:a TO:g;COPYGRAPHinsert:a TOgraph:g", ["add", "move", "copy"]),
    ],
)
def test_operations_are_told_apart(text: str, kinds: list[str]) -> None:
    assert [each.kind for each in operations(text)] == kinds


def test_graphs_are_read_where_the_grammar_has_them() -> None:
    assert only("withinsert:a DELETE{}INSERT{}WHERE{}").with_graph == "insert:a"
    assert only("CLEARSILENTGRAPHwhere:b").graphs == ("where:b",)
    assert only("clear silent named").graphs == ("NAMED",)
    copied = only("COPYsilentDEFAULTto<http://e/#TO>")
    assert copied.silent
    assert copied.graphs == ("DEFAULT", "<http://e/#TO>")
    text = "INSERT{}USINGinsert:a USING NAMED:b USINGNAMEDwhere:c USING<named:d>WHERE{}"
    using = ((False, "insert:a"), (True, ":b"), (True, "where:c"), (False, "<named:d>"))
    assert only(text).using == using


def test_parts_are_the_text_between_braces() -> None:
    text = PROLOGUE + "DELETE # {\n { ?s :p '}' } INSERT{:a :p {| :q 1 |}}WHERE { {?s ?p ?o} }"
    (operation,) = UpdateText.of(text).operations
    assert operation.delete is not None
    assert operation.insert is not None
    assert operation.where is not None
    assert operation.delete.of(text) == "{ ?s :p '}' }"
    assert operation.insert.of(text) == "{:a :p {| :q 1 |}}"
    assert operation.where.of(text) == "{ {?s ?p ?o} }"
    assert text[operation.where_word :].startswith("WHERE { {")


def test_declarations_hold_from_where_they_stand() -> None:
    text = (
        "PREFIX x: <http://one/> CLEAR GRAPH x:g ;\n"
        "PREFIX x: <http://two/> BASE <http://base/> CLEAR GRAPH x:g ; CLEAR GRAPH <g>"
    )
    update = read_update(text, max_depth=100)
    found = [
        names_in(each.graphs, update.prologue(each))[each.graphs[0]] for each in update.operations
    ]
    assert found == [NamedNode(each) for each in ("http://one/g", "http://two/g", "http://base/g")]


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { :a :p 1 } ;\n INSERT DATA { y:a :p 1 }",
        "INSERT DATA { :a :p 1 } ;\n\nDELETE WHERE {\n ?s ?p [] }",
        "CLEAR ALL ;\nDELEET WHERE { ?s ?p 1 }",
        "DELETE {\n ?s ?p 1\n WHERE { }",
        "INSERT { :a :p 1 } { }",
        "DELETE { :a :p 1 }",
        "CLEAR :g ;\nCLEAR ALL",
    ],
)
def test_what_does_not_parse_is_pointed_at(text: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        operations(text)
    with pytest.raises(SyntaxError) as engine:
        Store().update(PROLOGUE + text)
    said = explain_syntax_error(engine.value, PROLOGUE + text)
    assert (caught.value.line, caught.value.column) == (said.line, said.column)
    assert said.line is not None


def test_a_fault_behind_later_declarations_is_pointed_at() -> None:
    """The engine knows no such declarations; places are still those of the whole text."""
    with pytest.raises(QuerySyntaxError) as caught:
        operations("CLEAR ALL ;\nPREFIX x: <x:> CLEAR ALL ;\n\n  INSERT DATA { y:a :p 1 }")
    assert (caught.value.line, caught.value.column) == (5, 17)
    assert "y:" in caught.value.detail


@pytest.mark.parametrize(
    "text",
    [
        ";",
        "CLEAR ALL ;;",
        "CLEAR ALL CLEAR ALL",
        "INSERT DATA { ?s :p 1 }",
        "DELETE DATA { _:a :p 1 }",
        "DELETE { :a :p [] } WHERE { }",
        "INSERT DATA { _:a :p 1 } ; INSERT DATA { _:a :p 1 }",
        "INSERT DATA { :a :p 'x }",
        "WITH :g CLEAR ALL",
        "SELECT * { }",
        "COPY :a :b",
        "INSERT DATA { :a :p 1 }}",
    ],
)
def test_what_is_no_update_is_refused(text: str) -> None:
    with pytest.raises(QuerySyntaxError):
        operations(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("LOAD <http://e/>", "load-not-allowed"),
        ("CLEAR ALL ; LOADinsert:a INTO GRAPH :g", "load-not-allowed"),
        ("INSERT {} WHERE { SERVICE <http://e/> { ?s ?p ?o } }", "service-not-allowed"),
        ("INSERT {} WHERE { {SERVICE:a{ ?s ?p ?o }} }", "service-not-allowed"),
        ("INSERT DATA { :a :p " + "(" * 101 + ")" * 101 + " }", "query-too-deep"),
        ("INSERT { :a :p " + "[:p " * 101 + "1" + "]" * 101 + " } WHERE {}", "query-too-deep"),
        ("PREFIX x: <x:> " * 9000 + "DELETE WHERE { ?s ?p 1 } ; " * 2000, "query-too-long"),
    ],
)
def test_what_may_not_be_carried_out_is_refused(text: str, reason: str) -> None:
    with pytest.raises(QueryRefusedError) as caught:
        operations(text)
    assert caught.value.reason == reason


HIDDEN = [
    "FILTER(?a<2#>'''\n) SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } #'''\n",
    "FILTER(?a<'>') SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } FILTER(1 != '')",
]


@pytest.mark.parametrize("clause", HIDDEN)
def test_nothing_hides_behind_a_comparison(clause: str) -> None:
    """The engine takes for a comparison what the grammar's tokens make an IRI."""
    query = f"SELECT * {{ BIND('a' AS ?a) {clause} }}"
    with pytest.raises(SyntaxError):
        Store().query(certain(query))
    with pytest.raises(QuerySyntaxError):
        operations(f"INSERT {{}} WHERE {{ BIND('a' AS ?a) {clause} }}")


def test_iris_mean_the_same_when_they_can_mean_nothing_else() -> None:
    query = (
        "SELECT (COUNT(*) AS ?n) { VALUES (?a) { (<x:#a>) (<x:it's>) (<x:b>) }\n"
        "FILTER(?a IN (<x:#a>, <x:it's>) && <http://www.w3.org/2001/XMLSchema#integer>('1') = 1) }"
    )
    (row,) = Store().query(certain(query))  # type: ignore[misc]
    assert row[0].value == "2"
    assert certain("ASK { ?s <x:#a> ?o }") == "ASK { ?s <x:#a> ?o }"
