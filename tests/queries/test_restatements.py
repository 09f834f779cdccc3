"""What is said twice, or from the other end, is answered as if it were said once.

A store may give a statement back as often as graphs hold it, and a qualified link may name either
of two inverse properties. Neither is a matter for the person who asks.
"""

from __future__ import annotations

from functools import cache

import pytest
from pyoxigraph import NamedNode, Triple

from tests.data.datasets import SYSTEM, bundle_triples
from tests.queries.golden_answers import golden_calls
from tests.queries.reference_store import ReferenceStore, Value
from tests.queries.saved_queries import as_term, query_files

QUERIES = {query.name: query for query in query_files()}
#: What only the engine writes down is not in the independent store.
CALLS = [call for call in golden_calls() if not call.engine]
DATA = ("bank/enterprise", "wealth-management")
KNOWN = {*DATA, "wealth-management/illustrative", "wealth-management/tables"}
#: These are about the qualified links themselves and name the property that each of them states.
ABOUT_STATEMENTS = {"links-not-assessed", "relationship-strengths"}
WITH_STRENGTH = sorted(
    name
    for name, query in QUERIES.items()
    if "kr:strength" in query.body and name not in ABOUT_STATEMENTS
)
SOURCE, PROPERTY, TARGET = (NamedNode(SYSTEM + role) for role in ("source", "property", "target"))
_INVERSE = NamedNode("http://www.w3.org/2002/07/owl#inverseOf")


def inverses() -> dict[NamedNode, NamedNode]:
    """Return the other of each pair of inverse properties, primary or not."""
    found: dict[NamedNode, NamedNode] = {}
    for each in bundle_triples("ontology"):
        if each.predicate == _INVERSE:
            assert isinstance(each.subject, NamedNode)
            assert isinstance(each.object, NamedNode)
            found |= {each.subject: each.object, each.object: each.subject}
    return found


def from_the_other_end(content: set[Triple]) -> set[Triple]:
    """Return the content with each qualified link stated by the inverse of its property."""
    other = inverses()
    turned = {
        each.subject
        for each in content
        if each.predicate == PROPERTY
        and isinstance(each.object, NamedNode)
        and each.object in other
    }
    assert not content or turned
    return {_turn(each, other) if each.subject in turned else each for each in content}


def _turn(each: Triple, other: dict[NamedNode, NamedNode]) -> Triple:
    if each.predicate == PROPERTY:
        assert isinstance(each.object, NamedNode)
        return Triple(each.subject, PROPERTY, other[each.object])
    predicate = {SOURCE: TARGET, TARGET: SOURCE}.get(each.predicate, each.predicate)
    return Triple(each.subject, predicate, each.object)


@cache
def said_once() -> ReferenceStore:
    return ReferenceStore(DATA)


@cache
def said_twice() -> ReferenceStore:
    return ReferenceStore(DATA, twice=True)


@cache
def said_inversely() -> ReferenceStore:
    return ReferenceStore(DATA, restate=from_the_other_end)


def answer(store: ReferenceStore, name: str) -> list[dict[str, Value | None]]:
    """Return the answer with the parameters that must be given, as in a golden call on the data."""
    declared = QUERIES[name].parameters
    required = {key for key, each in declared.items() if each["required"]}
    calls = [call for call in CALLS if call.query == name]
    given = next((call for call in calls if set(call.data) <= KNOWN), calls[0]).parameters
    terms = {key: as_term(given[key], declared[key]["type"]) for key in required}
    return store.select(QUERIES[name].text, terms)[1]


@pytest.mark.parametrize("name", sorted({call.query for call in CALLS}))
def test_two_graphs_that_say_the_same_count_once(name: str) -> None:
    assert answer(said_twice(), name) == answer(said_once(), name)


@pytest.mark.parametrize("name", WITH_STRENGTH)
def test_a_strength_counts_from_whichever_end_it_is_stated(name: str) -> None:
    rows = answer(said_once(), name)
    assert rows
    assert answer(said_inversely(), name) == rows
