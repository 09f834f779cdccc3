"""What is compiled, what is left to pySHACL, and that one report comes of both."""

from __future__ import annotations

import subprocess
import sys

import pytest
from pyoxigraph import BaseDirection, BlankNode, Literal, NamedNode, Triple

from orthogramic.errors import InvalidShapesError, UnreadableInputError
from orthogramic.validation import compile_shapes, validate
from orthogramic.validation.compiled import IndexedGraph
from tests.unit.validation.harbour import HARBOUR, ONTOLOGY, SHAPES, term, turtle

JOIN = f"SELECT $this ?value {{ $this <{HARBOUR}captain> ?value . ?other <{HARBOUR}captain> ?value "


def components(shapes: str, data: str) -> list[str]:
    """Return the names of the components that fail."""
    results = validate(turtle(data), turtle(shapes)).results
    return [each.component.value.rpartition("#")[2] for each in results]


def test_ordinary_shapes_are_compiled_once_for_any_data() -> None:
    compiled = compile_shapes(turtle(SHAPES), turtle(ONTOLOGY))
    assert (compiled.reason, compiled.remaining, compiled.count) == (None, {}, 4)
    for data in (":argo a :Ship .", ":hercules a :Tug .", ""):
        again = validate(turtle(data), turtle(SHAPES), turtle(ONTOLOGY))
        assert validate(turtle(data), compiled) == again


@pytest.mark.parametrize(
    "constraint",
    [
        "sh:datatype xsd:date , xsd:integer",
        "sh:minCount '1'",
        "sh:minLength -1",
        "sh:pattern '['",
        "sh:flags 'i' , 'm' ; sh:pattern 'a'",
        "sh:in ( 1 ) , ( 2 )",
        "sh:in [ ]",
        "sh:languageIn ( :en )",
        "sh:uniqueLang 'yes'",
        "sh:lessThan [ ]",
        "sh:closed 'no'",
        "sh:ignoredProperties ( :p )",
        "sh:qualifiedMinCount 1",
        "sh:qualifiedValueShape [ sh:class :Ship ]",
        "sh:node :P",
        "sh:property [ sh:class :Ship ]",
        "sh:node [ sh:property :P ]",
        "sh:severity sh:Info , sh:Warning",
        "sh:message :loud",
        "sh:sparql [ sh:select 'SELECT $this { $this ?p ?o }' ]",
        "sh:targetNode [ ]",
        "sh:targetSubjectsOf [ ]",
        "sh:not :P",
        "sh:minInclusive :low",
    ],
)
def test_what_is_unusual_is_left_to_pyshacl(constraint: str) -> None:
    compiled = compile_shapes(
        turtle(f":P sh:path :p ; sh:targetNode :argo ; {constraint} .")
        + turtle(":S a sh:NodeShape ; sh:targetNode :argo ; sh:class :Ship .")
    )
    assert compiled.reason is None
    assert set(compiled.remaining) == {term("P")}
    assert [each.node for each in compiled.shapes] == [term("S")]


def chain(length: int) -> list[Triple]:
    """Return shapes of which each refers to the next, so many deep."""
    links = [f":S{each} a sh:NodeShape ; sh:node :S{each + 1} ." for each in range(length - 1)]
    last = f":S{length - 1} a sh:NodeShape ; sh:class :Ship ."
    return turtle(f":S0 sh:targetNode :argo . {' '.join(links)} {last}")


def test_shapes_that_refer_to_each_other_too_deep_are_left_to_pyshacl() -> None:
    assert not compile_shapes(chain(20)).remaining
    assert set(compile_shapes(chain(21)).remaining) == {term("S0")}
    assert len(validate([], chain(20)).results) == len(validate([], chain(28)).results) == 1
    with pytest.raises(InvalidShapesError, match="too deep"):
        validate([], chain(40))


@pytest.mark.parametrize(
    "path",
    ["[ sh:inversePath ( :a :b ) ]", "( :a )", "[ ]", "'a'", "[ sh:alternativePath ( :a ) ]",
     "[ sh:inversePath :a ; sh:zeroOrMorePath :b ]", "( :a :b :c :d :e :f :g :h :i :j :k )"],
)  # fmt: skip
def test_a_path_that_pyshacl_goes_in_its_own_way_is_left_to_it(path: str) -> None:
    shapes = turtle(f":P sh:path {path} ; sh:targetNode :argo ; sh:minCount 1 .")
    assert set(compile_shapes(shapes).remaining) == {term("P")}


@pytest.mark.parametrize(
    "shapes",
    [
        ":S a sh:NodeShape ; sh:path :p .",
        ":S a sh:PropertyShape .",
        ":S sh:or ( ) .",
        ":S sh:deactivated true , false .",
        ":S sh:property 'p' .",
        ":MyComponent a sh:ConstraintComponent .",
    ],
)
def test_a_graph_that_pyshacl_might_refuse_as_a_whole_is_left_to_it(shapes: str) -> None:
    assert compile_shapes(turtle(f"{shapes} :S sh:targetNode :argo .")).reason


def test_one_report_comes_of_both() -> None:
    shapes = """
    :compiled a sh:NodeShape ; sh:targetClass :Ship ; sh:class :Captain .
    :asked a sh:NodeShape ; sh:targetClass :Ship ;
        sh:sparql [ sh:select "SELECT $this { $this a ?class FILTER(isIRI(?class)) }" ] .
    """
    assert components(shapes, ":argo a :Ship .") == [
        "ClassConstraintComponent",
        "SPARQLConstraintComponent",
    ]


def test_data_that_cannot_be_ordered_is_refused_as_pyshacl_refuses_it() -> None:
    shapes = turtle(":P sh:path :p ; sh:targetNode :argo ; sh:lessThan :q .")
    data = turtle(":argo :p [ ] ; :q 1 .")
    evaluation = compile_shapes(shapes).validate(IndexedGraph(data))
    assert set(evaluation.remaining) == {term("P")}
    with pytest.raises(InvalidShapesError, match="BlankNode"):
        validate(data, shapes)


def test_literals_that_a_join_compares_are_left_to_pyshacl() -> None:
    shapes = f'''
    :S a sh:NodeShape ; sh:targetClass :Ship ;
        sh:sparql [ sh:select """SELECT $this {{ $this <{HARBOUR}draught> ?a , ?b .
            FILTER (?a != ?b) }}""" ] .
    '''
    compiled = compile_shapes(turtle(shapes))
    data = ":argo a :Ship ; :draught 1 , 1.0 . :bounty a :Ship ; :draught 1 , 2 ."
    assert not compiled.remaining
    assert set(compiled.validate(IndexedGraph(turtle(data))).remaining) == {term("S")}
    found = validate(turtle(data), compiled).results
    assert {each.focus_node for each in found} == {term("bounty")}  # equal numbers do not differ


def test_the_message_of_a_join_names_what_was_found() -> None:
    shapes = f"""
    :S a sh:NodeShape ; sh:targetClass :Ship ; sh:sparql :unique .
    :unique sh:message "{{$this}} shares {{?value}}."@en ;
        sh:select "{JOIN} . FILTER (?other != $this) }}" .
    """
    report = validate(
        turtle(":argo a :Ship ; :captain :jason . :bounty :captain :jason ."), turtle(shapes)
    )
    [result] = report.results
    assert result.message == "argo shares jason."
    assert result.value == term("jason")
    assert f"sh:sourceConstraint <{HARBOUR}unique>" in report.to_turtle()


def test_what_lies_behind_a_failed_node_goes_into_the_graph() -> None:
    shapes = """
    :S a sh:NodeShape ; sh:targetNode :argo ; sh:node :Hull .
    :Hull a sh:NodeShape ; sh:property [ sh:path :draught ; sh:minCount 1 ] .
    """
    report = validate([], turtle(shapes))
    assert len(report.results) == 1
    assert report.to_turtle().count("MinCountConstraintComponent") == 1
    assert "sh:detail" in report.to_turtle()


def test_blank_nodes_of_the_report_are_not_those_of_the_data() -> None:
    taken = BlankNode("report1")
    data = [Triple(taken, NamedNode("urn:p"), Literal("x"))]
    shapes = turtle(":S a sh:NodeShape ; sh:targetSubjectsOf <urn:p> ; sh:class :Ship .")
    graph = validate(data, shapes).to_graph()
    subjects = {each.subject for each in graph}
    assert taken not in subjects
    assert taken in {each.object for each in graph}


def test_a_result_names_the_target_that_it_stands_or_falls_with() -> None:
    shapes = """
    :S a sh:NodeShape ; sh:targetClass :Ship ; sh:property :P .
    :P sh:path :captain ; sh:property :Q .
    :Q sh:path :nickname ; sh:minCount 1 .
    """
    data = turtle(":argo a :Ship ; :captain :jason .")
    [finding] = compile_shapes(turtle(shapes)).validate(IndexedGraph(data)).findings
    assert (finding.focus, finding.source_shape) == (term("jason"), term("Q"))
    assert (finding.root_node, finding.root_shape) == (term("argo"), term("S"))


@pytest.mark.parametrize("where", ["data", "shapes"])
def test_triple_terms_are_refused(where: str) -> None:
    odd = Triple(term("argo"), term("says"), Triple(term("a"), term("b"), term("c")))
    shapes = turtle(SHAPES)
    with pytest.raises(UnreadableInputError, match="Triple terms cannot be validated"):
        validate([odd] if where == "data" else [], [*shapes, odd] if where == "shapes" else shapes)


def test_strings_with_a_direction_are_refused() -> None:
    odd = Literal("x", language="he", direction=BaseDirection.RTL)
    with pytest.raises(UnreadableInputError, match="direction"):
        validate([Triple(term("argo"), term("says"), odd)], turtle(SHAPES))


def test_neither_rdflib_nor_pyshacl_is_loaded_for_compiled_shapes() -> None:
    code = """
import sys
from orthogramic.validation import validate
from tests.unit.validation.harbour import ONTOLOGY, SHAPES, turtle
data = ':argo a :Ship ; :draught 1.5 , 2 ; :flag "green" .'
assert validate(turtle(data), turtle(SHAPES), turtle(ONTOLOGY)).results
print(*{"rdflib", "pyshacl"} & set(sys.modules))
"""
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert not run.stdout.strip()
