"""Query strings are read strictly."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orthogramic.errors import InvalidParameterError
from orthogramic.service.parameters import (
    graph_names,
    pairs_of,
    single,
    unknown_parameter,
)

NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=10)
VALUES = st.text(st.characters(codec="utf-8"), max_size=20)


@given(st.lists(st.tuples(NAMES, VALUES), max_size=8))
def test_what_was_encoded_is_read_back(pairs: list[tuple[str, str]]) -> None:
    assert pairs_of(urlencode(pairs).encode(), "query string") == pairs


@pytest.mark.parametrize("encoded", [b"a=%ff", b"a=\xff"])
def test_what_is_not_utf_8_is_refused(encoded: bytes) -> None:
    with pytest.raises(InvalidParameterError, match="UTF-8"):
        pairs_of(encoded, "form")


def test_there_is_a_bound_on_fields() -> None:
    with pytest.raises(InvalidParameterError, match="1000 fields"):
        pairs_of(b"a=1&" * 1001, "form")


def test_a_single_value_is_single() -> None:
    assert single([("a", "1"), ("b", "2")], "a") == "1"
    assert single([("a", "1")], "b") is None
    with pytest.raises(InvalidParameterError):
        single([("a", "1"), ("a", "1")], "a")


def test_graphs_are_absolute_iris() -> None:
    assert graph_names([("g", "http://e/1"), ("g", "urn:x"), ("h", "?")], "g") == (
        "http://e/1",
        "urn:x",
    )
    for bad in ("", "relative", "<http://e/>", "http://e/ x"):
        with pytest.raises(InvalidParameterError):
            graph_names([("g", bad)], "g")


def test_the_nearest_parameter_is_offered() -> None:
    assert "did you mean 'offset'?" in unknown_parameter("ofset", ["limit", "offset"]).detail
    assert "'limit', 'offset'" in unknown_parameter("zzz", ["offset", "limit"]).detail
    assert "takes none" in unknown_parameter("zzz", []).detail
