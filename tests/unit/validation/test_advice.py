"""Each result tells how to mend it, in words that the data and the shapes give."""

from __future__ import annotations

import pytest

from orthogramic.validation import ValidationResult, validate
from tests.unit.validation.harbour import ONTOLOGY, turtle

KR = "<https://orthogramic.com/repository#{}>"
CREW = ":jason a :Captain ; rdfs:label 'Jason' . :bligh a :Captain ; rdfs:label 'William Bligh' ."


def only(data: str, constraint: str) -> ValidationResult:
    """Validate one property of one ship."""
    shapes = f"""
    :S a sh:NodeShape ; sh:targetNode :argo ; sh:property :P .
    :P sh:path :p ; sh:name "Pet name" ; {constraint} .
    """
    [result] = validate(turtle(data), turtle(shapes), turtle(ONTOLOGY)).results
    return result


@pytest.mark.parametrize(
    ("data", "constraint", "mend"),
    [
        (':argo :p "RED" .', 'sh:in ( "red" "blue" )', "Did you mean “red”?"),
        (':argo :p "bleu" .', 'sh:in ( "red" "blue" )', "Did you mean “blue”?"),
        (':argo :p "Level 3" .', 'sh:in ( "Level 2 - B" "Level 3 - C" )',
         "Did you mean “Level 3 - C”?"),
        (':argo :p "pink" .', 'sh:in ( "red" "blue" )', "Choose one of the 2 values of the list."),
        (':argo :p "red"@en .', 'sh:in ( "red" )', "Write “red” in the way that the list has it."),
        (":argo :q 1 .", 'sh:minCount 1 ; sh:description "What sailors call it." ; '
         + KR.format("jsonKey") + ' "petName" ; sh:datatype xsd:string',
         "Add “Pet name” (what sailors call it), in a JSON document as petName: \"…\"."),
        (":argo :q 1 .", "sh:minCount 1 ; sh:datatype xsd:date ; " + KR.format("jsonKey") + ' "d"',
         'Add “Pet name”, in a JSON document as d: "2026-11-23".'),
        (":argo :p 1 , 2 .", "sh:maxCount 1", "Keep the right one of “1” and “2”, and remove the "
         "rest."),
        (f'{CREW} :argo :p "Jason" .', "sh:class :Captain",
         "Refer to “Jason” itself, not to its name."),
        (f"{CREW} :argo :p :Blight .", "sh:class :Captain",
         "Add a captain of this name first, or refer to one that is there."),
        (f"{CREW} :argo :p :WilliamBlihg .", "sh:class :Captain", "Did you mean “William Bligh”?"),
        (":argo :p :t . :t a :Tug .", "sh:class :Captain",
         "Refer to a captain instead, or remove the reference."),
        (':argo :p "x"@en .', "sh:datatype xsd:string", "Leave out the language tag “en”."),
        (":argo :p 4 .", "sh:datatype xsd:decimal", "Write it as a decimal number, in Turtle 4.0."),
        (':argo :p "2026-03-31" .', "sh:datatype xsd:date",
         'Write it as a date, in Turtle "2026-03-31"^^xsd:date.'),
        (':argo :p "2026-02-30"^^xsd:date .', "sh:datatype xsd:date",
         "Correct it: February 2026 has 28 days."),
        (':argo :p "2026-13-01"^^xsd:date .', "sh:datatype xsd:date",
         "Correct it: there is no month 13."),
        (':argo :p "31.3.2026"^^xsd:date .', "sh:datatype xsd:date",
         "Correct it: it is not written as a date such as 2026-11-23."),
        (':argo :p "2026-03-31T25:00:00Z"^^xsd:dateTime .', "sh:datatype xsd:dateTime",
         "Correct it: there is no time of day 25:00:00."),
        (':argo :p "eur" .', 'sh:pattern "^[A-Z]{3}$"', "Did you mean “EUR”?"),
        (':argo :p "Euro" .', 'sh:pattern "^[A-Z]{3}$"', "Write text made of 3 capital letters."),
        (':argo :p "x" .', 'sh:pattern "^[A-Z]{2}-[0-9]+$"',
         "Write text made of 2 capital letters, then “-”, then one or more digits."),
        (':argo :p "" .', "sh:minLength 1", "Write the text, or remove the empty one."),
        (':argo :p "abcd" .', "sh:maxLength 1", "Shorten it by 3 characters."),
        (":argo :p 7 .", "sh:maxInclusive 5", "Write at most 5."),
        (":argo :p 7 ; :q 5 .", "sh:lessThan :q", "Correct “Pet name” or “q”."),
        (':argo :p "x" .', 'sh:languageIn ( "en" "fr" )', "Tag the text with one of: en, fr."),
        (":argo :p 1 .", "sh:hasValue 2", "Add “2”."),
    ],
)  # fmt: skip
def test_a_result_tells_how_to_mend_it(data: str, constraint: str, mend: str) -> None:
    assert only(data, constraint).mend == mend


def test_who_shares_a_name_is_told() -> None:
    shapes = """
    :S a sh:NodeShape ; sh:targetClass :Ship ; sh:property :P .
    :P sh:path ( :nickname [ sh:inversePath :nickname ] ) ; sh:maxCount 1 .
    """
    data = ':argo a :Ship ; :nickname "Arg" . :bounty a :Ship ; :nickname "Arg" ; rdfs:label "B" .'
    first, second = validate(turtle(data), turtle(shapes)).results
    assert first.found == "“Arg”, which “B” has too"
    assert first.mend == "Change it here or in “B”, or merge them if they are the same."
    assert second.found == "“Arg”, which “argo” has too"


def test_near_names_are_found_among_many() -> None:
    many = "".join(f":c{n} a :Captain ; rdfs:label 'Captain {n:04}' ." for n in range(300))
    data = f"{many} :x a :Captain ; rdfs:label 'Henry Morgan' . :argo :p 'Henri Morgan' ."
    assert only(data, "sh:class :Captain").mend == "Did you mean “Henry Morgan”?"


def test_a_part_is_named_after_its_owner() -> None:
    ontology = f"""
    :Mast rdfs:subClassOf {KR.format("StructuralNode")} ; rdfs:label "Mast" .
    :hasMast rdfs:range :Mast .
    """
    shapes = ":S sh:targetClass :Mast ; sh:property [ sh:path :height ; sh:minCount 1 ] ."
    data = """
    <urn:x://ships/argo> a :Ship ; rdfs:label "Argo" ; :hasMast <urn:x://ships/argo/masts/2> .
    <urn:x://ships/argo/masts/2> a :Mast .
    :bounty rdfs:label "Bounty" ; :hasMast :lonely . :lonely a :Mast ; rdfs:label "Main" .
    """
    found = validate(turtle(data), turtle(shapes), turtle(ontology))
    assert {each.focus_label for each in found.results} == {
        "Mast 2 of Argo",
        "Mast “Main” of Bounty",
    }


def test_a_link_is_named_after_its_ends() -> None:
    shapes = (
        f":S sh:targetNode :l ; sh:property [ sh:path {KR.format('status')} ; sh:minCount 1 ] ."
    )
    data = f"""
    :l a {KR.format("QualifiedRelationship")} ; {KR.format("property")} :captain ;
        {KR.format("source")} :argo ; {KR.format("target")} :jason .
    :argo rdfs:label "Argo" .
    """
    [result] = validate(turtle(data), turtle(shapes)).results
    assert result.focus_label == "“captain” from Argo to jason"


def test_many_results_are_counted_by_kind_first() -> None:
    ships = "".join(f":s{n} a :Ship ." for n in range(30))
    shapes = (
        ":S sh:targetClass :Ship ; sh:property [ sh:path :captain ; sh:minCount 1 ; "
        'sh:message "A ship has a captain. Name the captain." ] .'
    )
    text = validate(turtle(ships), turtle(shapes)).to_text(limit=2)
    assert "30 × Must mend: A ship has a captain.\n" in text
    assert text.count("Must mend, captain") == 2


def test_two_constraints_on_one_value_are_one_fault_to_a_reader() -> None:
    shapes = (
        ":S sh:targetNode :argo ; sh:property [ sh:path :p ; sh:class :Captain ; "
        'sh:nodeKind sh:IRI ; sh:message "A captain. Refer to one." ] .'
    )
    report = validate(turtle(':argo :p "x" .'), turtle(shapes))
    assert len(report.results) == 2
    assert report.to_text().count("A captain. Refer to one.") == 1
