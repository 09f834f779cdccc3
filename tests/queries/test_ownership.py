"""Overlaps of ownership that conforming data cannot have are found where somebody plants them."""

from __future__ import annotations

from pyoxigraph import NamedNode, Triple

from tests.data.datasets import ENTITIES, METAMODEL
from tests.queries.reference_store import ReferenceStore, compact
from tests.queries.saved_queries import query_files

BANK = ("bank/enterprise",)
DESK, BOARD = "OrganizationUnit/investment-desk", "OrganizationUnit/executive-board"


def overlaps(subject: str, predicate: str, target: str) -> set[tuple[str | None, ...]]:
    """Return what overlaps once a statement is added, but for what several units provide."""
    planted = Triple(
        NamedNode(ENTITIES + subject),
        NamedNode(METAMODEL + predicate),
        NamedNode(ENTITIES + target),
    )
    text = next(query.text for query in query_files() if query.name == "ownership-overlaps")
    _, rows = ReferenceStore(BANK, [planted]).select(text, {})
    columns = ("overlap", "entity", "relationship", "unit")
    found = {tuple(compact(row[name]) for name in columns) for row in rows}
    return {each for each in found if each[0] != "several provide"}


def test_another_unit_answers_than_the_one_that_owns() -> None:
    assert overlaps("Product/guided-portfolio", "orgUnit", BOARD) == {
        ("owner does not answer", "guided-portfolio", "ownedBy", "investment-desk"),
        ("owner does not answer", "guided-portfolio", "orgUnit", "executive-board"),
    }


def test_two_units_answer_and_none_owns() -> None:
    assert overlaps("Capability/wealth-statements", "orgUnit", BOARD) == {
        ("several answer", "wealth-statements", "orgUnit", "investment-desk"),
        ("several answer", "wealth-statements", "orgUnit", "executive-board"),
    }


def test_two_units_govern() -> None:
    assert overlaps(DESK, "governs", "Capability/suitability-control") == {
        ("several govern", "suitability-control", "isGovernedBy", "investment-desk"),
        ("several govern", "suitability-control", "isGovernedBy", "risk-and-compliance"),
    }
