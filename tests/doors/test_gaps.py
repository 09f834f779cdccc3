"""The gaps that were planted in the data are found through every door, and counted right."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode
from starlette.testclient import TestClient

import orthogramic
from orthogramic import Repository
from orthogramic.application import create_application
from orthogramic.cli.main import run
from orthogramic.errors import InvalidParameterError, UnknownGraphError, UnknownTermError
from tests.conftest import WORKED_EXAMPLE

BANK = "https://data.orthogramic.com/graph/bank/enterprise"
#: What the READMEs of the bank and of wealth management say was left open, as far as it is a link.
PLANTED = {
    "Capability-orgUnit-expected": {"Succession Advice", "Workforce Scheduling", "Order Execution"},
    "Product-orgUnit-expected": {"Starter Savings Pot"},
    "InformationAsset-orgUnit-expected": {"Market Price Feed"},
    "Initiative-orgUnit-expected": {"Clean Data Spring"},
    "ValueStreamStage-enabledBy-expected": {"Look Ahead Together", "Grow Relationship"},
    "StrategyObjective-pursues-expected": {
        "Succession Settled Early",
        "Deepen Affluent Relationships",
        "Win Owner Successions",
    },
}
QUESTIONS: list[dict[str, Any]] = [
    {},
    {"class": ["Capability", "ValueStreamStage"], "limit": 2},
    {"domain": ["Customer"], "severity": ["info"], "offset": 1},
    {"via": ["enabledBy"], "cutting": True, "profile": "default"},
]


def labels(repository: Repository, **question: Any) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for each in repository.gaps(limit=1000, **question).gaps:
        found.setdefault(each.shape.rpartition("#")[2], set()).add(each.entity.label)
    return found


def test_what_was_planted_is_found(enterprise: Repository) -> None:
    found = labels(enterprise)
    assert {name: found[name] for name in PLANTED} == PLANTED


def test_the_gaps_of_one_source(enterprise: Repository) -> None:
    # The README of the bank: 20 warnings when loaded alone, two of them readings that indicators
    # lack, which are parts and no links. The connections close four more: a journey and three of
    # its four stages, which no value stream had.
    answer = enterprise.gaps(graph=BANK, limit=1000)
    assert answer.total == 20 - 2 - 4
    described = enterprise.sparql(f"SELECT ?s {{ GRAPH <{BANK}> {{ ?s a ?c }} }}").rows()
    known = {row[0].value for row in described if isinstance(row[0], NamedNode)}
    assert {each.entity.iri for each in answer.gaps} <= known


def test_a_stage_without_capability_is_told_as_a_person_would(enterprise: Repository) -> None:
    (gap,) = enterprise.gaps(via="enabledBy", graph=BANK).gaps
    assert gap.sentence == "Look Ahead Together is enabled by no capability"
    assert gap.mend == "Add “is enabled by” with a capability."
    assert gap.message.startswith("No capability enables this stage.")
    assert [each.direction for each in gap.cuts] == ["dependencies"]
    dependents = enterprise.impact("Look Ahead Together", limit=10_000)
    assert gap.answers == 1 + dependents.total
    assert gap.weight == pytest.approx(1 + sum(each.score for each in dependents.hits))


def test_coverage_is_counted_by_hand(enterprise: Repository) -> None:
    coverage = enterprise.gaps(class_name="Capability").coverage
    total = enterprise.entities("Capability").total
    (row,) = coverage["class"]
    assert (row.label, row.entities, row.missing) == ("Capability", total, 3)
    (shape,) = (each for each in coverage["shape"] if each.missing)
    assert (shape.label, shape.expected) == ("Has a responsible unit", total)
    assert shape.share == pytest.approx(1 - 3 / total)


def test_what_only_informs_is_asked_for(enterprise: Repository) -> None:
    found = labels(enterprise, severity="info")
    assert {"Emerging Affluent", "Everyday Shoppers"} == found["CustomerSegment-consumes-expected"]
    answer = enterprise.gaps(severity="info", limit=1000)
    assert not any(each.cuts for each in answer.gaps)
    assert answer.total == 17


def test_gaps_are_the_results_that_stand(enterprise: Repository) -> None:
    for severity in ("warning", "info"):
        standing = enterprise.results(severity=severity, limit=1000).report.results
        containment = "hasPeriodMeasurement"
        told = {
            (result.focus_node.value, result.source_shape.value)
            for result in standing
            if containment not in result.source_shape.value
        }
        answer = enterprise.gaps(severity=severity, limit=1000)
        assert {(each.entity.iri, each.shape) for each in answer.gaps} == told


def test_a_link_that_is_added_takes_the_gap_away() -> None:
    data = """
    @prefix orth: <https://orthogramic.com/metamodel#> .
    @prefix id: <https://data.orthogramic.com/id/> .
    <https://data.orthogramic.com/id/Capability/c> a orth:Capability ; orth:title "C" .
    """
    more = """
    @prefix orth: <https://orthogramic.com/metamodel#> .
    <https://data.orthogramic.com/id/OrganizationUnit/u> a orth:OrganizationUnit ; orth:title "U" .
    <https://data.orthogramic.com/id/Capability/c>
        orth:orgUnit <https://data.orthogramic.com/id/OrganizationUnit/u> .
    """
    with orthogramic.open_memory() as repository:
        repository.load_bytes(data.encode(), syntax="turtle", gate=False)
        assert [each.shape_name for each in repository.gaps(class_name="Capability").gaps] == [
            "Has a responsible unit"
        ]
        repository.load_bytes(more.encode(), syntax="turtle", gate=False)
        answer = repository.gaps(class_name="Capability")
        assert answer.total == 0
        assert answer.coverage["class"][0].share == 1


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gaps") / "store"
    with orthogramic.open(path) as repository:
        repository.load([WORKED_EXAMPLE])
    return path


@pytest.fixture(scope="module")
def client(reference: Repository) -> Iterator[TestClient]:
    with TestClient(create_application(reference)) as opened:
        yield opened


@pytest.mark.parametrize("question", QUESTIONS, ids=str)
def test_every_door_gives_the_same_answer(
    reference: Repository,
    client: TestClient,
    store: Path,
    capfd: pytest.CaptureFixture[str],
    *,
    question: dict[str, Any],
) -> None:
    said = {"class_name" if name == "class" else name: each for name, each in question.items()}
    python = reference.gaps(**said).to_dict()
    http = client.get("/api/v1/gaps", params=question)
    assert http.status_code == 200, http.text
    line = [
        part
        for name, value in question.items()
        for each in (value if isinstance(value, list) else [value])
        for part in ([f"--{name}"] if each is True else [f"--{name}", str(each)])
    ]
    given = {"limit": 100, **question}
    assert (
        run(["--store", str(store), "gaps", *line, "--limit", str(given["limit"]), "--json"]) == 0
    )
    shell = json.loads(capfd.readouterr().out)
    assert json.loads(json.dumps(python)) == http.json() == shell
    assert python["receipt"]["parameters"]["question"] == "gaps"
    again = reference.gaps(**said).to_dict()
    assert again == python


@pytest.mark.parametrize(
    ("question", "error", "code"),
    [
        ({"class_name": "Capabilty"}, UnknownTermError, 3),
        ({"domain": "Customers"}, UnknownTermError, 3),
        ({"via": "enabledBi"}, UnknownTermError, 3),
        ({"via": "title"}, InvalidParameterError, 2),
        ({"graph": "urn:none"}, UnknownGraphError, 3),
        ({"graph": "none"}, InvalidParameterError, 2),
        ({"severity": "grave"}, InvalidParameterError, 2),
        ({"profile": "defoult"}, orthogramic.OrthogramicError, 3),
        ({"limit": 0}, InvalidParameterError, 2),
        ({"offset": -1}, InvalidParameterError, 2),
    ],
    ids=str,
)
def test_what_cannot_be_asked_is_refused_at_every_door(
    reference: Repository,
    client: TestClient,
    store: Path,
    *,
    question: dict[str, Any],
    error: type[Exception],
    code: int,
) -> None:
    with pytest.raises(error):
        reference.gaps(**question)
    given = {"class" if name == "class_name" else name: each for name, each in question.items()}
    response = client.get("/api/v1/gaps", params=given)
    assert response.status_code == (400 if code == 2 else 404), response.text
    line = [part for name, each in given.items() for part in (f"--{name}", str(each))]
    assert run(["--store", str(store), "gaps", *line]) == code
    page = client.get("/gaps", params=given)
    # The page has its own number of rows.
    assert page.status_code == (200 if "limit" in question else response.status_code)


def test_a_parameter_that_is_not_there_is_refused(client: TestClient) -> None:
    assert client.get("/api/v1/gaps", params={"clas": "Capability"}).status_code == 400


def test_the_toy_has_one(toy: Repository) -> None:
    answer = toy.gaps()
    assert [each.sentence for each in answer.gaps] == ["Lonely forages at no meadow"]
    assert [each.label for each in answer.coverage["domain"]] == ["Apiary"]
