"""Laws of filters, paging, receipts, and of what an answer may not depend on."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from orthogramic.analysis import Direction, Question, ask
from orthogramic.graph import EntityRecord, Relationship
from orthogramic.graph.arrays import Costs
from orthogramic.graph.cost import GRID, UNSPENT, cost_of, exact, scores, spend
from orthogramic.metamodel import Flow
from tests.properties.analysis.harbours import DATA, INVERSES, TERMS, entity, metamodel, term
from tests.properties.analysis.oracle import edges_of
from tests.properties.analysis.strategies import NAMES, World, hop_limits, worlds

DIRECTIONS = st.sampled_from(list(Direction))


def question(direction: Direction, hops: int | None = None, **more: Any) -> Question:
    return Question(direction, (entity("a"),), max_hops=hops, **{"limit": None, **more})


def answer(world: World, asked: Question) -> dict[str, Any]:
    return ask(world.graph(), metamodel(), asked, snapshot=7).to_dict()


def hits(world: World, asked: Question) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = answer(world, asked)["hits"]
    return found


@given(worlds(), DIRECTIONS, hop_limits(), st.randoms(use_true_random=False))
def test_the_order_of_input_does_not_matter(
    world: World, direction: Direction, limit: int | None, random: Any
) -> None:
    shuffled = replace(
        world,
        records=tuple(random.sample(world.records, len(world.records))),
        relationships=tuple(random.sample(world.relationships, len(world.relationships))),
    )
    asked = question(direction, limit, paths=3)
    assert json.dumps(answer(world, asked)) == json.dumps(answer(shuffled, asked))


@given(worlds(), DIRECTIONS, hop_limits())
def test_what_is_said_twice_is_said_once(
    world: World, direction: Direction, limit: int | None
) -> None:
    doubled = replace(
        world,
        records=world.records * 2,
        relationships=world.relationships + tuple(map(inverted, world.relationships)),
    )
    asked = question(direction, limit, paths=3)
    assert answer(world, asked) == answer(doubled, asked)


def inverted(relationship: Relationship) -> Relationship:
    """Tell a relationship from its other end, if there are words for that."""
    names = {**INVERSES, **{primary: inverse for inverse, primary in INVERSES.items()}}
    name = relationship.property.value.removeprefix(TERMS)
    if name not in names:
        return relationship
    return replace(
        relationship,
        subject=relationship.object,
        property=term(names[name]),
        object=relationship.subject,
    )


@given(worlds(), DIRECTIONS, hop_limits(), st.permutations(NAMES))
def test_the_names_of_entities_do_not_matter(
    world: World, direction: Direction, limit: int | None, names: list[str]
) -> None:
    called = {entity(old): entity(f"x-{new}") for old, new in zip(NAMES, names, strict=True)}
    renamed = replace(
        world,
        records=tuple(replace(each, iri=called[each.iri]) for each in world.records),
        relationships=tuple(
            replace(each, subject=called[each.subject], object=called[each.object])
            for each in world.relationships
        ),
    )
    before = hits(world, question(direction, limit))
    asked = replace(question(direction, limit), sources=(called[entity("a")],))
    after = hits(renamed, asked)
    expected = facts((called[NamedNode(each["entity"]["iri"])].value, each) for each in before)
    assert expected == facts((each["entity"]["iri"], each) for each in after)


def facts(found: Iterable[tuple[str, dict[str, Any]]]) -> dict[str, tuple[Any, ...]]:
    return {iri: (each["score"], each["hops"], each["modality"]) for iri, each in found}


@given(worlds(), DIRECTIONS, st.integers(0, 3), st.integers(1, 3))
def test_pages_put_together_are_the_whole(
    world: World, direction: Direction, offset: int, limit: int
) -> None:
    whole = hits(world, question(direction))
    paged = answer(world, question(direction, limit=limit, offset=offset))
    assert paged["hits"] == whole[offset : offset + limit]
    assert paged["total"] == len(whole)


@given(worlds(), DIRECTIONS, hop_limits(), st.sampled_from(["Place", "Harbour", "Boat"]))
def test_a_class_keeps_the_hits_that_belong_to_it(
    world: World, direction: Direction, limit: int | None, name: str
) -> None:
    below = {"Place": {"Place", "Harbour"}}.get(name, {name})
    whole = hits(world, question(direction, limit))
    kept = hits(world, question(direction, limit, to=(term(name),)))
    assert kept == [each for each in whole if each["entity"]["class"] in below]


@given(worlds(), DIRECTIONS, hop_limits(), st.sampled_from([0.0, 0.36, 0.5, 0.54, 1.0]))
def test_a_least_score_keeps_the_hits_that_reach_it(
    world: World, direction: Direction, limit: int | None, least: float
) -> None:
    whole = hits(world, question(direction, limit))
    kept = hits(world, question(direction, limit, min_score=least))
    assert kept == [each for each in whole if each["score"] >= least]


@given(
    worlds(), DIRECTIONS, hop_limits(), st.sampled_from(["borders", "feeds", "isFedBy", "moors"])
)
def test_via_is_as_if_there_were_no_other_relationships(
    world: World, direction: Direction, limit: int | None, name: str
) -> None:
    # A link that floods also feeds; the toy ontology says so.
    entailing = {"feeds": {"feeds", "floods"}, "isFedBy": {"feeds", "floods"}}.get(name, {name})
    kept = tuple(
        each for each in world.relationships if INVERSES.get(local(each), local(each)) in entailing
    )
    alone = replace(world, relationships=kept)
    asked = question(direction, limit, via=(term(name),), paths=3)
    expected = hits(alone, question(direction, limit, paths=3))
    assert hits(world, asked) == expected


def local(relationship: Relationship) -> str:
    return relationship.property.value.removeprefix(TERMS)


@given(worlds(), DIRECTIONS, hop_limits(), st.sampled_from([0.0, 0.5]))
def test_the_bound_counts_who_lacks_an_expected_link_that_leads_on(
    world: World, direction: Direction, limit: int | None, least: float
) -> None:
    found = answer(world, question(direction, limit, min_score=least))
    reached = hits(world, question(direction, limit))
    open_ended = [DATA + "a"] + [
        each["entity"]["iri"]
        for each in reached
        if each["score"] >= least and (limit is None or each["hops"] < limit)
    ]
    lacking = [each for each in open_ended if lacks_a_way(world, each, direction)]
    assert found["bound"] == {"frontier": len(lacking), "complete": not lacking}


def lacks_a_way(world: World, iri: str, direction: Direction) -> bool:
    """Work out the toy shapes by hand: two fed by each place; a mooring and a feeder per boat."""
    edges = edges_of(world.relationships, world.rules)
    kinds = {each.iri.value: each.classes[0].value.removeprefix(TERMS) for each in world.records}
    fed = {o for s, p, o, _ in edges if s == iri and p in (TERMS + "feeds", TERMS + "floods")}
    feeders = {s for s, p, o, _ in edges if o == iri and p in (TERMS + "feeds", TERMS + "floods")}
    moorings = {s for s, p, o, _ in edges if o == iri and p == TERMS + "moors"}
    outwards = {Flow.SUBJECT_TO_OBJECT, Flow.BOTH}
    backwards = {Flow.OBJECT_TO_SUBJECT, Flow.BOTH}
    if direction is Direction.DEPENDENCIES:
        outwards, backwards = backwards, outwards
    flows = {name: rule[0] for name, rule in world.rules.items()}
    feeding = {flows.get("feeds"), flows.get("floods")}
    if kinds[iri] == "Boat":
        unfed = not feeders and bool(feeding & backwards)
        return unfed or (not moorings and flows.get("moors") in backwards)
    return len(fed) < 2 and bool(feeding & outwards)


@given(worlds(), DIRECTIONS)
def test_the_same_question_in_other_words_has_the_same_bytes(
    world: World, direction: Direction
) -> None:
    spelled = Question(direction, (entity("b"), entity("a")), to=(term("Boat"), term("Place")))
    respelled = Question(
        direction, (entity("a"), entity("b"), entity("a")), to=(term("Place"), term("Boat"))
    )
    assert json.dumps(answer(world, spelled)) == json.dumps(answer(world, respelled))


DECIMALS = st.decimals("0.0001", "1", places=4, allow_nan=False).map(Fraction)


@given(st.lists(DECIMALS, max_size=8), st.randoms(use_true_random=False), DECIMALS)
def test_equal_products_cost_exactly_the_same(
    weights: list[Fraction], random: Any, split: Fraction
) -> None:
    shuffled = random.sample(weights, len(weights))
    product = Fraction(1)
    for each in shuffled:
        product *= each
    assert sum(map(cost_of, weights)) == sum(map(cost_of, shuffled))
    assert cost_of(split * split) == 2 * cost_of(split)
    score = scores(spend_all(weights))[0]
    assert score == pytest.approx(float(product), rel=0, abs=1e-12)


def spend_all(weights: list[Fraction]) -> Costs:
    left = np.array([UNSPENT])
    for each in weights:
        left = spend(left, np.array([cost_of(each)]))
    return left


@given(DECIMALS, DECIMALS)
def test_a_greater_weight_costs_less(one: Fraction, other: Fraction) -> None:
    assert (one < other) == (cost_of(one) > cost_of(other))


@given(st.floats(min_value=0.0, max_value=1.0, exclude_min=True))
def test_every_weight_has_a_cost_in_range(weight: float) -> None:
    assert 0 <= cost_of(exact(weight)) <= 800 * GRID


@given(worlds())
def test_records_may_repeat_superclasses(world: World) -> None:
    model = metamodel()
    spelled_out = replace(
        world,
        records=tuple(
            EntityRecord(each.iri, each.label, tuple(model.superclasses(each.classes[0])))
            for each in world.records
        ),
    )
    asked = question(Direction.IMPACT, to=(term("Place"),))
    assert answer(world, asked) == answer(spelled_out, asked)
