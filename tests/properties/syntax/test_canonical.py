"""Laws of canonical literals; the embedded store is the oracle."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from orthogramic.syntax import LiteralCanonicalizer
from tests.properties.syntax.strategies import LITERALS

XSD_NAMES = (
    "integer int long short byte nonNegativeInteger positiveInteger negativeInteger unsignedInt "
    "decimal double float boolean string anyURI date dateTime time gYear gYearMonth duration "
    "dayTimeDuration yearMonthDuration dateTimeStamp token normalizedString language hexBinary"
).split(" ")
LEXICAL = st.one_of(
    st.from_regex(r"[+-]?[0-9]{1,25}(\.[0-9]{0,6})?([eE][+-]?[0-9]{1,3})?", fullmatch=True),
    st.sampled_from(
        ["true", "1", "NaN", "INF", "-INF", "-0", "0.0", "P12M", "PT60S", "P1Y2M", "24:00:00",
         "2026-01-02", "2026-01-02Z", "2026-01-02T24:00:00", "2026-01-02T00:00:00.100+00:00",
         "2026-02-30", "2026", "2026-13", "", " 1 "]
    ),
    st.datetimes().map(lambda moment: moment.isoformat()),
    st.timedeltas().map(lambda span: f"PT{span.total_seconds():.3f}S"),
)  # fmt: skip
TYPED = st.builds(
    lambda text, name: Literal(
        text, datatype=NamedNode(f"http://www.w3.org/2001/XMLSchema#{name}")
    ),
    LEXICAL,
    st.sampled_from(XSD_NAMES),
)
X = NamedNode("http://example.org/x")
CANONICALIZER = LiteralCanonicalizer()


def stored(quad: Quad) -> Quad:
    store = Store()
    store.add(quad)
    back: Quad = next(iter(store))
    return back


@given(st.one_of(TYPED, LITERALS))
def test_storing_a_canonical_literal_changes_nothing(literal: Literal) -> None:
    quad = Quad(X, X, literal, DefaultGraph())
    canonical = CANONICALIZER.canonical_quad(quad)
    assert stored(canonical) == canonical
    assert stored(quad) == canonical


@given(st.one_of(TYPED, LITERALS))
def test_canonicalising_twice_changes_nothing(literal: Literal) -> None:
    once = CANONICALIZER.canonical(literal)
    assert CANONICALIZER.canonical(once) == once
