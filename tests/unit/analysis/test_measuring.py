"""Measures worked out by hand: what they come to, in what, why not, and how it is told."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pyoxigraph import Literal, NamedNode

from orthogramic.analysis.measured import Number
from orthogramic.analysis.measuring import End, Ends, Measured, work_out
from orthogramic.metamodel import Measure, Metamodel
from orthogramic.metamodel.property_paths import Link, PropertyPath
from tests.unit.metamodel.bundles import read

MORE = """
t:span a owl:DatatypeProperty ; rdfs:label "span" .
t:grip a owl:DatatypeProperty ; rdfs:label "grip" .
t:cost a owl:DatatypeProperty ; rdfs:label "cost" .
t:coin a owl:DatatypeProperty ; rdfs:label "coin" .
t:width a kr:Measure ; rdfs:label "Width" ; kr:ofClass t:Kite ; kr:operation kr:Value ;
    kr:along t:span ; kr:unit "cm" .
t:widest a kr:Measure ; rdfs:label "Widest" ; kr:ofClass t:Kite ; kr:operation kr:Greatest ;
    kr:along t:span .
t:all a kr:Measure ; rdfs:label "All" ; kr:ofClass t:Kite ; kr:operation kr:Sum ; kr:along t:span .
t:hold a kr:Measure ; rdfs:label "Hold" ; kr:ofClass t:Kite ; kr:operation kr:Rank ;
    kr:along t:grip .
t:grips a kr:Measure ; rdfs:label "Grips" ; kr:ofClass t:Kite ; kr:operation kr:Count ;
    kr:along t:grip .
t:price a kr:Measure ; rdfs:label "Price" ; kr:ofClass t:Kite ; kr:operation kr:Value ;
    kr:along t:cost ; kr:unitAlong t:coin .
t:left a kr:Measure ; rdfs:label "Left" ; kr:ofClass t:Kite ; kr:operation kr:Difference ;
    kr:operand ( 3 t:hold ) ; kr:atLeast 1.0 .
t:area a kr:Measure ; rdfs:label "Area" ; kr:ofClass t:Kite ; kr:operation kr:Product ;
    kr:operand ( t:width t:width 0.5 ) .
t:each a kr:Measure ; rdfs:label "Each" ; kr:ofClass t:Kite ; kr:operation kr:Quotient ;
    kr:operand ( t:price t:grips ) .
t:ratio a kr:Measure ; rdfs:label "Ratio" ; kr:ofClass t:Kite ; kr:operation kr:Quotient ;
    kr:operand ( t:width t:width ) .
t:mixed a kr:Measure ; rdfs:label "Mixed" ; kr:ofClass t:Kite ; kr:operation kr:Sum ;
    kr:operand ( t:width t:price ) .
t:more a kr:Measure ; rdfs:label "More" ; kr:ofClass t:Kite ; kr:operation kr:Greatest ;
    kr:operand ( t:hold t:grips ) .
"""
SHAPES = """
t:KiteShape a sh:NodeShape ; sh:targetClass t:Kite ; sh:property t:KiteShape-grip .
t:KiteShape-grip a sh:PropertyShape ; sh:path t:grip ; sh:in ( "low" "mid" "high" ) ;
    kr:ordered true .
"""
KITE = "https://toys.example/kite"
SEVERAL_UNITS = "what it counts is told in several ways"
DIFFERENT_UNITS = "Width and Price count different things"


def worked_out(name: str, **said: list[str] | str) -> Measured:
    """Work a measure out for one kite of which so much is said, by property."""
    metamodel = read(MORE, SHAPES)
    told = {
        metamodel.property_named(key).iri: [values] if isinstance(values, str) else values
        for key, values in said.items()
    }

    def follow(path: PropertyPath, _: object) -> Ends:
        assert isinstance(path, Link)
        found = told.get(path.property, [])
        return {KITE: {End(NamedNode(KITE), Literal(each)) for each in found}} if found else {}

    return work_out(metamodel.measure(name), [KITE], follow)


def comes_to(name: str, **said: list[str] | str) -> tuple[str, str]:
    """Return number and unit, or the reason why there is none."""
    found = worked_out(name, **said).number(KITE)
    return (str(found.value), found.unit) if found.value is not None else ("", found.why)


@pytest.mark.parametrize(
    ("name", "said", "number"),
    [
        ("width", {"span": "12.5"}, ("12.5", "cm")),
        ("width", {"span": ["3", "3.0"]}, ("3", "cm")),
        ("width", {"span": ["3", "4"]}, ("", "several are stated: 3, 4")),
        ("width", {}, ("", "nothing is stated")),
        ("width", {"span": "wide"}, ("", "no number is stated")),
        ("width", {"span": "NaN"}, ("", "no number is stated")),
        ("widest", {"span": ["3", "14", "4"]}, ("14", "")),
        ("all", {"span": ["3", "14", "4"]}, ("21", "")),
        ("hold", {"grip": "high"}, ("3", "")),
        ("hold", {"grip": "iron"}, ("", "'iron' has no place in the list")),
        ("hold", {"grip": ["high", "low"]}, ("", "several are stated: high, low")),
        ("hold", {}, ("", "nothing is stated")),
        ("grips", {"grip": ["high", "low"]}, ("2", "")),
        ("grips", {}, ("0", "")),
        ("price", {"cost": "5", "coin": "EUR"}, ("5", "EUR")),
        ("price", {"cost": "5"}, ("5", "")),
        ("price", {"cost": "5", "coin": ["A", "B"]}, ("", SEVERAL_UNITS)),
        ("left", {"grip": "low"}, ("2", "")),
        ("left", {"grip": "high"}, ("1.0", "")),
        ("left", {}, ("", "Hold: nothing is stated")),
        ("area", {"span": "4"}, ("8.0", "cm × cm")),
        ("each", {"cost": "9", "coin": "EUR", "grip": ["high", "low"]}, ("4.5", "EUR")),
        ("each", {"cost": "9"}, ("", "Grips is 0, and nothing can be divided by it")),
        ("ratio", {"span": "4"}, ("1", "")),
        ("mixed", {"span": "4", "cost": "5", "coin": "EUR"}, ("", DIFFERENT_UNITS)),
        ("more", {"grip": ["low"]}, ("1", "")),
    ],
)  # fmt: skip
def test_what_measures_come_to(
    name: str, said: dict[str, list[str] | str], number: tuple[str, str]
) -> None:
    assert comes_to(name, **said) == number


@pytest.mark.parametrize(
    ("name", "said", "sentence"),
    [
        ("width", {"span": "12.50"}, "Width: 12.5 cm"),
        ("all", {"span": ["3", "14"]}, "All: 3 + 14 = 17"),
        ("widest", {"span": ["3", "14"]}, "Widest: the greatest of 3, 14 = 14"),
        ("hold", {"grip": "mid"}, "Hold: the place of mid = 2"),
        ("grips", {"grip": ["mid", "low"]}, "Grips: the number of low, mid = 2"),
        ("grips", {}, "Grips: 0"),
        ("left", {"grip": "low"}, "Left: 3 - 1 = 2"),
        ("left", {"grip": "high"}, "Left: at least 1; 3 - 3 = 1"),
        ("left", {}, "Left: Hold: nothing is stated"),
        ("area", {"span": "4"}, "Area: 4 × 4 × 0.5 = 8 cm × cm"),
        ("more", {"grip": ["low"]}, "More: the greatest of 1, 1 = 1"),
        ("each", {"cost": "9", "coin": "EUR", "grip": ["a", "b"]}, "Each: 9 / 2 = 4.5 EUR"),
    ],
)  # fmt: skip
def test_the_arithmetic_is_told(name: str, said: dict[str, list[str] | str], sentence: str) -> None:
    assert worked_out(name, **said).explain(KITE).sentence == sentence


def test_arithmetic_as_data() -> None:
    found = worked_out("left", grip="low").explain(KITE).to_dict()
    assert {key: found[key] for key in ("measure", "value", "unit", "why", "how")} == {
        "measure": "left", "value": 2, "unit": "", "why": "", "how": "3 - 1",
    }  # fmt: skip
    assert [(each["label"], each["value"]) for each in found["parts"]] == [("3", 3), ("Hold", 1)]


def test_the_same_number_said_of_two_nodes_is_added_twice() -> None:
    metamodel: Metamodel = read(MORE, SHAPES)
    measure: Measure = metamodel.measure("all")
    ends = {End(NamedNode(f"{KITE}/{part}"), Literal("7")) for part in ("tail", "head")}
    found = work_out(measure, [KITE], lambda _path, _entities: {KITE: ends})
    assert found.number(KITE) == Number(Decimal(14))
