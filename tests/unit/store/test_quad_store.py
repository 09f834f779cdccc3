"""What every place where quads live must do, told once for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Triple

from orthogramic.errors import (
    NotAcceptableError,
    QueryRefusedError,
    QuerySyntaxError,
    StoreInUseError,
    StoreUnavailableError,
)
from orthogramic.store import Dataset, EmbeddedStore, QuadStore, SparqlAnswer
from orthogramic.syntax import RdfSyntax, ResultFormat

A, B, APART = (NamedNode(f"https://graphs.example/{each}") for each in ("a", "b", "apart"))
X, Y, P = (NamedNode(f"https://things.example/{each}") for each in "xyp")
ONE, TWO, THREE = Literal("one"), Literal("two"), Literal("three", language="en")

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
COUNT_NAMED = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"


@pytest.fixture(params=["memory", "disk"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[QuadStore]:
    path = tmp_path / "quads" if request.param == "disk" else None
    opened = EmbeddedStore(path, apart=frozenset({APART}))
    opened.apply(
        [],
        [
            Quad(X, P, ONE, A),
            Quad(X, P, ONE, B),
            Quad(X, P, TWO, B),
            Quad(Y, P, THREE, APART),
        ],
    )
    yield opened
    opened.close()


def number(answer: SparqlAnswer) -> int:
    ((cell,),) = answer.rows()
    assert isinstance(cell, Literal)
    return int(cell.value)


@pytest.mark.parametrize(
    ("dataset", "expected"),
    [
        pytest.param(Dataset(), 2, id="merge-counts-a-shared-triple-once"),
        pytest.param(Dataset(default=(A,)), 1, id="one-graph"),
        pytest.param(Dataset(default=(A, B)), 2, id="explicit-graphs-are-merged-too"),
        pytest.param(Dataset(default=(A, A)), 1, id="a-graph-given-twice"),
        pytest.param(Dataset(default=(A, APART)), 2, id="disjoint-graphs"),
        pytest.param(Dataset(default=()), 0, id="no-graph"),
    ],
)
def test_the_default_graph_is_a_merge(store: QuadStore, dataset: Dataset, expected: int) -> None:
    assert number(store.query(COUNT, dataset)) == expected


@pytest.mark.parametrize(
    ("dataset", "expected"),
    [
        pytest.param(Dataset(), 4, id="all"),
        pytest.param(Dataset(named=(B,)), 2, id="one"),
        pytest.param(Dataset(named=()), 0, id="none"),
        pytest.param(Dataset(default=(A, B), named=(APART,)), 1, id="beside-a-merge"),
        pytest.param(Dataset(default=(A, B)), 4, id="all-beside-a-merge"),
    ],
)
def test_named_graphs_are_those_given(store: QuadStore, dataset: Dataset, expected: int) -> None:
    assert number(store.query(COUNT_NAMED, dataset)) == expected


@pytest.mark.parametrize(
    ("clause", "expected"),
    [(f"FROM {A}", 1), (f"FROM {APART}", 1), ("FROM <https://graphs.example/none>", 0)],
)
def test_a_from_clause_holds_where_the_dataset_says_nothing(
    store: QuadStore, clause: str, expected: int
) -> None:
    text = COUNT.replace("WHERE", f"{clause} WHERE")
    assert number(store.query(text, Dataset())) == expected
    assert number(store.query(text, Dataset(default=(B,)))) == 2


@pytest.mark.parametrize(
    ("clause", "default", "named"),
    [
        pytest.param(f"FROM {A} FROM {B}", 2, 0, id="merged"),
        pytest.param(f"from{B}FROM{A}FROM {A}", 2, 0, id="glued-and-repeated"),
        pytest.param(f"FROM {A} FROM NAMED {APART} FROM {B}", 2, 1, id="beside-named"),
        pytest.param("FROM <a> FROM g:b FROM NAMED own:a", 2, 1, id="short"),
        pytest.param(f"FROM {A} FROM <https://graphs.example/none>", 1, 0, id="one-is-empty"),
    ],
)
def test_graphs_of_a_from_clause_are_merged(
    store: QuadStore, clause: str, default: int, named: int
) -> None:
    text = "PREFIX own: <https://graphs.example/> # FROM <c> FROM <d>\n"
    given: dict[str, Any] = {
        "prefixes": {"g": "https://graphs.example/"},
        "base_iri": "https://graphs.example/",
    }
    for query, expected in ((COUNT, default), (COUNT_NAMED, named)):
        asked = text + query.replace("WHERE", f"{clause} WHERE")
        assert number(store.query(asked, Dataset(), **given)) == expected
    with pytest.raises(QuerySyntaxError):
        store.query(f"SELECT * FROM {A} FROM none:x WHERE {{ ?s ?p ?o }}", Dataset())


def test_a_binding_is_a_term_whatever_it_holds(store: QuadStore) -> None:
    hostile = Literal('" } ; DROP ALL #')
    store.apply([], [Quad(Y, P, hostile, A)])
    text = "SELECT ?s ?o WHERE { ?s ?p ?o }"
    answer = store.query(text, Dataset(), bindings={"o": hostile})
    assert list(answer.rows()) == [(Y, hostile)]
    assert store.size() == 5


def test_prefixes_and_a_base_are_those_given(store: QuadStore) -> None:
    answer = store.query(
        "SELECT ?o WHERE { <x> t:p ?o } ORDER BY ?o",
        Dataset(),
        prefixes={"t": "https://things.example/"},
        base_iri="https://things.example/",
    )
    assert answer.variables == ("o",)
    assert list(answer.rows()) == [(ONE,), (TWO,)]


def test_an_unbound_cell_is_none(store: QuadStore) -> None:
    answer = store.query("SELECT ?s ?none WHERE { ?s ?p 'two' }", Dataset())
    assert list(answer.rows()) == [(X, None)]


def test_a_fault_in_the_text_has_line_and_column(store: QuadStore) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        store.query("SELECT *\nWHERE { ?s ?p }", Dataset())
    assert (caught.value.line, caught.value.column) == (2, 9)


def test_an_unknown_function_is_refused(store: QuadStore) -> None:
    with pytest.raises(QueryRefusedError) as caught:
        store.query("SELECT (<https://f.example/f>(1) AS ?n) WHERE {}", Dataset())
    assert caught.value.reason == "not-supported"


def test_the_three_kinds_of_answer(store: QuadStore) -> None:
    select = store.query(COUNT, Dataset())
    assert (select.form, select.boolean, select.is_graph) == ("select", None, False)
    assert list(select.triples()) == []
    ask = store.query("ASK { ?s ?p 'two' }", Dataset())
    assert (ask.form, ask.boolean, ask.variables, list(ask.rows())) == ("ask", True, (), [])
    graph = store.query("CONSTRUCT WHERE { ?s ?p 'two' }", Dataset())
    assert (graph.is_graph, graph.boolean) == (True, None)
    assert list(graph.triples()) == [Triple(X, P, TWO)]


@pytest.mark.parametrize(
    ("text", "media", "expected"),
    [
        ("SELECT ?o WHERE { ?s ?p ?o } ORDER BY ?o", ResultFormat.CSV, b"o\r\none\r\ntwo\r\n"),
        ("ASK {}", ResultFormat.JSON, b'{"head":{},"boolean":true}'),
        (
            "CONSTRUCT WHERE { ?s ?p 'two' }",
            RdfSyntax.NTRIPLES,
            b'<https://things.example/x> <https://things.example/p> "two" .\n',
        ),
    ],
)
def test_answers_as_bytes(
    store: QuadStore, text: str, media: ResultFormat | RdfSyntax, expected: bytes
) -> None:
    assert b"".join(store.query(text, Dataset()).serialize(media)) == expected


@pytest.mark.parametrize(
    ("text", "media"),
    [
        ("CONSTRUCT WHERE { ?s ?p ?o }", ResultFormat.JSON),
        ("SELECT * WHERE { ?s ?p ?o }", RdfSyntax.TURTLE),
        ("ASK {}", ResultFormat.CSV),
        ("ASK {}", ResultFormat.TSV),
    ],
)
def test_a_format_that_cannot_hold_the_answer(
    store: QuadStore, text: str, media: ResultFormat | RdfSyntax
) -> None:
    with pytest.raises(NotAcceptableError):
        store.query(text, Dataset()).serialize(media)


def test_patterns_see_asserted_quads_only(store: QuadStore) -> None:
    assert {str(each) for each in store.quads()} == {
        str(Quad(X, P, ONE, A)),
        str(Quad(X, P, ONE, B)),
        str(Quad(X, P, TWO, B)),
        str(Quad(Y, P, THREE, APART)),
    }
    assert list(store.quads(X, P, TWO)) == [Quad(X, P, TWO, B)]
    assert list(store.quads(Y, None, None, APART)) == [Quad(Y, P, THREE, APART)]
    assert list(store.quads(Y, None, None, A)) == []


def test_the_merge_comes_by_subject_without_what_is_apart(store: QuadStore) -> None:
    store.apply([], [Quad(Y, P, ONE, A), Quad(X, P, THREE, A), Quad(Y, P, TWO, A)])
    subjects = [each.subject for each in store.merge()]
    assert len(subjects) == 5
    assert subjects in ([X, X, X, Y, Y], [Y, Y, X, X, X])


def test_sizes_and_graphs(store: QuadStore) -> None:
    assert store.size() == 4
    assert [store.size(each) for each in (A, B, APART)] == [1, 2, 1]
    assert store.graphs() == (A, APART, B)
    store.apply([Quad(X, P, ONE, A)], [])
    assert store.graphs() == (APART, B)
    assert store.size(A) == 0


def test_what_is_both_removed_and_added_is_there(store: QuadStore) -> None:
    quad = Quad(X, P, ONE, A)
    store.apply([quad], [quad])
    assert list(store.quads(X, P, ONE, A)) == [quad]
    assert number(store.query(COUNT, Dataset())) == 2


def test_a_triple_leaves_the_merge_with_its_last_graph(store: QuadStore) -> None:
    asks = f"ASK {{ {X} {P} 'one' }}"
    store.apply([Quad(X, P, ONE, A)], [])
    assert store.query(asks, Dataset()).boolean is True
    store.apply([Quad(X, P, ONE, B)], [])
    assert store.query(asks, Dataset()).boolean is False


def test_removing_what_is_not_there_removes_nothing(store: QuadStore) -> None:
    store.apply([Quad(X, P, TWO, A), Quad(Y, P, TWO, APART)], [])
    assert store.size() == 4
    assert number(store.query(COUNT, Dataset())) == 2


def test_an_interrupted_change_is_no_change(store: QuadStore) -> None:
    """The second quad cannot stand in an update, so the first must not either."""
    with pytest.raises(AttributeError):
        store.apply([Quad(X, P, ONE, A)], [Quad(X, P, TWO, A), None])  # type: ignore[list-item]
    assert store.size() == 4
    assert list(store.quads(X, P, ONE, A)) == [Quad(X, P, ONE, A)]


def test_bulk_keeps_the_merge(store: QuadStore) -> None:
    """More than one batch, with repetitions."""
    many = [Quad(X, P, Literal(str(each)), A) for each in range(60_000)]
    store.add_in_bulk(iter([*many, *many[:10]]))
    assert number(store.query(COUNT, Dataset())) == 60_002


def test_a_cleared_store_is_empty(store: QuadStore) -> None:
    store.clear()
    assert (store.size(), store.graphs()) == (0, ())
    assert number(store.query(COUNT, Dataset())) == 0


def test_reading_goes_on_while_something_is_written(store: QuadStore) -> None:
    answer = store.query("SELECT ?o WHERE { ?s ?p ?o }", Dataset())
    store.apply([Quad(X, P, TWO, B)], [Quad(X, P, Literal("new"), B)])
    assert {row[0] for row in answer.rows()} == {ONE, TWO}


def test_a_directory_is_opened_once(tmp_path: Path) -> None:
    first = EmbeddedStore(tmp_path / "quads")
    with pytest.raises(StoreInUseError):
        EmbeddedStore(tmp_path / "quads")
    first.close()
    EmbeddedStore(tmp_path / "quads").close()


def test_what_is_no_directory_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "quads").write_text("a file", encoding="utf-8")
    with pytest.raises(StoreUnavailableError):
        EmbeddedStore(tmp_path / "quads")


def test_a_directory_keeps_what_was_put_into_it(tmp_path: Path) -> None:
    first = EmbeddedStore(tmp_path / "quads")
    first.apply([], [Quad(X, P, ONE, A)])
    first.backup(tmp_path / "copy")
    first.apply([Quad(X, P, ONE, A)], [])
    first.close()
    original, copy = EmbeddedStore(tmp_path / "quads"), EmbeddedStore(tmp_path / "copy")
    assert list(original.quads()) == []
    assert list(copy.quads()) == [Quad(X, P, ONE, A)]
    assert number(copy.query(COUNT, Dataset())) == 1
    original.close()
    copy.close()


def test_quads_are_held_where_they_stand(store: QuadStore) -> None:
    assert store.holds(Quad(X, P, ONE, A))
    assert store.holds(Quad(Y, P, THREE, APART))
    assert not store.holds(Quad(X, P, TWO, A))
    assert not store.holds(Quad(X, P, Literal("one", language="en"), A))


def test_what_was_looked_at_is_what_is_evaluated(store: QuadStore) -> None:
    """For the engine alone, a comparison and a string; for the grammar's tokens, an IRI."""
    with pytest.raises(QuerySyntaxError):
        store.query("SELECT * { BIND('a' AS ?a) FILTER(?a<'>') FILTER(1 != '') }", Dataset())
    text = "ASK { VALUES (?a) { (<x:#a>) } FILTER(?a IN (<x:#a>)) }"
    assert store.query(text, Dataset()).boolean
