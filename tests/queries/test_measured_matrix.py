"""Matrices of measures over the shipped data, against SPARQL and against single scores."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode

from orthogramic import Repository
from orthogramic.analysis import Matrix
from orthogramic.errors import InvalidParameterError, UnknownMeasureError, UnknownTermError

PREFIXES = (
    "PREFIX orth: <https://orthogramic.com/metamodel#> "
    "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
)
#: The level is the number in the spelling of the closed list.
GAPS = PREFIXES + (
    "SELECT ?c ?gap { ?c a orth:Capability ; orth:maturityLevel ?m ; orth:targetMaturityLevel ?t "
    "BIND(xsd:integer(SUBSTR(?t, 7, 1)) - xsd:integer(SUBSTR(?m, 7, 1)) AS ?d) "
    "BIND(IF(?d > 0, ?d, 0) AS ?gap) }"
)
VALUES = PREFIXES + (
    "SELECT ?s (?n * ?v AS ?value) { ?s orth:segmentSize ?n ; orth:hasLifetimeValue ?l . "
    "?l orth:value ?v ; orth:currency 'EUR' }"
)
Cells = dict[tuple[str, str], float]


def numbers(repository: Repository, query: str) -> dict[str, float]:
    found = {}
    for entity, number in repository.sparql(query).rows():
        assert isinstance(entity, NamedNode) and isinstance(number, Literal)
        found[entity.value] = float(number.value)
    return found


def links(repository: Repository, query: str) -> dict[str, str]:
    found = {}
    for one, other in repository.sparql(query).rows():
        assert isinstance(one, NamedNode) and isinstance(other, NamedNode)
        found[one.value] = other.value
    return found


def cells(answer: Matrix) -> Cells:
    return {
        (answer.rows[each.row].iri, answer.columns[each.column].iri): each.value
        for each in answer.cells
    }


@pytest.fixture(scope="module")
def scores(enterprise: Repository) -> Cells:
    answer = enterprise.matrix("CustomerSegment", "Capability", column_limit=1000)
    return cells(answer)


def filled(repository: Repository, cell: str, **more: Any) -> Matrix:
    return repository.matrix("CustomerSegment", "Capability", cell=cell, column_limit=1000, **more)


def test_the_maturity_gap_behind_each_dependency(enterprise: Repository, scores: Cells) -> None:
    gaps = numbers(enterprise, GAPS)
    assert len(gaps) > 100
    answer = filled(enterprise, "maturity-gap")
    assert cells(answer) == {ends: gaps[ends[1]] for ends in scores if ends[1] in gaps}
    assert answer.total.sum == sum(each.value for each in answer.cells)
    weighted = filled(enterprise, "weighted-maturity-gap")
    assert cells(weighted) == pytest.approx(
        {ends: gaps[ends[1]] * score for ends, score in scores.items() if ends[1] in gaps},
        rel=1e-12,
        abs=1e-9,
    )


def test_the_value_at_stake_in_one_currency(enterprise: Repository, scores: Cells) -> None:
    values = numbers(enterprise, VALUES)
    assert len(values) == 10
    answer = filled(enterprise, "segment-value-at-stake")
    assert answer.measure is not None and answer.measure.unit == "EUR"
    assert cells(answer) == pytest.approx(
        {ends: values[ends[0]] * score for ends, score in scores.items() if ends[0] in values},
        rel=1e-12,
        abs=1e-9,
    )
    assert any("nothing is stated" in each for each in answer.notes)


def test_rolled_up_each_capability_counts_once(enterprise: Repository) -> None:
    """All personas of a top segment together: the gap of a capability is added once."""
    gaps = numbers(enterprise, GAPS)
    single = enterprise.matrix("CustomerPersona", "Capability", column_limit=1000)
    answer = enterprise.matrix(
        "CustomerPersona", "Capability", cell="maturity-gap",
        row_parents="belongsToSegment", column_level=1, column_limit=1000,
    )  # fmt: skip
    up = PREFIXES + "SELECT ?p ?s {{ ?p a orth:{} ; {} ?s FILTER NOT EXISTS {{ ?s {} ?above }} }}"
    segment = links(enterprise, up.format("CustomerPersona", "orth:belongsToSegment", "orth:none"))
    top = links(
        enterprise, up.format("Capability", "orth:isPartOfCapability*", "orth:isPartOfCapability")
    )
    behind = defaultdict(set)
    for row, column in cells(single):
        if column in gaps:
            behind[segment.get(row, row), top[column]].add(column)
    assert cells(answer) == {
        ends: sum(gaps[each] for each in found) for ends, found in behind.items()
    }
    assert answer.row_members is not None and sum(answer.row_members) == single.total_rows


def test_what_is_refused(enterprise: Repository) -> None:
    with pytest.raises(UnknownMeasureError, match="Did you mean maturity-gap"):
        filled(enterprise, "maturity-gaps")
    with pytest.raises(InvalidParameterError, match="neither in the rows nor in the columns"):
        enterprise.matrix("CustomerSegment", "Product", cell="maturity-gap")
    with pytest.raises(InvalidParameterError, match="not said to lead to a parent"):
        filled(enterprise, "score", row_parents="requires")
    with pytest.raises(UnknownTermError):
        filled(enterprise, "score", row_parents="above")
    for level in (0, 101):
        with pytest.raises(InvalidParameterError, match="level must be from 1 to 100"):
            filled(enterprise, "score", row_level=level)


def test_the_toy_has_no_hierarchy(toy: Repository) -> None:
    with pytest.raises(InvalidParameterError, match="No relationship of the bundle"):
        toy.matrix("Hive", "Meadow", row_level=1)
    with pytest.raises(UnknownMeasureError):
        toy.matrix("Hive", "Meadow", cell="moonlight")
