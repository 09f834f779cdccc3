"""Laws of what-if: it tells what doing it would do, and does nothing."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import suppress
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from orthogramic import Repository
from orthogramic.analysis import Direction, Question, ask
from orthogramic.errors import OrthogramicError
from orthogramic.repository.graph_reading import read_graph
from orthogramic.repository.scenarios.answer import WhatIfAnswer
from tests.properties.scenarios.worlds import (
    Document,
    World,
    carried_out,
    present,
    repository_of,
    scenarios,
    statements,
    worlds,
)

EVERYTHING = 10_000
Reach = dict[tuple[str, str, str], tuple[float, str]]


def asked(
    repository: Repository, scenario: Document, against: Document | None = None, **options: Any
) -> WhatIfAnswer:
    """Ask about everything; a scenario that cannot be meant is none."""
    try:
        return repository.what_if(scenario, against=against, limit=EVERYTHING, **options)
    except OrthogramicError:
        assume(False)
        raise


def reach_of(repository: Repository, sources: list[NamedNode]) -> Reach:
    """Return what each source reaches in a repository, by questions of impact."""
    metamodel = repository.metamodel
    graph = read_graph(repository._knowledge, metamodel.profile())
    found: Reach = {}
    for direction in Direction:
        for source in sources:
            number = graph.find(source.value)
            if number is None or graph.classification_of(number).is_absence:
                continue
            question = Question(direction, (source,), limit=None)
            for hit in ask(graph, metamodel, question).hits:
                found[str(direction), source.value, hit.entity.iri] = hit.score, hit.modality
    return found


def told_reach(answer: WhatIfAnswer) -> tuple[Reach, Reach]:
    """Return what an answer says is reached otherwise: before, and after."""
    sides: tuple[Reach, Reach] = {}, {}
    for shift in answer.reach.shifts:
        key = shift.direction, shift.source.iri, shift.entity.iri
        for side, standing in zip(sides, (shift.before, shift.after), strict=True):
            if standing is not None:
                side[key] = standing.score, standing.modality
    return sides


def differing(one: Reach, other: Reach) -> Reach:
    return {key: value for key, value in one.items() if other.get(key) != value}


def findings(repository: Repository) -> Counter[Any]:
    """Return what the shapes say of everything."""
    return Counter(map(row, repository.validate().results))


def row(result: Any) -> tuple[str, ...]:
    parts = (
        result.severity,
        result.focus_node,
        result.path.value if result.path else "",
        result.value,
        result.component,
        result.source_shape,
    )
    return tuple(map(str, parts))


def told_findings(answer: WhatIfAnswer) -> tuple[Counter[Any], Counter[Any]]:
    """Return the findings that an answer says go and come."""
    kinds = (answer.shapes.violations, answer.shapes.gaps)
    gone = Counter(row(each) for kind in kinds for each in kind.mended)
    came = Counter(row(each) for kind in kinds for each in kind.new)
    return gone, came


def document_of(answer: WhatIfAnswer) -> str:
    return json.dumps(answer.to_dict())


@given(st.data(), worlds())
@settings(max_examples=40, deadline=None)
def test_doing_it_makes_the_difference_that_was_told(data: st.DataObject, world: World) -> None:
    scenario = data.draw(scenarios(world))
    it_is, it_would_be = repository_of(world.quads()), repository_of(world.quads())
    names = [each.value for each in present(it_is)]
    answer = asked(it_is, scenario, sources=names)
    carried_out(it_would_be, scenario)
    went, came = frozenset(answer.change.removed), frozenset(answer.change.added)
    assert statements(it_would_be) == (statements(it_is) - went) | came
    before = reach_of(it_is, present(it_is))
    after = reach_of(it_would_be, present(it_is))
    assert told_reach(answer) == (differing(before, after), differing(after, before))
    were, are = findings(it_is), findings(it_would_be)
    assert told_findings(answer) == (were - are, are - were)


@given(st.data(), worlds())
@settings(max_examples=20, deadline=None)
def test_what_is_there_stays_what_it_is(data: st.DataObject, world: World) -> None:
    repository = repository_of(world.quads())
    told = statements(repository), repository.snapshot, repository._knowledge.log.last
    reach = reach_of(repository, present(repository))
    for scenario in data.draw(st.lists(scenarios(world), min_size=1, max_size=3)):
        with suppress(OrthogramicError):
            repository.what_if(scenario)
    assert told == (statements(repository), repository.snapshot, repository._knowledge.log.last)
    assert reach == reach_of(repository, present(repository))
    names = [each.value for each in present(repository)]
    for name in names:
        hits = repository.impact(name, limit=EVERYTHING).hits
        assert {each.entity.iri: each.score for each in hits} == {
            target: score
            for (direction, source, target), (score, _) in reach.items()
            if (direction, source) == ("impact", name)
        }


@given(st.data(), worlds())
@settings(max_examples=20, deadline=None)
def test_the_order_of_changes_means_nothing(data: st.DataObject, world: World) -> None:
    scenario = data.draw(scenarios(world))
    repository = repository_of(world.quads())
    first = asked(repository, scenario)
    shuffled = {**scenario, "changes": data.draw(st.permutations(scenario["changes"]))}
    assert document_of(repository.what_if(shuffled, limit=EVERYTHING)) == document_of(first)
    twice = {**scenario, "changes": [*scenario["changes"], *scenario["changes"]]}
    assert document_of(repository.what_if(twice, limit=EVERYTHING)) == document_of(first)


@given(st.data(), worlds())
@settings(max_examples=25, deadline=None)
def test_two_scenarios_compare_as_what_they_lead_to(data: st.DataObject, world: World) -> None:
    one, other = data.draw(scenarios(world)), data.draw(scenarios(world))
    repository = repository_of(world.quads())
    names = [each.value for each in present(repository)]
    answer = asked(repository, one, other, sources=names)
    mirrored = asked(repository, other, one, sources=names)
    assert told_reach(answer) == told_reach(mirrored)[::-1]
    assert told_findings(answer) == told_findings(mirrored)[::-1]
    assert [each.kind for each in answer.reach.shifts] == [
        each.kind.mirrored() for each in mirrored.reach.shifts
    ]
    assert answer.reach.bound == mirrored.reach.bound
    with_one, with_other = repository_of(world.quads()), repository_of(world.quads())
    carried_out(with_one, one)
    carried_out(with_other, other)
    after = reach_of(with_one, present(repository))
    before = reach_of(with_other, present(repository))
    assert told_reach(answer) == (differing(before, after), differing(after, before))
    were, are = findings(with_other), findings(with_one)
    assert told_findings(answer) == (were - are, are - were)


@given(st.data(), worlds())
@settings(max_examples=15, deadline=None)
def test_what_is_compared_with_itself_does_not_differ(data: st.DataObject, world: World) -> None:
    scenario = data.draw(scenarios(world))
    repository = repository_of(world.quads())
    for answer in (asked(repository, scenario, scenario), asked(repository, {"changes": []})):
        assert answer.reach.total == 0
        assert told_findings(answer) == (Counter(), Counter())
    assert not answer.change.removed
    assert not answer.change.added


def standings(repository: Repository, failing: str) -> dict[str, str]:
    """Return how everything fares if one entity fails, by a question of failure."""
    iris = [each.value for each in present(repository)]
    found = dict.fromkeys(iris, "untouched")
    if failing in found:
        for each in repository.failure(failing, limit=EVERYTHING).hits:
            perhaps = "perhaps " if each.modality == "possible" else ""
            found[each.entity.iri] = f"{perhaps}{each.state}"
        found[failing] = "removed"
    return found


@given(st.data(), worlds())
@settings(max_examples=25, deadline=None)
def test_who_falls_is_who_would_fall(data: st.DataObject, world: World) -> None:
    scenario = data.draw(scenarios(world))
    it_is, it_would_be = repository_of(world.quads()), repository_of(world.quads())
    failing = data.draw(st.sampled_from(present(it_is))).value
    answer = asked(it_is, scenario, fail=failing)
    carried_out(it_would_be, scenario)
    before, after = standings(it_is, failing), standings(it_would_be, failing)
    told = {each.entity.iri: (each.before, each.after) for each in answer.failure.turns}
    for iri in {*before, *after}:
        sides = before.get(iri, "absent"), after.get(iri, "absent")
        # What comes or goes and is untouched where it is, is no matter of failure.
        if sides[0] != sides[1] and set(sides) != {"absent", "untouched"}:
            assert told.pop(iri) == sides
    assert not told


@given(st.data(), worlds())
@settings(max_examples=15, deadline=None)
def test_who_falls_with_what_is_retired(data: st.DataObject, world: World) -> None:
    """Under the other changes of the scenario, which here are none."""
    repository = repository_of(world.quads())
    retired = data.draw(st.sampled_from(present(repository))).value
    answer = asked(repository, {"changes": [{"retire": retired}]})
    fallen = {
        iri: each for iri, each in standings(repository, retired).items() if each != "untouched"
    }
    assert {each.entity.iri: each.after for each in answer.failure.turns} == fallen
    assert {each.before for each in answer.failure.turns} == {"untouched"}
