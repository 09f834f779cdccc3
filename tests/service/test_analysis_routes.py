"""Impact, dependencies and paths over HTTP are what the facade answers."""

from __future__ import annotations

import json
from typing import Any

import pytest

from orthogramic import Repository
from tests.service.service_client import ServiceClient, problem

API = "/api/v1"


def plain(value: Any) -> Any:
    """Return data as it reads after a trip through JSON."""
    return json.loads(json.dumps(value))


def test_dependencies_are_those_of_the_facade(client: ServiceClient, reference: Repository) -> None:
    answer = client.get(f"{API}/dependencies", source="Michael Chen", to="Capability", paths=3)
    expected = reference.dependencies("Michael Chen", to="Capability", paths=3).to_dict()
    assert answer.json() == plain(expected)
    assert answer.headers["x-orthogramic-snapshot"] == str(expected["receipt"]["snapshot"])
    assert answer.json()["total"] >= 12


def test_impact_is_that_of_the_facade(client: ServiceClient, reference: Repository) -> None:
    answer = client.get(f"{API}/impact", source="Client Profiling", to="CustomerPersona")
    expected = reference.impact("Client Profiling", to="CustomerPersona").to_dict()
    assert answer.json() == plain(expected)
    hit = answer.json()["hits"][0]
    assert hit.keys() >= {"entity", "source", "score", "modality", "hops", "paths"}
    assert hit["paths"][0]["sentence"]


def test_several_sources_and_classes(client: ServiceClient, reference: Repository) -> None:
    sources, to = ["Michael Chen", "CustomerPersona/PERSONA-002"], ["Capability", "Product"]
    answer = client.get(f"{API}/dependencies", source=sources, to=to)
    assert answer.json() == plain(reference.dependencies(sources, to=to).to_dict())


def test_bounds_narrow_an_answer(client: ServiceClient) -> None:
    wide = client.get(f"{API}/dependencies", source="Michael Chen").json()
    near = client.get(f"{API}/dependencies", source="Michael Chen", max_hops=1).json()
    strong = client.get(f"{API}/dependencies", source="Michael Chen", min_score=0.5).json()
    via = client.get(f"{API}/dependencies", source="Michael Chen", via="requires").json()
    assert 0 < near["total"] < wide["total"]
    assert all(each["hops"] == 1 for each in near["hits"])
    assert 0 < strong["total"] < wide["total"]
    assert all(each["score"] >= 0.5 for each in strong["hits"])
    assert 0 < via["total"] < wide["total"]
    page = client.get(f"{API}/dependencies", source="Michael Chen", limit=2, offset=1).json()
    assert [each["entity"] for each in page["hits"]] == [
        each["entity"] for each in wide["hits"][1:3]
    ]


def test_a_whole_class_may_be_the_source(client: ServiceClient, reference: Repository) -> None:
    asked: dict[str, Any] = {"source_class": "Capability", "domain": "Customer", "limit": 5}
    answer = client.get(f"{API}/impact", **asked)
    assert answer.json() == plain(reference.impact(**asked).to_dict())
    everything = reference.entities("Capability").total
    assert answer.json()["total_sources"] == len(answer.json()["sources"]) == everything
    both = client.get(f"{API}/impact", source="Priya Nair", **asked).json()
    assert both["total_sources"] == everything + 1


def test_hits_are_counted_by_class_and_domain(client: ServiceClient) -> None:
    whole = client.get(f"{API}/dependencies", source="Michael Chen", limit=1000).json()
    page = client.get(f"{API}/dependencies", source="Michael Chen", limit=1).json()
    assert page["groups"] == whole["groups"]
    for kind, narrowing in (("classes", "to"), ("domains", "domain")):
        assert sum(each["hits"] for each in whole["groups"][kind]) == whole["total"]
        for each in whole["groups"][kind]:
            narrowed = client.get(
                f"{API}/dependencies",
                None,
                source="Michael Chen",
                limit=1,
                **{narrowing: each["iri"]},
            ).json()
            assert narrowed["total"] == each["hits"]
            assert narrowed["hits"][0]["score"] == each["best_score"]


def test_hits_may_come_group_by_group(client: ServiceClient) -> None:
    found = client.get(
        f"{API}/dependencies", source="Michael Chen", limit=1000, group_by="class"
    ).json()
    names = [each["class"] for each in found["groups"]["classes"] for _ in range(each["hits"])]
    assert [each["entity"]["class"] for each in found["hits"]] == names


def test_links_of_one_source_graph_alone(client: ServiceClient, reference: Repository) -> None:
    tables = next(each.iri for each in reference.graphs() if each.iri.endswith("/tables"))
    asked: dict[str, Any] = {"graph": tables, "to": "Capability", "limit": 50}
    answer = client.get(f"{API}/dependencies", source="Michael Chen", **asked).json()
    assert answer == plain(reference.dependencies("Michael Chen", **asked).to_dict())
    steps = [step for hit in answer["hits"] for path in hit["paths"] for step in path["steps"]]
    assert {each["graph"] for each in steps} == {tables}
    wide = client.get(f"{API}/dependencies", source="Michael Chen", to="Capability").json()
    assert 0 < answer["total"] < wide["total"]
    target = answer["hits"][0]["entity"]["iri"]
    ways = client.get(f"{API}/paths", source="Michael Chen", target=target, graph=tables).json()
    assert ways["paths"][0] == answer["hits"][0]["paths"][0]
    # Asked again, and for all graphs, the answers are what they were.
    assert client.get(f"{API}/dependencies", source="Michael Chen", **asked).json() == answer
    assert client.get(f"{API}/dependencies", source="Michael Chen", to="Capability").json() == wide


def test_paths_are_those_of_the_facade(client: ServiceClient, reference: Repository) -> None:
    answer = client.get(f"{API}/paths", source="Michael Chen", target="Client Profiling", paths=3)
    expected = reference.paths("Michael Chen", "Client Profiling", paths=3).to_dict()
    assert answer.json() == plain(expected)
    backwards = client.get(
        f"{API}/paths", source="Client Profiling", target="Michael Chen", direction="impact"
    )
    assert backwards.json()["paths"]


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("impact", 400, "invalid-parameter"),
        ("impact?source=Nobody", 404, "unknown-entity"),
        ("impact?source=Michael%20Chen&to=Nothing", 404, "unknown-term"),
        ("impact?source=Michael%20Chen&via=nothing", 404, "unknown-term"),
        ("impact?source_class=Nothing", 404, "unknown-term"),
        ("impact?source_class=", 404, "unknown-term"),
        ("impact?source=Michael%20Chen&domain=Nowhere", 404, "unknown-term"),
        ("impact?source=Michael%20Chen&graph=urn:none", 404, "unknown-graph"),
        ("impact?source=Michael%20Chen&graph=a%20b", 400, "invalid-parameter"),
        ("impact?source=Michael%20Chen&group_by=size", 400, "invalid-parameter"),
        ("paths?source=a&target=b&graph=urn:none", 404, "unknown-entity"),
        ("impact?source=Michael%20Chen&profile=nothing", 404, "unknown-profile"),
        ("impact?source=Michael%20Chen&max_hops=0", 400, "invalid-parameter"),
        ("impact?source=Michael%20Chen&max_hops=many", 400, "invalid-parameter"),
        ("impact?source=Michael%20Chen&min_score=1.5", 400, "invalid-parameter"),
        ("impact?source=Michael%20Chen&min_score=nan", 400, "invalid-parameter"),
        ("impact?source=Michael%20Chen&limit=0", 400, "invalid-parameter"),
        ("impact?source=Michael%20Chen&limit=10001", 400, "invalid-parameter"),
        ("impact?source=Michael%20Chen&offset=-1", 400, "invalid-parameter"),
        ("impact?source=Michael%20Chen&paths=101", 400, "invalid-parameter"),
        ("dependencies?source=Michael%20Chen&maxhops=2", 400, "invalid-parameter"),
        ("impact?source=Michael%20Chen&limit=1&limit=2", 400, "invalid-parameter"),
        ("paths?source=Michael%20Chen", 400, "invalid-parameter"),
        ("paths?source=Michael%20Chen&target=Nobody", 404, "unknown-entity"),
        ("paths?source=a&target=b&direction=sideways", 400, "invalid-parameter"),
    ],
)
def test_a_bad_question_is_refused(
    client: ServiceClient, address: str, status: int, code: str
) -> None:
    problem(client.get(f"{API}/{address}"), status, code)


def test_the_nearest_parameter_is_named(client: ServiceClient) -> None:
    found = problem(client.get(f"{API}/impact?source=x&maxhops=2"), 400, "invalid-parameter")
    assert found["suggestions"][0] == "max_hops"
    assert "did you mean 'max_hops'?" in found["detail"]
