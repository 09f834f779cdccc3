"""Whatever is sent to a saved query over HTTP is a value, and nothing else."""

from __future__ import annotations

import pytest

from orthogramic import Repository
from tests.queries.bad_input import EMPTY, MISTAKES, Mistake
from tests.service.service_client import ServiceClient, problem

QUERIES = "/api/v1/queries"


@pytest.mark.parametrize("mistake", MISTAKES, ids=str)
def test_a_mistake_is_a_problem_that_says_what_is_wrong(
    client: ServiceClient, mistake: Mistake
) -> None:
    address = f"{QUERIES}/{mistake.query}"
    found = problem(client.get(address, **mistake.values), mistake.status, mistake.code)
    assert mistake.words in found["detail"]
    assert len(found["detail"]) < 10_000


@pytest.mark.parametrize(("name", "values"), EMPTY)
def test_a_value_that_is_nowhere_has_an_empty_answer(
    client: ServiceClient, reference: Repository, name: str, values: dict[str, str]
) -> None:
    before = reference.stats()
    answer = client.get(f"{QUERIES}/{name}", **values)
    assert (answer.status_code, answer.json()["results"]["bindings"]) == (200, [])
    assert reference.stats() == before
