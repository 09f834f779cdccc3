"""A small world for the tests of validation: a harbour with ships and captains."""

from __future__ import annotations

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat, Triple

HARBOUR = "https://harbour.example/terms#"
PREFIXES = f"""
@prefix : <{HARBOUR}> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
SHAPES = """
:ShipShape a sh:NodeShape ; sh:targetClass :Ship ;
    sh:property :ShipShape-captain , :ShipShape-draught , :ShipShape-flag .
:ShipShape-captain a sh:PropertyShape ; sh:path :captain ; sh:name "Captain" ;
    sh:class :Captain ; sh:minCount 1 ; sh:maxCount 1 ;
    sh:message "A ship sails under exactly one captain. Name the captain."@en .
:ShipShape-draught a sh:PropertyShape ; sh:path :draught ; sh:datatype xsd:decimal .
:ShipShape-flag a sh:PropertyShape ; sh:path :flag ; sh:in ( "red" "blue" ) ;
    sh:severity sh:Warning .
"""
ONTOLOGY = """
:Tug a owl:Class ; rdfs:label "Tug boat" ; rdfs:subClassOf :Ship .
:draught a owl:DatatypeProperty ; rdfs:label "draught in metres" .
:nickname a owl:DatatypeProperty ; rdfs:label "nickname" ; rdfs:subPropertyOf rdfs:label .
"""


def turtle(text: str) -> list[Triple]:
    """Read Turtle under the prefixes of the harbour."""
    quads = pyoxigraph.parse((PREFIXES + text).encode(), format=RdfFormat.TURTLE)
    return [Triple(each.subject, each.predicate, each.object) for each in quads]


def term(name: str) -> NamedNode:
    """Return a term of the harbour."""
    return NamedNode(HARBOUR + name)
