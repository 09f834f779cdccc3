"""Laws of why-not: its links do connect, none is superfluous, and no smaller set would do."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from orthogramic.analysis import Direction, PathQuestion, find_paths
from orthogramic.analysis.why_not import (
    Openings,
    Proposal,
    ProposedLink,
    WhyNotAnswer,
    WhyNotQuestion,
    why_not,
)
from orthogramic.metamodel import Flow, Modality
from tests.properties.analysis.locks import (
    CLASSES,
    DATA,
    PROPERTIES,
    TERMS,
    Asked,
    Link,
    Locks,
    entity,
    metamodel,
    needs_new,
    new_iri,
    term,
)
from tests.properties.analysis.strategies import WEIGHTS, hop_limits

NAMES = "abcde"
FLOWS = (Flow.SUBJECT_TO_OBJECT, Flow.OBJECT_TO_SUBJECT, Flow.BOTH)


@st.composite
def questions(draw: st.DrawFn) -> Asked:
    properties = st.sampled_from(PROPERTIES)
    flows = st.sampled_from([*FLOWS, Flow.NONE])
    rule = st.tuples(flows, st.sampled_from(WEIGHTS), st.sampled_from(list(Modality)))
    name = st.sampled_from(NAMES)
    classes = tuple((each, draw(st.sampled_from(CLASSES))) for each in NAMES)
    link = st.tuples(name, properties, name)
    return Asked(
        Locks(
            classes,
            tuple(draw(st.lists(link, max_size=8, unique=True))),
            draw(st.fixed_dictionaries(dict.fromkeys(PROPERTIES, rule))),
        ),
        source="a",
        target="b",
        direction=draw(st.sampled_from(["dependencies", "impact"])),
        max_hops=draw(hop_limits()),
        min_score=draw(st.sampled_from([0.0, 0.0, 0.3, 0.6])),
        via=tuple(sorted(draw(st.one_of(st.just(set()), st.sets(properties, max_size=3))))),
    )


def answer(asked: Asked, proposals: int = 5) -> WhyNotAnswer:
    question = WhyNotQuestion(
        Direction(asked.direction),
        entity(asked.source),
        entity(asked.target),
        tuple(map(term, asked.via)),
        max_hops=asked.max_hops,
        min_score=asked.min_score,
        proposals=proposals,
    )
    return why_not(
        Openings(asked.world.graph(), metamodel()), metamodel(), question, naming=new_iri
    )


def told(link: ProposedLink) -> Link:
    return (
        link.subject.iri.removeprefix(DATA),
        link.relationship.removeprefix(TERMS),
        link.object.iri.removeprefix(DATA),
    )


def links_of(proposal: Proposal) -> tuple[Link, ...]:
    return tuple(map(told, proposal.links))


@given(questions())
def test_the_first_proposal_is_as_small_and_scores_as_high_as_any_can(asked: Asked) -> None:
    found = answer(asked)
    assert found.reached == bool(asked.score())
    if found.reached:
        assert found.path is not None
        assert found.path.score == pytest.approx(float(asked.score()), rel=0, abs=1e-12)
        assert not found.proposals
        return
    for size in (1, 2):
        sets = asked.connecting(size)
        if sets:
            best = min((needs_new(links), -score) for links, score in sets)
            first = found.proposals[0]
            assert len(first.links) == size
            assert bool(first.new_entities) == best[0]
            assert first.path.score == pytest.approx(float(-best[1]), rel=0, abs=1e-12)
            return
    assert not found.proposals or len(found.proposals[0].links) > 2


@given(questions())
def test_what_is_proposed_connects_and_no_part_of_it_does(asked: Asked) -> None:
    absent = asked.absent()
    for proposal in answer(asked).proposals:
        links = links_of(proposal)
        assert set(links) <= absent.keys()
        assert asked.score(links) == pytest.approx(proposal.path.score, rel=0, abs=1e-12)
        assert asked.score(links) > 0
        for part in combinations(links, len(links) - 1):
            assert not asked.score(part)


@given(questions())
def test_the_engine_answers_what_a_proposal_says_once_its_links_are_there(asked: Asked) -> None:
    for proposal in answer(asked).proposals:
        new = [
            (each.entity.iri.removeprefix(DATA), each.entity.class_name)
            for each in proposal.new_entities
        ]
        graph = asked.world.graph(links_of(proposal), new)
        question = PathQuestion(
            Direction(asked.direction),
            entity(asked.source),
            entity(asked.target),
            tuple(map(term, asked.via)),
            max_hops=asked.max_hops,
            paths=1,
        )
        (path,) = find_paths(graph, metamodel(), question).paths
        assert path.score == proposal.path.score
        assert path.modality == proposal.path.modality


@given(questions())
def test_proposals_come_in_order_and_each_one_once(asked: Asked) -> None:
    proposals = answer(asked, 20).proposals
    order = [(len(p.links), bool(p.new_entities), -p.path.score) for p in proposals]
    assert order == sorted(order)
    assert len({frozenset(links_of(each)) for each in proposals}) == len(proposals)


@given(questions())
def test_a_complete_answer_has_the_best_way_to_meet_each_expectation_alone(asked: Asked) -> None:
    found = answer(asked, 20)
    if found.reached or not found.complete:
        return
    met = {}
    for proposal in found.proposals:
        if len(proposal.links) == 1:
            met[told(proposal.links[0])] = proposal.path.score
    absent = asked.absent()
    for links, score in asked.connecting(1):
        (link,) = links
        # Another entity may stand in its place, but one that does at least as well.
        assert any(
            best >= float(score) - 1e-12 and absent[link] & absent[each] and each[1] == link[1]
            for each, best in met.items()
        )


@given(questions())
def test_the_answer_can_be_read_by_machines_and_is_the_same_again(asked: Asked) -> None:
    first, second = (json.dumps(answer(asked).to_dict()) for _ in range(2))
    assert first == second
    for proposal in json.loads(first)["proposals"]:
        triples = list(parse(proposal["patch"]["turtle"], format=RdfFormat.TURTLE))
        assert len(triples) == len(proposal["patch"]["added"]) >= proposal["size"]
        assert proposal["patch"]["removed"] == []
        steps = [each for each in proposal["path"]["steps"] if each["proposed"]]
        assert len(steps) == proposal["size"]


@given(questions())
def test_the_frontier_is_reached_and_causes_fit(asked: Asked) -> None:
    found = answer(asked)
    if found.reached:
        assert not found.causes
        return
    assert found.causes
    for each in found.frontier:
        name = each.entity.iri.removeprefix(DATA)
        if name != asked.source:
            here = Asked(
                asked.world, asked.source, name, asked.direction, asked.max_hops, 0.0, asked.via
            )
            assert float(here.score()) == pytest.approx(each.score, rel=0, abs=1e-12)
            assert here.score()
        assert each.missing == len(found.proposals[0].links)
    if found.frontier:
        assert found.frontier[0].would_score == found.proposals[0].path.score
    anything = replace(asked, max_hops=None, min_score=0.0, via=())
    assert bool(anything.score()) == (found.causes[0].code == "filtered")


@given(questions())
def test_a_filter_that_is_named_is_in_the_way_and_what_is_needed_is_enough(asked: Asked) -> None:
    for cause in answer(asked).causes:
        if cause.code != "filtered":
            continue
        assert cause.path is not None
        needed = cause.needed
        over = (each.removeprefix(TERMS) for each in needed.via)
        enough = replace(
            asked,
            max_hops=needed.max_hops or asked.max_hops,
            min_score=asked.min_score if needed.min_score is None else 0.0,
            via=(*asked.via, *over) if needed.via else asked.via,
        )
        assert enough.score() == pytest.approx(cause.path.score, rel=0, abs=1e-12)
        if needed.max_hops:
            assert not replace(enough, max_hops=needed.max_hops - 1).score()
        for lifted in cause.filters:
            back = replace(enough, **{lifted: getattr(asked, lifted)})
            assert not back.score()
