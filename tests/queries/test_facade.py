"""The engine gives the same answers as the store and the oracle that share no code with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache

import pytest
from pyoxigraph import NamedNode

import orthogramic
from tests.data.datasets import ENTITIES, dataset, files
from tests.queries.golden_answers import GoldenCall, golden_calls
from tests.queries.reach_oracle import needed_by
from tests.queries.reference_store import WORKED_EXAMPLE, ReferenceStore, Value, compact
from tests.queries.saved_queries import as_term, query_files

QUERIES = {query.name: query for query in query_files()}
CALLS = golden_calls()


Loaded = Callable[[tuple[str, ...]], orthogramic.Repository]


@pytest.fixture(scope="module")
def loaded() -> Iterator[Loaded]:
    """Return what gives a repository with the data named; each is opened once."""
    with ExitStack() as stack:

        @cache
        def repository(data: tuple[str, ...]) -> orthogramic.Repository:
            opened = stack.enter_context(orthogramic.open_memory())
            for graph, path in files(data).items():
                opened.load(path, graph=graph.value, gate=False)
            return opened

        yield repository


@pytest.fixture(scope="module")
def described() -> Iterator[Loaded]:
    """Return what gives a repository with the data named, datasets with their manifests."""
    with ExitStack() as stack:

        @cache
        def repository(data: tuple[str, ...]) -> orthogramic.Repository:
            opened = stack.enter_context(orthogramic.open_memory())
            for name in data:
                message = f"Load {name}"
                if "/" in name:
                    [(graph, path)] = files([name]).items()
                    opened.load(path, graph=graph.value, message=message, gate=False)
                else:
                    opened.load(dataset(name).folder, message=message, gate=False)
            return opened

        yield repository


@pytest.fixture(scope="module")
def repository(loaded: Loaded) -> orthogramic.Repository:
    return loaded(WORKED_EXAMPLE)


@cache
def store_of(data: tuple[str, ...]) -> ReferenceStore:
    return ReferenceStore(data)


def test_all_queries_are_known(repository: orthogramic.Repository) -> None:
    assert [each.name for each in repository.queries()] == sorted(QUERIES)


def rows_of(
    repository: orthogramic.Repository, call: GoldenCall
) -> tuple[list[str], list[dict[str, Value | None]]]:
    answer = repository.saved_query(call.query, call.parameters)
    columns = list(answer.variables)
    return columns, [dict(zip(columns, row, strict=True)) for row in answer.rows]


@pytest.mark.parametrize("call", [each for each in CALLS if not each.engine], ids=str)
def test_golden_answers(loaded: Loaded, call: GoldenCall) -> None:
    columns, rows = rows_of(loaded(call.data), call)
    assert [tuple(compact(row[name]) for name in call.columns) for row in rows] == call.rows
    declared = QUERIES[call.query].parameters
    terms = {name: as_term(text, declared[name]["type"]) for name, text in call.parameters.items()}
    expected = store_of(call.data).select(QUERIES[call.query].text, terms)
    assert (columns, rows) == expected


@pytest.mark.parametrize("call", [each for each in CALLS if each.engine], ids=str)
def test_golden_answers_about_what_only_the_engine_writes(
    described: Loaded, call: GoldenCall
) -> None:
    _, rows = rows_of(described(call.data), call)
    assert [tuple(compact(row[name]) for name in call.columns) for row in rows] == call.rows


@pytest.mark.parametrize(
    "name",
    [
        "Michael Chen",
        "CustomerPersona/PERSONA-001",
        f"{ENTITIES}CustomerPersona/PERSONA-001",
    ],
)
def test_a_parameter_takes_any_name_of_the_entity(
    repository: orthogramic.Repository, name: str
) -> None:
    answer = repository.saved_query("persona-to-capability", {"persona": name})
    assert len(answer.rows) == 42


@pytest.mark.parametrize("persona", ["PERSONA-001", "PERSONA-002"])
@pytest.mark.parametrize("max_hops", [1, 2, 3, 4])
def test_dependencies_are_those_of_the_oracle(
    repository: orthogramic.Repository, persona: str, max_hops: int
) -> None:
    iri = f"{ENTITIES}CustomerPersona/{persona}"
    answer = repository.dependencies(iri, max_hops=max_hops, limit=1000)
    expected = needed_by(NamedNode(iri), max_hops)
    assert {hit.entity.iri: hit.hops for hit in answer.hits} == {
        entity.value: each.hops for entity, each in expected.items()
    }
    scores = {entity.value: float(each.score) for entity, each in expected.items()}
    assert {hit.entity.iri: hit.score for hit in answer.hits} == pytest.approx(scores, abs=1e-12)
