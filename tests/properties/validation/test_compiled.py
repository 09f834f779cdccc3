"""Compiled shapes find what pySHACL finds: random graphs under random shapes."""

from __future__ import annotations

from hypothesis import event, given, settings
from pyoxigraph import Triple

from orthogramic.validation import compile_shapes
from tests.properties.validation.oracle import both
from tests.properties.validation.strategies import (
    GRAPHS,
    damaged_shapes_graphs,
    shapes_graphs,
)


@settings(deadline=None, max_examples=200)
@given(data=GRAPHS, shapes=shapes_graphs())
def test_compiled_shapes_find_what_pyshacl_finds(data: list[Triple], shapes: list[Triple]) -> None:
    compiled = compile_shapes(shapes)
    event(f"left to pySHACL: {len(compiled.remaining)}")
    ours, theirs = both(data, shapes)
    assert ours == theirs


@settings(deadline=None, max_examples=100)
@given(data=GRAPHS, shapes=damaged_shapes_graphs())
def test_faulty_shapes_are_refused_where_pyshacl_refuses_them(
    data: list[Triple], shapes: list[Triple]
) -> None:
    ours, theirs = both(data, shapes)
    assert ours == theirs
