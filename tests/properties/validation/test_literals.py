"""Literals are of a datatype, and compare, as pySHACL takes them."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple

from tests.properties.validation.oracle import both
from tests.properties.validation.strategies import TYPE, XSD, sh, term

NAMES = (
    "string boolean integer decimal double float date dateTime time duration anyURI int byte token "
    "normalizedString nonNegativeInteger hexBinary base64Binary gYear unheardOf"
).split()
LEXICAL = st.one_of(
    st.from_regex(r"\A[+-]?[0-9]{1,3}(\.[0-9]{0,2})?(e-?[0-9])?\Z"),
    st.from_regex(r"\A(2024|0000|1999|-2024)-(0[0-9]|1[0-3])-([0-2][0-9]|3[0-2])\Z"),
    st.from_regex(r"\A2024-02-(28|29|30)T([0-2][0-9]):(00|60):0[0-9](Z|\+01:00)?\Z"),
    st.sampled_from(["true", "TRUE", "0", "", " 1", "1_0", "٣", "NaN", "INF", "P1D", "a b", "x"]),
    st.text(max_size=4),
)
LITERALS = st.one_of(
    st.builds(Literal, LEXICAL),
    st.builds(Literal, LEXICAL, language=st.sampled_from(["en", "de-ch"])),
    st.builds(Literal, LEXICAL, datatype=st.sampled_from([NamedNode(XSD + n) for n in NAMES])),
)
DATATYPES = [
    *(NamedNode(XSD + name) for name in NAMES),
    NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"),
    NamedNode("http://www.w3.org/2000/01/rdf-schema#Literal"),
    NamedNode("http://www.w3.org/2000/01/rdf-schema#Datatype"),
]


def property_shape(number: int, parameter: str, value: NamedNode | Literal) -> list[Triple]:
    """Return a shape of the values of one property."""
    shape = term(f"shape{number}")
    return [
        Triple(shape, TYPE, sh("PropertyShape")),
        Triple(shape, sh("path"), term("says")),
        Triple(shape, sh("targetNode"), term("ash")),
        Triple(shape, sh(parameter), value),
    ]


def said(literals: list[Literal], name: str = "says") -> list[Triple]:
    """Return data in which one node has all the literals."""
    return [Triple(term("ash"), term(name), each) for each in literals]


@settings(deadline=None, max_examples=40)
@given(literals=st.lists(LITERALS, max_size=12))
def test_datatypes(literals: list[Literal]) -> None:
    shapes = [
        triple
        for number, each in enumerate(DATATYPES)
        for triple in property_shape(number, "datatype", each)
    ]
    ours, theirs = both([*said(literals), *said([])], shapes)
    assert ours == theirs


TIMES = [
    Literal(f"2024-02-{day}T10:00:00{zone}", datatype=NamedNode(f"{XSD}dateTime"))
    for day in (27, 28, 29)
    for zone in ("", "Z", "+02:00")
]
ODD = [Literal(each, datatype=NamedNode(f"{XSD}decimal")) for each in ("NaN", "sNaN", "1", "x")]


@settings(deadline=None, max_examples=40)
@example(literals=TIMES, bound=TIMES[3])
@example(literals=TIMES, bound=TIMES[4])
@example(literals=ODD, bound=ODD[0])
@example(literals=ODD, bound=ODD[2])
@given(literals=st.lists(LITERALS, max_size=10), bound=LITERALS)
def test_bounds(literals: list[Literal], bound: Literal) -> None:
    names = ["minInclusive", "minExclusive", "maxInclusive", "maxExclusive"]
    shapes = [
        triple
        for number, each in enumerate(names)
        for triple in property_shape(number, each, bound)
    ]
    ours, theirs = both(said(literals), shapes)
    assert ours == theirs


@settings(deadline=None, max_examples=40)
@example(literals=TIMES[:4], others=TIMES[3:6])
@example(literals=ODD, others=ODD)
@given(literals=st.lists(LITERALS, max_size=4), others=st.lists(LITERALS, max_size=3))
def test_pairs_in_order(literals: list[Literal], others: list[Literal]) -> None:
    shapes = [
        *property_shape(1, "lessThan", term("hears")),
        *property_shape(2, "lessThanOrEquals", term("hears")),
    ]
    ours, theirs = both([*said(literals), *said(others, "hears")], shapes)
    assert ours == theirs
