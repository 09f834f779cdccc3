"""Laws of reach, score, hops and modality, held against NetworkX and all simple paths."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orthogramic.analysis import Direction, Hit, Question, ask
from orthogramic.graph import Relationship
from tests.properties.analysis.harbours import DATA, entity, metamodel
from tests.properties.analysis.oracle import admissible_steps, all_paths
from tests.properties.analysis.strategies import NAMES, World, hop_limits, relationships, worlds

DIRECTIONS = st.sampled_from(list(Direction))


def hits(world: World, direction: Direction, *sources: str, hops: int | None) -> dict[str, Hit]:
    question = Question(direction, tuple(entity(each) for each in sources), max_hops=hops)
    answer = ask(world.graph(), metamodel(), question)
    return {each.entity.iri: each for each in answer.hits}


@given(worlds(), DIRECTIONS)
def test_reach_is_the_closure_of_the_admissible_steps(world: World, direction: Direction) -> None:
    steps = admissible_steps(world.records, world.relationships, world.rules, direction)
    found = hits(world, direction, "a", hops=None)
    assert set(found) == nx.descendants(steps, DATA + "a")


@given(worlds(), DIRECTIONS, hop_limits())
def test_hops_are_the_length_of_the_shortest_admissible_path(
    world: World, direction: Direction, limit: int | None
) -> None:
    steps = admissible_steps(world.records, world.relationships, world.rules, direction)
    lengths = nx.single_source_shortest_path_length(steps, DATA + "a", cutoff=limit)
    found = hits(world, direction, "a", hops=limit)
    assert {iri: each.hops for iri, each in found.items()} == {
        iri: length for iri, length in lengths.items() if iri != DATA + "a"
    }


@given(worlds(), DIRECTIONS, hop_limits())
def test_score_and_modality_are_those_of_all_simple_paths_within_the_limit(
    world: World, direction: Direction, limit: int | None
) -> None:
    steps = admissible_steps(world.records, world.relationships, world.rules, direction)
    found = hits(world, direction, "a", hops=limit)
    for name in NAMES[1:]:
        paths = all_paths(steps, DATA + "a", DATA + name, limit)
        if not paths:
            assert DATA + name not in found
            continue
        hit = found[DATA + name]
        assert hit.score == pytest.approx(float(paths[0].score), rel=0, abs=1e-12)
        assert hit.modality == ("certain" if any(p.certain for p in paths) else "possible")


@given(worlds(), DIRECTIONS, hop_limits())
def test_hits_are_ranked_by_score_then_hops_then_iri(
    world: World, direction: Direction, limit: int | None
) -> None:
    ranked = list(hits(world, direction, "a", hops=limit).values())
    keys = [(-each.score, each.hops, each.entity.iri) for each in ranked]
    assert keys == sorted(keys)


@given(worlds(), hop_limits())
def test_impact_and_dependencies_mirror_each_other(world: World, limit: int | None) -> None:
    impact = {
        (name, iri): hit
        for name in NAMES
        for iri, hit in hits(world, Direction.IMPACT, name, hops=limit).items()
    }
    dependencies = {
        (iri.removeprefix(DATA), DATA + name): hit
        for name in NAMES
        for iri, hit in hits(world, Direction.DEPENDENCIES, name, hops=limit).items()
    }
    assert impact.keys() == dependencies.keys()
    for pair, hit in impact.items():
        mirrored = dependencies[pair]
        assert (hit.score, hit.hops, hit.modality) == (
            mirrored.score,
            mirrored.hops,
            mirrored.modality,
        )


@given(worlds(), relationships(), DIRECTIONS, hop_limits())
def test_another_plain_relationship_never_makes_an_answer_weaker(
    world: World, more: Relationship, direction: Direction, limit: int | None
) -> None:
    # A qualified relationship may weaken an edge that was plain: that is what strength is for.
    plain = replace(more, qualified=False, strength=None)
    richer = replace(world, relationships=(*world.relationships, plain))
    before = hits(world, direction, "a", hops=limit)
    after = hits(richer, direction, "a", hops=limit)
    for iri, hit in before.items():
        assert after[iri].score >= hit.score
        assert after[iri].hops <= hit.hops
        assert after[iri].modality == "certain" or hit.modality == "possible"


@given(worlds(), DIRECTIONS, st.integers(1, 4))
def test_a_wider_hop_limit_never_makes_an_answer_weaker(
    world: World, direction: Direction, limit: int
) -> None:
    narrow = hits(world, direction, "a", hops=limit)
    wide = hits(world, direction, "a", hops=limit + 1)
    for iri, hit in narrow.items():
        assert wide[iri].score >= hit.score
        assert wide[iri].hops == hit.hops


@given(worlds(), DIRECTIONS, hop_limits())
def test_several_sources_are_asked_about_as_one(
    world: World, direction: Direction, limit: int | None
) -> None:
    together = hits(world, direction, "a", "b", hops=limit)
    alone = {name: hits(world, direction, name, hops=limit) for name in "ab"}
    expected = (set(alone["a"]) | set(alone["b"])) - {DATA + "a", DATA + "b"}
    assert set(together) == expected
    for iri, hit in together.items():
        each = [found[iri] for found in alone.values() if iri in found]
        assert hit.score == max(one.score for one in each)
        assert hit.hops == min(one.hops for one in each)
        assert (hit.modality == "certain") == any(one.modality == "certain" for one in each)
        assert hit.score == alone[hit.source.iri.removeprefix(DATA)][iri].score
        assert hit.paths[0].steps[0].origin == hit.source
