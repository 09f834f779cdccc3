"""Laws of exchange files, for any small graph: valid, legal, nothing lost, order meaningless."""

from __future__ import annotations

import random
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from orthogramic.exchange.archimate import legal_relationships
from orthogramic.exchange.archimate.identifiers import identifier
from tests.exchange.archimate_file import check, read
from tests.exchange.archimate_toy import MAPPED, UNMAPPED, ident, term, written

RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
KR = "https://orthogramic.com/repository#"
NODES = st.sampled_from([ident(each) for each in "abcdefg"])
CLASSES = st.sampled_from(
    [
        *(term(each) for each in ("Ship", "Tug", "Quay", "Buoy", "Hold", "Crate", "Unheard")),
        NamedNode(f"{KR}QualifiedRelationship"),
    ]
)
LINKS = st.sampled_from(
    [
        *(term(each) for each in ("moorsAt", "moors", "owns", "loads", "sees", "crateFor")),
        *(term(each) for each in ("hasHold", "holdOf", "hasCrate", "unheard")),
        *(NamedNode(KR + each) for each in ("source", "target")),
    ]
)
ATTRIBUTES = st.sampled_from([term(each) for each in ("caption", "number", "story", "depth", "x")])
TEXTS = st.builds(
    Literal,
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    language=st.sampled_from([None, "en", "de-at"]),
)
GRAPHS = st.sampled_from([NamedNode("https://harbour.example/graph/1"), NamedNode("urn:graph:2")])
QUADS = st.one_of(
    st.builds(Quad, NODES, st.just(RDF_TYPE), CLASSES, GRAPHS),
    st.builds(Quad, NODES, LINKS, NODES, GRAPHS),
    st.builds(Quad, NODES, ATTRIBUTES, TEXTS, GRAPHS),
    st.builds(
        Quad,
        NODES,
        st.just(NamedNode(f"{KR}property")),
        st.sampled_from([term("moorsAt"), term("moors")]),
        GRAPHS,
    ),
)
#: Direction and symmetry as the harbour declares them, written down again for comparison.
FORWARD = {
    "moorsAt": "moorsAt",
    "moors": "moorsAt",
    "sees": "sees",
    "owns": "owns",
    "loads": "loads",
}


@settings(deadline=None)
@given(st.lists(QUADS, max_size=25), st.booleans(), st.integers(0, 9))
def test_any_graph_makes_a_valid_legal_file_whatever_the_order(
    data: list[Quad], mapped: bool, seed: int
) -> None:
    metamodel = MAPPED if mapped else UNMAPPED
    document = b"".join(written(data, metamodel))
    check(read(document), dict(legal_relationships().allowed))
    shuffled = [*data, *data]
    random.Random(seed).shuffle(shuffled)
    assert b"".join(written(shuffled, metamodel)) == document


ENTITIES = st.sampled_from(["Ship", "Tug", "Quay", "Buoy"]).map(term)


@settings(deadline=None)
@given(
    st.dictionaries(NODES, ENTITIES, min_size=1),
    st.lists(st.tuples(NODES, st.sampled_from(sorted(FORWARD)), NODES), max_size=12),
)
def test_every_entity_and_every_link_is_there_once(
    entities: dict[NamedNode, NamedNode], links: list[tuple[NamedNode, str, NamedNode]]
) -> None:
    data = [Quad(node, RDF_TYPE, each) for node, each in entities.items()]
    data += [Quad(source, term(verb), target) for source, verb, target in links]
    file = read(b"".join(written(data)))
    expected_links = set()
    for source, verb, target in links:
        ends = [source.value, target.value]
        if verb == "moors":
            ends.reverse()
        if verb == "sees":
            ends.sort()
        expected_links.add((ends[0], term(FORWARD[verb]).value, ends[1]))
    mentioned = {end for source, _, target in expected_links for end in (source, target)}
    iris = {each.identifier: each.value("IRI") for each in file.elements}
    assert sorted(iris.values()) == sorted({each.value for each in entities} | mentioned)
    found = [
        (iris[each.source], each.value("Relationship IRI"), iris[each.target])
        for each in file.relationships
    ]
    assert Counter(map(_undirected, found)) == Counter(map(_undirected, expected_links))
    # What the mapping never reverses runs as it was said.
    owns = term("owns").value
    assert {each for each in found if each[1] != owns} == {
        each for each in expected_links if each[1] != owns
    }


def _undirected(link: tuple[str, str, str]) -> tuple[str, frozenset[str]]:
    return link[1], frozenset((link[0], link[2]))


def test_identifiers_of_many_names_differ() -> None:
    names = (f"https://data.example/id/Thing/{number}" for number in range(100_000))
    assert len({identifier(each) for each in names}) == 100_000


def test_an_identifier_is_the_same_in_every_version() -> None:
    assert identifier("https://data.example/id/Thing/1") == "id-6c1018d3acfb70dd4f7bce1f4d1ad7f4"
