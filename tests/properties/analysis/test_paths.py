"""Laws of the k best paths, held against all simple paths in the order of the definition."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orthogramic.analysis import Direction, Path, PathQuestion, Question, ask, find_paths
from tests.properties.analysis.harbours import DATA, entity, metamodel
from tests.properties.analysis.oracle import Expected, admissible_steps, all_paths
from tests.properties.analysis.strategies import World, hop_limits, worlds

DIRECTIONS = st.sampled_from(list(Direction))


def told(path: Path) -> tuple[tuple[str, ...], tuple[tuple[str, str, bool], ...]]:
    entities = (path.steps[0].origin.iri, *(each.destination.iri for each in path.steps))
    return entities, tuple((s.relationship, s.graph, not s.forward) for s in path.steps)


def same(found: tuple[Path, ...], expected: list[Expected]) -> None:
    assert [told(each) for each in found] == [(each.entities, each.steps) for each in expected]
    for path, wanted in zip(found, expected, strict=True):
        assert path.score == pytest.approx(float(wanted.score), rel=0, abs=1e-12)
        assert path.modality == ("certain" if wanted.certain else "possible")


@given(worlds(), DIRECTIONS, hop_limits(), st.integers(0, 12))
def test_the_k_best_paths_are_the_first_of_all_paths(
    world: World, direction: Direction, limit: int | None, k: int
) -> None:
    steps = admissible_steps(world.records, world.relationships, world.rules, direction)
    graph = world.graph()
    for target in "abc":
        question = PathQuestion(direction, entity("a"), entity(target), max_hops=limit, paths=k)
        found = find_paths(graph, metamodel(), question).paths
        same(found, all_paths(steps, DATA + "a", DATA + target, limit)[:k])


@given(worlds(names="abcd", most_links=20), DIRECTIONS, hop_limits())
def test_all_paths_of_a_dense_world_come_in_order(
    world: World, direction: Direction, limit: int | None
) -> None:
    steps = admissible_steps(world.records, world.relationships, world.rules, direction)
    question = PathQuestion(direction, entity("a"), entity("b"), max_hops=limit, paths=100_000)
    found = find_paths(world.graph(), metamodel(), question).paths
    same(found, all_paths(steps, DATA + "a", DATA + "b", limit))


@given(worlds(), DIRECTIONS, hop_limits())
def test_paths_from_several_sources_lead_through_none_of_them(
    world: World, direction: Direction, limit: int | None
) -> None:
    steps = admissible_steps(world.records, world.relationships, world.rules, direction)
    sources = {DATA + "a", DATA + "b"}
    question = Question(direction, (entity("b"), entity("a")), max_hops=limit, paths=5)
    for hit in ask(world.graph(), metamodel(), question).hits:
        expected = [
            path
            for source in sources
            for path in all_paths(steps, source, hit.entity.iri, limit)
            if not sources & set(path.entities[1:])
        ]
        same(hit.paths, sorted(expected, key=Expected.order)[:5])


@given(worlds(), DIRECTIONS, hop_limits())
def test_the_best_path_has_the_score_of_the_hit(
    world: World, direction: Direction, limit: int | None
) -> None:
    question = Question(direction, (entity("a"),), max_hops=limit)
    for hit in ask(world.graph(), metamodel(), question).hits:
        assert hit.paths[0].score == hit.score
        assert len(hit.paths[0].steps) >= hit.hops
