"""Failure over HTTP is what the facade answers."""

from __future__ import annotations

import json
from typing import Any

import pytest

from orthogramic import Repository
from tests.service.service_client import ServiceClient, problem

FAILURE = "/api/v1/failure"


def test_the_document_is_that_of_the_facade(toy_client: ServiceClient, toy: Repository) -> None:
    response = toy_client.get(FAILURE, remove="Hill")
    assert response.json() == json.loads(json.dumps(toy.failure("Hill").to_dict()))
    assert response.headers["x-orthogramic-snapshot"] == str(toy.snapshot)


def test_every_parameter_reaches_the_question(toy_client: ServiceClient, toy: Repository) -> None:
    given: dict[str, Any] = {
        "remove": ["Hill", "Lonely"],
        "degrade": ["Old Willow"],
        "to": ["Hive", "bee:Keeper"],
        "domain": ["Apiary"],
        "state": "lost",
        "certain": True,
        "profile": "nectar",
        "limit": 1,
        "offset": 1,
    }
    answer = toy_client.get(FAILURE, **given).json()
    assert answer == json.loads(json.dumps(toy.failure(**given).to_dict()))
    asked = answer["receipt"]["parameters"]
    assert asked["question"] == "failure"
    assert asked["domain"] == ["https://bees.example/apiary"]
    assert [len(asked[name]) for name in ("remove", "degrade", "to")] == [2, 1, 2]


def test_the_same_question_gives_the_same_bytes(toy_client: ServiceClient) -> None:
    one = toy_client.get(FAILURE, remove=["Hill", "Brook"])
    other = toy_client.get(FAILURE, remove=["Brook", "Hill", "Brook"])
    assert one.content == other.content


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("", 400, "invalid-parameter"),
        ("remove=Hil", 404, "unknown-entity"),
        ("remove=Hill&degrade=Nobody", 404, "unknown-entity"),
        ("remove=Hill&to=Hyve", 404, "unknown-term"),
        ("remove=Hill&domain=Nowhere", 404, "unknown-term"),
        ("remove=Hill&profile=none", 404, "unknown-profile"),
        ("remove=Hill&state=gone", 400, "invalid-parameter"),
        ("remove=Hill&certain=perhaps", 400, "invalid-parameter"),
        ("remove=Hill&limit=0", 400, "invalid-parameter"),
        ("remove=Hill&limit=100001", 400, "invalid-parameter"),
        ("remove=Hill&offset=-1", 400, "invalid-parameter"),
        ("remove=Hill&colour=red", 400, "invalid-parameter"),
    ],
)
def test_what_cannot_be_asked(
    toy_client: ServiceClient, query: str, status: int, code: str
) -> None:
    problem(toy_client.get(f"{FAILURE}?{query}"), status, code)
