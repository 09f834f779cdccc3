"""Saved sets: the entities that a saved query finds, wherever entities are asked about."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import orthogramic
from orthogramic import Repository
from orthogramic.errors import (
    InvalidParameterError,
    ServiceBusyError,
    UnknownEntityError,
    UnknownQueryError,
)
from orthogramic.repository.saved_sets import names_a_set, read_set_name
from tests.conftest import TOY

HIVE = "https://bees.example/id/Hive/"
MEADOW = "https://bees.example/id/Meadow/"
AT_BROOK = "query:hives-of-meadow?meadow=Brook"


def test_a_name_is_taken_apart() -> None:
    assert names_a_set("query:a") and not names_a_set("a")
    name = read_set_name("query:a-b?one=x%26y%23&two=%20z+#that")
    assert (name.query, dict(name.values), name.column) == (
        "a-b",
        {"one": "x&y#", "two": " z+"},
        "that",
    )
    assert read_set_name("query:a").column is None


@pytest.mark.parametrize(
    "text", ["query:", "query:?a=b", "query:a?b", "query:a?=b", "query:a?b=1&b=2", "query:a#", "a"]
)
def test_what_is_no_name_of_a_set(text: str) -> None:
    with pytest.raises(InvalidParameterError):
        read_set_name(text)


def test_the_first_column_that_was_not_given(toy: Repository) -> None:
    """The query selects its parameter first; what was asked for is the other column."""
    found = toy.saved_set(AT_BROOK)
    assert [each.value for each in found.entities] == [f"{HIVE}H-1", f"{HIVE}H-2"]
    assert found.to_dict() == {
        "query": "hives-of-meadow",
        "parameters": {"meadow": f"{MEADOW}brook"},
        "column": "hive",
    }
    assert found.snapshot == toy.snapshot
    assert toy.saved_set("query:hives-of-meadow", {"meadow": "Brook"}) == found


def test_a_column_may_be_named(toy: Repository) -> None:
    found = toy.saved_set(f"{AT_BROOK}#meadow")
    assert [each.value for each in found.entities] == [f"{MEADOW}brook"]


def test_what_is_refused(toy: Repository) -> None:
    with pytest.raises(UnknownQueryError):
        toy.saved_set("query:hives")
    with pytest.raises(UnknownEntityError):
        toy.saved_set("query:hives-of-meadow?meadow=Moon")
    with pytest.raises(InvalidParameterError, match="needs the parameter meadow"):
        toy.saved_set("query:hives-of-meadow")
    with pytest.raises(InvalidParameterError, match="no parameter 'colour'"):
        toy.saved_set(f"{AT_BROOK}&colour=red")
    with pytest.raises(InvalidParameterError, match="no column 'colour'; it has"):
        toy.saved_set(f"{AT_BROOK}#colour")
    with pytest.raises(InvalidParameterError, match="no entities in the column hiveLabel"):
        toy.saved_set(f"{AT_BROOK}#hiveLabel")


def test_a_matrix_of_a_set(toy: Repository) -> None:
    answer = toy.matrix(AT_BROOK, "Meadow")
    assert [each.label for each in answer.rows] == ["Old Willow", "Young Willow"]
    whole = toy.matrix("Hive", "Meadow", row=("Old Willow", "Young Willow"))
    assert answer.cells == whole.cells
    assert answer.title.startswith("hives-of-meadow × Meadow: ")
    assert answer.receipt.parameters["rows"] == {
        "class": None,
        "entities": [],
        "set": {
            "query": "hives-of-meadow",
            "parameters": {"meadow": f"{MEADOW}brook"},
            "column": "hive",
        },
    }
    assert "set" not in answer.receipt.parameters["columns"]


def test_some_of_a_set(toy: Repository) -> None:
    answer = toy.matrix(AT_BROOK, "Meadow", row=("Young Willow", "Lonely"))
    assert [each.label for each in answer.rows] == ["Young Willow"]


@pytest.fixture
def growing() -> Iterator[Repository]:
    with orthogramic.open_memory(bundle=[TOY]) as repository:
        yield repository


def test_an_empty_set_is_no_mistake(growing: Repository) -> None:
    """That a question finds nothing today does not make it wrong."""
    growing.load([TOY / "data"])
    growing.update(
        "PREFIX bee: <https://bees.example/terms#>"
        "DELETE WHERE { GRAPH ?g { ?hive bee:foragesAt ?meadow } }"
    )
    growing.update(
        "PREFIX kr: <https://orthogramic.com/repository#>"
        "DELETE WHERE { GRAPH ?g { ?link a kr:QualifiedRelationship ; ?p ?o } }"
    )
    answer = growing.matrix(AT_BROOK, "Meadow")
    assert (answer.rows, answer.cells) == ((), ())
    assert answer.notes == ("There are no rows: nothing here is in the set hives-of-meadow.",)


def test_sets_and_graph_show_the_same_snapshot(
    growing: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    growing.load([TOY / "data"])
    sets = growing._sets
    graph = growing._projection.under(growing.metamodel.profile())[1]
    looks = iter([(0, graph), (growing.snapshot, graph)])
    found, snapshot, _ = sets.beside([AT_BROOK, "Meadow", ""], lambda: next(looks))
    assert list(found) == [AT_BROOK]
    assert (found[AT_BROOK].snapshot, snapshot) == (growing.snapshot, growing.snapshot)
    with pytest.raises(ServiceBusyError):
        sets.beside([AT_BROOK], lambda: (-1, graph))
