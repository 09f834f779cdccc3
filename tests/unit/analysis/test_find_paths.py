"""Paths between two entities, on graphs where a careless search gets lost."""

from __future__ import annotations

from itertools import pairwise, permutations

import pytest

from orthogramic.analysis import Direction, PathAnswer, PathQuestion, best_paths, find_paths
from orthogramic.errors import InvalidParameterError, UnknownEntityError
from orthogramic.graph import Relationship, project
from orthogramic.metamodel import Flow, Modality
from tests.properties.analysis.harbours import (
    DATA,
    Rule,
    entity,
    link,
    links,
    metamodel,
    profile,
    records,
    term,
)


def found(
    relationships: list[Relationship],
    source: str,
    target: str,
    *,
    k: int = 3,
    names: str = "a b c d",
    rules: dict[str, Rule] | None = None,
    max_hops: int | None = None,
) -> PathAnswer:
    under = profile() if rules is None else profile(rules)
    graph = project(records(names), relationships, metamodel(), under)
    question = PathQuestion(
        Direction.IMPACT, entity(source), entity(target), max_hops=max_hops, paths=k
    )
    return find_paths(graph, metamodel(), question, snapshot=5)


def sentences(answer: PathAnswer) -> list[str]:
    return [each.sentence for each in answer.paths]


def test_paths_come_best_first() -> None:
    told = links("a feeds b, b feeds d, a floods c, c feeds d")
    told.append(link("a", "feeds", "d", strength=1))
    assert sentences(found(told, "a", "d")) == [
        "A feeds B, which feeds D",
        "A floods C, which feeds D",
        "A feeds D",
    ]


def test_a_weak_parallel_link_does_not_go_before_a_strong_detour() -> None:
    """D is reached best by way of C, so the detour over D is found only below its bound."""
    rules: dict[str, Rule] = {
        "borders": (Flow.SUBJECT_TO_OBJECT, 0.9, Modality.CERTAIN),
        "feeds": (Flow.SUBJECT_TO_OBJECT, 1.0, Modality.CERTAIN),
        "floods": (Flow.BOTH, 1.0, Modality.CERTAIN),
    }
    told = links("a feeds c, a borders d, c floods d")
    told.append(link("a", "borders", "c", qualified=True))
    assert [each.score for each in found(told, "a", "c", rules=rules).paths] == [1.0, 0.9, 0.54]


def test_there_is_no_path_from_an_entity_to_itself_nor_to_what_is_not_reached() -> None:
    told = links("a feeds b, b feeds a")
    assert found(told, "a", "a").paths == ()
    assert found(told, "a", "d").paths == ()


def test_a_cluster_of_detours_that_all_lead_back_ends_the_search_at_once() -> None:
    # Everyone feeds everyone at full weight, but d is fed by a alone: there is one path to it,
    # and 12! ways of wandering about before coming back to a.
    cluster = [f"n{each:02}" for each in range(12)]
    rules = {"feeds": (Flow.SUBJECT_TO_OBJECT, 1.0, Modality.CERTAIN)}
    told = [link(*pair) for pair in _all_feed(["a", *cluster])]
    told.append(link("a", "feeds", "d", strength=1))
    answer = found(told, "a", "d", k=5, names=" ".join(["a", "d", *cluster]), rules=rules)
    assert sentences(answer) == ["A feeds D"]


def test_among_many_equal_paths_the_first_ones_by_iri_are_found_at_once() -> None:
    cluster = [f"n{each:02}" for each in range(12)]
    rules = {"feeds": (Flow.SUBJECT_TO_OBJECT, 1.0, Modality.CERTAIN)}
    told = [link(*pair) for pair in _all_feed(cluster)]
    answer = found(told, "n00", "n11", k=4, names=" ".join(cluster), rules=rules)
    assert sentences(answer) == [
        "N00 feeds N11",
        "N00 feeds N01, which feeds N11",
        "N00 feeds N02, which feeds N11",
        "N00 feeds N03, which feeds N11",
    ]


def _all_feed(names: list[str]) -> list[tuple[str, str, str]]:
    return [(one, "feeds", other) for one, other in permutations(names, 2)]


def test_a_deviation_far_worse_than_the_best_path_is_still_found() -> None:
    # Nine weak steps around, past the best path's own entities.
    around = [f"n{each}" for each in range(9)]
    chain = ["a", *around, "d"]
    told = links("a feeds b, b feeds d, n0 feeds b")
    told += [link(one, "feeds", other, strength=1) for one, other in pairwise(chain)]
    answer = found(told, "a", "d", k=9, names=" ".join(["b", *chain]))
    assert [len(each.steps) for each in answer.paths] == [2, 3, 10]
    assert answer.paths[-1].score == pytest.approx(0.18**10, rel=0, abs=1e-12)


def test_a_hop_limit_applies_to_every_path() -> None:
    told = links("a feeds b, b feeds d, a feeds c, c feeds b, a borders d")
    assert [len(each.steps) for each in found(told, "a", "d", k=9).paths] == [2, 3, 1]
    assert [len(each.steps) for each in found(told, "a", "d", k=9, max_hops=2).paths] == [2, 1]
    assert [len(each.steps) for each in found(told, "a", "d", k=9, max_hops=1).paths] == [1]


def test_the_document_names_both_ends_and_has_a_receipt() -> None:
    document = found(links("a feeds b"), "a", "b").to_dict()
    assert list(document) == ["source", "target", "paths", "bound", "receipt"]
    assert document["source"]["iri"] == DATA + "a"
    assert document["target"]["label"] == "B"
    assert document["receipt"]["snapshot"] == 5
    assert document["receipt"]["parameters"] == {
        "question": "paths",
        "direction": "impact",
        "source": DATA + "a",
        "target": DATA + "b",
        "via": [],
        "graph": [],
        "max_hops": None,
        "paths": 3,
    }


def test_paths_in_numbers_are_there_for_programs() -> None:
    graph = project(records("a b c"), links("a feeds b, b feeds c"), metamodel(), profile())
    (walk,) = best_paths(graph, entity("c"), entity("a"), Direction.DEPENDENCIES, 2)
    assert [graph.labels[each] for each in walk.entities] == ["C", "B", "A"]
    assert walk.score == 0.81
    via = (term("moors"),)
    assert best_paths(graph, entity("c"), entity("a"), Direction.DEPENDENCIES, 2, via=via) == ()


def test_bad_questions_are_refused() -> None:
    with pytest.raises(InvalidParameterError, match="max_hops"):
        PathQuestion(Direction.IMPACT, entity("a"), entity("b"), max_hops=-1)
    with pytest.raises(InvalidParameterError, match="paths"):
        PathQuestion(Direction.IMPACT, entity("a"), entity("b"), paths=-1)
    with pytest.raises(UnknownEntityError):
        found([], "a", "ghost")
