"""The question that the reference data exists for, through every door, and by other means."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import Store
from starlette.testclient import TestClient

import orthogramic
from orthogramic import Repository
from orthogramic.application import create_application
from orthogramic.cli.main import run
from tests.conftest import WORKED_EXAMPLE
from tests.doors import oracle

if TYPE_CHECKING:
    import networkx as nx

MICHAEL, PROFILING = "Michael Chen", "Client Profiling"

#: Verb, source, and the further parameters of a question.
QUESTIONS: list[tuple[str, str, dict[str, Any]]] = [
    ("dependencies", MICHAEL, {"to": ["Capability"], "limit": 1000, "paths": 3}),
    ("impact", PROFILING, {"to": ["CustomerPersona"], "paths": 3}),
    ("dependencies", MICHAEL, {"max_hops": 2, "min_score": 0.4}),
    ("impact", PROFILING, {"via": ["enabledBy", "experiences", "hasValueStreamStage"]}),
    ("dependencies", "CustomerPersona/PERSONA-002", {"to": ["Capability"], "limit": 3}),
    ("dependencies", MICHAEL, {"limit": 3, "offset": 2}),
    ("impact", "Wealth Advisory Value Stream", {"profile": "default"}),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("doors") / "store"
    with orthogramic.open(path) as repository:
        repository.load([WORKED_EXAMPLE])
    return path


@pytest.fixture(scope="module")
def client(reference: Repository) -> Iterator[TestClient]:
    with TestClient(create_application(reference)) as opened:
        yield opened


@pytest.mark.parametrize(("verb", "source", "options"), QUESTIONS)
def test_every_door_gives_the_same_answer(
    reference: Repository,
    client: TestClient,
    store: Path,
    capfd: pytest.CaptureFixture[str],
    *,
    verb: str,
    source: str,
    options: dict[str, Any],
) -> None:
    python = getattr(reference, verb)(source, **options).to_dict()
    http = client.get(f"/api/v1/{verb}", params={"source": source, **options})
    assert http.status_code == 200, http.text
    line = [
        part
        for name, value in options.items()
        for each in (value if isinstance(value, list) else [value])
        for part in (f"--{name.replace('_', '-')}", str(each))
    ]
    assert run(["--store", str(store), verb, source, *line, "--json"]) == 0
    shell = json.loads(capfd.readouterr().out)
    assert python["total"] > 0
    assert http.json() == python
    assert shell == python


@pytest.fixture(scope="module")
def known() -> dict[str, oracle.Rule]:
    found = oracle.rules(oracle.bundle())
    assert len(found) > 20
    return found


@pytest.fixture(scope="module")
def exported(reference: Repository) -> Store:
    return oracle.data(b"".join(reference.export("nquads")))


@pytest.fixture(scope="module")
def network(exported: Store, known: dict[str, oracle.Rule]) -> nx.MultiDiGraph[str]:
    return oracle.network(exported, known)


def _all_hits(reference: Repository, verb: str, source: str) -> dict[str, float]:
    answer = getattr(reference, verb)(source, limit=10_000)
    assert answer.total == len(answer.hits)
    return {hit.entity.iri: hit.score for hit in answer.hits}


@pytest.mark.parametrize("verb", ["dependencies", "impact"])
def test_reach_is_that_of_sparql_property_paths(
    reference: Repository, exported: Store, known: dict[str, oracle.Rule], verb: str
) -> None:
    entities = reference.entities(limit=10_000).items
    assert len(entities) > 50
    iris = {each.iri for each in entities}
    for entity in entities:
        found = oracle.reached(exported, known, entity.iri, impact=verb == "impact")
        assert set(_all_hits(reference, verb, entity.iri)) == found & iris, entity.label
        assert found <= iris


@pytest.mark.parametrize("verb", ["dependencies", "impact"])
def test_scores_are_those_of_networkx(
    reference: Repository, network: nx.MultiDiGraph[str], verb: str
) -> None:
    graph = network.reverse() if verb == "impact" else network
    for entity in reference.entities(limit=10_000).items:
        expected = oracle.scores(graph, [entity.iri]) if entity.iri in graph else {}
        assert _all_hits(reference, verb, entity.iri) == pytest.approx(expected, abs=1e-12)


def test_the_answer_that_the_data_was_made_for(reference: Repository) -> None:
    answer = reference.dependencies(MICHAEL, to="Capability", max_hops=4, limit=1000)
    assert answer.total >= 12
    assert {hit.hops for hit in answer.hits} == {1, 2, 3, 4}
    assert len({round(hit.score, 9) for hit in answer.hits}) >= 8
    pairs = zip(answer.hits, answer.hits[1:], strict=False)
    assert any(before.hops > after.hops == 1 for before, after in pairs)
    affected = reference.impact(PROFILING, to="CustomerPersona")
    assert MICHAEL in [hit.entity.label for hit in affected.hits]


def test_a_misspelt_name_is_offered_near_ones_at_every_door(
    reference: Repository, client: TestClient, store: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(orthogramic.OrthogramicError) as caught:
        reference.dependencies("Michael Chan")
    problem = caught.value.to_dict()
    assert problem["code"] == "unknown-entity"
    assert problem["suggestions"][0]["label"] == MICHAEL
    response = client.get("/api/v1/dependencies", params={"source": "Michael Chan"})
    assert response.status_code == 404
    assert response.headers["content-type"].startswith("application/problem+json")
    assert {name: response.json()[name] for name in problem} == problem
    assert run(["--store", str(store), "dependencies", "Michael Chan"]) == 3
    out, err = capfd.readouterr()
    assert (out, err) == ("", f"orthogramic: {problem['detail']}\n")


def test_a_saved_query_gives_the_same_rows_at_every_door(
    reference: Repository, client: TestClient, store: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    python = reference.saved_query("persona-to-capability", {"persona": MICHAEL}).to_dict()
    assert len(python["results"]["bindings"]) >= 12
    response = client.get(
        "/api/v1/queries/persona-to-capability",
        params={"persona": MICHAEL},
        headers={"Accept": "application/sparql-results+json"},
    )
    assert response.json() == python
    line = ["query", "persona-to-capability", "-p", f"persona={MICHAEL}", "--json"]
    assert run(["--store", str(store), *line]) == 0
    assert json.loads(capfd.readouterr().out) == python
