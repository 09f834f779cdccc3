"""Documents are validated as they are written, with the places where faults stand."""

from __future__ import annotations

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


@pytest.mark.parametrize(
    ("syntax", "document"),
    [
        (RdfSyntax.RDFXML, b'<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
         b'xmlns:h="https://harbour.example/terms#"><h:Ship r:about="urn:argo"/></r:RDF>'),
        (RdfSyntax.JSONLD, b'{"@id": "urn:argo", "@type": "https://harbour.example/terms#Ship"}'),
    ],
    ids=["rdfxml", "jsonld"],
)  # fmt: skip
def test_other_syntaxes_are_judged_alike_without_lines(syntax: RdfSyntax, document: bytes) -> None:
    [result] = validate_documents(document, syntax, encoded(SHAPES)).results
    assert (result.source, result.line) == (None, None)
    assert result.path == term("captain")


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
