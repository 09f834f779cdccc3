"""Canonical literals; what the embedded store hands back is the oracle."""

from __future__ import annotations

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from orthogramic.syntax import LiteralCanonicalizer
from orthogramic.vocabulary import XSD

X = NamedNode("http://example.org/x")


def xsd(name: str) -> NamedNode:
    return NamedNode(f"http://www.w3.org/2001/XMLSchema#{name}")


@pytest.mark.parametrize(
    ("lexical", "datatype", "canonical", "canonical_datatype"),
    [
        ("1.50", "decimal", "1.5", "decimal"),
        ("1.5", "decimal", "1.5", "decimal"),
        ("01", "integer", "1", "integer"),
        ("5", "int", "5", "integer"),
        ("5", "nonNegativeInteger", "5", "integer"),
        ("1", "boolean", "true", "boolean"),
        ("2026-01-02T03:04:05.000Z", "dateTime", "2026-01-02T03:04:05Z", "dateTime"),
        ("2026-01-02", "date", "2026-01-02", "date"),
        ("abc", "integer", "abc", "integer"),
        ("http://e/", "anyURI", "http://e/", "anyURI"),
        ("1" * 30, "integer", "1" * 30, "integer"),
        (" a ", "string", " a ", "string"),
    ],
)
def test_the_form_of_the_store_is_given(
    lexical: str, datatype: str, canonical: str, canonical_datatype: str
) -> None:
    found = LiteralCanonicalizer().canonical(Literal(lexical, datatype=xsd(datatype)))
    assert found == Literal(canonical, datatype=xsd(canonical_datatype))


def test_language_tags_are_in_lower_case() -> None:
    found = LiteralCanonicalizer().canonical(Literal("a", language="de-CH"))
    assert (found.value, found.language) == ("a", "de-ch")


def test_an_unknown_datatype_is_kept() -> None:
    literal = Literal("1.50", datatype=NamedNode("http://example.org/dt"))
    assert LiteralCanonicalizer().canonical(literal) == literal


def test_quads_are_canonical_at_every_depth() -> None:
    rough, smooth = Literal("1.50", datatype=XSD.decimal), Literal("1.5", datatype=XSD.decimal)
    canonicalizer = LiteralCanonicalizer()
    assert canonicalizer.canonical_quad(Quad(X, X, rough, X)) == Quad(X, X, smooth, X)
    unchanged = Quad(X, X, X, DefaultGraph())
    assert canonicalizer.canonical_quad(unchanged) == unchanged
    nested = Quad(X, X, Triple(X, X, Triple(X, X, rough)), X)
    expected = Quad(X, X, Triple(X, X, Triple(X, X, smooth)), X)
    assert canonicalizer.canonical_quad(nested) == expected
    assert canonicalizer.canonical_triple(Triple(X, X, X)) == Triple(X, X, X)


def test_many_different_literals_do_not_pile_up() -> None:
    canonicalizer = LiteralCanonicalizer()
    for number in range(70_000):
        literal = Literal(f"0{number}", datatype=XSD.integer)
        assert canonicalizer.canonical(literal).value == str(number)
