"""RDF/XML: readable, well formed for any XML parser, and honest about what it cannot carry."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from orthogramic.errors import InexpressibleDataError
from orthogramic.exchange import write_rdfxml
from tests.exchange.coast import PREFIXES
from tests.exchange.datasets import by_pyoxigraph, same

SHIP = NamedNode("https://coast.example/id/ship")


def document(*triples: Triple) -> bytes:
    """Write triples with the prefixes of the coast."""
    return b"".join(write_rdfxml(triples, PREFIXES))


def test_it_reads_like_this() -> None:
    terms = PREFIXES["coast"]
    height = Literal("48.5", datatype=NamedNode(PREFIXES["xsd"] + "decimal"))
    written = document(
        Triple(SHIP, NamedNode(terms + "passes"), BlankNode("x")),
        Triple(SHIP, NamedNode(terms + "name"), Literal("Å & <b>", language="nn")),
        Triple(BlankNode("x"), NamedNode("https://elsewhere.example/height"), height),
    )
    assert (
        written.decode()
        == """\
<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF
    xmlns:coast="https://coast.example/terms#"
    xmlns:ns1="https://elsewhere.example/"
    xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="https://coast.example/id/ship">
    <coast:name xml:lang="nn">Å &amp; &lt;b&gt;</coast:name>
    <coast:passes rdf:nodeID="b1"/>
  </rdf:Description>
  <rdf:Description rdf:nodeID="b1">
    <ns1:height rdf:datatype="http://www.w3.org/2001/XMLSchema#decimal">48.5</ns1:height>
  </rdf:Description>
</rdf:RDF>
"""
    )


def test_nothing_is_an_empty_document() -> None:
    assert by_pyoxigraph(document(), "RDF_XML") == []


@pytest.mark.parametrize(
    "predicate",
    [
        "https://coast.example/1844",
        "https://coast.example/",
        "https://coast.example/a(b)",
        "urn:",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#li",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#about",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#Description",
    ],
)
def test_a_predicate_that_is_no_xml_name_is_refused_by_name(predicate: str) -> None:
    with pytest.raises(InexpressibleDataError, match="RDF/XML cannot carry") as caught:
        write_rdfxml([Triple(SHIP, NamedNode(predicate), SHIP)], PREFIXES)
    assert predicate in caught.value.detail
    assert caught.value.format_name == "rdfxml"


@pytest.mark.parametrize("character", ["\0", "\x01", "\x0b", "\x1f", "\ufffe", "\uffff"])
def test_a_character_that_xml_has_not_is_refused_by_number(character: str) -> None:
    name = NamedNode(PREFIXES["coast"] + "name")
    with pytest.raises(InexpressibleDataError, match=f"U\\+{ord(character):04X}"):
        write_rdfxml([Triple(SHIP, name, Literal(f"a{character}b"))], PREFIXES)


def test_triple_terms_are_refused() -> None:
    inner = Triple(SHIP, SHIP, SHIP)
    with pytest.raises(InexpressibleDataError, match=r"RDF 1\.2"):
        write_rdfxml([Triple(SHIP, NamedNode("urn:says"), inner)], {})


@settings(deadline=None)
@given(
    name=st.text(st.characters(codec="utf-8", categories=("L", "N", "Pc", "Mn", "Pd")), min_size=1),
    text=st.text(),
)
def test_any_predicate_and_text_is_carried_exactly_or_refused(name: str, text: str) -> None:
    try:
        triple = Triple(SHIP, NamedNode(f"https://coast.example/{name}"), Literal(text))
    except ValueError:
        return  # not an IRI at all
    try:
        written = document(triple)
    except InexpressibleDataError:
        return
    assert len(ET.fromstring(written)) == 1
    assert by_pyoxigraph(written, "RDF_XML") == by_pyoxigraph(f"{triple} .".encode(), "N_TRIPLES")


@settings(deadline=None)
@given(prefix=st.text(max_size=4), label=st.sampled_from(["a", "0", "a.b", "名"]))
def test_prefixes_and_labels_that_xml_has_not_are_replaced(prefix: str, label: str) -> None:
    triple = Triple(BlankNode(label), NamedNode(PREFIXES["coast"] + "name"), BlankNode(label))
    written = b"".join(write_rdfxml([triple], {prefix: PREFIXES["coast"], "rdf": "urn:other:"}))
    ET.fromstring(written)
    [read] = by_pyoxigraph(written, "RDF_XML")
    assert read.subject == read.object
    assert read.predicate == triple.predicate


def test_a_prefix_may_not_take_the_place_of_another() -> None:
    triples = [
        Triple(SHIP, NamedNode("urn:a:x"), SHIP),
        Triple(SHIP, NamedNode("urn:b:x"), SHIP),
        Triple(SHIP, NamedNode("urn:c:x"), SHIP),
    ]
    written = b"".join(write_rdfxml(triples, {"ns1": "urn:c:", "rdf": "urn:b:"}))
    read = by_pyoxigraph(written, "RDF_XML")
    assert {each.predicate for each in read} == {each.predicate for each in triples}
    assert same(read, by_pyoxigraph(written, "RDF_XML"))
