"""The shapes about ontology and shapes: ours conform, planted faults do not."""

from __future__ import annotations

from functools import cache

import pytest
from rdflib import Graph

from tests.ontology.bundle import meta_shapes, ontology, parse, shapes
from tests.shapes.validation import Result, validate

#: What is wrong with each planted node (its name is the key), and the shape that says so.
PLANTED = {
    "module": ("Module-version", "ex:this a owl:Ontology ."),
    "module-version": (
        "Module-version",
        "ex:this a owl:Ontology ; owl:versionIRI <https://example.org/id/latest> .",
    ),
    "no-label": ("Term-label", "ex:this a owl:DatatypeProperty ."),
    "two-labels": (
        "Term-label",
        'ex:this rdfs:subClassOf kr:Entity ; rdfs:label "A"@en , "B"@en .',
    ),
    "no-definition": ("Term-definition", "ex:this a owl:ObjectProperty ."),
    "fragment": ("Term-definition", 'ex:this skos:definition "a fragment without an end" .'),
    "no-module": ("Term-module", "ex:this rdfs:isDefinedBy <https://example.org/id/nowhere> ."),
    "two-domains": (
        "Property-domain",
        "ex:this a owl:ObjectProperty ; rdfs:domain orth:Product , orth:Service .",
    ),
    "inverse-unknown": (
        "Property-inverse",
        "ex:this a owl:ObjectProperty ; owl:inverseOf ex:unknown .",
    ),
    "profile": ("ImpactProfile-rule", "ex:this a kr:ImpactProfile ."),
    "profile-strength": (
        "ImpactProfile-defaultStrength",
        "ex:this a kr:ImpactProfile ; kr:defaultStrength 7 .",
    ),
    "rule-weight": ("ImpactRule-weight", "ex:this a kr:ImpactRule ; kr:weight 1.2 ."),
    "rule-weight-zero": ("ImpactRule-weight", "ex:this a kr:ImpactRule ; kr:weight 0.0 ."),
    "rule-flow": ("ImpactRule-flow", "ex:this a kr:ImpactRule ; kr:flow kr:Certain ."),
    "rule-modality": ("ImpactRule-modality", "ex:this a kr:ImpactRule ; kr:modality kr:All ."),
    "rule-support": ("ImpactRule-support", "ex:this a kr:ImpactRule ; kr:support 0 ."),
    "rule-property": ("ImpactRule-onProperty", "ex:this a kr:ImpactRule ; kr:onProperty ex:none ."),
    "rule-reason": ("ImpactRule-reason", 'ex:this a kr:ImpactRule ; rdfs:comment "So." .'),
    "rule-astray": ("ImpactRule-profile", "ex:this a kr:ImpactRule ."),
    "mapping-format": ("Mapping-format", "ex:this a kr:Mapping ."),
    "mapping-entry": ("Mapping-entry", "ex:this a kr:Mapping ; kr:entry orth:Product ."),
    "mapping-class": (
        "ClassMapping-mapsClass",
        "ex:this a kr:ClassMapping ; kr:mapsClass ex:Unknown .",
    ),
    "mapping-element": ("ClassMapping-toElementKind", "ex:this a kr:ClassMapping ."),
    "mapping-class-reason": ("ClassMapping-reason", "ex:this a kr:ClassMapping ."),
    "mapping-class-astray": ("ClassMapping-mapping", "ex:this a kr:ClassMapping ."),
    "mapping-property": (
        "PropertyMapping-mapsProperty",
        "ex:this a kr:PropertyMapping ; kr:mapsProperty orth:title .",
    ),
    "mapping-relationship": (
        "PropertyMapping-toRelationshipKind",
        "ex:this a kr:PropertyMapping .",
    ),
    "mapping-reversed": (
        "PropertyMapping-reversed",
        'ex:this a kr:PropertyMapping ; kr:reversed "yes" .',
    ),
    "mapping-subject": (
        "PropertyMapping-whenSubject",
        "ex:this a kr:PropertyMapping ; kr:whenSubject ex:Unknown .",
    ),
    "mapping-reason": ("PropertyMapping-reason", "ex:this a kr:PropertyMapping ."),
    "mapping-astray": ("PropertyMapping-mapping", "ex:this a kr:PropertyMapping ."),
    "measure-label": ("Measure-label", "ex:this a kr:Measure ."),
    "measure-reason": ("Measure-reason", 'ex:this a kr:Measure ; rdfs:comment "So." .'),
    "measure-class": ("Measure-ofClass", "ex:this a kr:Measure ; kr:ofClass ex:Unknown ."),
    "measure-operation": ("Measure-operation", "ex:this a kr:Measure ; kr:operation kr:Both ."),
    "measure-operand": ("Measure-operand", "ex:this a kr:Measure ; kr:operand ( 1 ) , ( 2 ) ."),
    "measure-least": ("Measure-atLeast", "ex:this a kr:Measure ; kr:atLeast 'none' ."),
    "measure-unit": ("Measure-unit", "ex:this a kr:Measure ; kr:unit 'a' , 'b' ."),
    "measure-roll-up": ("Measure-rollUp", "ex:this a kr:Measure ; kr:rollUp kr:Count ."),
    "ranking-label": ("Ranking-label", "ex:this a kr:Ranking ."),
    "ranking-reason": ("Ranking-reason", 'ex:this a kr:Ranking ; rdfs:comment "So." .'),
    "ranking-ranks": ("Ranking-ranks", "ex:this a kr:Ranking ; kr:ranks ex:Unknown ."),
    "ranking-dependent": ("Ranking-dependent", "ex:this a kr:Ranking ."),
    "ranking-own": ("Ranking-ownMeasure", "ex:this a kr:Ranking ; kr:ownMeasure ex:Unknown ."),
    "ranking-worth": ("Ranking-worth", "ex:this a kr:Ranking ; kr:worth ex:Unknown ."),
    "ranking-stands": (
        "Ranking-standsFor",
        "ex:this a kr:Ranking ; kr:standsFor rdfs:label , rdfs:comment .",
    ),
    "node-shape-name": ("NodeShape-name", "ex:this a sh:NodeShape ."),
    "node-shape-target": (
        "NodeShape-targetClass",
        "ex:this a sh:NodeShape ; sh:targetClass ex:Unknown .",
    ),
    "node-shape-anonymous": (
        "NodeShape-property",
        "ex:this a sh:NodeShape ; sh:property [ sh:path orth:title ] .",
    ),
    "shape-path": ("PropertyShape-path", "ex:this a sh:PropertyShape ."),
    "shape-path-unknown": (
        "PropertyShape-path-declared",
        "ex:this a sh:PropertyShape ; sh:path orth:unheardOf .",
    ),
    "shape-path-unknown-backwards": (
        "PropertyShape-path-declared",
        "ex:this a sh:PropertyShape ; sh:path [ sh:inversePath orth:unheardOf ] .",
    ),
    "shape-path-unknown-either-way": (
        "PropertyShape-path-declared",
        "ex:this a sh:PropertyShape ; "
        "sh:path [ sh:alternativePath ( orth:title [ sh:inversePath orth:unheardOf ] ) ] .",
    ),
    "shape-name": ("PropertyShape-name", "ex:this a sh:PropertyShape ."),
    "shape-description": ("PropertyShape-description", "ex:this a sh:PropertyShape ."),
    "shape-order": ("PropertyShape-order", "ex:this a sh:PropertyShape ; sh:order 1.5 ."),
    "shape-severity": ("PropertyShape-severity", "ex:this a sh:PropertyShape ."),
    "shape-message": (
        "PropertyShape-message",
        'ex:this a sh:PropertyShape ; sh:message "Wrong."@en .',
    ),
    "shape-message-without-remedy": (
        "PropertyShape-message",
        'ex:this a sh:PropertyShape ; sh:message "The value of this field is quite wrong."@en .',
    ),
    "shape-datatype": (
        "PropertyShape-datatype",
        "ex:this a sh:PropertyShape ; sh:datatype xsd:gYear .",
    ),
    "shape-class": ("PropertyShape-class", "ex:this a sh:PropertyShape ; sh:class ex:Unknown ."),
    "shape-class-in-choice": (
        "PropertyShape-class",
        "ex:this a sh:PropertyShape ; "
        "sh:or ( [ sh:class orth:Product ] [ sh:class ex:Unknown ] ) .",
    ),
    "shape-json-key": (
        "PropertyShape-jsonKey",
        'ex:this a sh:PropertyShape ; kr:jsonKey "two words" .',
    ),
    "shape-reference-key": (
        "PropertyShape-referenceKey",
        "ex:this a sh:PropertyShape ; kr:referenceKey orth:requires .",
    ),
    "shape-ordered": (
        "PropertyShape-ordered",
        'ex:this a sh:PropertyShape ; kr:ordered "yes" .',
    ),
    "shape-astray": ("PropertyShape-node-shape", "ex:this a sh:PropertyShape ."),
}


def bundle() -> Graph:
    """Return ontology and shapes, the meta shapes included, as one new graph."""
    union = Graph()
    for graph in (ontology(), shapes(), meta_shapes()):
        for triple in graph:
            union.add(triple)
    return union


@cache
def results_for_planted_faults() -> list[Result]:
    """Validate the ontology with all the faults planted in it at once.

    The sound shapes are left out: they are looked at by another test, and take long.
    """
    snippets = [
        text.replace("ex:this", f"ex:planted-{name}") for name, (_, text) in PLANTED.items()
    ]
    return validate(ontology() + parse("\n".join(snippets)), meta_shapes())


def test_ontology_and_shapes_conform_and_the_meta_shapes_to_themselves() -> None:
    assert validate(bundle(), meta_shapes()) == []


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_caught(name: str) -> None:
    shape, _ = PLANTED[name]
    reported = {
        result.shape for result in results_for_planted_faults() if result.focus == f"planted-{name}"
    }
    assert shape in reported


def test_faults_are_reported_where_they_were_planted() -> None:
    assert {
        result.focus
        for result in results_for_planted_faults()
        if not result.focus.startswith("planted-")
        # An unnamed property shape is looked at as well, and has no name to be reported by.
        and not result.focus.startswith("n")
    } == set()
