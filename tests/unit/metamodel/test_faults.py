"""A bundle with faults is refused with all of them, each with its file and line."""

from __future__ import annotations

import pytest

from orthogramic.errors import BundleError
from tests.unit.metamodel.bundles import PREFIXES, faults, line_of, read

RULE = """
t:profile a kr:ImpactProfile ; rdfs:label "Breeze" ; kr:rule t:rule .
t:rule a kr:ImpactRule ; kr:onProperty {on} ; kr:flow {flow} ; kr:weight {weight} ;
    kr:modality kr:Certain ; kr:support kr:All .
"""


def rule(on: str = "t:fliesIn", flow: str = "kr:ObjectToSubject", weight: str = "0.5") -> str:
    return RULE.format(on=on, flow=flow, weight=weight)


def test_a_sound_bundle_has_no_fault() -> None:
    assert faults(rule()) == []


@pytest.mark.parametrize(
    ("ontology", "expected"),
    [
        ("t:Plane a owl:Class ; rdfs:subClassOf kr:Entity ; kr:businessKey t:caption .", "label"),
        ('t:Plane a owl:Class ; rdfs:label "Plane" ; rdfs:subClassOf kr:Entity .', "businessKey"),
        (
            't:Plane a owl:Class ; rdfs:label "Plane" ; rdfs:subClassOf t:Aircraft .',
            "not declared",
        ),
        (
            't:Plane a owl:Class ; rdfs:label "Plane" ; rdfs:subClassOf kr:Entity ;'
            " kr:businessKey t:fliesIn .",
            "no datatype property",
        ),
        (
            't:A a owl:Class ; rdfs:label "A" ; rdfs:subClassOf t:B .'
            ' t:B a owl:Class ; rdfs:label "B" ; rdfs:subClassOf t:A .',
            "its own superclass",
        ),
        (
            't:odd a owl:DatatypeProperty , owl:ObjectProperty ; rdfs:label "odd" .',
            "both a datatype and an object property",
        ),
        (
            't:carries a owl:ObjectProperty ; rdfs:label "carries" ; owl:inverseOf t:fliesIn .',
            "more than one pair",
        ),
        (
            't:carries a owl:ObjectProperty ; rdfs:label "carries" ; owl:inverseOf t:gone .',
            "no object property",
        ),
        (rule(weight="0"), "kr:weight"),
        (rule(weight="2"), "kr:weight"),
        (rule(weight='"NaN"'), "kr:weight"),
        (rule(weight='"heavy"'), "kr:weight"),
        (rule(on="t:unheardOf"), "no relationship"),
        (rule(on="t:caption"), "no relationship"),
        (rule(flow="kr:Sideways"), "kr:flow"),
    ],
)
def test_each_kind_of_fault_is_found_with_its_place(ontology: str, expected: str) -> None:
    found = faults(ontology)
    assert any(expected in each.message for each in found), found
    assert all(each.source == "ontology/toys.ttl" for each in found)
    assert all(each.line >= line_of(ontology, ontology.strip()[:12]) for each in found)


def test_the_line_is_that_of_the_statement() -> None:
    text = rule(weight="7")
    (fault,) = faults(text)
    assert fault.line == line_of(text, "kr:weight 7")


def test_all_faults_are_reported_at_once() -> None:
    text = rule(weight="0") + "t:Plane a owl:Class ."
    shapes = "t:Form a sh:NodeShape ; sh:targetClass t:Gone ; sh:property [ sh:path t:caption ] ."
    messages = [each.message for each in faults(text, shapes, {"Bad Name": "SELECT * {}"})]
    for part in ("kr:weight", "rdfs:label", "target class", "without an IRI", "file name"):
        assert any(part in each for each in messages), part


def test_a_document_that_does_not_parse_is_a_fault_beside_the_others() -> None:
    found = faults("t:Kite t:fliesIn", "", {"no-header": "SELECT * { ?s ?p ?o }"})
    assert {each.source for each in found} == {"ontology/toys.ttl", "queries/no-header.rq"}


def test_two_rules_for_one_property_are_a_fault() -> None:
    text = rule() + (
        "t:profile kr:rule t:other . t:other a kr:ImpactRule ; kr:onProperty t:lifts ;"
        " kr:flow kr:Both ; kr:weight 1.0 ; kr:modality kr:Certain ; kr:support kr:All ."
    )
    assert any("two rules" in each.message for each in faults(text))


def test_conflicting_inherited_rules_are_a_fault() -> None:
    text = """
    t:a a owl:ObjectProperty ; rdfs:label "a" .
    t:b a owl:ObjectProperty ; rdfs:label "b" .
    t:c a owl:ObjectProperty ; rdfs:label "c" ; rdfs:subPropertyOf t:a , t:b .
    t:profile a kr:ImpactProfile ; rdfs:label "p" ; kr:rule t:onA , t:onB .
    t:onA a kr:ImpactRule ; kr:onProperty t:a ; kr:flow kr:Both ; kr:weight 0.1 ;
        kr:modality kr:Certain ; kr:support kr:All .
    t:onB a kr:ImpactRule ; kr:onProperty t:b ; kr:flow kr:Both ; kr:weight 0.2 ;
        kr:modality kr:Certain ; kr:support kr:All .
    """
    assert any("different impact rules" in each.message for each in faults(text))


def test_two_default_profiles_are_a_fault() -> None:
    text = """
    t:p a kr:ImpactProfile ; rdfs:label "p" ; kr:isDefault true .
    t:q a kr:ImpactProfile ; rdfs:label "q" ; kr:isDefault true .
    """
    assert any("second profile" in each.message for each in faults(text))


def test_a_prefix_with_two_meanings_is_a_fault() -> None:
    shapes = "@prefix t: <https://elsewhere.example/> . t:x rdfs:seeAlso t:y ."
    assert any("prefix t:" in each.message for each in faults("", shapes))


SHAPE = "t:Form a sh:NodeShape ; sh:targetClass t:Kite ; sh:property t:Form-x . t:Form-x "


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ("sh:path t:colour .", "path <https://toys.example/terms#colour>"),
        ("sh:class t:Storm ; sh:path t:fliesIn .", "class <https://toys.example/terms#Storm>"),
        ("sh:minCount 1 .", "no sh:path"),
        ('sh:path t:caption ; sh:maxCount "many" .', "is no number"),
    ],
)
def test_faults_of_shapes(shape: str, expected: str) -> None:
    found = faults("", SHAPE + shape)
    assert [each for each in found if expected in each.message], found
    assert {each.source for each in found} == {"shapes/toys.ttl"}


HEADER = "#+ summary: Which kites fly?\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT * { ?s ?p ?o }", "no #+ header"),
        ("#+ summary: [\nSELECT * { ?s ?p ?o }", "no YAML"),
        ("#+ tags: []\nSELECT * { ?s ?p ?o }", "summary is missing"),
        (HEADER + "#+ colour: red\nSELECT * { ?s ?p ?o }", "unknown key colour"),
        (HEADER + "#+ display: hologram\nSELECT * { ?s ?p ?o }", "display must be one of"),
        (
            HEADER + "#+ params: {k: {type: kite, description: d}}\nSELECT * { ?k ?p ?o }",
            "type of parameter k",
        ),
        (
            HEADER + "#+ params: {k: {type: string, description: d}}\nSELECT * { ?s ?p ?o }",
            "no variable of the query",
        ),
        (
            HEADER
            + "#+ params: {k: {type: entity, class: Cow, description: d}}\nSELECT * { ?k ?p ?o }",
            "unknown class Cow",
        ),
        (HEADER + "#+ params: {k: string}\nSELECT * { ?k ?p ?o }", "at least its type"),
        (
            HEADER + "#+ params: {k: {type: string, description: d}}\nSELECT ?s { ?s ?p $k }",
            "must SELECT each of its parameters: $k",
        ),
        (
            HEADER + "#+ display: matrix\nSELECT ?s ?sLabel ?o { ?s ?o ?sLabel }",
            "matrix needs at least 3 columns beside those of labels; the query has 2",
        ),
        (
            HEADER + "#+ display: bars\nSELECT ?s ?sLabel { ?s ?p ?sLabel }",
            "bars needs at least 2 columns beside those of labels; the query has 1",
        ),
        (HEADER + "SELECT * { ?s ?p }", "does not parse at line 2"),
        (HEADER + "DELETE WHERE { ?s ?p ?o }", "must be SELECT"),
        (HEADER + "ASK { ?s ?p ?o }", "must be SELECT"),
        (HEADER + "CONSTRUCT WHERE { ?s ?p ?o }", "must be SELECT"),
        (HEADER + "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "SERVICE"),
        (HEADER + f"SELECT * {'{' * 60} ?s ?p ?o {'}' * 60}", "nests brackets"),
    ],
)
def test_faults_of_queries(text: str, expected: str) -> None:
    found = faults("", "", {"kites": text})
    assert [each for each in found if expected in each.message], found


def test_two_queries_of_one_name_are_a_fault() -> None:
    text = HEADER + "SELECT * { ?s ?p ?o }"
    assert any(
        "another query" in each.message
        for each in faults("", "", {"a/kites": text, "b/kites": text})
    )


def test_the_error_says_the_first_fault_and_lists_all() -> None:
    with pytest.raises(BundleError) as caught:
        read("t:Plane a owl:Class . t:Glider a owl:Class .")
    document = caught.value.to_dict()
    assert len(document["faults"]) == 2
    assert "ontology/toys.ttl" in document["detail"]
    assert document["code"] == "bundle-fault"


def test_prefixes_of_the_helper_are_known() -> None:
    assert read().prefixes["t"] == "https://toys.example/terms#"
    assert "@prefix t:" in PREFIXES
