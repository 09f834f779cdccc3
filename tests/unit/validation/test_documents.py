"""Documents are validated as they are written, with the places where faults stand."""

from __future__ import annotations

import json
from typing import Any

import pytest

from orthogramic.errors import (
    EmptyInputError,
    InvalidShapesError,
    RdfSyntaxError,
    UnreadableInputError,
)
from orthogramic.metamodel import Document, Metamodel, read_metamodel
from orthogramic.syntax import RdfSyntax
from orthogramic.validation import validate_bytes, validate_documents
from tests.unit.validation.harbour import PREFIXES, SHAPES, term

KR = "@prefix kr: <https://orthogramic.com/repository#> .\n"
BUNDLE = """
kr:Entity a owl:Class ; rdfs:label "Entity" .
:Ship a owl:Class ; rdfs:label "Ship" ; rdfs:subClassOf kr:Entity ; kr:businessKey :nickname .
:Tug a owl:Class ; rdfs:label "Tug boat" ; rdfs:subClassOf :Ship .
:Captain a owl:Class ; rdfs:label "Captain" ; rdfs:subClassOf kr:Entity ;
    kr:businessKey :nickname .
:nickname a owl:DatatypeProperty ; rdfs:label "nickname" ; rdfs:subPropertyOf rdfs:label .
:draught a owl:DatatypeProperty ; rdfs:label "draught" .
:flag a owl:DatatypeProperty ; rdfs:label "flag" .
:captain a owl:ObjectProperty ; rdfs:label "captain" .
"""
COUNT = ":S a sh:NodeShape ; sh:targetNode :argo ; sh:property [ sh:path :crew ; {} ] ."


def metamodel() -> Metamodel:
    """Read the bundle of the harbour."""
    return read_metamodel(
        [Document("harbour.ttl", KR + PREFIXES + BUNDLE)],
        [Document("shapes.ttl", KR + PREFIXES + SHAPES)],
    )


def encoded(text: str) -> bytes:
    """Return Turtle under the prefixes of the harbour."""
    return (PREFIXES + text).encode()


@pytest.mark.parametrize(
    ("value", "constraint", "conforms"),
    [
        ('"5"^^xsd:nonNegativeInteger', "sh:datatype xsd:nonNegativeInteger", True),
        ('"5"^^xsd:nonNegativeInteger', "sh:datatype xsd:integer", False),
        ('"5"^^xsd:int', "sh:datatype xsd:int", True),
        ("1.50", 'sh:pattern "^1\\\\.50$"', True),
        ('"01"^^xsd:integer', "sh:hasValue 1", False),
        ('"01"^^xsd:integer', 'sh:in ( "01"^^xsd:integer )', True),
        ('"plain"', 'sh:in ( "plain"^^xsd:string )', True),
        ('"yes"^^xsd:boolean', "sh:datatype xsd:boolean", False),
        ('"2026-02-30"^^xsd:date', "sh:datatype xsd:date", False),
    ],
)
def test_lexical_forms_are_judged_as_written(value: str, constraint: str, conforms: bool) -> None:
    report = validate_documents(
        encoded(f":argo :crew {value} ."), RdfSyntax.TURTLE, encoded(COUNT.format(constraint))
    )
    assert report.conforms == conforms


def test_a_result_tells_the_line_of_the_statement_or_of_the_subject() -> None:
    text = ':argo a :Ship ;\n    :captain :jason ;\n    :draught "deep" .\n\n:tiny a :Ship .\n'
    report = validate_documents(
        encoded(text), RdfSyntax.TURTLE, encoded(SHAPES), source="ships.ttl"
    )
    first = PREFIXES.count("\n") + 1
    lines = {(each.focus_label, each.path_label): each.line for each in report.results}
    assert lines == {
        ("argo", "Captain"): first + 1,
        ("argo", "draught"): first + 2,
        ("tiny", "Captain"): first + 4,
    }
    assert {each.source for each in report.results} == {"ships.ttl"}


def test_the_very_value_is_found_in_a_list_of_values() -> None:
    text = ":argo a :Ship ; :captain :jason ,\n  :medea .\n:jason a :Captain .\n"
    places = [
        (each.value, each.line)
        for each in validate_documents(encoded(text), RdfSyntax.TURTLE, encoded(SHAPES)).results
    ]
    first = PREFIXES.count("\n") + 1
    assert places == [(None, first), (term("medea"), first + 1)]


def test_rdf_xml_is_judged_with_lines() -> None:
    document = b"""<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:h="https://harbour.example/terms#">
  <h:Ship r:about="urn:argo">
    <h:draught>deep</h:draught>
  </h:Ship>
</r:RDF>"""
    captain, draught = validate_documents(document, RdfSyntax.RDFXML, encoded(SHAPES)).results
    assert captain.path == term("captain")
    assert (captain.line, draught.line) == (3, 4)


JSON = b"""{
  "@context": {"h": "https://harbour.example/terms#", "draught": "h:draught",
               "captain": {"@id": "h:captain", "@type": "@id"}, "id": "@id",
               "@base": "https://harbour.example/ships/"},
  "@graph": [
    {"id": "bounty", "@type": "h:Ship",
     "captain": ["bligh",
                 "christian"]},
    {"id": "bligh", "@type": "h:Captain"},
    {"id": "argo", "@type": "h:Ship",
     "draught": {"@value": "deep"}}
  ]
}"""


def test_json_documents_tell_pointer_and_line() -> None:
    results = validate_documents(JSON, RdfSyntax.JSONLD, encoded(SHAPES), source="s.json").results
    assert [(str(each.focus_label), str(each.place)) for each in results] == [
        ("argo", "s.json:10 (/@graph/2)"),
        ("argo", "s.json:11 (/@graph/2/draught)"),
        ("bounty", "s.json:7 (/@graph/0/captain)"),
        ("bounty", "s.json:8 (/@graph/0/captain/1)"),
    ]
    assert results[1].to_dict()["pointer"] == "/@graph/2/draught"


def test_every_json_pointer_leads_to_what_a_result_speaks_of() -> None:
    for result in validate_documents(JSON, RdfSyntax.JSONLD, encoded(SHAPES)).results:
        assert result.place is not None
        assert result.place.pointer is not None
        found: Any = json.loads(JSON)
        for step in result.place.pointer.split("/")[1:]:
            found = found[int(step) if isinstance(found, list) else step]
        spelled = json.dumps(found)
        value = result.value.value.rpartition("/")[2] if result.value else ""
        assert value in spelled


def test_a_nameless_part_stands_where_its_owner_holds_it() -> None:
    shapes = """
    :S a sh:NodeShape ; sh:targetObjectsOf :mast ; sh:property [ sh:path :height ; sh:minCount 1 ] .
    :Ship a sh:NodeShape ; sh:property [ sh:path :mast ; sh:minCount 0 ] .
    """
    text = ':argo rdfs:label "Argo" ;\n  :mast [ a :Mast ] .\n'
    [result] = validate_documents(encoded(text), RdfSyntax.TURTLE, encoded(shapes)).results
    assert result.focus_label == "Mast of Argo"
    assert result.line == PREFIXES.count("\n") + 2


def test_named_graphs_are_merged() -> None:
    trig = encoded("GRAPH :one { :argo a :Ship } GRAPH :two { :argo :captain :j . :j a :Captain }")
    assert validate_documents(trig, RdfSyntax.TRIG, encoded(SHAPES)).conforms


def test_the_bundle_brings_its_shapes_classes_and_labels() -> None:
    data = encoded(':hercules a :Tug ; :nickname "Herc" ; :draught "deep" .')
    report = validate_documents(data, RdfSyntax.TURTLE, metamodel=metamodel())
    assert [(each.focus_label, each.path_label) for each in report.results] == [
        ("Herc", "Captain"),
        ("Herc", "draught"),
    ]


def test_shapes_of_the_caller_stand_alone() -> None:
    data = encoded(":hercules a :Tug .")
    own = encoded(":S a sh:NodeShape ; sh:targetClass :Ship ; sh:closed true .")
    report = validate_documents(data, RdfSyntax.TURTLE, own, metamodel=metamodel())
    assert report.conforms


@pytest.mark.parametrize(
    ("data", "shapes", "error"),
    [
        (b":argo a", SHAPES.encode(), RdfSyntaxError),
        (b"   ", SHAPES.encode(), EmptyInputError),
        (b"<urn:s> <urn:p> 1 .", b"@prefix", RdfSyntaxError),
        (b"<urn:s> <urn:p> 1 .", b"", EmptyInputError),
        (b"<urn:s> <urn:p> <<( <urn:s> <urn:p> 1 )>> .", encoded(SHAPES), UnreadableInputError),
        (b"<urn:s> <urn:p> 1 .", encoded(":S a sh:PropertyShape ."), InvalidShapesError),
    ],
)
def test_what_cannot_be_read_is_said(
    data: bytes, shapes: bytes, error: type[UnreadableInputError]
) -> None:
    with pytest.raises(error):
        validate_documents(data, RdfSyntax.TURTLE, shapes)


def test_something_must_say_what_is_expected() -> None:
    with pytest.raises(ValueError, match="shapes or a metamodel"):
        validate_documents(b"<urn:s> <urn:p> 1 .", RdfSyntax.TURTLE)


def test_bytes_in_and_report_out() -> None:
    shapes = b"""<urn:S> <http://www.w3.org/ns/shacl#targetNode> <urn:x> .
<urn:S> <http://www.w3.org/ns/shacl#class> <urn:C> ."""
    assert b"sh:conforms false" in validate_bytes(b"", shapes)
    assert b"sh:conforms true" in validate_bytes(
        b"<urn:x> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:C> .", shapes
    )
