"""A small world without business words, for tests of the graph and of questions to it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pyoxigraph import NamedNode

from orthogramic.graph import EntityRecord, Relationship
from orthogramic.metamodel import (
    Document,
    Flow,
    ImpactProfile,
    ImpactRule,
    Metamodel,
    Modality,
    read_metamodel,
)

TERMS = "https://example.org/harbours#"
DATA = "https://example.org/id/"

#: ``feeds`` is primary, with a sub-property; ``borders`` is symmetric. A harbour is a place, but
#: of another domain.
ONTOLOGY = """
@prefix : <https://example.org/harbours#> .
@prefix kr: <https://orthogramic.com/repository#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

kr:Entity a owl:Class ; rdfs:label "entity" .
:code a owl:DatatypeProperty ; rdfs:label "code" .

:land a owl:Ontology ; rdfs:label "Land" .
:water a owl:Ontology ; rdfs:label "Water" .

:Place a owl:Class ; rdfs:subClassOf kr:Entity ; rdfs:label "place" ; kr:businessKey :code ;
    rdfs:isDefinedBy :land .
:Harbour a owl:Class ; rdfs:subClassOf :Place ; rdfs:label "harbour" ; rdfs:isDefinedBy :water .
:Boat a owl:Class ; rdfs:subClassOf kr:Entity ; rdfs:label "boat" ; kr:businessKey :code ;
    rdfs:isDefinedBy :water .

:feeds a owl:ObjectProperty ; rdfs:label "feeds" .
:isFedBy a owl:ObjectProperty ; rdfs:label "is fed by" ; owl:inverseOf :feeds .
:floods a owl:ObjectProperty ; rdfs:label "floods" ; rdfs:subPropertyOf :feeds .
:isFloodedBy a owl:ObjectProperty ; rdfs:label "is flooded by" ; owl:inverseOf :floods .
:borders a owl:ObjectProperty , owl:SymmetricProperty ; rdfs:label "borders" .
:moors a owl:ObjectProperty ; rdfs:label "moors" .
:isMooredAt a owl:ObjectProperty ; rdfs:label "is moored at" ; owl:inverseOf :moors .
"""

SHAPES = """
@prefix : <https://example.org/harbours#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .

:PlaceShape a sh:NodeShape ; sh:targetClass :Place ; sh:property :Place-feeds , :Place-name .
:Place-feeds sh:path :feeds ; sh:minCount 2 ; sh:severity sh:Warning .
:Place-name sh:path :code ; sh:minCount 1 .
:BoatShape a sh:NodeShape ; sh:targetClass :Boat ;
    sh:property :Boat-isMooredAt , :Boat-isFedBy , :Boat-borders .
:Boat-isMooredAt sh:path [ sh:inversePath :moors ] ; sh:minCount 1 .
:Boat-isFedBy sh:path :isFedBy ; sh:minCount 1 .
:Boat-borders sh:path :borders ; sh:minCount 1 ; sh:severity sh:Info .
"""

PRIMARIES = ("borders", "feeds", "floods", "moors")
INVERSES = {"isFedBy": "feeds", "isFloodedBy": "floods", "isMooredAt": "moors"}
CLASSES = ("Boat", "Harbour", "Place")


def term(name: str) -> NamedNode:
    return NamedNode(TERMS + name)


def entity(name: str) -> NamedNode:
    return NamedNode(DATA + name)


@cache
def metamodel() -> Metamodel:
    return read_metamodel([Document("ontology.ttl", ONTOLOGY)], [Document("shapes.ttl", SHAPES)])


Rule = tuple[Flow, float, Modality]

DOWNSTREAM: Mapping[str, Rule] = {
    "borders": (Flow.BOTH, 0.5, Modality.POSSIBLE),
    "feeds": (Flow.SUBJECT_TO_OBJECT, 0.9, Modality.CERTAIN),
    "floods": (Flow.SUBJECT_TO_OBJECT, 0.8, Modality.CERTAIN),
    "moors": (Flow.OBJECT_TO_SUBJECT, 1.0, Modality.POSSIBLE),
}


def profile(rules: Mapping[str, Rule] = DOWNSTREAM, default_strength: int = 3) -> ImpactProfile:
    """Make a profile; a property that is left out has no rule."""
    effective = {
        term(name): ImpactRule(
            iri=term(f"rule-{name}"),
            property=term(name),
            flow=flow,
            weight=weight,
            modality=modality,
            support="any",
            reason="",
        )
        for name, (flow, weight, modality) in rules.items()
    }
    return ImpactProfile(
        iri=NamedNode("https://example.org/profile/test"),
        name="test",
        label="test",
        description="",
        default_strength=default_strength,
        is_default=True,
        rules=tuple(effective.values()),
        effective=effective,
    )


def records(names: str, class_name: str = "Place") -> list[EntityRecord]:
    """Make entities of one class; ``names`` are separated by white space."""
    return [EntityRecord(entity(name), name.title(), (term(class_name),)) for name in names.split()]


def link(
    subject: str,
    property_name: str,
    target: str,
    graph: str = "g",
    strength: int | None = None,
    qualified: bool = False,
) -> Relationship:
    return Relationship(
        entity(subject),
        term(property_name),
        entity(target),
        NamedNode(DATA + graph),
        strength,
        qualified or strength is not None,
    )


def links(text: str) -> list[Relationship]:
    """Read ``subject property object`` statements, separated by commas."""
    found = []
    for statement in text.split(","):
        subject, property_name, target = statement.split()
        found.append(link(subject, property_name, target))
    return found
