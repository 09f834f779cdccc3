"""Laws of weak spots, held against NetworkX and against trying everything out."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from orthogramic.analysis.weak_spots import (
    FlowGraph,
    SinglePoints,
    articulation_points,
    betweenness,
    bounded_work,
    estimated_betweenness,
    flow_between,
    minimum_cut,
    page_rank,
    shortest_way,
    single_points,
    steps_of,
    strongly_connected_groups,
    whole_flow,
)
from orthogramic.graph import Direction, EntityGraph
from orthogramic.graph.arrays import Numbers
from tests.properties.analysis.harbours import DATA, entity
from tests.properties.analysis.oracle import admissible_steps
from tests.properties.analysis.strategies import World, worlds

MANY = "abcdefghij"
DIRECTIONS = st.sampled_from(list(Direction))
Ends = tuple[frozenset[str], frozenset[str]]


@st.composite
def ends(draw: st.DrawFn, names: str = MANY) -> Ends:
    """Draw two sets that have nothing in common."""
    order = draw(st.permutations(names))
    first = draw(st.integers(1, 3))
    second = draw(st.integers(1, 3))
    return frozenset(order[:first]), frozenset(order[first : first + second])


def simple(world: World, direction: Direction) -> nx.DiGraph[str]:
    """Return what may be walked, as the oracle has it: names, without parallels and loops."""
    steps = admissible_steps(world.records, world.relationships, world.rules, direction)
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(each.removeprefix(DATA) for each in steps)
    graph.add_edges_from(
        (tail.removeprefix(DATA), head.removeprefix(DATA))
        for tail, head in steps.edges()
        if tail != head
    )
    return graph


def numbers(graph: EntityGraph, names: frozenset[str]) -> Numbers:
    return np.array([graph.number(entity(each)) for each in names], np.int64)


def name(flow: FlowGraph, place: int) -> str:
    return flow.steps.graph.entities[int(flow.entity[place])].removeprefix(DATA)


def names(flow: FlowGraph, places: Numbers | tuple[int, ...]) -> set[str]:
    return {name(flow, int(each)) for each in places}


def whole(world: World, direction: Direction = Direction.IMPACT) -> FlowGraph:
    return whole_flow(steps_of(world.graph(), direction))


def connected(graph: nx.DiGraph[str], tails: frozenset[str], heads: frozenset[str]) -> set[str]:
    """Return the heads that some tail leads to."""
    found: set[str] = set()
    for each in tails & set(graph):
        found |= {each, *nx.descendants(graph, each)}
    return found & heads


def without(graph: nx.DiGraph[str], removed: frozenset[str]) -> nx.DiGraph[str]:
    left = graph.copy()
    left.remove_nodes_from(removed)
    return left


def points(world: World, direction: Direction, pair: Ends) -> SinglePoints:
    graph = world.graph()
    return single_points(graph, direction, numbers(graph, pair[0]), numbers(graph, pair[1]))


@given(worlds(MANY, 24), ends(), DIRECTIONS)
def test_what_hangs_on_a_single_point_is_what_its_removal_cuts_off(
    world: World, pair: Ends, direction: Direction
) -> None:
    sources, targets = pair
    graph = simple(world, direction)
    found = points(world, direction, pair)
    reached = connected(graph, sources, targets)
    reaching = connected(graph.reverse(), targets, sources)
    assert names(found.flow, found.targets) == reached
    assert names(found.flow, found.sources) == reaching
    expected = {}
    for each in graph:
        left = without(graph, frozenset(each))
        targets_lost = reached - connected(left, sources, targets) - {each}
        sources_lost = reaching - connected(left.reverse(), targets, sources) - {each}
        trivial = each in sources and not sources_lost
        trivial |= each in targets and not targets_lost
        if (targets_lost or sources_lost) and not trivial:
            expected[each] = (targets_lost, sources_lost)
    assert {
        name(found.flow, each): (
            names(found.flow, found.lost_targets(each)),
            names(found.flow, found.lost_sources(each)),
        )
        for each in found.places.tolist()
    } == expected
    assert [
        (len(expected[name(found.flow, each)][0]), len(expected[name(found.flow, each)][1]))
        for each in found.places.tolist()
    ] == list(zip(found.targets_lost.tolist(), found.sources_lost.tolist(), strict=True))


@given(worlds(MANY, 24), ends(), DIRECTIONS)
def test_what_is_passed_on_the_way_comes_in_the_order_of_every_walk(
    world: World, pair: Ends, direction: Direction
) -> None:
    sources, _ = pair
    graph = simple(world, direction)
    found = points(world, direction, pair)
    everything = {
        each: [
            path
            for source in sources
            for path in nx.all_simple_paths(graph, source, name(found.flow, each))
        ]
        for each in found.targets.tolist()
    }
    for target, paths in everything.items():
        through = [name(found.flow, each) for each in found.through(target)]
        for path in paths:
            assert [each for each in path if each in through] == through
    shared = [name(found.flow, each) for each in found.whole()]
    for path in itertools.chain.from_iterable(everything.values()):
        assert [each for each in path if each in shared] == shared
    known = names(found.flow, found.places)
    always = [set(path) for paths in everything.values() for path in paths]
    assert set(shared) == (set.intersection(*always) & known if always else set())


def least_cut(graph: nx.DiGraph[str], pair: Ends, allowed: frozenset[str]) -> set[frozenset[str]]:
    """Return all least cuts by trying every set, or nothing if there is none."""
    sources, targets = pair
    left = graph.copy()
    left.remove_edges_from([(a, b) for a in sources for b in targets])
    candidates = sorted(allowed - sources - targets)
    for size in range(len(candidates) + 1):
        found = {
            frozenset(each)
            for each in itertools.combinations(candidates, size)
            if not connected(without(left, frozenset(each)), sources, targets)
        }
        if found:
            return found
    return set()


@given(worlds("abcdefg", 24), ends("abcdefg"), DIRECTIONS, st.sets(st.sampled_from("abcdefg")))
def test_a_cut_is_least_and_the_nearest_of_all_to_the_sources(
    world: World, pair: Ends, direction: Direction, spared: set[str]
) -> None:
    graph = simple(world, direction)
    allowed = frozenset("abcdefg") - spared
    projected = world.graph()
    steps = steps_of(projected, direction)
    sources, targets = (numbers(projected, each) for each in pair)
    flow = flow_between(steps, sources, targets)
    flags = np.array([name(flow, each) in allowed for each in range(flow.size)], np.bool_)
    found = minimum_cut(flow, flow.places(sources), flow.places(targets), flags)
    direct = {
        (name(flow, a), name(flow, b))
        for a, b in zip(*(each.tolist() for each in found.direct), strict=True)
    }
    assert direct == {(a, b) for a, b in graph.edges if a in pair[0] and b in pair[1]}
    expected = least_cut(graph, pair, allowed)
    if found.places is None:
        assert not expected
        return
    ours = frozenset(names(flow, found.places))
    assert ours in expected
    assert found.unique == (len(expected) == 1)
    left = graph.copy()
    left.remove_edges_from(direct)

    def near(cut: frozenset[str]) -> set[str]:
        return connected(without(left, cut), pair[0], frozenset(graph))

    assert all(near(ours) <= near(each) for each in expected)


@given(worlds(MANY, 30), DIRECTIONS)
def test_a_cut_between_two_entities_has_the_size_that_networkx_says(
    world: World, direction: Direction
) -> None:
    graph = simple(world, direction)
    assume(not graph.has_edge("a", "b"))
    projected = world.graph()
    one, other = (numbers(projected, frozenset(each)) for each in "ab")
    flow = flow_between(steps_of(projected, direction), one, other)
    everything = np.ones(flow.size, np.bool_)
    found = minimum_cut(flow, flow.places(one), flow.places(other), everything)
    assert found.places is not None
    expected = nx.minimum_node_cut(graph, "a", "b") if nx.has_path(graph, "a", "b") else set()
    assert len(found.places) == len(expected)


@given(worlds(MANY, 20))
def test_articulation_points_are_those_of_networkx(world: World) -> None:
    flow = whole(world)
    undirected = simple(world, Direction.IMPACT).to_undirected()
    found = articulation_points(flow)
    assert names(flow, found.places) == set(nx.articulation_points(undirected))
    several = [each for each in nx.connected_components(undirected) if len(each) > 1]
    assert found.components == len(several)
    for place, pieces, separated in zip(
        found.places.tolist(), found.pieces.tolist(), found.separated.tolist(), strict=True
    ):
        each = name(flow, place)
        (together,) = [component for component in several if each in component]
        left = undirected.subgraph(together - {each})
        sizes = sorted(map(len, nx.connected_components(left)))
        assert (pieces, separated) == (len(sizes), sum(sizes[:-1]))


@given(worlds(MANY, 20), DIRECTIONS)
def test_groups_are_those_of_networkx_and_their_cycles_are_shortest(
    world: World, direction: Direction
) -> None:
    flow = whole(world, direction)
    graph = simple(world, direction)
    groups = strongly_connected_groups(flow)
    found = [names(flow, groups.group(each)) for each in range(len(groups))]
    expected = [each for each in nx.strongly_connected_components(graph) if len(each) > 1]
    assert found == sorted(expected, key=lambda each: (-len(each), min(each)))
    for members in found:
        first = min(members)
        flags = np.array([name(flow, each) == first for each in range(flow.size)])
        cycle = shortest_way(flow, np.flatnonzero(flags), flags)
        assert cycle is not None
        walked = [name(flow, each) for each in cycle]
        assert walked[0] == walked[-1] == first
        assert all(graph.has_edge(*each) for each in itertools.pairwise(walked))
        lengths = [
            1 + nx.shortest_path_length(graph, each, first)
            for each in graph.successors(first)
            if nx.has_path(graph, each, first)
        ]
        assert len(walked) - 1 == min(lengths)


@given(worlds(MANY, 30), DIRECTIONS)
def test_centrality_is_that_of_networkx(world: World, direction: Direction) -> None:
    flow = whole(world, direction)
    graph = simple(world, direction)
    between = nx.betweenness_centrality(graph)
    ranks = nx.pagerank(graph, tol=1e-14, max_iter=1000)
    ours = page_rank(flow)
    assert ours.error < 1e-11
    for place, (one, other) in enumerate(zip(betweenness(flow), ours.values, strict=True)):
        assert one == pytest.approx(between[name(flow, place)], abs=1e-9)
        assert other == pytest.approx(ranks[name(flow, place)], abs=1e-9)


@given(worlds(MANY, 30), DIRECTIONS)
def test_the_work_of_exact_betweenness_is_every_step_behind_every_entity(
    world: World, direction: Direction
) -> None:
    graph = simple(world, direction)
    behind = ({each, *nx.descendants(graph, each)} for each in graph)
    work = sum(graph.out_degree(each) for some in behind for each in some)
    flow = whole(world, direction)
    assert bounded_work(flow, work)
    assert work == 0 or not bounded_work(flow, work - 1)


@given(worlds(MANY, 30), DIRECTIONS, st.integers(0, 3))
def test_an_estimate_keeps_its_bounds(world: World, direction: Direction, seed: int) -> None:
    flow = whole(world, direction)
    exact = betweenness(flow)
    # One in a million: this test is not to fail by chance.
    found = estimated_betweenness(flow, 100, seed, 1 - 1e-6)
    assert (found.low <= exact + 1e-12).all()
    assert (exact <= found.high + 1e-12).all()
    assert (np.abs(found.values - exact) <= found.error + 1e-12).all()
    again = estimated_betweenness(flow, 100, seed, 1 - 1e-6)
    assert found.values.tolist() == again.values.tolist()


@given(worlds(MANY, 24), ends(), st.randoms(use_true_random=False))
def test_order_does_not_matter(world: World, pair: Ends, shuffle: random.Random) -> None:
    relationships, records = list(world.relationships), list(world.records)
    shuffle.shuffle(relationships)
    shuffle.shuffle(records)
    other = replace(world, relationships=tuple(relationships), records=tuple(records))
    one, two = whole(world), whole(other)
    assert one.head.tolist() == two.head.tolist()
    assert one.start.tolist() == two.start.tolist()
    assert betweenness(one).tolist() == betweenness(two).tolist()
    assert page_rank(one).values.tolist() == page_rank(two).values.tolist()
    found = [points(each, Direction.IMPACT, pair) for each in (world, other)]
    assert found[0].places.tolist() == found[1].places.tolist()


@given(worlds(MANY, 24), ends(), st.permutations(MANY))
def test_names_do_not_matter(world: World, pair: Ends, order: list[str]) -> None:
    other = dict(zip(MANY, order, strict=True))

    def renamed(iri: NamedNode) -> NamedNode:
        return entity(other[iri.value.removeprefix(DATA)])

    turned = replace(
        world,
        records=tuple(replace(each, iri=renamed(each.iri)) for each in world.records),
        relationships=tuple(
            replace(each, subject=renamed(each.subject), object=renamed(each.object))
            for each in world.relationships
        ),
    )
    ends_there = (
        frozenset(map(other.__getitem__, pair[0])),
        frozenset(map(other.__getitem__, pair[1])),
    )
    here, there = (
        points(world, Direction.IMPACT, pair),
        points(turned, Direction.IMPACT, ends_there),
    )
    lost = [
        {
            name(found.flow, each): (
                names(found.flow, found.lost_targets(each)),
                names(found.flow, found.lost_sources(each)),
            )
            for each in found.places.tolist()
        }
        for found in (here, there)
    ]
    assert lost[1] == {
        other[each]: tuple({other[one] for one in some} for some in ends_lost)
        for each, ends_lost in lost[0].items()
    }
    one, two = whole(world), whole(turned)
    for first, second in (
        (betweenness(one), betweenness(two)),
        (page_rank(one).values, page_rank(two).values),
    ):
        values = {other[name(one, place)]: value for place, value in enumerate(first)}
        for place, value in enumerate(second):
            assert value == pytest.approx(values[name(two, place)], abs=1e-12)
