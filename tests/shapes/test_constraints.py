"""Each kind of constraint accepts what keeps it and reports what breaks it, in the right shape."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, Graph, Literal, Namespace
from rdflib.collection import Collection

from tests.ontology.bundle import (
    KR,
    ORTH,
    ORTHSH,
    SH,
    classes,
    local_name,
    ontology,
    parse,
    shapes,
)
from tests.shapes.cases import CASES as CASES_OF_CUSTOMERS_AND_VALUE
from tests.shapes.cases import WORLD, Case
from tests.shapes.cases_of_change import CASES_OF_CHANGE
from tests.shapes.cases_of_organizations import CASES_OF_ORGANIZATIONS
from tests.shapes.validation import Result, shapes_of, validate, validate_data

CASES = [*CASES_OF_CUSTOMERS_AND_VALUE, *CASES_OF_CHANGE, *CASES_OF_ORGANIZATIONS]
EXAMPLE = Namespace("https://example.org/id/")
IDS = [case.name for case in CASES]


@cache
def results(breaking: bool) -> list[Result]:
    """Validate all the keeping, or all the breaking instances at once."""
    parts = [
        (case.breaks if breaking else case.keeps).replace("ex:this", f"ex:case-{case.name}")
        for case in CASES
    ]
    return validate_data(parse(WORLD + "\n".join(parts)))


def reported(case: Case, breaking: bool) -> set[tuple[str, str]]:
    """Return component and severity of whatever the shape of a case says about its instance."""
    return {
        (result.component, result.severity)
        for result in results(breaking)
        if (result.focus, result.shape) == (f"case-{case.name}", case.shape)
    }


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_what_keeps_the_constraint_is_accepted(case: Case) -> None:
    assert reported(case, breaking=False) == set()


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_what_breaks_the_constraint_is_reported(case: Case) -> None:
    assert (case.component, case.severity) in reported(case, breaking=True)


def test_every_result_says_what_to_do() -> None:
    for result in results(breaking=True):
        assert len(result.message) > 30, result


def test_a_duplicate_is_named_in_the_message() -> None:
    (message,) = {
        result.message
        for result in results(breaking=True)
        if result.focus == "case-unique-key-within-its-scope" and result.component == "SPARQL"
    }
    assert '"Assess"' in message


KINDS = [local_name(each) for each in classes(KR.Entity)]


@cache
def results_for_twins() -> list[Result]:
    """Validate two entities of each kind that share a key, all at once."""
    twins = Graph()
    for name in KINDS:
        key = ontology().value(ORTH[name], KR.businessKey)
        scope = ontology().value(ORTH[name], KR.keyScope)
        assert key is not None
        for twin in (EXAMPLE[f"{name}-one"], EXAMPLE[f"{name}-two"]):
            twins.add((twin, RDF.type, ORTH[name]))
            twins.add((twin, key, Literal("the same")))
            if scope is not None:
                twins.add((twin, scope, EXAMPLE.owner))
    return validate_data(twins)


@pytest.mark.parametrize("name", KINDS)
def test_no_two_of_a_kind_share_a_key(name: str) -> None:
    about_the_key = {
        result.focus
        for result in results_for_twins()
        if result.message.startswith("Another ") and result.focus.startswith(f"{name}-")
    }
    assert about_the_key == {f"{name}-one", f"{name}-two"}


@settings(max_examples=8, deadline=None)
@given(st.lists(st.integers(-2, 9), min_size=1, max_size=12, unique=True))
def test_quality_runs_from_one_to_five(marks: list[int]) -> None:
    data = Graph()
    for mark in marks:
        subject = ORTH[f"relationship/id/{mark}"]
        data.add((subject, RDF.type, ORTH.CustomerRelationship))
        data.add((subject, ORTH.relationshipStrength, Literal(mark)))
    found = {
        int(result.focus)
        for result in validate(data, shapes_of("CustomerRelationship"))
        if result.shape == "CustomerRelationship-relationshipStrength"
    }
    assert found == {mark for mark in marks if not 1 <= mark <= 5}


def maturity_levels() -> list[str]:
    """Return the closed list of maturity levels, as the shape spells them."""
    head = shapes().value(ORTHSH["Capability-maturityLevel"], SH["in"])
    assert head is not None
    return [str(each) for each in Collection(shapes(), head)]


@settings(max_examples=8, deadline=None)
@given(
    st.lists(st.sampled_from(maturity_levels()) | st.text("Level 123-", max_size=9), unique=True)
)
def test_a_closed_list_accepts_its_values_as_they_are_spelled(texts: list[str]) -> None:
    data = Graph()
    for index, text in enumerate(texts):
        subject = ORTH[f"capability/id/{index}"]
        data.add((subject, RDF.type, ORTH.Capability))
        data.add((subject, ORTH.maturityLevel, Literal(text)))
    found = {
        texts[int(result.focus)]
        for result in validate(data, shapes_of("Capability"))
        if result.shape == "Capability-maturityLevel"
    }
    assert found == set(texts) - set(maturity_levels())
