"""JSON-LD reads like JSON that somebody wrote, and is the same bytes every time."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from orthogramic.errors import InexpressibleDataError
from orthogramic.exchange import write_jsonld
from orthogramic.syntax import RdfSyntax, read_quads
from tests.exchange.coast import CONTEXT
from tests.exchange.datasets import DATASETS, by_pyoxigraph, by_rdflib, same

#: rdflib warns about its own internals.
pytestmark = [
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated"),
    pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated"),
    pytest.mark.filterwarnings("ignore:Parsing weird boolean"),
]
PREFIXES = """
@prefix coast: <https://coast.example/terms#> .
@prefix other: <https://coast.example/terms/other/> .
@prefix id: <https://coast.example/id/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def trig(text: str) -> list[Quad]:
    """Read TriG under the prefixes of the coast."""
    return list(parse((PREFIXES + text).encode(), format=RdfFormat.TRIG))


def document(text: str, **options: Any) -> Any:
    """Write TriG as JSON-LD and read it as JSON."""
    return json.loads(b"".join(write_jsonld(trig(text), CONTEXT, **options)))


def test_it_reads_like_json() -> None:
    written = document(
        """
        id:skerry a coast:Lighthouse ; coast:name "Skerry" ; coast:height 48.5 ;
            coast:storeys 9 ; coast:lit true ; coast:built "1844-02-01"^^xsd:date ;
            coast:hasLamp id:lamp ; other:note "far out"@en .
        id:anna a coast:Keeper ; coast:guards id:skerry .
        """
    )
    assert written["@context"] == CONTEXT["@context"]
    assert written["@graph"] == [
        {"@id": "data:id/anna", "@type": "Keeper", "guards": ["data:id/skerry"]},
        {
            "@id": "data:id/skerry",
            "@type": "Lighthouse",
            "built": ["1844-02-01"],
            "hasLamp": "data:id/lamp",
            "height": "48.5",
            "lit": True,
            "name": "Skerry",
            "other:note": {"@value": "far out", "@language": "en"},
            "storeys": 9,
        },
    ]


def test_named_graphs_follow_as_objects() -> None:
    written = document("id:a coast:name 'in none' . GRAPH id:g { id:a coast:name 'in g' }")
    assert written["@graph"] == [
        {"@id": "data:id/a", "name": "in none"},
        {"@id": "data:id/g", "@graph": [{"@id": "data:id/a", "name": "in g"}]},
    ]


def test_the_context_can_be_referred_to() -> None:
    address = "https://coast.example/context.jsonld"
    text = "id:a a coast:Lighthouse ; coast:guards id:b ; coast:height 1.5 ."
    written = b"".join(write_jsonld(trig(text), CONTEXT, address))
    assert json.loads(written)["@context"] == address
    read = read_quads(written, RdfSyntax.JSONLD, contexts={address: CONTEXT})
    assert same(read, trig(text))


def test_an_address_that_looks_like_a_short_name_is_not_read_as_one() -> None:
    text = "<coast:a> coast:guards <coast:b> , <data:text/plain,x> ."
    pieces = b"".join(write_jsonld(trig(text), CONTEXT))
    assert json.loads(pieces)["@context"][1] == {"coast": None, "data": None}
    assert same(by_pyoxigraph(pieces, "JSON_LD"), trig(text))
    assert same(by_rdflib(pieces, "json-ld"), trig(text))


@pytest.mark.parametrize(
    "value",
    [
        "9007199254740992",
        '"05"^^xsd:integer',
        '"1"^^xsd:boolean',
        "1.5e0",
        '"x"^^xsd:integer',
        "<urn:x>",
        '"text"',
        '"text"@en',
        "true",
    ],
)
@pytest.mark.parametrize("name", ["name", "height", "storeys", "lit", "built", "guards", "odd"])
def test_every_value_is_exact_under_every_coercion(name: str, value: str) -> None:
    text = f"id:a coast:{name} {value} ."
    written = b"".join(write_jsonld(trig(text), CONTEXT))
    assert same(by_pyoxigraph(written, "JSON_LD"), trig(text))


@settings(deadline=None)
@given(quads=DATASETS, seed=st.randoms(use_true_random=False))
def test_the_order_of_the_data_does_not_matter(quads: list[Quad], seed: Any) -> None:
    shuffled = [*quads, *quads]
    seed.shuffle(shuffled)
    assert list(write_jsonld(quads, CONTEXT)) == list(write_jsonld(shuffled, CONTEXT))


def test_nothing_is_an_empty_graph() -> None:
    assert document("")["@graph"] == []


def test_rdf_1_2_terms_are_refused_before_anything_is_written() -> None:
    name = NamedNode("urn:p")
    inner = trig("id:a coast:name 1 .")[0].triple
    with pytest.raises(InexpressibleDataError, match="JSON-LD cannot carry") as caught:
        write_jsonld([Quad(name, name, inner)], CONTEXT)
    assert caught.value.to_dict()["format"] == "jsonld"
