"""What-if over HTTP is what the facade answers; carrying out is a write like any other."""

from __future__ import annotations

import json
from typing import Any

import pytest

import orthogramic
from orthogramic import Repository
from orthogramic.repository.scenarios.what_if import ScenarioQuery
from orthogramic.service.app import create_service
from orthogramic.service.settings import Settings
from tests.conftest import TOY
from tests.service.service_client import ServiceClient, problem

ROUTE = "/api/v1/what-if"
SCENARIO = {"changes": ["retire Brook"]}


def test_the_document_is_that_of_the_facade(toy_client: ServiceClient, toy: Repository) -> None:
    asked: dict[str, Any] = {
        "scenario": SCENARIO,
        "against": {"changes": [{"retire": "Lonely"}]},
        "sources": ["Hill"],
        "targets": ["Ada", "Old Willow"],
        "fail": ["Hill"],
        "direction": "impact",
        "to": ["Hive"],
        "via": ["foragesAt", "abutsMeadow"],
        "profile": "nectar",
        "max_hops": 4,
        "min_score": 0.1,
        "limit": 5,
        "offset": 0,
    }
    queries = [{"name": "hives-of-meadow", "parameters": {"meadow": "Hill"}}]
    response = toy_client.post(ROUTE, json.dumps({**asked, "queries": queries}), "application/json")
    expected = toy.what_if(**asked, queries=[ScenarioQuery("hives-of-meadow", {"meadow": "Hill"})])
    assert response.json() == json.loads(json.dumps(expected.to_dict()))
    assert response.headers["x-orthogramic-snapshot"] == str(toy.snapshot)
    assert response.json()["reach"]["items"][0]["entity"]["label"] == "Old Willow"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 400, "invalid-parameter"),
        ({"scenario": "retire Brook"}, 400, "invalid-parameter"),
        ({"scenario": SCENARIO, "colour": 1}, 400, "invalid-parameter"),
        ({"scenario": SCENARIO, "sources": 1}, 400, "invalid-parameter"),
        ({"scenario": SCENARIO, "limit": "1"}, 400, "invalid-parameter"),
        ({"scenario": SCENARIO, "limit": 0}, 400, "invalid-parameter"),
        ({"scenario": SCENARIO, "min_score": "x"}, 400, "invalid-parameter"),
        ({"scenario": SCENARIO, "queries": [{}]}, 400, "invalid-parameter"),
        ({"scenario": SCENARIO, "queries": ["absent"]}, 404, "unknown-query"),
        ({"scenario": SCENARIO, "direction": "up"}, 400, "invalid-parameter"),
        ({"scenario": {"changes": ["dance"]}}, 400, "invalid-scenario"),
        ({"scenario": {"changes": ["retire Brok"]}}, 404, "unknown-entity"),
        ({"scenario": {"turtle": "<a> <b>"}}, 400, "rdf-syntax"),
        (
            {"scenario": {"changes": ["remove Ada -> minds -> Lonely"]}},
            404,
            "unknown-relationship",
        ),
        (
            {"scenario": {"changes": ["retire Brook", "replace Brook = Hill"]}},
            400,
            "contradictory-scenario",
        ),
    ],
    ids=str,
)
def test_what_cannot_be_asked(
    toy_client: ServiceClient, body: dict[str, Any], status: int, code: str
) -> None:
    problem(toy_client.post(ROUTE, json.dumps(body), "application/json"), status, code)


def test_the_body_is_json(toy_client: ServiceClient) -> None:
    problem(toy_client.post(ROUTE, "retire Brook", "text/plain"), 415, "unsupported-media-type")
    problem(toy_client.post(ROUTE, "{", "application/json"), 400, "invalid-document")


def test_carrying_out() -> None:
    with orthogramic.open_memory(bundle=[TOY]) as repository:
        repository.load([TOY / "data"])
        client = ServiceClient(create_service(repository, Settings()))
        body = json.dumps({"changes": ["add Lonely -> foragesAt -> Hill"]})
        tried = client.post(f"{ROUTE}/apply?dry_run=true", body, "application/json").json()
        assert (tried["added"], tried["commit"]) == (1, None)
        assert tried["words"]["added"] == ["“Lonely” forages at “Hill”"]
        done = client.post(f"{ROUTE}/apply", body, "application/json").json()
        assert done["commit"]["number"] == repository.snapshot == 2
        bad = json.dumps({"changes": ["set Lonely -> temper = mild"]})
        refused = client.post(f"{ROUTE}/apply", bad, "application/json")
        problem(refused, 422, "data-does-not-conform")
        assert repository.snapshot == 2
