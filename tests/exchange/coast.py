"""A small bundle about a coast, sharing no word with ours, and the context made from it."""

from __future__ import annotations

from orthogramic.exchange import context
from orthogramic.metamodel import Document, read_metamodel

BASE = "https://coast.example/"
PREFIXES = {
    "coast": "https://coast.example/terms#",
    "id": "https://coast.example/id/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_HEAD = """
@prefix coast: <https://coast.example/terms#> .
@prefix other: <https://coast.example/terms/other/> .
@prefix bare: <https://coast.example/bare> .
@prefix kr: <https://orthogramic.com/repository#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
_ONTOLOGY = """
kr:Entity a owl:Class ; rdfs:label "Entity" .
kr:StructuralNode a owl:Class ; rdfs:label "Structural node" .

coast:Lighthouse a owl:Class ; rdfs:label "Lighthouse" ; rdfs:subClassOf kr:Entity ;
    kr:businessKey coast:name .
coast:Keeper a owl:Class ; rdfs:label "Keeper" ; rdfs:subClassOf kr:Entity ;
    kr:businessKey coast:name .
coast:Lamp a owl:Class ; rdfs:label "Lamp" ; rdfs:subClassOf kr:StructuralNode .
coast:Lens a owl:Class ; rdfs:label "Lens" ; rdfs:subClassOf kr:StructuralNode .

coast:name a owl:DatatypeProperty ; rdfs:label "name" ; rdfs:subPropertyOf rdfs:label .
coast:height a owl:DatatypeProperty ; rdfs:label "height" .
coast:storeys a owl:DatatypeProperty ; rdfs:label "storeys" .
coast:lit a owl:DatatypeProperty ; rdfs:label "lit" .
coast:built a owl:DatatypeProperty ; rdfs:label "built" .
coast:note a owl:DatatypeProperty ; rdfs:label "note" .
other:note a owl:DatatypeProperty ; rdfs:label "another note" .
coast:guards a owl:ObjectProperty ; rdfs:label "guards" ;
    rdfs:domain coast:Keeper ; rdfs:range coast:Lighthouse .
coast:isGuardedBy a owl:ObjectProperty ; rdfs:label "is guarded by" ; owl:inverseOf coast:guards .
coast:hasLamp a owl:ObjectProperty ; rdfs:label "has lamp" ;
    rdfs:domain coast:Lighthouse ; rdfs:range coast:Lamp .
coast:hasLens a owl:ObjectProperty ; rdfs:label "has lens" ;
    rdfs:domain coast:Lamp ; rdfs:range coast:Lens .
"""
_SHAPES = """
coast:LighthouseShape a sh:NodeShape ; sh:targetClass coast:Lighthouse ;
    sh:property coast:s1 , coast:s2 , coast:s3 , coast:s4 , coast:s5 , coast:s6 , coast:gap .
coast:gap a sh:PropertyShape ; sh:path coast:name ; sh:minCount 1 ; sh:severity sh:Info .
coast:s1 a sh:PropertyShape ; sh:path coast:name ; sh:datatype xsd:string ; sh:maxCount 1 .
coast:s2 a sh:PropertyShape ; sh:path coast:height ; sh:datatype xsd:decimal ; sh:maxCount 1 .
coast:s3 a sh:PropertyShape ; sh:path coast:storeys ; sh:datatype xsd:integer ; sh:maxCount 1 .
coast:s4 a sh:PropertyShape ; sh:path coast:lit ; sh:datatype xsd:boolean ; sh:maxCount 1 .
coast:s5 a sh:PropertyShape ; sh:path coast:built ; sh:datatype xsd:date .
coast:s6 a sh:PropertyShape ; sh:path coast:hasLamp ; sh:class coast:Lamp ; sh:maxCount 1 .
coast:KeeperShape a sh:NodeShape ; sh:targetClass coast:Keeper ; sh:property coast:s7 , coast:s8 .
coast:s7 a sh:PropertyShape ; sh:path coast:height ; sh:datatype xsd:decimal ; sh:maxCount 1 .
coast:s8 a sh:PropertyShape ; sh:path coast:note ; sh:datatype xsd:date .
coast:s9 a sh:PropertyShape ; sh:path coast:note ; sh:datatype xsd:string .
coast:LampShape a sh:NodeShape ; sh:targetClass coast:Lamp ; sh:property coast:s9 .
"""
METAMODEL = read_metamodel(
    [Document("coast.ttl", _HEAD + _ONTOLOGY)], [Document("shapes.ttl", _HEAD + _SHAPES)]
)
CONTEXT = context(METAMODEL, BASE)
