"""What stands after any edits is what pySHACL finds on the whole; a refusal leaves no trace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from functools import cache
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

import orthogramic
from orthogramic.errors import NonConformingDataError
from orthogramic.metamodel import Metamodel
from orthogramic.repository.bundle import read_bundle
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.vocabulary import KR, RDF, RDFS, XSD
from tests.conftest import TOY, WORKED_EXAMPLE
from tests.properties.validation.oracle import by_pyshacl, row

Row = tuple[object, ...]


@cache
def toy_bundle() -> Metamodel:
    return read_bundle([TOY])


@cache
def toy_data() -> tuple[Quad, ...]:
    """Return the toy data many times over, so that a change is small beside what is there."""
    with orthogramic.open_memory(bundle=[TOY]) as repository:
        repository.load([TOY / "data"])
        quads = sorted(repository._knowledge.asserted(), key=str)
    own = {each.subject for each in quads}

    def copied(term: Any, number: int) -> Any:
        return NamedNode(f"{term.value}-{number}") if term in own else term

    return tuple(
        Quad(copied(s, number), p, copied(o, number), g)
        for number in range(10)
        for s, p, o, g in quads
    )


def standing(knowledge: KnowledgeBase) -> Counter[Row]:
    findings = knowledge.results().report.findings
    assert findings is not None
    return Counter(row(each) for each in findings)


def by_the_oracle(knowledge: KnowledgeBase) -> Counter[Row]:
    metamodel = knowledge.metamodel
    whole = by_pyshacl(knowledge.store.matching(), metamodel.shapes_graph, metamodel.ontology)
    assert whole.findings is not None
    return Counter(row(each) for each in whole.findings)


def odd(quad: Quad, random: Random) -> Quad:
    """Make another statement of one that is there: mostly a wrong one."""
    values: list[Any] = [
        Literal("", datatype=XSD.string),
        Literal("seven", datatype=XSD.integer),
        Literal("2026-02-30", datatype=XSD.date),
        NamedNode("https://nowhere.example/thing"),
        quad.subject,
        random.choice(toy_data()).object,
    ]
    return Quad(quad.subject, quad.predicate, random.choice(values), quad.graph_name)


def edits(data: list[Quad], random: Random) -> Iterator[tuple[list[Quad], list[Quad]]]:
    """Yield what to add and what to remove, again and again."""
    while True:
        known = random.choice(data)
        about = [each for each in data if each.subject == known.subject]
        kind = random.randrange(5)
        if kind == 0:
            yield [], [known]
        elif kind == 1:
            yield [odd(known, random)], []
        elif kind == 2:
            yield [odd(known, random)], [known]
        elif kind == 3:
            yield [], about
        else:
            yield about, []


@settings(max_examples=12, deadline=None)
@given(st.randoms(use_true_random=False), st.booleans())
def test_results_that_stand_are_those_of_pyshacl(random: Random, gated: bool) -> None:
    with closing(KnowledgeBase(toy_bundle())) as knowledge:
        knowledge.commit(toy_data(), gate=False)
        assert standing(knowledge) == by_the_oracle(knowledge)
        changes = edits(list(toy_data()), random)
        for number in range(12):
            added, removed = next(changes)
            before, was = knowledge.snapshot, standing(knowledge)
            try:
                knowledge.commit(added, removed, gate=gated or number % 3 > 0)
            except NonConformingDataError:
                assert (knowledge.snapshot, standing(knowledge)) == (before, was)
        assert standing(knowledge) == by_the_oracle(knowledge)


def test_with_the_shipped_bundle_too() -> None:
    random = Random(7)
    with orthogramic.open_memory() as repository:
        repository.load([WORKED_EXAMPLE])
        knowledge = repository._knowledge
        changes = edits(sorted(knowledge.asserted(), key=str), random)
        refused = 0
        for _ in range(60):
            added, removed = next(changes)
            try:
                knowledge.commit(added, removed)
            except NonConformingDataError:
                refused += 1
        assert refused > 10
        assert knowledge.snapshot > 10
        assert standing(knowledge) == by_the_oracle(knowledge)


def test_what_was_wrong_before_and_is_not_touched_blocks_nothing() -> None:
    with closing(KnowledgeBase(toy_bundle())) as knowledge:
        data = list(toy_data())
        knowledge.commit(data, gate=False)
        broken = [each for each in data if each.subject == data[0].subject]
        wrong = [odd(each, Random(1)) for each in broken]
        knowledge.commit(wrong, gate=False)
        assert knowledge.results().counts["violation"] > 0
        before = knowledge.snapshot
        for each in data[-40:]:
            with suppress(NonConformingDataError):
                knowledge.commit([], [each])
        assert knowledge.snapshot > before
        with pytest.raises(NonConformingDataError):
            knowledge.commit(broken, wrong[:1] + broken[:1])


def test_a_class_that_comes_with_a_large_change_is_known_from_then_on() -> None:
    names = ("Hive", "LogHive", "Meadow", "caption", "temper")
    terms = (NamedNode(f"https://bees.example/terms#{each}") for each in names)
    hive, new, meadow, caption, temper = terms
    with closing(KnowledgeBase(toy_bundle())) as knowledge:
        knowledge.commit(toy_data())
        # A small change, for which it is worked out what is below a hive.
        knowledge.commit([], [next(each for each in toy_data() if each.predicate == temper)])
        many = [NamedNode(f"https://bees.example/id/Meadow/{each}") for each in range(60)]
        knowledge.commit(
            [
                Quad(new, RDFS.subClassOf, hive, KR.default),
                *(Quad(each, RDF.type, meadow, KR.default) for each in many),
                *(Quad(each, caption, Literal("A meadow"), KR.default) for each in many),
            ]
        )
        bare = Quad(NamedNode("https://bees.example/id/Hive/H-99"), RDF.type, new, KR.default)
        with pytest.raises(NonConformingDataError):
            knowledge.commit([bare])
        assert standing(knowledge) == by_the_oracle(knowledge)
