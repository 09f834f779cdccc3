"""The arithmetic of rankings, against sums made one by one from answers about impact."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from orthogramic.analysis import Direction, Question, ask
from orthogramic.analysis.measuring import End, Measured
from orthogramic.analysis.ranking import RankingAnswer, RankingQuestion, Told, rank
from orthogramic.graph import Relationship
from orthogramic.metamodel import Measure, Operation, Ranking
from tests.properties.analysis.harbours import DATA, entity, metamodel, term
from tests.properties.analysis.strategies import NAMES, World, relationships, worlds

EVERYTHING = (term("Boat"), term("Place"))


def measure(name: str, classes: tuple[NamedNode, ...] = EVERYTHING) -> Measure:
    return Measure(
        iri=term(name),
        name=name,
        label=name.title(),
        description="",
        classes=classes,
        operation=Operation.VALUE,
        along=None,
        operands=(),
        at_least=None,
        unit="",
        unit_along=None,
        roll_up=Operation.SUM,
        ranks={},
    )


def measured(name: str, numbers: dict[str, int]) -> Measured:
    found = {
        DATA + each: {End(entity(each), Literal(str(number)))} for each, number in numbers.items()
    }
    return Measured(measure(name), found, {}, ())


RANKING = Ranking(
    iri=term("ranking"),
    name="ranking",
    label="Ranking",
    description="",
    classes=(term("Place"),),
    own=measure("depth"),
    dependents=(term("Boat"),),
    stands_for=None,
    worth=measure("cargo"),
)


@dataclass(frozen=True)
class Weighed:
    """A world with numbers, and who stands for whom."""

    world: World
    depth: dict[str, int]
    cargo: dict[str, int]
    fleet: dict[str, str]

    def answer(self, **options: object) -> RankingAnswer:
        question = replace(RankingQuestion(RANKING, terms=1000, limit=1000), **options)  # type: ignore[arg-type]
        told = Told(
            measured("depth", self.depth),
            measured("cargo", self.cargo),
            {DATA + each: (DATA + whole,) for each, whole in self.fleet.items()},
        )
        return rank(self.world.graph(), metamodel(), question, told)


@st.composite
def weighed(draw: st.DrawFn) -> Weighed:
    numbers = st.dictionaries(st.sampled_from(NAMES), st.integers(0, 9))
    return Weighed(
        draw(worlds()),
        draw(numbers),
        draw(numbers),
        draw(st.dictionaries(st.sampled_from(NAMES), st.sampled_from(NAMES), max_size=3)),
    )


def kind(world: World, name: str) -> str:
    (found,) = (each for each in world.records if each.iri == entity(name))
    return found.classes[0].value.rpartition("#")[2]


def by_hand(given: Weighed) -> dict[str, Fraction]:
    """Add up what depends on each place, from one answer about impact for each."""
    graph = given.world.graph()
    results = {}
    for name in NAMES:
        if kind(given.world, name) == "Boat" or name not in given.depth:
            continue
        hits = ask(graph, metamodel(), Question(Direction.IMPACT, (entity(name),), limit=None)).hits
        best: dict[str, Fraction] = {}
        for hit in hits:
            boat = hit.entity.iri.rpartition("/")[2]
            if hit.entity.class_name == "Boat" and hit.score > 0:
                holder = given.fleet.get(boat, boat)
                share = Fraction(repr(hit.score))
                best[holder] = max(best.get(holder, Fraction(0)), share)
        weight = sum(
            (share * given.cargo[each] for each, share in best.items() if each in given.cargo),
            Fraction(0),
        )
        results[DATA + name] = given.depth[name] * weight
    return results


@given(weighed())
def test_results_are_those_of_sums_made_one_by_one(given: Weighed) -> None:
    answer = given.answer()
    assert {each.entity.iri: Fraction(each.result) for each in answer.rows} == by_hand(given)


@given(weighed())
def test_the_arithmetic_that_is_shown_adds_up(given: Weighed) -> None:
    for row in given.answer().rows:
        amounts = [each.amount for each in row.terms if each.amount is not None]
        assert sum(amounts, Decimal(0)) == row.weight
        assert row.own is not None
        assert row.own.number.value is not None
        assert row.own.number.value * row.weight == row.result
        assert row.missing == sum(each.amount is None for each in row.terms)
        for each in row.terms:
            if each.amount is not None and each.worth is not None:
                assert each.worth.number.value is not None
                assert each.amount == Decimal(repr(each.share)) * each.worth.number.value
            else:
                assert each.why


@given(weighed(), st.integers(0, 3))
def test_terms_that_are_not_told_count_all_the_same(given: Weighed, terms: int) -> None:
    for row, whole in zip(given.answer(terms=terms).rows, given.answer().rows, strict=True):
        assert row.terms == whole.terms[:terms]
        told = sum((each.amount for each in row.terms if each.amount is not None), Decimal(0))
        assert told + row.left_out == row.weight == whole.weight


@given(weighed())
def test_the_greatest_comes_first_and_a_gap_of_zero_gives_zero(given: Weighed) -> None:
    rows = given.answer().rows
    assert [(-each.result, each.entity.iri) for each in rows] == sorted(
        (-each.result, each.entity.iri) for each in rows
    )
    assert [each.rank for each in rows] == list(range(1, len(rows) + 1))
    for each in rows:
        if given.depth[each.entity.label.lower()] == 0:
            assert each.result == 0


@given(weighed())
def test_who_has_no_number_is_named_and_not_guessed(given: Weighed) -> None:
    answer = given.answer()
    places = {each for each in NAMES if kind(given.world, each) != "Boat"}
    assert {each.entity.iri for each in answer.unranked} == {
        DATA + each for each in places - set(given.depth)
    }
    assert answer.total + answer.total_unranked == len(places)
    assert all(each.why == "nothing is stated" for each in (*answer.unranked, *answer.missing))
    assert not {each.entity.iri for each in answer.missing} & {DATA + each for each in given.cargo}


@given(weighed(), relationships())
def test_a_further_link_never_takes_weight_away(given: Weighed, link: Relationship) -> None:
    fuller = replace(given.world, relationships=(*given.world.relationships, link))
    before = {each.entity.iri: each.weight for each in given.answer().rows}
    after = {each.entity.iri: each.weight for each in replace(given, world=fuller).answer().rows}
    # A link that is told once more may be told more weakly of nothing that was there.
    if link in given.world.relationships:
        assert before == after
    parallel = {(each.subject, each.property, each.object) for each in given.world.relationships}
    if (link.subject, link.property, link.object) not in parallel:
        assert all(after[each] >= weight for each, weight in before.items())


@given(weighed(), st.randoms(use_true_random=False))
def test_the_order_of_statements_means_nothing(given: Weighed, random: Random) -> None:
    links, records = list(given.world.relationships), list(given.world.records)
    random.shuffle(links)
    random.shuffle(records)
    world = replace(given.world, records=tuple(records), relationships=tuple(links))
    shuffled = replace(given, world=world)
    assert shuffled.answer().to_dict() == given.answer().to_dict()


@given(weighed(), st.sampled_from(NAMES))
def test_a_scope_counts_those_who_are_named_or_stood_for(given: Weighed, name: str) -> None:
    answer = given.answer(dependents=(entity(name),))
    fleet = given.fleet.get(name, name)
    for row in answer.rows:
        for each in row.terms:
            assert each.holder.iri in (DATA + name, DATA + fleet)
            assert each.through.iri == DATA + name or each.holder.iri == DATA + name
    whole = {
        (row.entity.iri, each.holder.iri): each.share
        for row in given.answer().rows
        for each in row.terms
    }
    for row in answer.rows:
        for each in row.terms:
            assert each.share <= whole[row.entity.iri, each.holder.iri]


@given(weighed(), st.sampled_from([0.2, 0.5, 0.9]))
def test_weaker_dependence_is_left_out(given: Weighed, least: float) -> None:
    for row, whole in zip(
        sorted(given.answer(min_score=least).rows, key=lambda each: each.entity.iri),
        sorted(given.answer().rows, key=lambda each: each.entity.iri),
        strict=True,
    ):
        strong = [each for each in whole.terms if each.share >= least]
        assert list(row.terms) == strong


@given(weighed(), st.integers(0, 4), st.integers(1, 3))
def test_pages_are_parts_of_the_whole(given: Weighed, offset: int, limit: int) -> None:
    whole, page = given.answer(), given.answer(offset=offset, limit=limit)
    assert page.rows == whole.rows[offset : offset + limit]
    assert (page.total, page.largest, page.bound) == (whole.total, whole.largest, whole.bound)
