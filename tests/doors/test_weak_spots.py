"""Weak spots through every door, worked out by hand on the toy and on the worked example.

The toy: Ada minds Old Willow and Young Willow. Old Willow forages at Brook, Young Willow at Brook
and Hill. Brook and Hill border each other, over which a change possibly passes, both ways. Lonely
has no link.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

import orthogramic
from orthogramic import Repository
from orthogramic.analysis.weak_spots import centrality
from orthogramic.application import create_application
from orthogramic.cli.main import run
from orthogramic.service.app import create_service
from orthogramic.service.settings import Limits, Settings
from tests.conftest import TOY
from tests.service.service_client import ServiceClient, problem

ROOM = "/api/v1/weak-spots"
MEADOWS = {"source": "Ada", "target": "class:Meadow"}


@pytest.fixture(scope="module")
def door(toy: Repository) -> ServiceClient:
    return ServiceClient(create_application(toy))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("weak") / "store"
    with orthogramic.open(path, bundle=[TOY]) as repository:
        repository.load([TOY / "data"])
    return path


def labels(items: Any) -> list[str]:
    return [each.entity.label for each in items]


def test_two_hives_part_a_keeper_from_the_meadows(toy: Repository) -> None:
    answer = toy.weak_spots.cut("Ada", "class:Meadow")
    assert (answer.size, answer.unique) == (2, True)
    assert labels(answer.items) == ["Old Willow", "Young Willow"]
    young = answer.items[1]
    assert young.path is not None
    assert young.path.sentence == "Ada minds Young Willow, which forages at Brook"
    assert (young.entering.total, young.leaving.total) == (1, 2)
    assert answer.closing.method.exact


def test_where_only_some_may_be_taken_out_a_way_round_is_shown(toy: Repository) -> None:
    answer = toy.weak_spots.cut("Ada", "class:Meadow", classes="NucleusHive")
    assert (answer.size, answer.items) == (None, ())
    assert answer.around is not None
    assert answer.around.sentence == "Ada minds Old Willow, which forages at Brook"
    assert any("There is no cut" in each for each in answer.closing.notes)


def test_what_is_joined_directly_is_told_beside_the_cut(toy: Repository) -> None:
    answer = toy.weak_spots.cut("Young Willow", "Hill")
    assert labels(answer.items) == ["Brook"]
    assert answer.direct.total == 1
    assert answer.direct.items[0].destination.label == "Hill"
    assert any("joined directly" in each for each in answer.closing.notes)


def test_hill_is_certain_only_by_way_of_young_willow(toy: Repository) -> None:
    # Over the hedge there is another way, which is only possible.
    assert not toy.weak_spots.dominators("Ada", "Hill").items
    answer = toy.weak_spots.dominators("Ada", "Hill", certain=True)
    assert labels(answer.items) == ["Young Willow"]
    (spot,) = answer.items
    assert (spot.targets.total, spot.sources.total, spot.whole) == (1, 1, True)
    assert [each.label for each in answer.whole] == ["Young Willow"]
    (passage,) = answer.by_target
    assert [each.label for each in passage.through] == ["Young Willow"]


def test_the_other_direction_finds_the_same_points(toy: Repository) -> None:
    answer = toy.weak_spots.dominators("Hill", "Ada", certain=True, direction="impact")
    assert labels(answer.items) == ["Young Willow"]


def test_a_target_that_nothing_leads_to_is_told(toy: Repository) -> None:
    answer = toy.weak_spots.dominators("Ada", ["Hill", "Lonely"], certain=True)
    assert (answer.targets.total, answer.targets.connected) == (2, 1)
    assert {each.target.label: each.connected for each in answer.by_target} == {
        "Hill": True,
        "Lonely": False,
    }
    alone = toy.weak_spots.cut("Ada", "Lonely")
    assert alone.size == 0
    assert any("No path leads" in each for each in alone.closing.notes)


def test_what_is_both_is_a_source_and_the_answer_says_so(toy: Repository) -> None:
    answer = toy.weak_spots.dominators(["Ada", "Hill"], "class:Meadow")
    assert answer.targets.total == 1
    assert answer.closing.notes == (
        "1 entity is both source and target, and counted as source only.",
    )


def test_an_empty_class_is_no_error_but_is_told() -> None:
    with orthogramic.open_memory(bundle=[TOY]) as nothing:
        answer = nothing.weak_spots.dominators("class:Keeper", "class:Meadow")
    assert answer.items == ()
    assert answer.closing.notes[0].startswith("There are no sources")


def test_the_results_of_a_saved_query_are_a_set(toy: Repository) -> None:
    answer = toy.weak_spots.cut("Ada", "query:hives-of-meadow?meadow=Hill")
    assert answer.targets.items[0].label == "Young Willow"
    assert answer.receipt.parameters["targets"]["sets"][0]["query"] == "hives-of-meadow"


def test_young_willow_holds_hill_where_only_certain_links_count(toy: Repository) -> None:
    assert not toy.weak_spots.articulation().items
    answer = toy.weak_spots.articulation(certain=True)
    assert labels(answer.items) == ["Young Willow"]
    assert (answer.items[0].pieces, answer.items[0].separated, answer.components) == (2, 1, 1)


def test_two_meadows_lead_to_each_other_over_one_hedge(toy: Repository) -> None:
    answer = toy.weak_spots.cycles()
    (group,) = answer.items
    assert {each.label for each in group.members.items} == {"Brook", "Hill"}
    assert group.mutual
    assert len(group.cycle.steps) == 2
    assert toy.weak_spots.cycles(certain=True).items == ()
    assert toy.weak_spots.cycles(classes="Keeper").items == ()


def test_too_much_work_makes_an_estimate_that_says_so(
    toy: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    exact = toy.weak_spots.centrality()
    assert exact.closing.method.exact
    monkeypatch.setattr(centrality, "bounded_work", lambda _flow: False)
    estimate = toy.weak_spots.centrality()
    assert not estimate.closing.method.exact
    assert estimate.closing.method.error is not None
    assert "would take too long" in estimate.closing.notes[1]
    asked_for = toy.weak_spots.centrality(samples=100)
    assert len(asked_for.closing.notes) == 1


def test_betweenness_of_the_toy(toy: Repository) -> None:
    # Of 5 × 4 pairs: Ada to Brook by either hive, Ada to Hill by Young Willow, Old Willow to Hill
    # by Brook.
    answer = toy.weak_spots.centrality()
    assert {each.entity.label: each.value for each in answer.items if each.value} == {
        "Young Willow": 0.075,
        "Brook": 0.05,
        "Old Willow": 0.025,
    }
    assert labels(answer.items)[:3] == ["Young Willow", "Brook", "Old Willow"]
    assert answer.closing.method.error is None


def test_an_estimate_says_how_far_off_it_may_be(toy: Repository) -> None:
    answer = toy.weak_spots.centrality(samples=500, seed=3, confidence=0.999)
    method = answer.closing.method.to_dict()
    assert not method["exact"]
    assert method["error"]["confidence"] == 0.999
    assert method["parameters"]["seed"] == answer.receipt.parameters["seed"] == 3
    exact = {each.entity.iri: each.value for each in toy.weak_spots.centrality().items}
    for each in answer.items:
        assert each.low <= exact[each.entity.iri] <= each.high
        assert abs(each.value - exact[each.entity.iri]) <= method["error"]["bound"]


def test_what_the_worked_example_hangs_on(reference: Repository) -> None:
    """Two stages of one value stream lead on to what nothing else leads to.

    Risk Tolerance Assessment enables Understand Client Needs; the persona who requires it is
    another one. Client Data Management enables a sub-stage of that stage, and nothing else.
    """
    answer = reference.weak_spots.dominators("Michael Chen", "class:Capability", certain=True)
    lost = {
        each.entity.label: [target.label for target in each.targets.items] for each in answer.items
    }
    assert lost["Understand Client Needs"] == [
        "Client Data Management",
        "Risk Tolerance Assessment",
    ]
    assert lost["Capture Client Data"] == ["Client Data Management"]
    assert lost["Implement Plan"] == ["Order Execution"]
    assert answer.whole == ()


def test_client_profiling_is_reached_in_two_ways(reference: Repository) -> None:
    answer = reference.weak_spots.cut("Michael Chen", "Client Profiling")
    assert answer.size == 2
    assert labels(answer.items) == ["Wealth Management Onboarding", "Wealth Advisory Value Stream"]


KINDS: dict[str, dict[str, Any]] = {
    "dominators": {**MEADOWS, "certain": True, "target_limit": 1},
    "cut": {**MEADOWS, "class": ["Hive"], "direction": "dependencies"},
    "articulation": {"certain": True, "limit": 1},
    "cycles": {"direction": "impact"},
    "centrality": {"measure": "pagerank", "damping": 0.5, "class": ["Meadow"]},
}


@pytest.mark.parametrize("kind", KINDS)
def test_all_doors_give_one_document(
    toy: Repository,
    door: ServiceClient,
    store: Path,
    capsys: pytest.CaptureFixture[str],
    kind: str,
) -> None:
    asked = KINDS[kind]
    found = door.get(f"{ROOM}/{kind}", **asked)
    assert found.status_code == 200, found.text
    options = {"classes" if name == "class" else name: each for name, each in asked.items()}
    ends = [options.pop(each) for each in ("source", "target") if each in options]
    answer = getattr(toy.weak_spots, kind)(*ends, **options)
    assert found.json() == json.loads(json.dumps(answer.to_dict()))
    assert found.headers["x-orthogramic-snapshot"] == str(toy.snapshot)
    typed = ["weak-spots", kind, "--json", "--store", str(store), "--bundle", str(TOY)]
    for name, value in asked.items():
        option = f"--{name.replace('_', '-')}"
        if value is True:
            typed.append(option)
            continue
        for each in value if isinstance(value, list) else [value]:
            typed += [option, str(each)]
    if "limit" not in asked:
        typed += ["--limit", "100"]
    assert run(typed) == 0
    assert json.loads(capsys.readouterr().out) == found.json()


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_receipt_gives_the_same_bytes(door: ServiceClient, kind: str) -> None:
    one = door.get(f"{ROOM}/{kind}", **KINDS[kind])
    assert one.content == door.get(f"{ROOM}/{kind}", **KINDS[kind]).content
    assert one.json()["receipt"]["parameters"]["question"] == f"weak-spots {kind}"
    assert {"frontier", "complete"} == one.json()["bound"].keys()


def test_two_spellings_of_one_question_have_one_receipt(toy: Repository) -> None:
    one = toy.weak_spots.cut(
        ["Ada", "Lonely"], ["class:Meadow", "Hill"], via=["minds", "foragesAt"]
    )
    other = toy.weak_spots.cut(
        ["Lonely", "Keeper/ada"], ["Hill", "class:bee:Meadow"], via=["foragesAt", "minds"]
    )
    assert one == other


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("cut", 400, "invalid-parameter"),
        ("dominators?source=Ada", 400, "invalid-parameter"),
        ("dominators?source=Ada&target=Ada", 400, "invalid-parameter"),
        ("cut?source=class:Meadow&target=Hill", 400, "invalid-parameter"),
        ("cut?source=Adda&target=Hill", 404, "unknown-entity"),
        ("cut?source=class:Hyve&target=Hill", 404, "unknown-term"),
        ("cut?source=query:none&target=Hill", 404, "unknown-query"),
        ("cut?source=Ada&target=Hill&class=Hyve", 404, "unknown-term"),
        ("cut?source=Ada&target=Hill&via=eats", 404, "unknown-term"),
        ("cut?source=Ada&target=Hill&profile=none", 404, "unknown-profile"),
        ("cut?source=Ada&target=Hill&max_hops=3", 400, "invalid-parameter"),
        ("cut?source=Ada&target=Hill&direction=up", 400, "invalid-parameter"),
        ("dominators?source=Ada&target=Hill&target_limit=0", 400, "invalid-parameter"),
        ("articulation?limit=0", 400, "invalid-parameter"),
        ("articulation?direction=impact", 400, "invalid-parameter"),
        ("cycles?offset=-1", 400, "invalid-parameter"),
        ("centrality?measure=charm", 400, "invalid-parameter"),
        ("centrality?samples=0", 400, "invalid-parameter"),
        ("centrality?measure=pagerank&samples=9", 400, "invalid-parameter"),
        ("centrality?confidence=1", 400, "invalid-parameter"),
        ("centrality?confidence=nan", 400, "invalid-parameter"),
        ("centrality?damping=2", 400, "invalid-parameter"),
        ("centrality?seed=-1", 400, "invalid-parameter"),
    ],
)
def test_a_bad_question_is_refused_over_http(
    door: ServiceClient, address: str, status: int, code: str
) -> None:
    problem(door.get(f"{ROOM}/{address}"), status, code)


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        ("cut", 2, "--source"),
        ("cut --source Ada --target Ada", 2, "Every target is a source"),
        ("cut --source Adda --target Hill", 3, "Ada"),
        ("cut --source class:Hyve --target Hill", 3, "Hive"),
        ("cut --source query:none --target Hill", 3, "none"),
        ("dominators --source Ada --target Hill --target-limit 0", 2, "limit"),
        ("dominators --source Ada --target Hill --class Hyve", 3, "Hive"),
        ("articulation --limit 0", 2, "10,000"),
        ("cycles --via eats", 3, "eats"),
        ("centrality --measure charm", 2, "charm"),
        ("centrality --samples 0", 2, "1,000,000"),
        ("centrality --measure pagerank --samples 9", 2, "no samples"),
        ("centrality --confidence nan", 2, "confidence"),
        ("centrality --damping 1", 2, "damping"),
        ("centrality --seed -1", 2, "seed"),
        ("centrality --profile x", 3, "x"),
    ],
)
def test_a_bad_command_is_refused(
    store: Path, capfd: pytest.CaptureFixture[str], typed: str, code: int, said: str
) -> None:
    given = ["weak-spots", *typed.split(), "--store", str(store), "--bundle", str(TOY)]
    assert run(given) == code
    message = capfd.readouterr().err
    assert said in message
    assert "Traceback" not in message


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, "Find"),
        ({"kind": "cut", **MEADOWS}, "Ada minds Young Willow, which forages at Brook"),
        ({"kind": "cut", **MEADOWS, "class": "NucleusHive"}, "There is no cut"),
        ({"kind": "dominators", **MEADOWS}, "1 of 1 sources lead to 2 of 2 targets"),
        ({"kind": "articulation", "certain": "true"}, "Young Willow"),
        ({"kind": "cycles"}, "2 entities all lead to each other"),
        ({"kind": "betweenness"}, "0.075000"),
        ({"kind": "pagerank"}, "Brin and Page"),
    ],
)
def test_the_page_shows_what_is_found(
    door: ServiceClient, asked: dict[str, str], said: str
) -> None:
    response = door.get(f"/weak-spots?{urlencode(asked)}", accept="text/html")
    assert response.status_code == 200
    assert said in response.text
    assert ('<svg class="picture"' in response.text) == (
        asked.get("class") is None and asked.get("kind") == "cut"
    )


def test_the_page_leads_to_the_same_answer_for_programs(door: ServiceClient) -> None:
    page = door.get("/weak-spots", "text/html", kind="cut", certain="true", **MEADOWS).text
    at = page.index('href="/api/v1/weak-spots/cut') + len('href="')
    address = page[at : page.index('"', at)].replace("&amp;", "&")
    assert door.get(address).json()["size"] == 2


def test_a_slip_on_the_page_is_told(door: ServiceClient) -> None:
    slip = door.get("/weak-spots", "text/html", kind="cut", source="Adda", target="Hill")
    assert slip.status_code == 404
    assert "Ada" in slip.text
    assert door.get("/weak-spots", "text/html", kind="mood").status_code == 400


def test_a_long_question_stops_in_time(toy: Repository) -> None:
    hurried = ServiceClient(create_service(toy, Settings(limits=Limits(query_seconds=1e-6))))
    for kind, asked in KINDS.items():
        problem(hurried.get(f"{ROOM}/{kind}", **asked), 503, "query-timeout")


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_repository_has_answers_too(kind: str) -> None:
    asked = {**KINDS[kind], "source": "class:Keeper"} if "source" in KINDS[kind] else KINDS[kind]
    with orthogramic.open_memory(bundle=[TOY]) as nothing:
        found = ServiceClient(create_service(nothing, Settings())).get(f"{ROOM}/{kind}", **asked)
    assert found.status_code == 200, found.text
    assert found.json()["items"] == []


MORE = """
@prefix bee: <https://bees.example/terms#> .
<https://bees.example/id/Keeper/aaron> a bee:Keeper ; bee:caption "Aaron" ;
    bee:minds <https://bees.example/id/Hive/H-3> .
<https://bees.example/id/Hive/H-3> bee:foragesAt <https://bees.example/id/Meadow/hill> .
"""


@pytest.mark.parametrize("kind", KINDS)
def test_answers_after_a_commit_are_those_of_a_graph_read_anew(kind: str) -> None:
    """An entity that comes later has a higher number, although its IRI comes first."""
    answers = []
    for early in (True, False):
        with orthogramic.open_memory(bundle=[TOY]) as bees:
            door = ServiceClient(create_service(bees, Settings()))
            bees.load([TOY / "data"])
            if early:
                door.get(f"{ROOM}/{kind}", **KINDS[kind])
            bees.load_bytes(MORE.encode(), syntax="turtle", gate=False)
            asked = KINDS[kind]
            if "source" in asked:
                asked = {**asked, "source": "class:Keeper"}
            answers.append(door.get(f"{ROOM}/{kind}", **asked).content)
    assert answers[0] == answers[1]
    assert b"Aaron" in answers[0] or kind not in {"cut", "dominators"}
