"""The interface for programs: entities, search, counts, metamodel, history, operations."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

import orthogramic
from orthogramic import Repository
from orthogramic.__about__ import __version__
from orthogramic.service.operations import LatestStatistics
from tests.service.service_client import ServiceClient, problem

API = "/api/v1"


def document(client: ServiceClient, address: str, **parameters: Any) -> dict[str, Any]:
    answer = client.get(f"{API}/{address}", **parameters)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    found: dict[str, Any] = answer.json()
    return found


def test_entities_are_listed_page_by_page(client: ServiceClient, reference: Repository) -> None:
    whole = document(client, "entities", limit=1000)
    assert whole["total"] == len(whole["items"]) == reference.stats().entities
    parts = [document(client, "entities", limit=30, offset=at)["items"] for at in (0, 30, 60, 90)]
    assert [each for part in parts for each in part] == whole["items"]


def test_entities_of_a_class_and_of_a_domain(client: ServiceClient) -> None:
    personas = document(client, "entities", **{"class": "CustomerPersona"})
    assert {each["class"] for each in personas["items"]} == {"CustomerPersona"}
    by_curie = document(client, "entities", **{"class": "orth:CustomerPersona"})
    assert by_curie == personas
    assert document(client, "entities", domain="Capability")["total"] > 10
    problem(client.get(f"{API}/entities", **{"class": "Persona"}), 404, "unknown-term")


@pytest.mark.parametrize(
    "name",
    [
        "CustomerPersona/PERSONA-001",
        "Michael Chen",
        "https://data.orthogramic.com/id/CustomerPersona/PERSONA-001",
    ],
)
def test_an_entity_has_one_document_under_all_its_names(client: ServiceClient, name: str) -> None:
    found = document(client, "entity", name=name)
    assert found == document(client, f"entities/{quote(name, safe='/')}")
    assert (found["label"], found["class"]) == ("Michael Chen", "CustomerPersona")
    assert found["attributes"]
    assert found["outgoing"]


def test_an_entity_that_is_known_is_not_sent_again(client: ServiceClient) -> None:
    address = f"{API}/entities/CustomerPersona/PERSONA-001"
    tag = client.get(address).headers["etag"]
    assert client.send("GET", address, headers={"If-None-Match": tag}).status_code == 304


def test_an_unknown_entity_comes_with_near_names(client: ServiceClient) -> None:
    found = problem(client.get(f"{API}/entity", name="Client Profilin"), 404, "unknown-entity")
    assert found["suggestions"][0]["label"] == "Client Profiling"


def test_search_finds_words(client: ServiceClient) -> None:
    found = document(client, "search", q="michael")
    assert found["items"][0]["label"] == "Michael Chen"
    assert document(client, "search", q="michael", **{"class": "Capability"})["total"] == 0


def test_stats_count_what_is_there(client: ServiceClient, reference: Repository) -> None:
    assert document(client, "stats") == reference.stats().to_dict()


def test_the_metamodel_is_told(client: ServiceClient, reference: Repository) -> None:
    found = document(client, "metamodel")
    classes = {each["name"]: each for each in found["classes"]}
    assert classes["CustomerPersona"]["kind"] == "entity"
    assert classes["CustomerPersona"]["business_key"].endswith("personaID")
    assert len(found["properties"]) == len(reference.metamodel.properties)
    (profile,) = (each for each in found["profiles"] if each["default"])
    assert all(rule["reason"] and 0 < rule["weight"] <= 1 for rule in profile["rules"])


def test_a_class_is_told_with_its_shapes(client: ServiceClient) -> None:
    found = document(client, "metamodel/classes/Capability")
    criticality = next(each for each in found["shapes"] if each["path"].endswith("criticality"))
    assert criticality["allowed"]
    assert criticality["ordered"] is True
    members = {each["name"]: each for each in found["members"]}
    assert members["criticality"]["property"] == criticality["path"]
    assert members["criticality"]["many"] is False
    assert members["orgUnitTitle"]["kind"] == "relationship"
    problem(client.get(f"{API}/metamodel/classes/Capabilty"), 404, "unknown-term")


def test_history_tells_commits(client: ServiceClient) -> None:
    (commit,) = document(client, "history")["items"]
    address = f"history/{commit['number']}"
    detail = document(client, f"{address}?limit=10000")
    assert len(detail["added_quads"]) == commit["added"] > 1000
    page = document(client, f"{address}?limit=5&offset=7")
    assert page["added_quads"] == detail["added_quads"][7:12]
    assert page["removed_quads"] == []
    problem(client.get(f"{API}/history/99"), 404, "unknown-commit")
    problem(client.get(f"{API}/history/0"), 400, "invalid-parameter")


def test_alive_and_ready(client: ServiceClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok", "version": __version__}
    ready = client.get("/readyz").json()
    assert (ready["status"], ready["snapshot"]) == ("ready", 1)


def test_metrics_count_requests_by_route(client: ServiceClient) -> None:
    client.get(f"{API}/entities/CustomerPersona/PERSONA-001")
    client.get("/some/unknown/path")
    answer = client.get("/metrics")
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    text = answer.text
    assert 'requests_total{route="/api/v1/entities/{name:path}",method="GET",status="200"}' in text
    assert 'route="(no route)",method="GET",status="404"' in text
    assert "/some/unknown/path" not in text
    assert "\northogramic_snapshot 1\n" in text


def test_counting_is_done_once_per_commit() -> None:
    with orthogramic.open_memory() as repository:
        latest = LatestStatistics()
        empty = latest.of(repository)
        assert latest.of(repository) is empty
        repository.load_bytes(b"<http://e/s> <http://e/p> 1 .", syntax="turtle", gate=False)
        assert latest.of(repository).triples == 1


def test_no_answer_is_taken_for_something_else(client: ServiceClient) -> None:
    for address in ("/sparql", "/docs", "/nowhere", "/api/v1/stats"):
        assert client.get(address).headers["x-content-type-options"] == "nosniff"


def test_the_same_questions_work_on_another_domain(toy_client: ServiceClient) -> None:
    items = document(toy_client, "entities")["items"]
    assert items
    first = items[0]
    assert document(toy_client, f"entities/{first['class']}/{first['key']}")["iri"] == first["iri"]
    word = first["label"].split()[0]
    assert any(
        each["iri"] == first["iri"] for each in document(toy_client, "search", q=word)["items"]
    )
    assert document(toy_client, "impact", source=first["iri"])["sources"][0]["iri"] == first["iri"]
