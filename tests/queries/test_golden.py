"""Saved queries give the answers that a person works out from the data."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from tests.data.datasets import ENTITIES, METAMODEL
from tests.queries.golden_answers import GoldenCall, golden_calls
from tests.queries.reference_store import ReferenceStore, Value, compact, everything
from tests.queries.saved_queries import as_term, query_files

QUERIES = {query.name: query for query in query_files()}
CALLS = [call for call in golden_calls() if not call.engine]
Row = dict[str, Value | None]


@cache
def store_of(data: tuple[str, ...]) -> ReferenceStore:
    return ReferenceStore(data)


@pytest.fixture(scope="module")
def store() -> ReferenceStore:
    """Return all shipped data, as a person has it after the first start."""
    return store_of(everything())


def ask(
    store: ReferenceStore, name: str, parameters: dict[str, str]
) -> tuple[list[str], list[Row]]:
    query = QUERIES[name]
    terms = {
        key: as_term(value, query.parameters[key]["type"]) for key, value in parameters.items()
    }
    return store.select(query.text, terms)


@pytest.mark.parametrize("call", CALLS, ids=str)
def test_answer_is_the_golden_one(call: GoldenCall) -> None:
    _, rows = ask(store_of(call.data), call.query, call.parameters)
    assert [tuple(compact(row[name]) for name in call.columns) for row in rows] == call.rows


@pytest.mark.parametrize("call", golden_calls(), ids=str)
def test_required_parameters_are_given(call: GoldenCall) -> None:
    required = {name for name, each in QUERIES[call.query].parameters.items() if each["required"]}
    assert required <= set(call.parameters) <= set(QUERIES[call.query].parameters)


@pytest.mark.parametrize("name", QUERIES)
def test_no_row_comes_twice(store: ReferenceStore, name: str) -> None:
    """Without any parameter, the widest answer; two graphs that say the same must not show."""
    _, rows = ask(store, name, {})
    assert not [
        row for row, times in Counter(tuple(each.values()) for each in rows).items() if times > 1
    ]


@pytest.mark.parametrize("name", QUERIES)
def test_labels_are_those_of_their_terms(store: ReferenceStore, name: str) -> None:
    columns, rows = ask(store, name, {})
    labels = [each for each in columns if each.endswith("Label")]
    for row in rows:
        for each in labels:
            term, label = row[each.removesuffix("Label")], row[each]
            expected = store.label(term) if isinstance(term, NamedNode) else None
            if expected is not None:
                assert isinstance(label, Literal)
                assert label.value == expected
            elif term is None:
                assert label is None


@pytest.mark.parametrize("call", CALLS, ids=str)
def test_parameters_narrow_the_widest_answer(call: GoldenCall) -> None:
    """Binding a parameter selects rows of the answer without it: it is no other question.

    Only a date that must be given is part of the question: no answer can range over all days.
    """
    store = store_of(call.data)
    declared = QUERIES[call.query].parameters
    days = {
        key: value
        for key, value in call.parameters.items()
        if declared[key]["required"] and declared[key]["type"] == "date"
    }
    _, every = ask(store, call.query, days)
    _, narrowed = ask(store, call.query, call.parameters)
    terms = {key: as_term(value, declared[key]["type"]) for key, value in call.parameters.items()}
    expected = [row for row in every if all(row[key] == term for key, term in terms.items())]
    assert narrowed == expected


def test_a_reference_that_leads_nowhere_is_found() -> None:
    persona = NamedNode(f"{ENTITIES}CustomerPersona/PERSONA-001")
    nowhere = NamedNode(f"{ENTITIES}Capability/mind-reading")
    planted = Triple(persona, NamedNode(f"{METAMODEL}requires"), nowhere)
    _, rows = ask(ReferenceStore(extra=[planted]), "unresolved-references", {})
    assert [(row["entity"], compact(row["relationship"]), row["reference"]) for row in rows] == [
        (persona, "requires", nowhere)
    ]


def test_stages_in_the_opposite_order_are_found() -> None:
    """Review is also mapped to the first stage, which Discovery, the first one, is mapped to."""
    review, engage = (
        NamedNode(ENTITIES + key)
        for key in (
            "CustomerJourneyStage/JOURNEY-001-STAGE-5",
            "ValueStreamStage/wealth-advisory-value-stream-engage-client",
        )
    )
    planted = Triple(review, NamedNode(f"{METAMODEL}mappedToStage"), engage)
    _, rows = ask(ReferenceStore(extra=[planted]), "journey-value-stream-alignment", {})
    verdict = {
        (compact(row["journeyStageLabel"]), compact(row["valueStreamStageLabel"])): compact(
            row["alignment"]
        )
        for row in rows
    }
    assert verdict["Review", "Engage Client"] == "out of order"
    assert verdict["Discovery", "Engage Client"] == "in step"
    assert verdict["Review", "Review and Adapt"] == "in step"
    assert verdict["Solution Design", "Design Wealth Plan"] == "out of order"
