"""The default graph of a query is the set of the triples of all graphs that are not set apart."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Triple

from orthogramic.store import Dataset, EmbeddedStore

GRAPHS = [NamedNode(f"https://graphs.example/{each}") for each in "abc"]
APART = NamedNode("https://graphs.example/apart")
NODES = [NamedNode(f"https://things.example/{each}") for each in "xy"]
ALL = [*GRAPHS, APART]

quads = st.builds(
    Quad,
    st.sampled_from(NODES),
    st.sampled_from(NODES),
    st.one_of(st.sampled_from(NODES), st.sampled_from([Literal("v"), Literal("v", language="en")])),
    st.sampled_from(ALL),
)
steps: st.SearchStrategy[tuple[str, list[Quad], list[Quad]]] = st.one_of(
    st.tuples(st.just("apply"), st.lists(quads, max_size=3), st.lists(quads, max_size=4)),
    st.tuples(st.just("bulk"), st.just([]), st.lists(quads, max_size=4)),
    st.tuples(st.just("clear"), st.just([]), st.just([])),
)
EVERYTHING = "CONSTRUCT WHERE { ?s ?p ?o }"


@settings(max_examples=60, deadline=None)
@given(st.lists(steps, max_size=8), st.lists(st.sampled_from(ALL), unique=True))
def test_merges_are_sets_after_any_edits(
    edits: list[tuple[str, list[Quad], list[Quad]]], chosen: list[NamedNode]
) -> None:
    store = EmbeddedStore(apart=frozenset({APART}))
    held: set[Quad] = set()
    for verb, removed, added in edits:
        if verb == "apply":
            store.apply(removed, added)
            held = (held - set(removed)) | set(added)
        elif verb == "bulk":
            store.add_in_bulk(added)
            held |= set(added)
        else:
            store.clear()
            held = set()
        assert set(store.quads()) == held
        assert store.size() == len(held)
        visible = {each.triple for each in held if each.graph_name != APART}
        _same(store, Dataset(), visible)
        explicit = {each.triple for each in held if each.graph_name in chosen}
        _same(store, Dataset(default=tuple(chosen)), explicit)
        assert set(store.merge()) == visible


def _same(store: EmbeddedStore, dataset: Dataset, expected: set[Triple]) -> None:
    """Rows count repetitions; a graph does not."""
    rows = list(store.query("SELECT ?s ?p ?o WHERE { ?s ?p ?o }", dataset).rows())
    assert len(rows) == len(expected)
    assert set(store.query(EVERYTHING, dataset).triples()) == expected
