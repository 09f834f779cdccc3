"""The effect of an update is what the engine does to a store of its own, whatever the operations.

The engine's default graph stands for ``kr:default``. Patterns say which graphs they read, so that
both mean the same by them.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    Store,
)

from orthogramic.errors import QuerySyntaxError
from orthogramic.repository.updating import UpdateSettings, effect_of
from orthogramic.store import EmbeddedStore
from orthogramic.syntax.sparql_tokens import tokens
from orthogramic.vocabulary import KR, XSD

BASE = "http://e/"
SETTINGS = UpdateSettings(plain=True, base_iri=BASE)
NODES = [NamedNode(f"{BASE}{each}") for each in "ab"]
PREDICATES = [NamedNode(f"{BASE}{each}") for each in "pq"]
GRAPHS = [NamedNode(f"{BASE}{each}") for each in "gh"]
VALUES = [*NODES, Literal("1", datatype=XSD.integer), Literal("x", language="en")]

QUADS = st.builds(
    Quad,
    st.sampled_from(NODES),
    st.sampled_from(PREDICATES),
    st.sampled_from(VALUES),
    st.sampled_from([KR.default, *GRAPHS]),
)

subjects = st.sampled_from(["<a>", "<b>"])
predicates = st.sampled_from(["<p>", "<q>"])
values = st.sampled_from(["<a>", "<b>", "01", "'x'@EN", "1.0"])
data_triples = st.builds("{} {} {}".format, subjects, predicates, values)
ends = st.sampled_from(["?s", "?o", "?n", "<a>"])
links = st.sampled_from(["?p", "<p>", "<q>"])
new_ends = st.one_of(ends, st.sampled_from(["_:n", "[ <p> ?s ]", "(?s 1)", "?unbound"]))


def in_graphs(triples: st.SearchStrategy[str], graphs: list[str]) -> st.SearchStrategy[str]:
    block = st.lists(triples, min_size=1, max_size=2).map(" . ".join)
    graph = st.sampled_from(graphs)
    return st.one_of(block, st.builds("GRAPH {} {{ {} }}".format, graph, block))


def one_of_each(block: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return block.map("{{ {} }}".format)


TERMS = ["<g>", "<h>", "?g"]
data = one_of_each(in_graphs(data_triples, ["<g>", "<h>"]))
gone = one_of_each(in_graphs(st.builds("{} {} {}".format, ends, links, ends), TERMS))
come = one_of_each(in_graphs(st.builds("{} {} {}".format, new_ends, links, new_ends), TERMS))
patterns = st.sampled_from(
    [
        "{ GRAPH ?g { ?s ?p ?o } }",
        "{ ?s ?p ?o . GRAPH ?g { ?s ?r ?n } }",
        "{ { ?s <p> ?o } UNION { ?s <q> ?n } OPTIONAL { GRAPH ?g { ?o ?p ?n } } }",
        "{ ?s ?p ?o FILTER NOT EXISTS { ?o ?p ?s } BIND(<h> AS ?g) }",
        "{ ?s <p>/<q>* ?o BIND(1 AS ?n) }",
        "{ { SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?any } GROUP BY ?s } VALUES ?o { <a> 'x' } }",
        "{ ?s ?p ?o MINUS { ?s <p> 1 } }",
        "{ ?s ?p [] BIND(STR(?s) AS ?o) BIND(BNODE() AS ?n) }",
        "{ SELECT DISTINCT ?s ?o { ?s ?p ?o } }",
    ]
)
datasets = st.sampled_from(
    ["USING <g>", "USING <g> USING NAMED <h>", "USING NAMED <g> USING NAMED <h>", ""]
)
withs = st.sampled_from(["WITH <g> ", "WITH <h> ", ""])
places = st.sampled_from(["DEFAULT", "GRAPH <g>", "GRAPH <h>", "<g>"])

operations = st.one_of(
    data.map("INSERT DATA {}".format),
    data.map("DELETE DATA {}".format),
    gone.map("DELETE WHERE {}".format),
    st.builds("{}DELETE {} {} WHERE {}".format, withs, gone, datasets, patterns),
    st.builds("{}INSERT {} {} WHERE {}".format, withs, come, datasets, patterns),
    st.builds("{}DELETE {} INSERT {} {} WHERE {}".format, withs, gone, come, datasets, patterns),
    st.builds(
        "{} SILENT {}".format,
        st.sampled_from(["CLEAR", "DROP"]),
        st.sampled_from(["DEFAULT", "NAMED", "ALL", "GRAPH <g>"]),
    ),
    # The engine empties the target where the source is not there; here nothing is done then.
    st.builds(
        "CREATE SILENT GRAPH <g> ; CREATE SILENT GRAPH <h> ; {} {} TO {}".format,
        st.sampled_from(["ADD", "MOVE", "COPY"]),
        places,
        places,
    ),
)


SEPARATORS = st.sampled_from(["", " ", "\n", "\t", "# } ; DROP ALL\n", "#'\n"])


@st.composite
def dressed(draw: st.DrawFn, text: str) -> str:
    """Write a text with other space between its words, and comments, or without any."""
    pieces: list[str] = []
    for token in tokens(text):
        word = token.text
        if token.kind == "word" and word.isupper():
            word = draw(st.sampled_from([word, word.lower(), word.title()]))
        separator = "" if token.kind == "tag" or not pieces else draw(SEPARATORS)
        # Without these, two words would be one, or a number and a full stop.
        if not separator and pieces and _joins(pieces[-1], word):
            separator = " "
        pieces += [separator, word]
    return "".join(pieces)


def _joins(before: str, word: str) -> bool:
    last, first = before[-1:], word[:1]
    return (last.isalnum() and (first.isalnum() or first in "._:")) or last in "_."


def natively(quads: list[Quad], text: str) -> set[Quad]:
    store = Store()
    store.extend(_moved(each, KR.default, DefaultGraph()) for each in quads)
    store.update(text, base_iri=BASE)
    return canonical(_moved(each, DefaultGraph(), KR.default) for each in store)


def _moved(quad: Quad, source: object, target: NamedNode | DefaultGraph) -> Quad:
    graph = target if quad.graph_name == source else quad.graph_name
    return Quad(quad.subject, quad.predicate, quad.object, graph)


def canonical(quads: object) -> set[Quad]:
    """Return quads with comparable blank nodes, addresses of blank nodes among them."""
    found = Dataset()
    for each in quads:  # type: ignore[attr-defined]
        subject, value = _node(each.subject), _node(each.object)
        found.add(Quad(subject, each.predicate, value, each.graph_name))
    found.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return set(found)


def _node(term: object) -> NamedNode:
    if isinstance(term, NamedNode) and "/.well-known/genid/" in term.value:
        return BlankNode(term.value.rpartition("/")[2])  # type: ignore[return-value]
    return term  # type: ignore[return-value]


def holding(quads: list[Quad], folder: Path | None = None) -> EmbeddedStore:
    store = EmbeddedStore(folder, apart=SETTINGS.apart)
    store.add_in_bulk(quads)
    return store


@settings(max_examples=300, deadline=None)
@given(st.lists(QUADS, max_size=8), st.lists(operations, min_size=1, max_size=4))
def test_effects_are_what_the_engine_does(quads: list[Quad], texts: list[str]) -> None:
    text = " ;\n".join(_relabelled(texts))
    store = holding(quads)
    before = set(store.quads())
    effect = effect_of(text, store, SETTINGS)
    assert set(store.quads()) == before
    # It is net: what goes was there, what comes was not, and nothing comes twice.
    assert set(effect.removed) <= before
    assert not set(effect.added) & before
    assert len(set(effect.added)) == len(effect.added)
    store.apply(effect.removed, effect.added)
    assert canonical(store.quads()) == natively(quads, text)


def _relabelled(texts: list[str]) -> list[str]:
    """A label may not stand in two operations."""
    return [each.replace("_:n", f"_:n{number}") for number, each in enumerate(texts)]


@settings(max_examples=150, deadline=None)
@given(st.lists(QUADS, max_size=6), st.lists(operations, min_size=1, max_size=3), st.data())
def test_space_and_comments_mean_nothing(
    quads: list[Quad], texts: list[str], drawn: st.DataObject
) -> None:
    text = " ;\n".join(_relabelled(texts))
    other = drawn.draw(dressed(text))
    try:
        expected = natively(quads, other)
    except SyntaxError:
        # The engine does not know space in every place, e.g. before the brackets of a function.
        with pytest.raises(QuerySyntaxError):
            effect_of(other, holding(quads), SETTINGS)
        return
    store = holding(quads)
    effect = effect_of(other, store, SETTINGS)
    store.apply(effect.removed, effect.added)
    assert canonical(store.quads()) == expected == natively(quads, text)


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(QUADS, max_size=8), st.lists(operations, min_size=2, max_size=4))
def test_stores_on_disk_have_the_same_effects(
    tmp_path_factory: pytest.TempPathFactory, quads: list[Quad], texts: list[str]
) -> None:
    text = " ;\n".join(_relabelled(texts))
    folder = tmp_path_factory.mktemp("store")
    store = holding(quads, folder / "quads")
    effect = effect_of(text, store, UpdateSettings(plain=True, base_iri=BASE, workspace=folder))
    assert [each.name for each in folder.iterdir()] == ["quads"]
    store.apply(effect.removed, effect.added)
    assert canonical(store.quads()) == natively(quads, text)
    store.close()
