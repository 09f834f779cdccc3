"""What a report says to programs, to people, and as a graph."""

from __future__ import annotations

import json

import rdflib
import rdflib.compare
from pyoxigraph import NamedNode

from orthogramic.metamodel import Severity
from orthogramic.validation import Place, ValidationReport, validate
from orthogramic.validation.report_graph import report_triples
from tests.unit.validation.harbour import HARBOUR, ONTOLOGY, SHAPES, term, turtle

DATA = """
:argo a :Ship ; rdfs:label "Argo" ; :draught "deep" ; :flag "green" .
:bounty a :Ship ; rdfs:label "Bounty" ; :captain :bligh , :christian .
:bligh a :Captain ; rdfs:label "Bligh" .
:christian rdfs:label "Christian" .
"""


def report() -> ValidationReport:
    """Validate the two ships."""
    places = {term("argo"): 2, term("bounty"): 3}
    return validate(
        turtle(DATA),
        turtle(SHAPES),
        turtle(ONTOLOGY),
        locate=lambda focus, _path, _value: (
            Place("ships.ttl", places[focus]) if isinstance(focus, NamedNode) else None
        ),
    )


def test_the_text_reads_like_this() -> None:
    assert (
        report().to_text()
        == """\
Not accepted: 4 violations, 1 warning.

Argo
  Must mend, Captain, ships.ttl:2
    A ship sails under exactly one captain. Name the captain.
    Expected: at least 1 value
    Found: no value
    To mend it: Add “captain” with a captain.
  Must mend, draught in metres, ships.ttl:2
    “draught in metres” should be a decimal number such as 1.5. Correct or remove the value.
    Expected: a decimal number such as 1.5
    Found: “deep” given as text
    To mend it: Write a decimal number such as 1.5.
  Should mend, flag, ships.ttl:2
    “flag” should be one of: red or blue. Choose one of the listed values, spelled as listed.
    Expected: one of: red or blue
    Found: “green”
    To mend it: Choose one of the 2 values of the list.

Bounty
  Must mend, Captain, ships.ttl:3
    A ship sails under exactly one captain. Name the captain.
    Expected: at most 1 value
    Found: 2 values: “Bligh” and “Christian”
    To mend it: Keep the right one of “Bligh” and “Christian”, and remove the rest.
  Must mend, Captain, ships.ttl:3
    A ship sails under exactly one captain. Name the captain.
    Expected: a captain
    Found: Christian, which is not described here
    To mend it: Add a captain of this name first, or refer to one that is there.
"""
    )


def test_the_text_can_be_cut_short() -> None:
    text = report().to_text(limit=1)
    assert "… and 4 more." in text
    assert "Bounty" not in text


def test_the_summary_counts_and_judges() -> None:
    found = report()
    assert not found.conforms
    assert not found.accepted
    assert found.counts == {"violation": 4, "warning": 1, "info": 0}


def test_warnings_do_not_block_and_do_not_conform() -> None:
    warnings = tuple(each for each in report().results if each.severity is Severity.WARNING)
    found = ValidationReport(warnings)
    assert found.accepted
    assert not found.conforms
    assert found.to_text().startswith("Accepted, with remarks: 1 warning.")


def test_nothing_to_mend() -> None:
    found = validate([], turtle(SHAPES))
    assert found.conforms
    assert found.accepted
    assert found.to_text() == "The data conforms: nothing to mend.\n"


def test_the_dictionary_is_json_and_complete() -> None:
    document = json.loads(json.dumps(report().to_dict()))
    assert document["counts"] == {"violation": 4, "warning": 1, "info": 0}
    assert document["results"][1] == {
        "severity": "violation",
        "focus_node": f"{HARBOUR}argo",
        "focus_label": "Argo",
        "path": f"{HARBOUR}draught",
        "path_label": "draught in metres",
        "value": "deep",
        "value_datatype": "http://www.w3.org/2001/XMLSchema#string",
        "message": "“draught in metres” should be a decimal number such as 1.5. "
        "Correct or remove the value.",
        "expected": "a decimal number such as 1.5",
        "found": "“deep” given as text",
        "mend": "Write a decimal number such as 1.5.",
        "component": "http://www.w3.org/ns/shacl#DatatypeConstraintComponent",
        "source_shape": f"{HARBOUR}ShipShape-draught",
        "source": "ships.ttl",
        "line": 2,
    }


def test_a_reference_has_no_datatype_in_the_dictionary() -> None:
    [wrong] = [each for each in report().results if each.value == term("christian")]
    assert "value_datatype" not in wrong.to_dict()
    assert wrong.to_dict()["value"] == f"{HARBOUR}christian"


def test_the_graph_is_a_validation_report() -> None:
    graph = rdflib.Graph().parse(data=report().to_turtle({"": HARBOUR}), format="turtle")
    sh = rdflib.SH
    [head] = graph.subjects(rdflib.RDF.type, sh.ValidationReport)
    assert graph.value(head, sh.conforms) == rdflib.Literal(False)
    assert len(list(graph.objects(head, sh.result))) == 5


def test_a_graph_made_of_results_says_what_the_validator_says() -> None:
    found = report()
    ours = rdflib.Graph().parse(data=ValidationReport(found.results).to_turtle(), format="turtle")
    theirs = rdflib.Graph().parse(data=found.to_turtle(), format="turtle")
    for graph in (ours, theirs):  # where the shape has no message, each has its own
        graph.remove((None, rdflib.SH.resultMessage, None))
    assert rdflib.compare.isomorphic(ours, theirs)


def test_paths_of_every_kind_are_written_back() -> None:
    paths = """
    :S a sh:NodeShape ; sh:targetNode :argo ;
        sh:property :inverse , :sequence , :alternative , :optional .
    :inverse sh:path [ sh:inversePath :a ] ; sh:minCount 1 .
    :sequence sh:path ( :a [ sh:zeroOrMorePath :b ] :c ) ; sh:minCount 1 .
    :alternative sh:path [ sh:alternativePath ( :a [ sh:oneOrMorePath :b ] ) ] ; sh:minCount 1 .
    :optional sh:path ( [ sh:zeroOrOnePath :d ] :d ) ; sh:minCount 1 .
    """
    found = validate(turtle(":argo a :Ship ."), turtle(paths))
    assert len(found.results) == 4
    ours = rdflib.Graph().parse(data=ValidationReport(found.results).to_turtle(), format="turtle")
    theirs = rdflib.Graph().parse(data=found.to_turtle(), format="turtle")
    for graph in (ours, theirs):
        graph.remove((None, rdflib.SH.resultMessage, None))
    assert rdflib.compare.isomorphic(ours, theirs)


def test_equal_reports_make_equal_graphs() -> None:
    assert report_triples(report()) == report_triples(report())
