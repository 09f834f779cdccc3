"""Laws of failure mode, held against exhaustive evaluation of small worlds."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from orthogramic.analysis import Direction, Question, ask
from orthogramic.analysis.failure import FailureAnswer, FailureQuestion, State, ask_failure
from orthogramic.graph import EntityRecord
from tests.properties.analysis.failing import Outcome, World, outcome, steps_of, worlds
from tests.properties.analysis.harbours import DATA, entity, link, metamodel
from tests.properties.analysis.strategies import NAMES

SOME = st.sets(st.sampled_from(NAMES), min_size=1, max_size=3).map(sorted)
MAYBE = st.sets(st.sampled_from(NAMES), max_size=2).map(sorted)


def failure(world: World, removed: list[str], worn: list[str] | None = None) -> FailureAnswer:
    question = FailureQuestion(
        tuple(entity(each) for each in removed), tuple(entity(each) for each in worn or ())
    )
    return ask_failure(world.graph(), metamodel(), question)


def found(answer: FailureAnswer) -> Outcome:
    by_state = {
        state: frozenset(each.entity.iri for each in answer.hits if each.state is state)
        for state in State
    }
    return Outcome(
        by_state[State.LOST],
        by_state[State.DEGRADED],
        frozenset(each.entity.iri for each in answer.hits if each.modality == "possible"),
        frozenset(each.entity.iri for each in answer.hits if each.self_sustaining),
    )


def iris(names: list[str]) -> list[str]:
    return [DATA + each for each in names]


@given(worlds(), SOME, MAYBE)
def test_failure_mode_agrees_with_exhaustive_evaluation(
    world: World, removed: list[str], worn: list[str]
) -> None:
    assert found(failure(world, removed, worn)) == outcome(world, iris(removed), iris(worn))


@given(worlds(most_links=22), SOME)
def test_it_agrees_where_links_are_many(world: World, removed: list[str]) -> None:
    assert found(failure(world, removed)) == outcome(world, iris(removed))


@given(worlds(), SOME, MAYBE, st.sampled_from(NAMES))
def test_removing_more_rescues_nobody(
    world: World, removed: list[str], worn: list[str], more: str
) -> None:
    before = found(failure(world, removed, worn))
    after = found(failure(world, [*removed, more], worn))
    assert before.lost <= after.lost | {DATA + more}
    assert before.degraded <= after.lost | after.degraded | {DATA + more}
    # Nor does it give anybody another foundation than a circle.
    assert before.floating <= after.lost | after.floating | {DATA + more}


@given(worlds(), SOME, MAYBE)
def test_all_that_is_not_untouched_is_what_a_walk_over_every_step_reaches(
    world: World, removed: list[str], worn: list[str]
) -> None:
    answer = failure(world, removed, worn)
    everything = tuple(entity(each) for each in {*removed, *worn})
    reach = ask(world.graph(), metamodel(), Question(Direction.IMPACT, everything))
    first = {DATA + each for each in worn}
    hits = {each.entity.iri: each for each in answer.hits if each.entity.iri not in first}
    assert set(hits) == {each.entity.iri for each in reach.hits}
    for each in reach.hits:
        hit = hits[each.entity.iri]
        assert (hit.score, hit.hops, hit.modality) == (each.score, each.hops, each.modality)
    # One that was degraded first can be worse off than that.
    assert all(each.state is State.LOST for each in answer.hits if each.entity.iri in first)
    assert answer.counts.reached == len(answer.hits) == answer.total
    assert answer.bound == reach.bound


@given(worlds(), SOME, st.randoms(use_true_random=False), st.permutations(NAMES))
def test_order_and_names_do_not_matter(
    world: World, removed: list[str], random: object, names: list[str]
) -> None:
    assert hasattr(random, "shuffle")
    told, given_order = list(world.relationships), list(removed)
    random.shuffle(told)
    random.shuffle(given_order)
    assert found(failure(replace(world, relationships=tuple(told)), given_order)) == found(
        failure(world, removed)
    )
    new = dict(zip(NAMES, names, strict=True))
    turned = replace(
        world,
        records=tuple(
            EntityRecord(entity(new[each.iri.value.removeprefix(DATA)]), each.label, each.classes)
            for each in world.records
        ),
        relationships=tuple(
            replace(
                each,
                subject=entity(new[each.subject.value.removeprefix(DATA)]),
                object=entity(new[each.object.value.removeprefix(DATA)]),
            )
            for each in world.relationships
        ),
    )
    renamed = found(failure(turned, [new[each] for each in removed]))
    expected = outcome(world, iris(removed))
    back = {DATA + other: DATA + name for name, other in new.items()}
    for name in ("lost", "degraded", "possible", "floating"):
        assert {back[each] for each in getattr(renamed, name)} == getattr(expected, name)


@given(worlds(), SOME, st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_telling_a_link_twice_makes_no_reserve(
    world: World, removed: list[str], one: str, other: str
) -> None:
    once = replace(world, relationships=(*world.relationships, link(one, "feeds", other)))
    twice = replace(
        once,
        relationships=(
            *once.relationships,
            link(one, "feeds", other, graph="elsewhere"),
            link(other, "isFedBy", one, strength=1),
        ),
    )
    assert found(failure(twice, removed)) == found(failure(once, removed))


@given(worlds(), SOME, MAYBE)
def test_reasons_add_up(world: World, removed: list[str], worn: list[str]) -> None:
    answer = failure(world, removed, worn)
    state = {each.entity.iri: each.state for each in answer.hits}
    gone = set(iris(removed)) | {iri for iri, each in state.items() if each is State.LOST}
    for hit in answer.hits:
        assert hit.groups
        first = hit.groups[0]
        assert first.state is hit.state
        assert (hit.state is State.LOST) <= (hit.modality == "certain")
        for group in hit.groups:
            assert group.size == group.lost.total + group.left.total
            assert 1 <= group.needed <= group.size
            assert {each.iri for each in group.lost.entities} <= gone
            assert not {each.iri for each in group.left.entities} & gone
            assert group.lost.total or group.degraded.total or group.perhaps.total
            fails = group.left.total < group.needed and group.modality == "certain"
            assert (group.state is State.LOST) == fails
        assert hit.sentence.startswith(f"{hit.entity.label} ")


@given(worlds(), SOME, MAYBE)
def test_a_chain_leads_from_what_fails_by_what_was_lost_before(
    world: World, removed: list[str], worn: list[str]
) -> None:
    answer = failure(world, removed, worn)
    hits = {each.entity.iri: each for each in answer.hits}
    links = steps_of(world)
    for hit in answer.hits:
        assert hit.chain is not None
        assert hit.score is not None
        ends = [each.origin.iri for each in hit.chain.steps] + [hit.entity.iri]
        assert len(set(ends)) == len(ends)
        assert ends[0] in set(iris(removed)) | set(iris(worn))
        assert all(
            each.destination.iri == end for each, end in zip(hit.chain.steps, ends[1:], strict=True)
        )
        assert {(one, other) for one, other in pairwise(ends)} <= {each[:2] for each in links}
        assert hit.chain.score <= hit.score + 1e-12
        if hit.state is State.LOST:
            # Whatever is lost is lost by losses alone.
            assert ends[0] in iris(removed)
            assert all(hits[each].state is State.LOST for each in ends[1:])
        assert hit.modality != "certain" or hit.chain.modality == "certain"


@given(worlds(), SOME)
def test_counts_are_of_the_whole(world: World, removed: list[str]) -> None:
    whole = failure(world, removed)
    graph = world.graph()
    question = FailureQuestion(tuple(entity(each) for each in removed), state=State.UNTOUCHED)
    untouched = ask_failure(graph, metamodel(), question)
    assert whole.counts == untouched.counts
    assert untouched.total == len(untouched.hits) == whole.counts.untouched
    assert whole.counts.reached + whole.counts.untouched == len(NAMES) - len(removed)
    assert not {each.entity.iri for each in whole.hits} & {
        each.entity.iri for each in untouched.hits
    }
    lost = replace(question, state=State.LOST, limit=1, offset=1)
    page = ask_failure(graph, metamodel(), lost)
    assert (page.total, page.counts) == (whole.counts.lost, whole.counts)
    assert page.hits == whole.hits[: page.total][1:2]
    by_class = [each.counts for each in whole.classes]
    for name in ("lost", "degraded", "untouched", "possible", "self_sustaining"):
        assert sum(getattr(each, name) for each in by_class) == getattr(whole.counts, name)
