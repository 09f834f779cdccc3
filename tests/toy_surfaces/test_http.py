"""The toy domain over HTTP: every route that can be read, and every page for people."""

from __future__ import annotations

import json

import pytest
from starlette.routing import Match

from tests.service.service_client import ServiceClient, problem
from tests.toy_surfaces.golden import DEPENDENCIES, IMPACT
from tests.toy_surfaces.words import words_of_ours

QUERY = "SELECT%20%3Fc%20%7B%20%3Fk%20a%20bee%3AKeeper%20%3B%20bee%3Acaption%20%3Fc%20%7D"

#: Addresses, and something that the answer must say.
BACKUP = "/api/v1/backup"
READ = {
    "/id/Hive/H-1": "",
    "/doc/Hive/H-1": "Old Willow",
    "/doc/Hive/H-1.ttl": "bee:foragesAt",
    "/doc/Hive/H-1.jsonld": "Old Willow",
    "/sparql": "sparql-service-description",
    f"/sparql?query={QUERY}": "Ada",
    "/api/v1/entities?class=Hive": "Lonely",
    "/api/v1/entity?name=Old+Willow": "foragesAt",
    "/api/v1/entities/Keeper/ada": "minds",
    "/api/v1/search?q=willow": "NucleusHive",
    "/api/v1/impact?source=Hill": "Hill borders Brook, which feeds Old Willow",
    "/api/v1/dependencies?source=Ada&to=Meadow": "which forages at Brook",
    "/api/v1/paths?source=Ada&target=Hill": "Ada minds Young Willow, which forages at Hill",
    "/api/v1/rankings": "Mowing",
    "/api/v1/rankings/smoke": "Old Willow",
    "/api/v1/gaps": "Lonely forages at no meadow",
    "/api/v1/matrix?rows=Hive&columns=Meadow": "Hive × Meadow",
    "/api/v1/matrix?rows=Hive&columns=Meadow&format=csv": "Old Willow",
    "/api/v1/matrix?rows=Hive&columns=Meadow&format=svg": "Old Willow, Hill: score 0.25",
    "/api/v1/weak-spots/dominators?source=Ada&target=Hill": "by_target",
    "/api/v1/weak-spots/cut?source=Ada&target=class:Meadow": "Ada minds Old Willow",
    "/api/v1/weak-spots/articulation?certain=true": "Young Willow",
    "/api/v1/weak-spots/cycles": "borders",
    "/api/v1/weak-spots/centrality": "Young Willow",
    "/api/v1/why-not?source=Lonely&target=Hill": "Lonely forages at Hill",
    "/api/v1/failure?remove=Hill": "it forages at Hill, which is removed; both are needed",
    "/api/v1/results": "counts",
    "/api/v1/results?class=Hive": "Say at which meadow the hive forages.",
    "/api/v1/mends": "complete",
    "/graphs?graph=https%3A%2F%2Fbees.example%2Fyear": "foragesAt",
    "/graphs/year?default": "",
    "/api/v1/queries": "hives-of-meadow",
    "/api/v1/queries/hives-of-meadow/description": "The ground that is asked about",
    "/api/v1/queries/hives-of-meadow?meadow=Brook": "Young Willow",
    "/api/v1/queries/hives-of-meadow?meadow=Brook&format=csv": "Young Willow",
    "/api/v1/metamodel": "Who goes hungry when the flowers fail.",
    "/api/v1/metamodel/classes/Hive": "The temper is gentle, lively or fierce.",
    "/ontology": "Flowering ground within flying distance.",
    "/shapes": "Burn one hive code into the wood and write it down.",
    "/context.jsonld": "foragesAt",
    "/api/v1/stats": "Apiary",
    "/api/v1/export": "Old Willow",
    "/api/v1/export?format=turtle&entity=Ada": "bee:minds",
    "/api/v1/history": "year.ttl",
    "/api/v1/history/1": "bees.example/id/Hive/H-1",
    "/healthz": "ok",
    "/readyz": "ready",
    "/metrics": "orthogramic_entities 6",
    "/openapi.json": "Old Willow",
    "/docs": "/api/v1/impact",
    "/failure.csv?remove=Hill": "Young Willow is lost",
    "/ask.csv?source=Hill&direction=impact": "which feeds",
}

#: Pages for people.
PAGES = {
    "/": "Apiary",
    "/entities": "Lonely",
    "/entities?class=Hive": "Young Willow",
    "/search?q=willow": "Old",
    "/entity?name=Ada": "minds",
    "/doc/Hive/H-1": "Old Willow",
    "/doc/Meadow/brook": "Young Willow",
    "/ask": "Nectar",
    "/ask?source=Hill&direction=impact": "which feeds",
    "/gaps": "Lonely forages at no meadow",
    "/gaps?class=Hive&domain=Apiary": "Add “forages at” with a meadow.",
    "/rankings": "Mowing",
    "/rankings/mowing": "1 × 41.5 (Old Willow)",
    "/matrix": "Meadow",
    "/matrix?rows=Hive&columns=Meadow": "Old Willow",
    "/paths?source=Ada&target=Hill": "Ada minds Young Willow, which forages at Hill",
    "/weak-spots": "Nectar",
    "/weak-spots?kind=cut&source=Ada&target=class:Meadow": "Ada minds Young Willow",
    "/failure": "Nectar",
    "/failure?remove=Hill": "it forages at Hill, which is removed; both are needed",
    "/what-if": "Nectar",
    "/what-if?changes=retire+Hill": "Old Willow",
    "/queries": "Which hives forage at a meadow?",
    "/queries/hives-of-meadow": "The ground that is asked about",
    "/queries/hives-of-meadow?meadow=Brook": "Young Willow",
    "/workbench": "PREFIX",
    f"/workbench?query={QUERY}": "Ada",
    "/results": "Say at which meadow the hive forages.",
    "/results?entity=Lonely": "Add “forages at” with a meadow.",
    "/metamodel": "Nucleus hive",
    "/metamodel/Hive": "A box in which one colony lives through the year.",
    "/profile": "A colony eats what its ground gives.",
    "/sources": "One year behind the fence.",
    "/history": "year.ttl",
    "/history/1": "H-1",
    "/entity?name=Nobody": "Nobody",
}


@pytest.mark.parametrize("address", READ)
def test_a_route_speaks_of_the_toy_alone(door: ServiceClient, address: str) -> None:
    answer = door.get(address, accept="*/*;q=0.5, application/json, text/turtle;q=0.9")
    assert answer.status_code in {200, 303}, answer.text
    assert READ[address] in answer.text
    assert not words_of_ours(answer.text)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_speaks_of_the_toy_alone(door: ServiceClient, address: str) -> None:
    answer = door.get(address, accept="text/html")
    assert answer.status_code == (404 if "Nobody" in address else 200)
    assert answer.headers["content-type"].startswith("text/html")
    assert PAGES[address] in answer.text
    assert not words_of_ours(answer.text)


def test_a_store_in_memory_has_nothing_to_back_up(door: ServiceClient) -> None:
    answer = door.get(BACKUP)
    assert answer.status_code == 400
    assert not words_of_ours(answer.text)


def test_every_route_is_driven(door: ServiceClient) -> None:
    left = {
        path
        for route in door.app.routes
        if "GET" in (getattr(route, "methods", None) or ()) and (path := getattr(route, "path", ""))
    }
    for address in (*READ, *PAGES, BACKUP):
        scope = {"type": "http", "method": "GET", "path": address.partition("?")[0], "headers": []}
        taken = next(each for each in door.app.routes if each.matches(scope)[0] is Match.FULL)
        left.discard(getattr(taken, "path", ""))
    assert not left


@pytest.mark.parametrize(
    ("direction", "golden"), [("impact", IMPACT), ("dependencies", DEPENDENCIES)]
)
def test_the_documents_hold_the_golden_numbers(
    door: ServiceClient, direction: str, golden: dict[str, tuple[object, ...]]
) -> None:
    for source, expected in golden.items():
        hits = door.get(f"/api/v1/{direction}", source=source).json()["hits"]
        found = tuple(
            (
                hit["entity"]["label"],
                hit["score"],
                hit["modality"],
                hit["hops"],
                hit["paths"][0]["sentence"],
            )
            for hit in hits
        )
        assert found == expected


def test_a_near_name_is_one_of_the_toy(door: ServiceClient) -> None:
    said = problem(door.get("/api/v1/impact", source="Brok"), 404, "unknown-entity")
    assert [each["label"] for each in said["suggestions"]] == ["Brook"]
    assert not words_of_ours(json.dumps(said))


def test_posted_data_is_judged_by_the_shapes_of_the_toy(door: ServiceClient) -> None:
    data = (
        "@prefix bee: <https://bees.example/terms#> .\n"
        '<urn:h> a bee:Hive ; bee:hiveCode "H-9" ; bee:caption "Drowsy" ; bee:temper "sleepy" .'
    )
    answer = door.post("/api/v1/validate", data, "text/turtle", accept="text/plain")
    assert answer.status_code == 200
    assert "The temper is gentle, lively or fierce." in answer.text
    assert not words_of_ours(answer.text)
