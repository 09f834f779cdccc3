"""Rankings of the reference data: by hand, by SPARQL and NetworkX, and the same at every door."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import Store
from starlette.testclient import TestClient

import orthogramic
from orthogramic import Repository
from orthogramic.application import create_application
from orthogramic.cli.main import run
from orthogramic.errors import (
    InvalidParameterError,
    UnknownEntityError,
    UnknownQueryError,
    UnknownRankingError,
    UnknownTermError,
)
from tests.conftest import TOY
from tests.doors import oracle

if TYPE_CHECKING:
    import networkx as nx

PREFIXES = """
PREFIX orth: <https://orthogramic.com/metamodel#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
#: The level is the number in the spelling of the closed list: "Level 2 - Repeatable".
GAPS = f"""{PREFIXES}
SELECT DISTINCT ?thing ?now ?aim WHERE {{
  ?thing a orth:Capability ; orth:maturityLevel ?a ; orth:targetMaturityLevel ?b .
  BIND(xsd:integer(SUBSTR(?a, 7, 1)) AS ?now) BIND(xsd:integer(SUBSTR(?b, 7, 1)) AS ?aim)
}}"""
WORTH = f"""{PREFIXES}
SELECT DISTINCT ?segment ?size ?value ?currency WHERE {{
  ?segment orth:segmentSize ?size ; orth:hasLifetimeValue ?life .
  ?life orth:value ?value . OPTIONAL {{ ?life orth:currency ?currency }}
}}"""
PEOPLE = f"""{PREFIXES}
SELECT DISTINCT ?who ?segment WHERE {{
  {{ ?who a orth:CustomerPersona OPTIONAL {{ ?who orth:belongsToSegment ?segment }} }}
  UNION {{ ?who a orth:CustomerSegment }}
}}"""


@pytest.fixture(scope="module")
def exported(enterprise: Repository) -> Store:
    return oracle.data(b"".join(enterprise.export("nquads")))


@pytest.fixture(scope="module")
def network(exported: Store) -> nx.MultiDiGraph[str]:
    return oracle.network(exported, oracle.rules(oracle.bundle()))


def answers(store: Store, query: str) -> list[list[Any]]:
    found = store.query(query, use_default_graph_as_union=True)
    return [[None if each is None else each.value for each in row] for row in found]  # type: ignore[union-attr]


def independent(
    store: Store, network: nx.MultiDiGraph[str], *, segments: bool
) -> dict[str, Fraction]:
    """Rank by SPARQL, the best paths of NetworkX, and fractions."""
    worth = {
        segment: Fraction(size) * Fraction(value)
        for segment, size, value, currency in answers(store, WORTH)
        if currency == "EUR"
    }
    best: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for who, segment in answers(store, PEOPLE):
        if not segments and "/CustomerPersona/" not in who:
            continue
        holder = (segment or who) if segments else who
        for other, score in oracle.scores(network, [who]).items():
            share = Fraction(repr(round(score, 12)))
            best[other, holder] = max(best[other, holder], share)
    results = {}
    for thing, now, aim in answers(store, GAPS):
        weight = sum(
            (
                share * (worth.get(holder, Fraction(0)) if segments else 1)
                for (other, holder), share in best.items()
                if other == thing
            ),
            Fraction(0),
        )
        results[thing] = max(0, int(aim) - int(now)) * weight
    return results


@pytest.mark.parametrize("name", ["investment", "need"])
def test_the_ranking_is_that_of_sparql_and_networkx(
    enterprise: Repository, exported: Store, network: nx.MultiDiGraph[str], name: str
) -> None:
    expected = independent(exported, network, segments=name == "investment")
    answer = enterprise.ranking(name, limit=1000)
    assert answer.total == len(expected) > 100
    for row in answer.rows:
        assert float(row.result) == pytest.approx(float(expected[row.entity.iri]), rel=1e-9)


def test_the_hurts_that_the_readme_of_the_bank_tells(enterprise: Repository) -> None:
    # Remote Advice: gap 3, which Amelie Okafor requires with strength 5, so 0.9 × 5/5.
    hurt = enterprise.ranking("need", dependent="Amelie Okafor", min_score=0.6)
    assert hurt.rows[0].sentence == "3 levels × (0.9 (Amelie Okafor)) = 2.7 levels"
    assert hurt.rows[0].entity.label == "Remote Advice"
    # Succession Advice: gap 3, required by two with strength 4, so 0.72 each.
    (row,) = enterprise.ranking("need", entity="Succession Advice", min_score=0.6).rows
    assert (
        row.sentence == "3 levels × (0.72 (Rosemary Teague) + 0.72 (Walter Nakamura)) = 4.32 levels"
    )


def test_a_value_worked_out_by_hand(enterprise: Repository) -> None:
    # Wealth Builders: 38,000 × 31,500 EUR = 1,197,000,000 EUR, through Amelie Okafor at 0.9.
    (row,) = enterprise.ranking("investment", entity="Remote Advice", min_score=0.5).rows
    (term,) = row.terms
    assert (term.holder.label, term.through.label) == ("Wealth Builders", "Amelie Okafor")
    assert float(row.result) == 3 * 0.9 * 38_000 * 31_500
    assert term.worth is not None
    assert term.worth.how == "38000 × 31500"
    assert row.sentence == (
        "3 levels × (0.9 × 1,197,000,000 (Wealth Builders through Amelie Okafor)) "
        "= 3,231,900,000 levels × EUR"
    )


def test_what_has_reached_its_target_comes_to_nothing(enterprise: Repository) -> None:
    (row,) = enterprise.ranking("investment", entity="Payment Execution").rows
    assert row.weight > 0
    assert row.result == 0


def test_what_is_not_known_is_named(enterprise: Repository) -> None:
    answer = enterprise.ranking("investment", dependent_class="CustomerPersona")
    missing = {each.entity.label: each.why for each in answer.missing}
    assert missing["Affluent Professionals"] == "Customers: nothing is stated"
    assert any("add nothing" in each or "adds nothing" in each for each in answer.notes)


def test_another_unit_is_another_sum(enterprise: Repository) -> None:
    answer = enterprise.ranking("investment", unit="XYZ", limit=1)
    assert answer.largest == 0
    assert all(each.why for row in answer.rows for each in row.terms)
    assert any("EUR" in each for each in answer.notes)


def test_a_saved_set_is_a_scope(enterprise: Repository) -> None:
    one = enterprise.ranking("need", dependent="Michael Chen", limit=5)
    sets = enterprise.ranking(
        "need", entity="query:persona-to-capability?persona=Michael Chen#capability", limit=500
    )
    assert 0 < sets.total < 179
    assert sets.receipt.parameters["sets"]
    assert {term.holder.label for row in one.rows for term in row.terms} == {"Michael Chen"}


def test_filling_the_gap_takes_the_row_down() -> None:
    turtle = """@prefix orth: <https://orthogramic.com/metamodel#> .
    <https://data.orthogramic.com/id/Capability/c> a orth:Capability ; orth:title "C" ;
        orth:maturityLevel "%s" ; orth:targetMaturityLevel "Level 4 - Managed" .
    <https://data.orthogramic.com/id/CustomerPersona/p> a orth:CustomerPersona ;
        orth:title "P" ; orth:requires <https://data.orthogramic.com/id/Capability/c> .
    """
    found = []
    for level in ("Level 1 - Initial", "Level 4 - Managed", "Level 5 - Optimizing"):
        with orthogramic.open_memory() as repository:
            data = turtle.replace("%s", level).encode()
            repository.load_bytes(data, syntax="turtle", gate=False)
            found += [float(each.result) for each in repository.ranking("need").rows]
    assert found == [pytest.approx(3 * 0.9), 0, 0]


# -- doors -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ranking") / "store"
    with orthogramic.open(path, bundle=[TOY]) as repository:
        repository.load([TOY / "data"])
    return path


@pytest.fixture(scope="module")
def client(toy: Repository) -> Iterator[TestClient]:
    with TestClient(create_application(toy)) as opened:
        yield opened


def typed(store: Path, name: str, question: dict[str, Any]) -> list[str]:
    line = [
        part
        for key, value in question.items()
        for each in (value if isinstance(value, list) else [value])
        for part in (f"--{key.replace('_', '-')}", str(each))
    ]
    return ["--store", str(store), "--bundle", str(TOY), "ranking", name, *line]


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("mowing", {}),
        ("smoke", {"dependent": ["Ada"], "entity": ["Old Willow", "Lonely"]}),
        ("mowing", {"dependent_class": ["NucleusHive"], "unit": "kg", "terms": 0, "limit": 1}),
        ("mowing", {"via": ["foragesAt"], "max_hops": 1, "min_score": 0.5, "offset": 1}),
        ("mowing", {"entity": ["query:hives-of-meadow?meadow=Hill"], "profile": "nectar"}),
    ],
)
def test_every_door_gives_the_same_answer(
    toy: Repository,
    client: TestClient,
    store: Path,
    capfd: pytest.CaptureFixture[str],
    *,
    name: str,
    question: dict[str, Any],
) -> None:
    python = json.loads(json.dumps(toy.ranking(name, **question).to_dict()))
    http = client.get(f"/api/v1/rankings/{name}", params=question)
    assert http.status_code == 200, http.text
    assert run([*typed(store, name, question), "--json"]) == 0
    shell = json.loads(capfd.readouterr().out)
    assert http.json() == python
    assert {**shell, "receipt": None} == {**python, "receipt": None}
    assert toy.ranking(name, **question) == toy.ranking(name, **question)


def test_the_toy_by_hand(toy: Repository) -> None:
    # Old Willow forages at Brook (1.0), and over the hedge (0.25) at Hill; its scale showed 41.5.
    answer = toy.ranking("mowing")
    assert [(each.entity.label, float(each.result)) for each in answer.rows] == [
        ("Brook", 41.5),
        ("Hill", 10.375),
    ]
    assert [each.entity.label for each in answer.missing] == ["Young Willow"]
    assert [each.entity.label for each in toy.ranking("smoke").unranked] == [
        "Young Willow",
        "Lonely",
    ]
    assert answer.table()[0]["result"] == 41.5
    assert answer.to_dataframe()["label"].tolist() == ["Brook", "Hill"]


@pytest.mark.parametrize(
    ("name", "question", "error", "status"),
    [
        ("mowin", {}, UnknownRankingError, 404),
        ("mowing", {"entity": "Bruk"}, UnknownEntityError, 404),
        ("mowing", {"dependent": "Old Wilow"}, UnknownEntityError, 404),
        ("mowing", {"dependent": "query:none"}, UnknownQueryError, 404),
        ("mowing", {"dependent": "query:"}, InvalidParameterError, 400),
        ("mowing", {"dependent_class": "Hyve"}, UnknownTermError, 404),
        ("mowing", {"via": "caption"}, InvalidParameterError, 400),
        ("mowing", {"profile": "necter"}, orthogramic.OrthogramicError, 404),
        ("mowing", {"min_score": 2.0}, InvalidParameterError, 400),
        ("mowing", {"min_score": float("nan")}, InvalidParameterError, 400),
        ("mowing", {"max_hops": 0}, InvalidParameterError, 400),
        ("mowing", {"terms": -1}, InvalidParameterError, 400),
        ("mowing", {"terms": 1001}, InvalidParameterError, 400),
        ("mowing", {"limit": 0}, InvalidParameterError, 400),
        ("mowing", {"offset": -1}, InvalidParameterError, 400),
    ],
    ids=str,
)
def test_what_cannot_be_asked_is_refused_at_every_door(
    toy: Repository,
    client: TestClient,
    store: Path,
    *,
    name: str,
    question: dict[str, Any],
    error: type[Exception],
    status: int,
) -> None:
    with pytest.raises(error):
        toy.ranking(name, **question)
    assert client.get(f"/api/v1/rankings/{name}", params=question).status_code == status
    assert run(typed(store, name, question)) == (3 if status == 404 else 2)


def test_a_bundle_without_rankings_says_so(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    bundle = tmp_path / "bundle"
    for each in ("ontology", "shapes"):
        (bundle / each).mkdir(parents=True)
        (bundle / each / "apiary.ttl").write_text((TOY / each / "apiary.ttl").read_text())
    options = ["--store", str(tmp_path / "store"), "--bundle", str(bundle)]
    orthogramic.open(tmp_path / "store", bundle=[bundle]).close()
    assert run([*options, "ranking"]) == 0
    assert "no rankings" in capfd.readouterr().err
