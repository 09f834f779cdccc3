"""The published context: what it makes of a bundle, and that it is standard JSON-LD."""

from __future__ import annotations

import json

import pyoxigraph
import pytest
import rdflib
from pyoxigraph import RdfFormat

from orthogramic.exchange import context
from orthogramic.metamodel import Document, read_metamodel
from tests.exchange.coast import BASE, CONTEXT, METAMODEL

#: rdflib warns about its own internals.
pytestmark = [
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated"),
    pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated"),
    pytest.mark.filterwarnings("ignore:Parsing weird boolean"),
]
TERMS = CONTEXT["@context"]


def test_classes_and_properties_have_their_local_names() -> None:
    assert TERMS["Lighthouse"] == "coast:Lighthouse"
    assert TERMS["coast"] == "https://coast.example/terms#"
    assert TERMS["@version"] == 1.1


@pytest.mark.parametrize(
    ("term", "definition"),
    [
        ("guards", {"@id": "coast:guards", "@type": "@id", "@container": "@set"}),
        ("hasLamp", {"@id": "coast:hasLamp", "@type": "@id"}),
        ("height", {"@id": "coast:height", "@type": "xsd:decimal"}),
        ("storeys", {"@id": "coast:storeys", "@type": "xsd:integer"}),
        ("built", {"@id": "coast:built", "@type": "xsd:date", "@container": "@set"}),
        ("name", "coast:name"),
        ("note", {"@id": "coast:note", "@container": "@set"}),
        ("label", "rdfs:label"),
    ],
)
def test_coercion_and_container_follow_the_shapes(term: str, definition: object) -> None:
    assert TERMS[term] == definition


def test_two_properties_of_one_name_do_not_collide() -> None:
    iris = {_expand(value) for value in TERMS.values() if not isinstance(value, float)}
    assert "https://coast.example/terms#note" in iris
    assert "https://coast.example/terms/other/note" not in iris


def test_a_namespace_that_ends_in_a_letter_is_declared_a_prefix() -> None:
    assert TERMS["bare"] == {"@id": "https://coast.example/bare", "@prefix": True}


def test_the_base_has_a_prefix() -> None:
    assert TERMS["data"] == BASE


def test_a_prefix_of_the_bundle_goes_before_the_base() -> None:
    metamodel = read_metamodel([Document("m.ttl", "@prefix data: <https://d.example/> .")])
    assert context(metamodel, BASE)["@context"]["data"] == "https://d.example/"


def test_the_same_bundle_gives_the_same_text() -> None:
    assert json.dumps(context(METAMODEL, BASE)) == json.dumps(CONTEXT)


def test_every_term_means_the_same_to_two_processors() -> None:
    keys = [key for key, value in TERMS.items() if not _is_prefix(key, value)]
    document = {**CONTEXT, "@id": "urn:x", **dict.fromkeys(keys, "urn:y")}
    text = json.dumps(document).encode()
    ours = {each.predicate.value for each in pyoxigraph.parse(text, format=RdfFormat.JSON_LD)}
    theirs = rdflib.Graph().parse(data=text, format="json-ld")
    expected = {_expand(TERMS[key]) for key in keys}
    assert ours == expected
    assert {str(each) for each in theirs.predicates()} == expected


def _is_prefix(key: str, value: object) -> bool:
    return key.startswith("@") or (
        value["@id"] == BASE + "bare" if isinstance(value, dict) else str(value)[-1] in "#/"
    )


def _expand(definition: object) -> str:
    name = str(definition["@id"] if isinstance(definition, dict) else definition)
    prefix, _, rest = name.partition(":")
    namespace = TERMS.get(prefix)
    return f"{namespace}{rest}" if isinstance(namespace, str) else name
