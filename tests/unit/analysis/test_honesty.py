"""The bound and the receipt that every kind of answer ends with."""

from __future__ import annotations

import numpy as np

from orthogramic.__about__ import __version__
from orthogramic.analysis import Direction, PathQuestion, find_paths
from orthogramic.analysis.honesty import bound_of, receipt_of
from orthogramic.graph import EntityGraph, project
from tests.properties.analysis.harbours import (
    entity,
    links,
    metamodel,
    profile,
    records,
    term,
)

#: Each place should feed two others, and none does.
TOLD = links("a feeds b, b feeds c")


def graph() -> EntityGraph:
    return project(records("a b c"), TOLD, metamodel(), profile())


def numbers(names: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    found = graph()
    return np.array([found.number(entity(each)) for each in names], np.int64)


def test_a_bound_counts_each_entity_once() -> None:
    assert bound_of(graph(), numbers("abca"), Direction.IMPACT).frontier == 3
    assert bound_of(graph(), numbers("a"), Direction.IMPACT).frontier == 1
    assert bound_of(graph(), numbers(""), Direction.IMPACT).complete


def test_a_bound_counts_what_the_question_would_have_walked_over() -> None:
    assert bound_of(graph(), numbers("abc"), Direction.DEPENDENCIES).complete
    assert bound_of(graph(), numbers("abc"), None).frontier == 3
    mooring = graph().kinds_of(frozenset([term("moors")]))
    assert bound_of(graph(), numbers("abc"), Direction.IMPACT, mooring).complete


def test_a_receipt_says_of_which_kind_the_question_is() -> None:
    receipt = receipt_of(graph(), metamodel(), "weather", {"places": ["urn:x:a"]}, 7)
    assert receipt.to_dict() == {
        "snapshot": 7,
        "bundle": metamodel().digest,
        "profile": "https://example.org/profile/test",
        "parameters": {"question": "weather", "places": ["urn:x:a"]},
        "version": __version__,
    }


def frontier(source: str, target: str, max_hops: int | None = None) -> int:
    asked = PathQuestion(
        Direction.IMPACT, entity(source), entity(target), max_hops=max_hops, paths=2
    )
    return find_paths(graph(), metamodel(), asked).bound.frontier


def test_the_bound_of_paths_leaves_out_where_they_end_and_where_no_step_is_left() -> None:
    assert frontier("a", "b") == 2
    assert frontier("a", "c") == 2
    assert frontier("a", "c", max_hops=1) == 1
    assert frontier("c", "a") == 1
    via = PathQuestion(Direction.IMPACT, entity("a"), entity("b"), via=(term("moors"),))
    assert find_paths(graph(), metamodel(), via).bound.complete
