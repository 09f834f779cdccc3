"""An entity with its surroundings: what belongs to it, and what its neighbours are called."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from orthogramic.exchange import surroundings
from tests.exchange.coast import METAMODEL

PREFIXES = """
@prefix coast: <https://coast.example/terms#> .
@prefix id: <https://coast.example/id/> .
@prefix kr: <https://orthogramic.com/repository#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
DATA = """
GRAPH id:g1 {
    id:skerry a coast:Lighthouse ; coast:name "Skerry" ; coast:hasLamp id:lamp .
    id:lamp a coast:Lamp ; coast:hasLens id:lens .
    id:lens a coast:Lens ; coast:note "first order" ; coast:height 2.0 .
    id:anna a coast:Keeper ; coast:name "Anna" ; coast:guards id:skerry , id:holm ;
        coast:note "of no concern" .
    id:holm a coast:Lighthouse ; coast:name "Holm" ; coast:hasLamp id:other-lamp .
    id:other-lamp a coast:Lamp .
}
GRAPH id:g2 {
    id:q1 a kr:QualifiedRelationship ; kr:source id:anna ; kr:property coast:guards ;
        kr:target id:skerry ; kr:strength 4 .
    id:q2 a kr:QualifiedRelationship ; kr:source id:anna ; kr:property coast:guards ;
        kr:target id:holm ; kr:strength 1 .
    id:skerry coast:note "seen from here" ; rdfs:label "Skerry light" .
}
"""


def trig(text: str) -> list[Quad]:
    """Read TriG under the prefixes of the coast."""
    return list(parse((PREFIXES + text).encode(), format=RdfFormat.TRIG))


def touching(quads: list[Quad]) -> Callable[[NamedNode], Iterable[Quad]]:
    """Give the quads that have a node as subject or object."""
    return lambda node: (each for each in quads if node in (each.subject, each.object))


def texts(quads: list[Quad], name: str) -> set[str]:
    """Return the texts that stand under a property of the coast."""
    return {
        each.object.value
        for each in quads
        if each.predicate.value.endswith(f"#{name}") and isinstance(each.object, Literal)
    }


def of(name: str, text: str = DATA) -> list[Quad]:
    """Collect the surroundings of one thing."""
    entity = NamedNode(f"https://coast.example/id/{name}")
    return surroundings(touching(trig(text)), entity, METAMODEL)


def test_the_surroundings_of_a_lighthouse() -> None:
    expected = """
    GRAPH id:g1 {
        id:skerry a coast:Lighthouse ; coast:name "Skerry" ; coast:hasLamp id:lamp .
        id:lamp a coast:Lamp ; coast:hasLens id:lens .
        id:lens a coast:Lens ; coast:note "first order" ; coast:height 2.0 .
        id:anna a coast:Keeper ; coast:name "Anna" ; coast:guards id:skerry .
    }
    GRAPH id:g2 {
        id:q1 a kr:QualifiedRelationship ; kr:source id:anna ; kr:property coast:guards ;
            kr:target id:skerry ; kr:strength 4 .
        id:skerry coast:note "seen from here" ; rdfs:label "Skerry light" .
    }
    """
    assert set(of("skerry")) == set(trig(expected))


def test_the_surroundings_of_a_keeper_name_both_lighthouses() -> None:
    found = of("anna")
    labels = texts(found, "name")
    assert labels == {"Anna", "Skerry", "Holm"}
    assert not [each for each in found if each.predicate.value.endswith("#hasLamp")]
    strengths = [each for each in found if each.predicate.value.endswith("#strength")]
    assert len(strengths) == 2


def test_an_unknown_thing_has_none() -> None:
    assert of("atlantis") == []


def test_each_statement_comes_once_and_in_order() -> None:
    found = of("skerry")
    assert found == sorted(set(found), key=lambda each: (str(each.graph_name), str(each)))


def test_structure_that_contains_itself_ends() -> None:
    text = "id:a coast:hasLamp id:b . id:b coast:hasLamp id:a ; coast:note 'b' ."
    assert set(of("a", text)) == set(trig(text))


def test_neighbours_are_asked_for_their_own_statements_only() -> None:
    quads = trig(DATA)
    asked: list[NamedNode] = []

    def own(node: NamedNode) -> Iterable[Quad]:
        asked.append(node)
        return (each for each in quads if each.subject == node)

    entity = NamedNode("https://coast.example/id/skerry")
    found = surroundings(touching(quads), entity, METAMODEL, quads_from=own)
    assert found == of("skerry")
    assert NamedNode("https://coast.example/id/anna") in asked


IDS = [f"id:n{number}" for number in range(5)]


@given(
    links=st.lists(
        st.tuples(
            st.sampled_from(IDS),
            st.sampled_from(["coast:guards", "coast:hasLamp", "coast:hasLens"]),
            st.sampled_from(IDS),
        ),
        max_size=12,
    )
)
def test_structure_is_followed_and_links_are_not(links: list[tuple[str, str, str]]) -> None:
    text = "".join(f"{a} {p} {b} ." for a, p, b in links)
    text += "".join(f"{each} coast:note 'about {each}' ." for each in IDS)
    parts, pending = set(), ["id:n0"]
    while pending:
        node = pending.pop()
        if node not in parts:
            parts.add(node)
            pending += [b for a, p, b in links if a == node and p != "coast:guards"]
    notes = texts(of("n0", text), "note")
    assert notes == {f"about {each}" for each in parts}


@pytest.mark.parametrize("name", ["skerry", "anna", "holm", "lamp"])
def test_all_of_it_was_there(name: str) -> None:
    assert set(of(name)) <= set(trig(DATA))
