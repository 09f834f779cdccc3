"""Whole-graph validation: the results are pySHACL's, in a fixed order and in people's words."""

from __future__ import annotations

import logging
import random
from dataclasses import dataclass, field

import pyshacl
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from orthogramic.errors import InvalidShapesError
from orthogramic.metamodel import Severity
from orthogramic.validation import ValidationReport, validate
from orthogramic.validation.rdflib_terms import to_term
from tests.unit.validation.harbour import ONTOLOGY, SHAPES, term, turtle

XSD = "http://www.w3.org/2001/XMLSchema#"
SHIPS = [term(name) for name in ("argo", "bounty", "cutty", "tug")]
STATEMENTS = st.one_of(
    st.builds(
        Triple,
        st.sampled_from(SHIPS),
        st.just(NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")),
        st.sampled_from([term("Ship"), term("Captain"), term("Tug")]),
    ),
    st.builds(
        Triple,
        st.sampled_from(SHIPS),
        st.sampled_from([term("captain"), term("draught"), term("flag")]),
        st.one_of(
            st.sampled_from(SHIPS),
            st.sampled_from(["red", "green", "01", "1.5"]).map(Literal),
            st.builds(
                Literal,
                st.sampled_from(["1.5", "1.50", "deep", ""]),
                datatype=st.sampled_from([NamedNode(XSD + "decimal"), NamedNode(XSD + "double")]),
            ),
        ),
    ),
)


@dataclass
class Recorder:
    """Remembers what it is told."""

    stages: list[tuple[str, int | None]] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    calls: list[int] = field(default_factory=list)

    def stage(self, name: str, total: int | None) -> None:
        self.stages.append((name, total))
        self.counts.append(0)
        self.calls.append(0)

    def advance(self, count: int) -> None:
        self.counts[-1] += count
        self.calls[-1] += 1


def rows(report: ValidationReport) -> list[tuple[str, ...]]:
    """Return what SHACL says of each result."""
    return sorted(
        (
            str(each.focus_node),
            each.path.value if each.path else "",
            str(each.value),
            each.component.value,
            each.severity.value,
            str(each.source_shape),
        )
        for each in report.results
    )


def oracle(data: list[Triple], shapes: list[Triple]) -> list[tuple[str, ...]]:
    """Ask pySHACL through its own front door, with graphs that rdflib parsed."""
    graphs = [
        rdflib.Graph().parse(data=serialize(each, format=RdfFormat.N_TRIPLES), format="nt")
        for each in (data, shapes)
    ]
    _, report, _ = pyshacl.validate(graphs[0], shacl_graph=graphs[1], inference="none")
    sh = rdflib.SH
    found = []
    for node in report.objects(None, sh.result):
        value = report.value(node, sh.value)
        severity = str(report.value(node, sh.resultSeverity)).rpartition("#")[2].lower()
        found.append(
            (
                str(to_term(report.value(node, sh.focusNode))),
                str(report.value(node, sh.resultPath) or ""),
                str(None if value is None else to_term(value)),
                str(report.value(node, sh.sourceConstraintComponent)),
                severity,
                str(to_term(report.value(node, sh.sourceShape))),
            )
        )
    return sorted(found)


@settings(deadline=None, max_examples=60)
@given(data=st.lists(STATEMENTS, max_size=14))
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_results_are_those_of_pyshacl(data: list[Triple]) -> None:
    shapes = turtle(SHAPES)
    subclass = [each for each in turtle(ONTOLOGY) if "subClassOf" in each.predicate.value]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rdflib, "NORMALIZE_LITERALS", False)
        patch.setattr(logging.getLogger("rdflib.term"), "disabled", True)
        expected = oracle([*data, *subclass], shapes)
    report = validate(data, shapes, turtle(ONTOLOGY))
    assert rows(report) == expected
    assert report.conforms == (not expected)
    assert report.accepted == (not any("violation" in row for row in expected))


@settings(deadline=None, max_examples=30)
@given(data=st.lists(STATEMENTS, max_size=14), seed=st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_the_order_of_the_data(
    data: list[Triple], seed: random.Random
) -> None:
    shuffled = list(data)
    seed.shuffle(shuffled)
    first = validate(data, turtle(SHAPES))
    assert first == validate([*shuffled, *data], turtle(SHAPES))
    severities = [each.severity for each in first.results]
    assert severities == sorted(severities, key=list(Severity).index)


def test_progress_is_told_for_statements_and_shapes() -> None:
    recorder = Recorder()
    validate(turtle(":argo a :Ship ; :captain :x ."), turtle(SHAPES), progress=recorder)
    assert recorder.stages == [("Reading the data", None), ("Validating", 4)]
    assert recorder.counts == [2, 4]


def test_progress_goes_on_while_much_is_read() -> None:
    recorder = Recorder()
    data = [Triple(SHIPS[0], term("log"), Literal(str(number))) for number in range(10_001)]
    validate(data, turtle(SHAPES), progress=recorder)
    assert recorder.counts[0] == 10_001
    assert recorder.calls[0] == 2


def test_long_values_are_shortened_and_their_line_breaks_folded() -> None:
    report = validate(
        [
            *turtle(":argo a :Ship ; :captain :jason . :jason a :Captain ."),
            Triple(term("argo"), term("draught"), Literal("very\n  deep " * 20)),
        ],
        turtle(SHAPES),
    )
    [result] = report.results
    assert result.found.startswith("“very deep very deep")
    assert result.found.endswith("…” given as text")
    assert len(result.found) < 110


def test_labels_come_from_the_caller_then_ontology_then_data() -> None:
    data = turtle(
        """
        :argo a :Ship ; rdfs:label "Argo" ; :captain :jason , :medea , :nobody .
        :jason :nickname "Jay" .
        """
    )
    report = validate(
        data, turtle(SHAPES), turtle(ONTOLOGY), labels={term("argo"): "The good ship"}
    )
    assert {each.focus_label for each in report.results} == {"The good ship"}
    found = [each.found for each in report.results if each.value is not None]
    assert found == [
        "Jay, which is not described here",
        "medea, which is not described here",
        "nobody, which is not described here",
    ]


def test_subclasses_of_the_ontology_are_reached() -> None:
    report = validate(turtle(":hercules a :Tug ."), turtle(SHAPES), turtle(ONTOLOGY))
    assert [each.focus_node for each in report.results] == [term("hercules")]


@pytest.mark.parametrize(
    ("constraint", "value", "expected", "found"),
    [
        ("sh:datatype xsd:integer", '"x"', "a whole number such as 5", "“x” given as text"),
        ("sh:datatype :Knots", "5", "a value of type Knots", "“5” given as a whole number"),
        ("sh:class :Ship", ":buoy", "a ship", "buoy, which is not described here"),
        ("sh:nodeKind sh:IRI", '"x"', "a reference, not text",
         "the text “x”"),
        ("sh:nodeKind sh:Literal", "[]", "a plain value, not a reference",
         "an unnamed part of argo"),
        ("sh:minCount 2", "1", "at least 2 values", "1 value: “1”"),
        ("sh:maxCount 0", "1", "at most 0 values", "1 value: “1”"),
        ("sh:minExclusive 3", "3", "more than 3", "“3”"),
        ("sh:minInclusive 3", "2", "3 or more", "“2”"),
        ("sh:maxExclusive 3", "3", "less than 3", "“3”"),
        ("sh:maxInclusive 3", "4", "3 or less", "“4”"),
        ("sh:minLength 2", '"a"', "at least 2 characters long", "“a”"),
        ("sh:maxLength 1", '"ab"', "at most 1 character long", "“ab”"),
        ('sh:pattern "^A"', '"b"', "text of the form ^A", "“b”"),
        ('sh:languageIn ( "en" "fr" )', '"ja"@de', "text in one of these languages: en or fr",
         "“ja” (de)"),
        ("sh:hasValue :red", ":blue", "“red” among the values", "1 value: “blue”"),
        ("sh:in ( :red 7 )", ":blue", "one of: red or 7", "blue"),
        ("sh:not [ sh:datatype xsd:integer ]", "5",
         "anything but a whole number such as 5", "“5”"),
        ("sh:or ( [ sh:class :Ship ] )", "5",
         "a ship", "the text “5”"),
        ("sh:and ( [ sh:class :Ship ] )", "5", "a ship", "“5”"),
        ("sh:xone ( [ sh:class :Ship ] )", "5",
         "a ship", "“5”"),
        ("sh:node :Hull", "5", "a ship", "“5”"),
        ("sh:equals :other", "5", "the same as “other”", "“5”"),
        ("sh:disjoint :same", "5", "different from “same”", "“5”"),
        ("sh:lessThan :limit", "5", "less than “limit”",
         "“5”, while “limit” is “4”"),
        ("sh:lessThanOrEquals :limit", "5", "no more than “limit”",
         "“5”, while “limit” is “4”"),
        ("sh:qualifiedValueShape [ sh:class :Ship ] ; sh:qualifiedMinCount 1", "5",
         "at least 1 value that is a ship", "1 value: “5”"),
        ("sh:qualifiedValueShape [ sh:datatype xsd:integer ] ; sh:qualifiedMaxCount 0", "5",
         "at most 0 values that are each a whole number such as 5", "1 value: “5”"),
    ],
)  # fmt: skip
def test_each_constraint_has_words(constraint: str, value: str, expected: str, found: str) -> None:
    shapes = f"""
    :S a sh:NodeShape ; sh:targetNode :argo ; sh:property :P .
    :P sh:path :p ; {constraint} .
    :Hull a sh:NodeShape ; sh:class :Ship .
    """
    report = validate(turtle(f":argo :p {value} ; :same 5 ; :limit 4 ."), turtle(shapes))
    [result] = report.results
    assert (result.expected, result.found) == (expected, found)
    assert result.message.startswith(f"“p” should be {expected}. ")
    assert result.message.endswith((".", "listed."))


def test_one_text_per_language() -> None:
    shapes = (
        ":S a sh:NodeShape ; sh:targetNode :argo ; sh:property :P . :P sh:path :p ; "
        "sh:uniqueLang true ."
    )
    [result] = validate(turtle(':argo :p "a"@en , "b"@en .'), turtle(shapes)).results
    assert result.expected == "one text per language"


def test_a_closed_shape_names_what_is_too_much() -> None:
    shapes = ":S a sh:NodeShape ; sh:targetNode :argo ; sh:closed true ."
    [result] = validate(turtle(':argo :nickname "x" .'), turtle(shapes), turtle(ONTOLOGY)).results
    assert result.path_label == "nickname"
    assert result.message == (
        "“nickname” should be nothing beyond the properties that the description lists. "
        "Remove the extra property, or move it where it belongs."
    )


def test_values_are_counted_against_the_direction_too() -> None:
    shapes = """
    :S a sh:NodeShape ; sh:targetNode :bligh ; sh:property :P .
    :P sh:path [ sh:inversePath :captain ] ; sh:maxCount 1 .
    """
    data = turtle(":argo :captain :bligh . :bounty :captain :bligh .")
    [result] = validate(data, turtle(shapes)).results
    assert result.found == "2 values: “argo” and “bounty”"
    assert result.path_label == "captain (from the other end)"


def test_a_sparql_constraint_speaks_for_itself_and_is_parsed_once() -> None:
    shapes = """
    :S a sh:NodeShape ; sh:targetClass :Ship ; sh:sparql [
        sh:message "{?value} is no captain for {$this}." ;
        sh:select "SELECT $this ?value { $this <https://harbour.example/terms#captain> ?value }" ] .
    """
    data = turtle(':argo a :Ship ; :captain "Jay" . :bounty a :Ship ; :captain "Fletcher" .')
    messages = [each.message for each in validate(data, turtle(shapes)).results]
    assert messages == [
        "Jay is no captain for argo.",
        "Fletcher is no captain for bounty.",
    ]


def test_the_english_message_is_preferred() -> None:
    shapes = """
    :S a sh:NodeShape ; sh:targetNode :argo ; sh:class :Ship ;
        sh:message "Ein Schiff bitte."@de , "A ship please."@en .
    """
    [result] = validate([], turtle(shapes)).results
    assert result.message == "A ship please."
    assert result.path is None
    assert result.path_label is None


def test_a_severity_of_its_own_blocks() -> None:
    shapes = ":S a sh:NodeShape ; sh:targetNode :argo ; sh:class :Ship ; sh:severity :Awful ."
    report = validate([], turtle(shapes))
    assert not report.accepted
    assert "Awful" in report.to_turtle()


def test_an_unnamed_focus_node_has_no_identifier_in_the_text() -> None:
    data = [Triple(BlankNode("secret"), NamedNode("urn:p"), Literal("x"))]
    report = validate(
        data, turtle(":S a sh:NodeShape ; sh:targetSubjectsOf <urn:p> ; sh:class :Ship .")
    )
    assert "an unnamed node" in report.to_text()
    assert "secret" not in report.to_text()


@pytest.mark.parametrize(
    "shapes",
    [
        ":S a sh:NodeShape ; sh:targetNode :argo ; sh:property [ sh:minCount 1 ] .",
        ":S a sh:NodeShape ; sh:targetNode :argo ; sh:path :p .",
        ":S a sh:NodeShape ; sh:targetNode :argo ; sh:datatype xsd:date , xsd:integer .",
        ':S a sh:NodeShape ; sh:targetNode :argo ; sh:pattern "[" .',
        ':S a sh:NodeShape ; sh:targetNode :argo ; sh:sparql [ sh:select "SELECT nonsense" ] .',
    ],
)
def test_malformed_shapes_are_an_error_of_their_own(shapes: str) -> None:
    with pytest.raises(InvalidShapesError, match=r"^The shapes cannot be applied: .*\.$"):
        validate(turtle(":argo a :Ship ."), turtle(shapes))
