"""What updates do to a repository's store, in words that people write."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from orthogramic.errors import (
    ChangeTooLargeError,
    InvalidParameterError,
    ProtectedGraphError,
    QueryRefusedError,
    QuerySyntaxError,
    UnknownGraphError,
    WriteRefusedError,
)
from orthogramic.repository.changes import ChangeSet
from orthogramic.repository.updating import UpdateEffect, UpdateSettings, effect_of
from orthogramic.store import EmbeddedStore, QuadStore
from orthogramic.vocabulary import KR

A, B, C, P, Q, G, H = (NamedNode(f"http://e/{each}") for each in "abcpqgh")
PROLOGUE = "PREFIX : <http://e/> PREFIX kr: <https://orthogramic.com/repository#>\n"
HELD = [
    Quad(A, P, B, KR.default),
    Quad(A, P, C, G),
    Quad(B, P, C, H),
    Quad(B, Q, A, KR.inferred),
    Quad(C, P, A, KR.ontology),
]
SETTINGS = UpdateSettings()


@pytest.fixture(params=["memory", "disk"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[QuadStore]:
    opened = EmbeddedStore(
        tmp_path / "quads" if request.param == "disk" else None, apart=SETTINGS.apart
    )
    opened.apply([], HELD)
    yield opened
    opened.close()


def effect(store: QuadStore, text: str, **options: object) -> UpdateEffect:
    return effect_of(PROLOGUE + text, store, SETTINGS, **options)  # type: ignore[arg-type]


def change(store: QuadStore, text: str) -> tuple[set[Quad], set[Quad]]:
    found = effect(store, text)
    return set(found.removed), set(found.added)


# -- which graphs are read and written ---------------------------------------------------------


def test_a_pattern_reads_what_a_query_reads_and_writes_into_the_default_graph(
    store: QuadStore,
) -> None:
    copied = {Quad(s, NamedNode("http://e/n"), o, KR.default) for s, o in ((A, B), (A, C), (B, C))}
    inferred = Quad(B, NamedNode("http://e/n"), A, KR.default)
    text = "INSERT { ?s :n ?o } WHERE { ?s ?p ?o }"
    assert change(store, text) == (set(), copied | {inferred})


@pytest.mark.parametrize(
    ("clause", "objects"),
    [
        ("WITH :g INSERT { ?s :n ?o } WHERE { ?s ?p ?o }", {(C, G)}),
        ("WITH :g INSERT { ?s :n ?o } USING :h WHERE { ?s ?p ?o }", {(C, G)}),
        ("INSERT { ?s :n ?o } USING :g USING :h WHERE { ?s ?p ?o }", {(C, KR.default)}),
        ("INSERT { ?s :n ?o } USING NAMED :g WHERE { GRAPH ?g { ?s ?p ?o } }", {(C, KR.default)}),
        ("INSERT { ?s :n ?o } USING NAMED :g WHERE { ?s ?p ?o }", set()),
        ("INSERT { ?s :n ?o } USING :h WHERE { GRAPH ?g { ?s ?p ?o } }", set()),
        ("INSERT { ?s :n ?o } WHERE { GRAPH kr:inferred { ?s ?p ?o } }", {(A, KR.default)}),
        ("INSERT { ?s :n ?o } WHERE { GRAPHkr:ontology{ ?s ?p ?o } }", {(A, KR.default)}),
    ],
)
def test_datasets_in_the_text(
    store: QuadStore, clause: str, objects: set[tuple[NamedNode, NamedNode]]
) -> None:
    removed, added = change(store, clause)
    assert not removed
    assert {(each.object, each.graph_name) for each in added} == objects


def test_datasets_in_the_request(store: QuadStore) -> None:
    text = "DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } ?s ?any ?o }"
    found = effect(store, text, using=["http://e/g"], using_named=["http://e/g"])
    assert found.removed == (Quad(A, P, C, G),)
    for clause in ("WITH :g DELETE { ?s ?p 1 }", "DELETE { ?s ?p 1 } USING :g"):
        with pytest.raises(InvalidParameterError):
            effect(store, f"{clause} WHERE {{ ?s ?p 1 }}", using=["http://e/g"])
    with pytest.raises(InvalidParameterError):
        effect(store, text, using=["no IRI"])


def test_graph_variables_reach_data_only(store: QuadStore) -> None:
    data = {each for each in HELD if each.graph_name in {KR.default, G, H}}
    assert change(store, "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }") == (data, set())
    text = "DELETE { GRAPH ?g { ?s ?p ?o } } INSERT { GRAPH ?g { ?s :n ?o } }"
    removed, added = change(store, f"{text} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}")
    assert removed == data
    assert {each.graph_name for each in added} == {KR.default, G, H}


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { GRAPH kr:inferred { :a :p :a } }",
        "DELETE DATA { GRAPH kr:ontology { :c :p :a } }",
        "WITH kr:inferred DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "DELETE WHERE { GRAPH kr:inferred { ?s ?p ?o } }",
        "INSERT { GRAPH ?g { :a :p :a } } WHERE { BIND(kr:commits AS ?g) }",
        "CLEAR GRAPH kr:ontology",
        "DROP SILENT GRAPH kr:shapes",
        "CREATE GRAPH kr:datasets",
        "ADD :g TO kr:inferred",
        "MOVE kr:inferred TO :g",
    ],
)
def test_system_graphs_are_not_changed(store: QuadStore, text: str) -> None:
    with pytest.raises(ProtectedGraphError):
        effect(store, text)


def test_system_graphs_may_be_spoken_of_if_nothing_would_change(store: QuadStore) -> None:
    assert change(store, "INSERT DATA { GRAPH kr:ontology { :c :p :a } }") == (set(), set())
    assert change(store, "DELETE DATA { GRAPH kr:inferred { :c :p :a } }") == (set(), set())
    assert change(store, "ADD kr:inferred TO :g") == (set(), {Quad(B, Q, A, G)})


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("CLEAR DEFAULT", {KR.default}),
        ("DROP NAMED", {G, H}),
        ("CLEAR ALL", {KR.default, G, H}),
        ("DROP GRAPH :g", {G}),
        ("CLEAR SILENT GRAPH :nowhere", set()),
    ],
)
def test_whole_graphs(store: QuadStore, text: str, gone: set[NamedNode]) -> None:
    assert change(store, text) == ({each for each in HELD if each.graph_name in gone}, set())


def test_graphs_that_are_not_there_or_are_there_already(store: QuadStore) -> None:
    for text in ("CLEAR GRAPH :n", "DROP GRAPH :n", "COPY :n TO :g", "MOVE :n TO DEFAULT"):
        with pytest.raises(UnknownGraphError):
            effect(store, text)
    with pytest.raises(WriteRefusedError):
        effect(store, "CREATE GRAPH :g")
    # A source that is not there does not empty the target.
    assert change(store, "COPY SILENT :n TO :g; MOVE SILENT :n TO DEFAULT") == (set(), set())
    # Within one update, graphs that were made or emptied are there.
    text = "CREATE GRAPH :n; CLEAR GRAPH :n; CLEAR GRAPH :g; DROP GRAPH :g; CREATE GRAPH :g"
    assert change(store, text) == ({Quad(A, P, C, G)}, set())


# -- sequences ---------------------------------------------------------------------------------


def test_what_comes_and_goes_is_no_change(store: QuadStore) -> None:
    text = "INSERT DATA { :x :p 01.50 } ; DELETE DATA { :x :p 1.5 }"
    assert change(store, text) == (set(), set())
    text = "DELETE DATA { :a :p :b } ; INSERT { ?s :p :b } WHERE { GRAPH :g { ?s :p :c } }"
    assert change(store, text) == (set(), set())


def test_operations_see_what_those_before_them_did(store: QuadStore) -> None:
    text = (
        "INSERT DATA { :x :p :y } ; INSERT { ?o :q ?s } WHERE { ?s :p ?o FILTER(?s = :x) } ;\n"
        "DELETE { :x :p ?o } INSERT { GRAPH :h { ?o :seen ?n } }\n"
        "WHERE { ?o :q :x { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } }"
    )
    removed, added = change(store, text)
    y = NamedNode("http://e/y")
    seen = [each for each in added if each.graph_name == H]
    assert removed == set()
    assert added - set(seen) == {Quad(y, Q, NamedNode("http://e/x"), KR.default)}
    # Four of the merge, and two that came.
    assert [each.object.value for each in seen] == ["6"]  # type: ignore[union-attr]
    assert set(store.quads()) == set(HELD)


def test_operations_see_what_follows_from_those_before_them(store: QuadStore) -> None:
    def follow(change: ChangeSet, _store: QuadStore) -> ChangeSet:
        def inverse(quads: tuple[Quad, ...]) -> tuple[Quad, ...]:
            return tuple(Quad(each.object, Q, each.subject, KR.inferred) for each in quads)  # type: ignore[arg-type]

        return ChangeSet(inverse(change.removed), inverse(change.added))

    text = (
        "INSERT DATA { :x :p :y } ; INSERT { ?o :saw ?s } WHERE { ?o :q ?s } ;"
        "DELETE DATA { :x :p :y } ; INSERT { ?o :still ?s } WHERE { ?o :q ?s }"
    )
    found = effect_of(PROLOGUE + text, store, UpdateSettings(follow=follow))
    pairs = {
        (each.predicate.value.rpartition("/")[2], each.subject, each.object) for each in found.added
    }
    x, y = NamedNode("http://e/x"), NamedNode("http://e/y")
    assert {each for each in pairs if each[1] == y} == {("saw", y, x)}
    assert ("still", B, A) in pairs


def test_copies_go_again(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path / "quads", apart=SETTINGS.apart)
    store.apply([], HELD)
    (tmp_path / "updating-left-behind").mkdir()
    settings = UpdateSettings(workspace=tmp_path)
    text = "INSERT DATA { :x :p 1 } ; DELETE WHERE { ?s :p 1 }"
    assert effect_of(PROLOGUE + text, store, settings).added == ()
    assert [each.name for each in tmp_path.iterdir()] == ["quads"]
    with pytest.raises(UnknownGraphError):
        effect_of(f"{PROLOGUE}{text} ; DROP GRAPH :n", store, settings)
    assert [each.name for each in tmp_path.iterdir()] == ["quads"]
    store.close()


# -- blank nodes and templates -----------------------------------------------------------------


def test_blank_nodes_are_new_for_each_solution_and_shared_within_it(store: QuadStore) -> None:
    text = (
        "INSERT { ?s :has _:n . _:n :list (1 ?o) GRAPH :g { _:n :of ?s } }"
        "WHERE { ?s :p ?o BIND(1 AS ?one) }"
    )
    _, added = change(store, text)
    has = [each for each in added if each.predicate.value.endswith("has")]
    assert len({each.object for each in has}) == 3
    assert all(isinstance(each.object, NamedNode) for each in has)
    assert {Quad(each.object, NamedNode("http://e/of"), each.subject, G) for each in has} <= added  # type: ignore[arg-type]
    assert not any("_:" in str(each) for each in added)
    assert not added & set(effect(store, text).added)


def test_one_label_is_one_node_in_an_operation(store: QuadStore) -> None:
    _, added = change(store, "INSERT DATA { :x :p _:n GRAPH :g { _:n :p [ :q 1 ] } }")
    assert len(added) == 3
    assert len({each.subject for each in added}) == 3


def test_nodes_that_a_pattern_makes(store: QuadStore) -> None:
    text = (
        "INSERT { ?s :own ?a, ?b . :x :one ?c . :x ?a ?s GRAPH ?a { :x :p :y } }"
        "WHERE { ?s :p ?o BIND(BNODE() AS ?a) BIND(BNODE('x') AS ?b)"
        "{ SELECT (BNODE() AS ?c) {} } }"
    )
    _, added = change(store, text)
    own = {each.object for each in added if each.predicate.value.endswith("own")}
    one = {each.object for each in added if each.predicate.value.endswith("one")}
    # A blank node is neither a predicate nor the name of a graph.
    assert len(added) == len(own) + len(one)
    assert (len(own), len(one)) == (6, 1)


def test_what_is_no_statement_is_left_out(store: QuadStore) -> None:
    text = "INSERT { ?v :p 1 . ?none :p 1 . :x ?v 1 . :x :p ?v GRAPH ?v { :x :p 2 } }"
    _, added = change(
        store, f"{text} WHERE {{ VALUES ?v {{ 'text' }} OPTIONAL {{ ?none :zz 1 }} }}"
    )
    x = NamedNode("http://e/x")
    assert added == {Quad(x, P, Literal("text"), KR.default)}


# -- bounds, refusals and notes ----------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { :x :p 1, 2, 3, 4 }",
        "INSERT DATA { :x :p 1, 2 } ; INSERT DATA { :x :p 3, 4 }",
        "INSERT { ?s ?p [] , [] } WHERE { ?s ?p ?o }",
        "INSERT { :x :p ?a } WHERE { VALUES ?a { 1 2 3 4 } }",
        "CLEAR NAMED ; INSERT DATA { :x :p 1, 2 }",
    ],
)
def test_changes_have_a_bound(store: QuadStore, text: str) -> None:
    with pytest.raises(ChangeTooLargeError) as caught:
        effect(store, text, limit=3)
    assert caught.value.limit == 3
    effect(store, text, limit=12)


def test_what_changes_nothing_is_not_counted(store: QuadStore) -> None:
    text = "INSERT { ?s :p :b } WHERE { VALUES ?s { :a } VALUES ?n { 1 2 3 4 } }"
    assert effect(store, text, limit=0).operations[0].matched == 4


def test_refusals(store: QuadStore) -> None:
    with pytest.raises(QueryRefusedError):
        effect(store, "LOAD <http://127.0.0.1:9/>")
    with pytest.raises(QueryRefusedError):
        effect(store, "INSERT {} WHERE { SERVICE SILENT <http://127.0.0.1:9/> {} }")
    with pytest.raises(QuerySyntaxError):
        effect(store, "CLEAR ALL CLEAR ALL")
    left_out = effect(store, "LOAD SILENT <http://127.0.0.1:9/> ; CLEAR DEFAULT")
    assert left_out.removed == (HELD[0],)
    assert "Operation 1" in left_out.notes[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("DELETE { ?s ?p :c } WHERE { ?s ?p :c }", ["<http://e/g>", "<http://e/h>", "GRAPH"]),
        ("DELETE DATA { :a :p :c }", ["<http://e/g> (1 statement)"]),
        ("WITH :g DELETE { :b :p :c } WHERE { }", ["from <http://e/g>", "<http://e/h>"]),
        ("DELETE DATA { :b :q :a }", ["inferred", "goes when those go"]),
    ],
)
def test_who_names_no_graph_is_told_where_things_stand(
    store: QuadStore, text: str, said: list[str]
) -> None:
    found = effect(store, text)
    assert found.removed == ()
    (note,) = found.notes
    assert all(each in note for each in said)


def test_nothing_is_said_where_there_is_nothing_to_say(store: QuadStore) -> None:
    assert effect(store, "DELETE DATA { :a :p :b } ; DELETE DATA { :nobody :p :b }").notes == ()


def test_operations_are_counted(store: QuadStore) -> None:
    text = "INSERT DATA { :x :p 1 } ; DELETE { ?s ?p ?o } INSERT { ?s :n ?o } WHERE { ?s ?p ?o }"
    first, second = effect(store, text).operations
    assert (first.kind, first.matched, first.removed, first.added) == ("insert-data", None, 0, 1)
    assert (second.kind, second.matched, second.removed, second.added) == ("modify", 5, 2, 5)


def test_large_updates_are_read_in_one_go() -> None:
    """Anything worse than linear takes minutes for this many."""
    store = EmbeddedStore(apart=SETTINGS.apart)
    triples = "\n".join(f":s{each} :p 'GRAPH {{ ; {each}' ." for each in range(100_000))
    found = effect(store, f"INSERT DATA {{ {triples} }} ; DELETE DATA {{ :s7 :p 'nothing' }}")
    assert len(found.added) == 100_000


def test_a_plain_unnamed_graph_is_reached_by_its_name_only(store: QuadStore) -> None:
    settings = UpdateSettings(unnamed=G, plain=True)
    for pattern, expected in (
        ("?s ?p ?o", {(A, C)}),
        ("GRAPH :g { ?s ?p ?o }", {(A, C)}),
        ("GRAPH ?g { ?s ?p ?o }", {(A, B), (B, C)}),
    ):
        text = f"{PROLOGUE}INSERT {{ ?s :n ?o }} WHERE {{ {pattern} }}"
        found = effect_of(text, store, settings).added
        assert {(each.subject, each.object) for each in found} == expected
        assert {each.graph_name for each in found} == {G}
