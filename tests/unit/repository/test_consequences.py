"""Whom a change touches, and who is affected: the same whatever kind of statement changes."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from orthogramic import Repository
from orthogramic.repository.changes import ChangeSet
from orthogramic.vocabulary import KR

BEE = "https://bees.example/terms#"
ID = "https://bees.example/id/"
BROOK = NamedNode(f"{ID}Meadow/brook")
HIVE = NamedNode(f"{ID}Hive/H-1")
WEIGHING = NamedNode(f"{ID}Hive/H-1/weighing/1")


def added(subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> ChangeSet:
    return ChangeSet((), (Quad(subject, predicate, value, KR.default),))


@pytest.mark.parametrize(
    ("change", "touched"),
    [
        pytest.param(
            added(BROOK, NamedNode(f"{BEE}caption"), Literal("x")), "Meadow/brook", id="attribute"
        ),
        pytest.param(
            added(WEIGHING, NamedNode(f"{BEE}kilograms"), Literal("x")), "Hive/H-1", id="part"
        ),
        pytest.param(
            added(NamedNode(f"{ID}link/brook"), KR.strength, Literal(1)), "Hive/H-2", id="link"
        ),
        pytest.param(
            ChangeSet(
                (),
                (
                    Quad(NamedNode("urn:w"), KR.position, Literal(2), KR.default),
                    Quad(HIVE, NamedNode(f"{BEE}hasWeighing"), NamedNode("urn:w"), KR.default),
                ),
            ),
            "Hive/H-1",
            id="part that only comes",
        ),
    ],
)
def test_a_change_touches_the_entity_whose_matter_it_is(
    toy: Repository, change: ChangeSet, touched: str
) -> None:
    (found,) = toy.impact_of_change(change).touched
    assert found.iri == f"{ID}{touched}"


def test_the_impact_is_that_of_the_touched_entities(toy: Repository) -> None:
    found = toy.impact_of_change(added(BROOK, NamedNode(f"{BEE}caption"), Literal("x")))
    assert found.answer is not None
    assert found.answer.hits == toy.impact(BROOK.value, limit=20).hits
    document = found.to_dict()
    assert document["total"] == len(document["hits"]) > 0


def test_what_is_not_there_yet_has_no_impact(toy: Repository) -> None:
    found = toy.impact_of_change(added(NamedNode("urn:new"), KR.position, Literal(1)))
    assert found.touched == ()
    assert found.answer is None
    assert found.to_dict()["hits"] == []


def test_bookkeeping_touches_nobody(toy: Repository) -> None:
    quad = Quad(BROOK, KR.position, Literal(1), KR.datasets)
    assert toy.impact_of_change(ChangeSet((), (quad,))).touched == ()
