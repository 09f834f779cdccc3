"""A small bundle about a harbour with a mapping, and graphs of it, for tests of exchange files."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from orthogramic.exchange import Exported, ExportOptions, format_named, notations
from orthogramic.metamodel import Document, Metamodel, read_metamodel
from tests.exchange.archimate_file import ExchangeFile, read

_PREFIXES = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix h: <https://harbour.example/terms#> .
@prefix id: <https://harbour.example/id/> .
@prefix kr: <https://orthogramic.com/repository#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
_ONTOLOGY = """
<https://harbour.example/> a owl:Ontology ; rdfs:label "Harbour" .
kr:Entity a owl:Class ; rdfs:label "Entity" .
kr:StructuralNode a owl:Class ; rdfs:label "Structural node" .
kr:QualifiedRelationship a owl:Class ; rdfs:label "Qualified relationship" .
kr:strength a owl:DatatypeProperty ; rdfs:label "strength" ; rdfs:range xsd:integer .
h:Ship a owl:Class ; rdfs:label "Ship" ; rdfs:subClassOf kr:Entity ; kr:businessKey h:number ;
    rdfs:isDefinedBy <https://harbour.example/> .
h:Tug a owl:Class ; rdfs:label "Tug" ; rdfs:subClassOf h:Ship ;
    rdfs:isDefinedBy <https://harbour.example/> .
h:Quay a owl:Class ; rdfs:label "Quay" ; rdfs:subClassOf kr:Entity ; kr:businessKey h:caption ;
    rdfs:isDefinedBy <https://harbour.example/> .
h:Buoy a owl:Class ; rdfs:label "Buoy" ; rdfs:subClassOf kr:Entity ; kr:businessKey h:caption .
h:Hold a owl:Class ; rdfs:label "Hold" ; rdfs:subClassOf kr:StructuralNode .
h:Crate a owl:Class ; rdfs:label "Crate" ; rdfs:subClassOf kr:StructuralNode .
h:caption a owl:DatatypeProperty ; rdfs:label "caption" ; rdfs:subPropertyOf rdfs:label .
h:number a owl:DatatypeProperty ; rdfs:label "number" .
h:story a owl:DatatypeProperty ; rdfs:label "story" .
h:depth a owl:DatatypeProperty ; rdfs:label "depth" ; rdfs:range xsd:decimal .
h:lit a owl:DatatypeProperty ; rdfs:label "lit" ; rdfs:range xsd:boolean .
h:built a owl:DatatypeProperty ; rdfs:label "built" ; rdfs:range xsd:date .
h:flag a owl:DatatypeProperty ; rdfs:label "flag" .
h:oldFlag a owl:DatatypeProperty ; rdfs:label "flag" .
h:hasHold a owl:ObjectProperty ; rdfs:label "hold" ; rdfs:domain h:Ship ; rdfs:range h:Hold .
h:holdOf a owl:ObjectProperty ; rdfs:label "hold of" ; owl:inverseOf h:hasHold .
h:hasCrate a owl:ObjectProperty ; rdfs:label "crate" ; rdfs:domain h:Hold ; rdfs:range h:Crate .
h:crateFor a owl:ObjectProperty ; rdfs:label "is for" ; rdfs:domain h:Crate ; rdfs:range h:Quay .
h:moorsAt a owl:ObjectProperty ; rdfs:label "moors at" ; rdfs:domain h:Ship ; rdfs:range h:Quay ;
    rdfs:isDefinedBy <https://harbour.example/> .
h:moors a owl:ObjectProperty ; rdfs:label "moors" ; owl:inverseOf h:moorsAt .
h:owns a owl:ObjectProperty ; rdfs:label "owns" ; rdfs:domain h:Quay ; rdfs:range kr:Entity .
h:loads a owl:ObjectProperty ; rdfs:label "loads" ; rdfs:domain h:Quay ; rdfs:range h:Ship .
h:sees a owl:ObjectProperty , owl:SymmetricProperty ; rdfs:label "sees" ;
    rdfs:domain kr:Entity ; rdfs:range kr:Entity .
"""
_MAPPING = """
h:archimate a kr:Mapping ; kr:format "archimate" ; kr:documentationProperty h:story ;
    kr:entry h:m1 , h:m2 , h:m3 , h:m4 , h:m5 , h:m6 .
h:m1 a kr:ClassMapping ; kr:mapsClass h:Ship ; kr:toElementKind "BusinessActor" ;
    kr:specialization "Vessel" .
h:m2 a kr:ClassMapping ; kr:mapsClass h:Quay ; kr:toElementKind "BusinessObject" .
h:m3 a kr:PropertyMapping ; kr:mapsProperty h:moorsAt ; kr:toRelationshipKind "Access" ;
    kr:accessType "Read" .
h:m4 a kr:PropertyMapping ; kr:mapsProperty h:owns ; kr:reversed true ;
    kr:toRelationshipKind "Serving" ; kr:fallbackRelationshipKind "Access" .
h:m5 a kr:PropertyMapping ; kr:mapsProperty h:loads ; kr:toRelationshipKind "Composition" .
h:m6 a kr:PropertyMapping ; kr:mapsProperty h:owns ; kr:whenObject h:Buoy ;
    kr:toRelationshipKind "Influence" ; kr:modifier "++" .
"""
HARBOUR = "https://harbour.example/terms#"


def _metamodel(text: str) -> Metamodel:
    return read_metamodel([Document("h.ttl", _PREFIXES + text)], notations=notations())


MAPPED = _metamodel(_ONTOLOGY + _MAPPING)
UNMAPPED = _metamodel(_ONTOLOGY)


def term(name: str) -> NamedNode:
    """Return a term of the harbour."""
    return NamedNode(HARBOUR + name)


def ident(name: str) -> NamedNode:
    """Return a thing in the harbour."""
    return NamedNode(f"https://harbour.example/id/{name}")


def quads(text: str) -> list[Quad]:
    """Read a snippet of TriG."""
    return list(parse(_PREFIXES + text, format=RdfFormat.TRIG))


def written(data: list[Quad], metamodel: Metamodel | None = MAPPED, **options: object) -> Exported:
    """Export quads through the list of formats."""
    write = format_named("archimate").write
    assert write is not None
    exported = write(data, ExportOptions(metamodel=metamodel, **options))  # type: ignore[arg-type]
    assert isinstance(exported, Exported)
    return exported


def exchange_file(text: str, metamodel: Metamodel = MAPPED) -> ExchangeFile:
    """Export a snippet and read it back."""
    return read(b"".join(written(quads(text), metamodel)))


def text_quad(name: str, predicate: str, text: str) -> Quad:
    """Return a quad with a text that Turtle would not let through as it is."""
    return Quad(ident(name), term(predicate), Literal(text))
