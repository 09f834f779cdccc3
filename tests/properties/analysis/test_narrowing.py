"""Laws of sources by class, of filters by domain and source graph, and of groups and their counts.

A class of sources is as if each instance had been named, a source graph as if nothing else had
been read; groups are counted by hand from the whole answer.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from orthogramic.analysis import (
    Answer,
    Direction,
    Grouping,
    PathQuestion,
    Question,
    ask,
    find_paths,
)
from orthogramic.errors import InvalidParameterError, UnknownTermError
from orthogramic.graph import project, within
from tests.properties.analysis.harbours import (
    CLASSES,
    DATA,
    TERMS,
    entity,
    links,
    metamodel,
    profile,
    records,
    term,
)
from tests.properties.analysis.oracle import admissible_steps, all_paths
from tests.properties.analysis.strategies import World, hop_limits, worlds
from tests.properties.analysis.test_paths import same

DIRECTIONS = st.sampled_from(list(Direction))
GRAPHS = st.lists(st.sampled_from("ghi"), max_size=3, unique=True)
#: Of each class: those that its instances may have, and the domain that it belongs to.
BELOW = {"Place": {"Place", "Harbour"}, "Harbour": {"Harbour"}, "Boat": {"Boat"}}
DOMAINS = {"Place": "land", "Harbour": "water", "Boat": "water"}


def answer(world: World, question: Question) -> Answer:
    return ask(world.graph(), metamodel(), question)


def instances(world: World, name: str) -> tuple[NamedNode, ...]:
    return tuple(
        each.iri
        for each in world.records
        if each.classes[0].value.removeprefix(TERMS) in BELOW[name]
    )


def content(found: Answer) -> dict[str, Any]:
    """Return an answer without the words in which it was asked."""
    document = found.to_dict()
    del document["receipt"]
    return document


@given(worlds(), DIRECTIONS, hop_limits(), st.sampled_from(CLASSES), st.booleans())
def test_a_class_of_sources_is_all_its_instances(
    world: World, direction: Direction, limit: int | None, name: str, one_more: bool
) -> None:
    named = (entity("a"),) if one_more else ()
    asked = Question(direction, named, (term(name),), max_hops=limit, paths=2)
    each = (*named, *instances(world, name))
    if each:
        expected = Question(direction, each, max_hops=limit, paths=2)
        assert content(answer(world, asked)) == content(answer(world, expected))
    else:
        found = answer(world, asked)
        assert (found.sources, found.total_sources, found.total) == ((), 0, 0)
        assert found.bound.complete


@given(worlds(), DIRECTIONS, hop_limits(), st.sampled_from(["land", "water"]))
def test_a_domain_keeps_the_hits_whose_most_specific_class_belongs_to_it(
    world: World, direction: Direction, limit: int | None, name: str
) -> None:
    asked = Question(direction, (entity("a"),), max_hops=limit)
    whole = answer(world, asked)
    kept = answer(world, replace(asked, domains=(term(name),)))
    assert kept.hits == tuple(
        each for each in whole.hits if DOMAINS[each.entity.class_name] == name
    )


@given(worlds(), DIRECTIONS, hop_limits(), GRAPHS)
def test_a_source_graph_is_as_if_nothing_else_had_been_read(
    world: World, direction: Direction, limit: int | None, names: list[str]
) -> None:
    chosen = tuple(NamedNode(DATA + each) for each in names)
    kept = tuple(each for each in world.relationships if not chosen or each.graph in chosen)
    asked = Question(direction, (entity("a"),), max_hops=limit, paths=4)
    restricted = answer(world, replace(asked, graphs=chosen))
    alone = answer(replace(world, relationships=kept), asked)
    assert (restricted.hits, restricted.groups) == (alone.hits, alone.groups)


@given(worlds(), DIRECTIONS, hop_limits(), GRAPHS.filter(bool))
def test_paths_stay_within_source_graphs(
    world: World, direction: Direction, limit: int | None, names: list[str]
) -> None:
    chosen = tuple(NamedNode(DATA + each) for each in names)
    kept = [each for each in world.relationships if each.graph in chosen]
    steps = admissible_steps(world.records, kept, world.rules, direction)
    question = PathQuestion(
        direction, entity("a"), entity("b"), graphs=chosen, max_hops=limit, paths=9
    )
    found = find_paths(world.graph(), metamodel(), question).paths
    same(found, all_paths(steps, DATA + "a", DATA + "b", limit)[:9])


@given(worlds(), GRAPHS)
def test_a_graph_that_was_restricted_before_is_asked_as_it_is(
    world: World, names: list[str]
) -> None:
    chosen = tuple(NamedNode(DATA + each) for each in names)
    asked = Question(Direction.IMPACT, (entity("a"),), graphs=chosen)
    before = within(world.graph(), [each.value for each in chosen])
    assert ask(before, metamodel(), asked) == answer(world, asked)
    if chosen:
        assert within(before, [each.value for each in chosen]) is before


@given(worlds(), DIRECTIONS, hop_limits(), st.sampled_from([0.0, 0.5]), st.integers(0, 3))
def test_groups_count_the_whole_answer_whatever_page_is_shown(
    world: World, direction: Direction, limit: int | None, least: float, size: int
) -> None:
    asked = Question(direction, (entity("a"),), max_hops=limit, min_score=least, limit=None)
    whole, page = answer(world, asked), answer(world, replace(asked, limit=size, offset=1))
    assert page.groups == whole.groups
    kinds = [(each.entity.class_name, each) for each in whole.hits]
    for groups, name_of in (
        (whole.groups.classes, lambda name: name),
        (whole.groups.domains, DOMAINS.__getitem__),
    ):
        names = Counter(name_of(name) for name, _ in kinds)
        told = {str(each.iri).removeprefix(TERMS): each for each in groups}
        assert {name: each.hits for name, each in told.items()} == names
        for name, group in told.items():
            members = [hit for kind, hit in kinds if name_of(kind) == name]
            assert group.best_score == max(each.score for each in members)
            assert group.certain == sum(each.modality == "certain" for each in members)
        keys = [(-each.best_score, -each.hits, each.iri) for each in groups]
        assert keys == sorted(keys)
    for group in whole.groups.classes:
        assert group.domain == TERMS + DOMAINS[group.name]


@given(worlds(), DIRECTIONS, st.sampled_from(list(Grouping)), st.integers(1, 4))
def test_grouped_hits_stand_group_by_group_in_their_order_over_all_pages(
    world: World, direction: Direction, grouping: Grouping, size: int
) -> None:
    ranked = answer(world, Question(direction, (entity("a"),)))
    asked = Question(direction, (entity("a"),), group_by=grouping, limit=size)
    pages = [answer(world, replace(asked, offset=at)) for at in range(0, 6, size)]
    shown = [hit for page in pages for hit in page.hits]
    name_of = {Grouping.CLASS: lambda name: name, Grouping.DOMAIN: DOMAINS.__getitem__}[grouping]
    expected = [
        hit
        for group in ranked.groups.by(grouping)
        for hit in ranked.hits
        if TERMS + name_of(hit.entity.class_name) == group.iri
    ]
    assert shown == expected


def test_of_many_sources_the_number_and_the_first_are_told() -> None:
    names = [f"n{each:04}" for each in range(1002)]
    told = links("n0000 feeds z, n1001 feeds z")
    graph = project(
        [*records(" ".join(names)), *records("z", "Boat")], told, metamodel(), profile()
    )
    found = ask(graph, metamodel(), Question(Direction.IMPACT, source_classes=(term("Place"),)))
    assert (found.total_sources, len(found.sources)) == (1002, 1000)
    assert [each.iri for each in found.sources] == [DATA + each for each in names[:1000]]
    (hit,) = found.hits
    assert (hit.entity.iri, hit.source.iri) == (DATA + "z", DATA + "n0000")


def test_a_domain_that_is_none_and_no_source_at_all_are_refused() -> None:
    graph = project(records("a"), [], metamodel(), profile())
    asked = Question(Direction.IMPACT, (entity("a"),), domains=(term("air"),))
    with pytest.raises(UnknownTermError, match="no domain"):
        ask(graph, metamodel(), asked)
    with pytest.raises(InvalidParameterError, match="at least one source"):
        Question(Direction.IMPACT)
