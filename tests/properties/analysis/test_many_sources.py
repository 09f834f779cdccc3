"""What many sources reach at once, held against NetworkX source by source."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orthogramic.analysis import Direction, Question, ask
from orthogramic.analysis.matrix_reach import sweeps
from orthogramic.analysis.search import search
from orthogramic.graph.cost import scores
from tests.properties.analysis.harbours import DATA, PRIMARIES, entity, metamodel, term
from tests.properties.analysis.oracle import admissible_steps
from tests.properties.analysis.strategies import NAMES, World, hop_limits, worlds

#: By source and entity: steps and score.
_Found = dict[tuple[str, str], tuple[int, float]]
SOURCES = st.lists(st.sampled_from(NAMES), min_size=1, max_size=5)
DIRECTIONS = st.sampled_from(list(Direction))


def swept(
    world: World,
    direction: Direction,
    sources: list[str],
    hops: int | None,
    *,
    via: tuple[str, ...] = (),
    scored: bool = True,
) -> _Found:
    graph = world.graph()
    searching = search(graph, direction, (entity(sources[0]),), tuple(map(term, via)), hops)
    numbers = np.array([graph.number(entity(each)) for each in sources], np.int64)
    found: _Found = {}
    for positions, sweep in sweeps(searching, numbers, scored=scored):
        for at, position in enumerate(positions.tolist()):
            reached, remaining, steps = sweep.of(at)
            rows = zip(reached.tolist(), steps.tolist(), scores(remaining).tolist(), strict=True)
            for number, step, score in rows:
                found[sources[position], graph.entities[number]] = (step, score)
    return found


@given(worlds(), DIRECTIONS, SOURCES, hop_limits())
def test_each_source_reaches_what_it_reaches_alone(
    world: World, direction: Direction, sources: list[str], limit: int | None
) -> None:
    steps = admissible_steps(world.records, world.relationships, world.rules, direction)
    expected = {
        (source, iri): length
        for source in sources
        for iri, length in nx.single_source_shortest_path_length(
            steps, DATA + source, cutoff=limit
        ).items()
        if iri != DATA + source
    }
    for scored in (True, False):
        found = swept(world, direction, sources, limit, scored=scored)
        assert {pair: step for pair, (step, _) in found.items()} == expected


@given(worlds(), DIRECTIONS, SOURCES, hop_limits(), st.sets(st.sampled_from(sorted(PRIMARIES))))
def test_scores_are_those_of_questions_about_one_source(
    world: World, direction: Direction, sources: list[str], limit: int | None, via: set[str]
) -> None:
    found = swept(world, direction, sources, limit, via=tuple(sorted(via)))
    expected: _Found = {}
    for source in sources:
        question = Question(
            direction,
            (entity(source),),
            via=tuple(map(term, sorted(via))),
            max_hops=limit,
            limit=None,
        )
        for hit in ask(world.graph(), metamodel(), question).hits:
            expected[source, hit.entity.iri] = (hit.hops, hit.score)
    assert found == expected


@given(worlds(), DIRECTIONS, SOURCES, hop_limits())
def test_how_many_sources_are_swept_at_a_time_does_not_matter(
    world: World, direction: Direction, sources: list[str], limit: int | None
) -> None:
    whole = swept(world, direction, sources, limit)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("orthogramic.analysis.matrix_reach._MOST_STATES", 1)
        assert swept(world, direction, sources, limit) == whole
