"""An answer is held to a number of rows, exactly, in every format."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from orthogramic.errors import TooManyRowsError
from orthogramic.store import Dataset, EmbeddedStore
from orthogramic.store.row_bound import RowBound
from orthogramic.syntax import RdfSyntax, ResultFormat

P = NamedNode("https://things.example/p")
#: Pieces of which a value can look like the end of a row.
PIECES = st.sampled_from(['"', "\n", "\r\n", "\t", "}},{", '},{"x":{', "{}", "<result>", ",", "\\"])
VALUES = st.lists(st.lists(PIECES, max_size=6).map("".join), max_size=12, unique=True)
QUERIES = st.sampled_from(
    [
        "SELECT ?s ?o ?unbound WHERE { ?s ?p ?o }",
        "SELECT ?unbound ?o WHERE { ?s ?p ?o }",
        "SELECT (<<( ?s ?p ?o )>> AS ?t) ?o WHERE { ?s ?p ?o }",
    ]
)


def passes(store: Store, query: str, media: ResultFormat, most: int, at_once: int) -> bool:
    solutions = store.query(query)
    assert isinstance(solutions, QuerySolutions)
    written = solutions.serialize(format=media.results_format) or b""
    bound = RowBound(io.BytesIO(), media, most)
    try:
        for start in range(0, len(written), at_once):
            bound.write(written[start : start + at_once])
    except TooManyRowsError as error:
        assert error.limit == most
        return False
    return True


@settings(deadline=None)
@given(VALUES, QUERIES, st.sampled_from(ResultFormat), st.integers(1, 400))
def test_rows_are_counted_whatever_they_hold_and_however_they_come(
    values: list[str], query: str, media: ResultFormat, at_once: int
) -> None:
    store = Store()
    store.extend(
        Quad(NamedNode(f"https://things.example/{number}"), P, Literal(value))
        for number, value in enumerate(values)
    )
    assert passes(store, query, media, max(1, len(values)), at_once)
    if len(values) > 1:
        assert not passes(store, query, media, len(values) - 1, at_once)


@pytest.mark.parametrize(
    ("query", "media"),
    [
        ("SELECT * WHERE { ?s ?p ?o }", ResultFormat.JSON),
        ("CONSTRUCT WHERE { ?s ?p ?o }", RdfSyntax.TURTLE),
    ],
)
def test_an_answer_is_written_if_it_has_no_more_than_allowed(
    query: str, media: ResultFormat | RdfSyntax
) -> None:
    store = EmbeddedStore()
    store.apply([], [Quad(P, P, Literal(str(each)), P) for each in range(3)])
    target = io.BytesIO()
    store.query(query, Dataset()).write(target, media, most=3)
    assert target.getvalue()
    with pytest.raises(TooManyRowsError, match="more than 2"):
        store.query(query, Dataset()).write(io.BytesIO(), media, most=2)
