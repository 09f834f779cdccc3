"""Conversion to rdflib and back is exact, silent, and leaves rdflib as it was."""

from __future__ import annotations

import logging
import warnings

import pyoxigraph
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple

from orthogramic.errors import UnreadableInputError
from orthogramic.validation.rdflib_terms import RdflibConverter, to_term, triples_of

TURTLE = RdfFormat.TURTLE
XSD = "http://www.w3.org/2001/XMLSchema#"
NAMES = (
    "string boolean integer decimal double float date dateTime time duration anyURI int byte token "
    "normalizedString nonNegativeInteger hexBinary base64Binary gYear unheardOf"
).split()
LEXICAL = st.one_of(
    st.sampled_from(["1", "01", "+1", "1.50", "-0", "yes", "TRUE", "true", " a  b ", "2026-02-30"]),
    st.text(max_size=8),
)
LITERALS = st.one_of(
    st.builds(Literal, LEXICAL),
    st.builds(Literal, LEXICAL, language=st.sampled_from(["en", "de-ch-1996", "x-klingon"])),
    st.builds(Literal, LEXICAL, datatype=st.sampled_from([NamedNode(XSD + n) for n in NAMES])),
)


@settings(deadline=None)  # the first example imports rdflib
@given(literal=LITERALS)
def test_a_literal_comes_back_as_it_was(literal: Literal) -> None:
    subject, predicate = BlankNode("b"), NamedNode("https://harbour.example/p")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        graph = RdflibConverter().data_graph([Triple(subject, predicate, literal)])
    assert [each.object for each in triples_of(graph)] == [literal]


@settings(deadline=None)
@given(literal=LITERALS)
def test_a_literal_has_the_value_that_rdflib_gives_it(literal: Literal) -> None:
    converted = RdflibConverter().term(literal)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = rdflib.Literal(
            literal.value,
            lang=literal.language,
            datatype=None if literal.language else literal.datatype.value,
            normalize=False,
        )
    is_string = literal.language is not None or literal.datatype.value == XSD + "string"
    is_boolean = literal.datatype.value == XSD + "boolean"  # rdflib takes any text for one
    same_value = converted.value == theirs.value or converted.value != converted.value  # NaN
    assert same_value or is_string or is_boolean
    assert bool(converted.ill_typed) == bool(theirs.ill_typed) or is_boolean


@pytest.mark.parametrize(
    ("lexical", "value"),
    [("true", True), ("1", True), ("false", False), ("0", False), ("TRUE", None), ("yes", None)],
)
def test_a_boolean_has_four_spellings(lexical: str, value: bool | None) -> None:
    converted = RdflibConverter().term(Literal(lexical, datatype=NamedNode(XSD + "boolean")))
    assert converted.value is value
    assert bool(converted.ill_typed) == (value is None)


def test_nothing_is_logged_and_no_global_is_changed(caplog: pytest.LogCaptureFixture) -> None:
    before = rdflib.NORMALIZE_LITERALS
    ill_typed = Literal("soon", datatype=NamedNode(XSD + "date"))
    with caplog.at_level(logging.DEBUG):
        RdflibConverter().data_graph([Triple(BlankNode(), NamedNode("urn:p"), ill_typed)])
    assert not caplog.records
    assert rdflib.NORMALIZE_LITERALS is before
    rdflib.Literal("soon", datatype=rdflib.XSD.date)
    assert caplog.records


def test_what_shacl_does_not_know_is_refused() -> None:
    direction = next(iter(pyoxigraph.parse(b'<urn:s> <urn:p> "x"@ar--rtl .', format=TURTLE))).object
    with pytest.raises(UnreadableInputError, match="Triple terms cannot be validated"):
        RdflibConverter().term(Triple(BlankNode(), NamedNode("urn:p"), Literal("x")))
    with pytest.raises(UnreadableInputError, match="Strings with a direction"):
        RdflibConverter().term(direction)


def test_only_terms_come_back() -> None:
    with pytest.raises(TypeError, match="no RDF term"):
        to_term(rdflib.Variable("x"))
