"""Gaps are what the bounds of all answers count, and adding the link removes the gap."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from orthogramic.analysis import Direction, Question, ask
from orthogramic.analysis.gaps import GapAnswer, GapQuestion, cutting, find_gaps
from orthogramic.graph import EntityGraph
from orthogramic.metamodel import Severity
from tests.properties.analysis.harbours import INVERSES, link, metamodel
from tests.properties.analysis.strategies import NAMES, World, worlds

EVERYTHING = GapQuestion(severities=tuple(Severity), limit=None)
#: What the shapes of the harbours ask for: class and its subclasses, relationship, whether the
#: entity is its object, how many, severity.
EXPECTED = (
    (("Place", "Harbour"), ("feeds", "floods"), False, 2, "warning"),
    (("Boat",), ("moors",), True, 1, "violation"),
    (("Boat",), ("feeds", "floods"), True, 1, "violation"),
    (("Boat",), ("borders",), None, 1, "info"),
)


def gaps(graph: EntityGraph, question: GapQuestion = EVERYTHING) -> GapAnswer:
    return find_gaps(graph, metamodel(), question)


def stated(world: World) -> Iterator[tuple[str, str, str]]:
    """Yield the links that plain relationships and described ones state, by their primary."""
    for each in world.relationships:
        name = each.property.value.rpartition("#")[2]
        ends = each.subject.value, each.object.value
        subject, target = ends[::-1] if name in INVERSES else ends
        yield subject, INVERSES.get(name, name), target


def counted(world: World) -> Counter[tuple[str, int, str]]:
    """Count what is missing by reading the statements, one entity at a time."""
    found: Counter[tuple[str, int, str]] = Counter()
    links = set(stated(world))
    for record in world.records:
        iri, name = record.iri.value, record.classes[0].value.rpartition("#")[2]
        for classes, relationships, is_object, least, severity in EXPECTED:
            outgoing = {t for s, p, t in links if s == iri and p in relationships}
            incoming = {s for s, p, t in links if t == iri and p in relationships}
            others = outgoing | incoming if is_object is None else incoming
            others = outgoing if is_object is False else others
            if name in classes and len(others) < least:
                found[iri, len(others), severity] += 1
    return found


@given(worlds())
def test_what_is_missing_is_what_a_reader_of_the_statements_misses(world: World) -> None:
    answer = gaps(world.graph())
    assert counted(world) == Counter(
        (each.entity.iri, each.links, each.severity) for each in answer.gaps
    )
    assert answer.total == len(answer.gaps)
    for found in answer.coverage.values():
        assert sum(each.missing for each in found) == answer.total
        assert all(0 <= each.missing <= each.expected for each in found)


@given(worlds())
def test_the_answers_that_end_at_gaps_are_those_whose_bounds_count_them(world: World) -> None:
    graph = world.graph()
    answer = gaps(graph)
    for direction in Direction:
        bounds = 0
        weight = 0.0
        for record in world.records:
            asked = ask(graph, metamodel(), Question(direction, (record.iri,), limit=None))
            bounds += asked.bound.frontier
            ends = {
                each.entity.iri
                for each in answer.gaps
                if direction in [cut.direction for cut in each.cuts]
            }
            weight += math.fsum(hit.score for hit in asked.hits if hit.entity.iri in ends)
            weight += record.iri.value in ends
        # An entity may have several gaps; a bound counts it once.
        by_entity = {
            each.entity.iri: cut
            for each in answer.gaps
            for cut in each.cuts
            if cut.direction == direction
        }
        assert sum(each.answers for each in by_entity.values()) == bounds
        assert math.fsum(each.weight for each in by_entity.values()) == pytest.approx(weight)


@given(worlds(), st.data())
def test_adding_the_link_takes_one_gap_away(world: World, data: st.DataObject) -> None:
    before = gaps(world.graph())
    missing = [each for each in before.gaps if each.least == each.links + 1]
    if not missing:
        return
    gap = data.draw(st.sampled_from(missing))
    iri, verb = gap.relationships[0]
    me = gap.entity.iri.rpartition("/")[2]
    linked = {t for s, _, t in stated(world) if s == gap.entity.iri}
    linked |= {s for s, _, t in stated(world) if t == gap.entity.iri}
    other = next((each for each in NAMES if f"{gap.entity.iri[:-1]}{each}" not in linked), None)
    if other is None:
        return
    name = iri.rpartition("#")[2]
    # What the shape walks backwards is stated of the other end.
    ends = (other, me) if verb == "is moored at" else (me, other)
    fuller = replace(world, relationships=(*world.relationships, link(ends[0], name, ends[1])))
    after = {(each.entity.iri, each.shape) for each in gaps(fuller.graph()).gaps}
    assert (gap.entity.iri, gap.shape) not in after
    assert after <= {(each.entity.iri, each.shape) for each in before.gaps}


@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_statements_means_nothing(world: World, random: object) -> None:
    links, records = list(world.relationships), list(world.records)
    random.shuffle(links)  # type: ignore[attr-defined]
    random.shuffle(records)  # type: ignore[attr-defined]
    other = replace(world, records=tuple(records), relationships=tuple(links))
    assert gaps(world.graph()).to_dict() == gaps(other.graph()).to_dict()


@given(worlds(), st.integers(0, 4), st.integers(1, 4))
def test_pages_are_parts_of_the_whole(world: World, offset: int, limit: int) -> None:
    graph = world.graph()
    whole = gaps(graph)
    page = gaps(graph, replace(EVERYTHING, limit=limit, offset=offset))
    assert page.gaps == whole.gaps[offset : offset + limit]
    assert (page.total, page.coverage) == (whole.total, whole.coverage)
    weights = [each.weight for each in whole.gaps]
    assert weights == sorted(weights, reverse=True)


@given(worlds())
def test_where_too_much_would_be_followed_neighbours_are_counted(world: World) -> None:
    graph = world.graph()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cutting, "MOST_ENTITIES", -1)
        near = gaps(graph)
    assert near.max_hops == 1
    assert near.notes
    for gap in near.gaps:
        for cut in gap.cuts:
            other = Direction(cut.direction).reversed()
            entity = NamedNode(gap.entity.iri)
            asked = ask(graph, metamodel(), Question(other, (entity,), max_hops=1, limit=None))
            assert cut.answers == 1 + asked.total
            assert cut.weight == pytest.approx(1 + math.fsum(hit.score for hit in asked.hits))


@given(worlds())
def test_a_search_that_meets_too_many_gives_up(world: World) -> None:
    graph = world.graph()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cutting, "MOST_VISITS", 0)
        found = gaps(graph)
    reached = any(cut.answers > 1 for gap in gaps(graph).gaps for cut in gap.cuts)
    assert found.max_hops == (1 if reached else None)
