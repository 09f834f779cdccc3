"""Measures: what a bundle may define, and which faults are found where."""

from __future__ import annotations

from decimal import Decimal

import pytest

from orthogramic.errors import UnknownMeasureError
from orthogramic.metamodel import SCORE, Measure, Operation
from orthogramic.metamodel.property_paths import Alternatives, Link, Sequence
from tests.unit.metamodel.bundles import faults, line_of, read

MORE = """
t:span a owl:DatatypeProperty ; rdfs:label "span" .
t:grip a owl:DatatypeProperty ; rdfs:label "grip" .
t:TinyKite a owl:Class ; rdfs:label "Tiny kite" ; rdfs:subClassOf t:Kite .
"""
SHAPES = """
t:KiteShape a sh:NodeShape ; sh:targetClass t:Kite ; sh:property t:KiteShape-grip .
t:KiteShape-grip a sh:PropertyShape ; sh:path t:grip ; sh:in ( "low" "mid" "high" ) ;
    kr:ordered true .
t:WindShape a sh:NodeShape ; sh:targetClass t:Wind ; sh:property t:WindShape-grip .
t:WindShape-grip a sh:PropertyShape ; sh:path t:grip ; sh:in ( "high" "low" ) ; kr:ordered true .
"""
SPAN = "t:m a kr:Measure ; kr:ofClass t:Kite ; kr:operation kr:Value ; kr:along t:span ."
GRIP = "t:grasp a kr:Measure ; kr:ofClass t:TinyKite ; kr:operation kr:Rank ; kr:along t:grip ."


def measure(text: str, name: str = "m") -> Measure:
    return read(MORE + text, SHAPES).measure(name)


def test_what_a_measure_says() -> None:
    found = measure(
        't:m a kr:Measure ; rdfs:label "Span" ; rdfs:comment "How wide." ; kr:unit "cm" ;'
        "kr:ofClass t:Kite ; kr:operation kr:Sum ; kr:rollUp kr:Greatest ; kr:atLeast 0.5 ;"
        "kr:along [ sh:alternativePath ( t:span ( [ sh:inversePath t:lifts ] t:span ) ) ] ;"
        "kr:unitAlong t:caption ."
    )
    terms = read(MORE)
    span, lifts, caption = (terms.property_named(each).iri for each in ("span", "lifts", "caption"))
    assert (found.label, found.description, found.unit) == ("Span", "How wide.", "cm")
    assert (found.operation, found.roll_up) == (Operation.SUM, Operation.GREATEST)
    assert found.classes == (terms.class_named("Kite").iri,)
    assert found.along == Alternatives(
        (Link(span), Sequence((Link(lifts, inverse=True), Link(span))))
    )
    assert (found.unit_along, found.at_least) == (Link(caption), Decimal("0.5"))
    assert list(found.parts()) == [found]


def test_ranks_are_those_of_the_list_that_the_class_has() -> None:
    """The same attribute is ranked otherwise elsewhere; a subclass has the list of its parent."""
    assert dict(measure(GRIP, "grasp").ranks) == {"low": 1, "mid": 2, "high": 3}


def test_a_measure_of_pairs_has_parts_of_either_end() -> None:
    found = measure(
        f"{SPAN} {GRIP}"
        "t:n a kr:Measure ; kr:operation kr:Product ;"
        "kr:operand ( t:m t:grasp t:m 0.5 kr:Score ) .",
        "n",
    )
    assert found.of_pairs
    assert [each.name for each in found.parts()] == ["m", "grasp"]
    assert found.operands[3:] == (Decimal("0.5"), SCORE)


def test_names_of_measures() -> None:
    metamodel = read(MORE + SPAN)
    assert metamodel.measure("t:m") is metamodel.measure("m") is metamodel.all_measures[0]
    with pytest.raises(UnknownMeasureError, match="Did you mean m"):
        metamodel.measure("mm")
    assert not read().all_measures


PAIR = "t:n a kr:Measure ; kr:operation {} ; kr:operand {} ."


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("t:m a kr:Measure ; kr:along t:span ; kr:ofClass t:Kite .", "kr:operation of m must be"),
        (SPAN.replace("kr:Value", "kr:Both"), "kr:operation of m must be one of kr:Value"),
        (SPAN.replace("t:Kite", "t:Kit"), "names <https://toys.example/terms#Kit>, which is no"),
        (SPAN.replace("t:span", "t:spam"), "kr:along of m is no path of declared properties"),
        (SPAN.replace("t:span", "( t:span t:spam )"), "is no path"),
        (SPAN.replace("t:span", "[ sh:zeroOrMorePath t:span ]"), "is no path"),
        (SPAN.replace("t:span", "[ sh:inversePath t:spam ]"), "is no path"),
        (SPAN.replace("t:span", "'span'"), "is no path"),
        (SPAN.replace("kr:Value", "kr:Rank"), "must lead to an ordered closed list"),
        (SPAN.replace("kr:Value", "kr:Product"), "kr:Product works on operands"),
        (SPAN.replace("kr:ofClass t:Kite ;", ""), "kr:ofClass of m is missing"),
        (SPAN.replace("kr:along t:span", "kr:rollUp kr:Count"), "must be kr:Sum or kr:Greatest"),
        (SPAN.replace("kr:along t:span", "kr:atLeast 'x'"), "kr:atLeast of m 'x' is no number"),
        (SPAN.replace("kr:along t:span", "kr:unit 'x'"), "needs either kr:along or kr:operand"),
        (SPAN.replace("along t:span", "along t:span ; kr:operand ( 1 )"), "needs either"),
        (SPAN + PAIR.format("kr:Value", "( t:m )"), "kr:Value works along a path"),
        (SPAN + PAIR.format("kr:Difference", "( t:m )"), "must be two for kr:Difference"),
        (SPAN + PAIR.format("kr:Quotient", "( t:m 1 2 )"), "must be two for kr:Quotient"),
        (PAIR.format("kr:Product", "( kr:Score 2 )"), "needs a measure among them"),
        (PAIR.format("kr:Product", "( t:Kite )"), "neither measure nor number"),
        (PAIR.format("kr:Product", "( 'x' )"), "'x' is no number"),
        (PAIR.format("kr:Product", "( t:n )"), "faulty or made of this"),
        (
            SPAN + "t:n a kr:Measure ; kr:ofClass t:Kite ; kr:operation kr:Product ;"
            "kr:operand ( t:m kr:Score ) .",
            "cannot speak of pairs",
        ),
        (
            GRIP.replace("t:TinyKite", "t:Kite , t:Wind"),
            "'high' has different places in two lists",
        ),
    ],
)  # fmt: skip
def test_faults(text: str, message: str) -> None:
    found = faults(MORE + text, SHAPES)
    assert [each for each in found if message in each.message], found
    begin = "t:n" if "t:n a" in text else text[: text.index(" ")]
    lines = {each.line for each in found}
    assert line_of(MORE + text, f"{begin} a kr:Measure") in lines
