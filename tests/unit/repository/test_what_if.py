"""What-if on the toy domain, worked out by hand, and on disk, where nothing may move."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

import orthogramic
from orthogramic import Repository
from orthogramic.errors import (
    AmbiguousNameError,
    ContradictoryScenarioError,
    EntityExistsError,
    InvalidParameterError,
    InvalidScenarioError,
    NonConformingDataError,
    OrthogramicError,
    RdfSyntaxError,
    UnknownEntityError,
    UnknownQueryError,
    UnknownRelationshipError,
    UnknownTermError,
)
from orthogramic.graph import rows
from orthogramic.repository.scenarios.answer import WhatIfAnswer
from orthogramic.repository.scenarios.what_if import ScenarioQuery
from tests.conftest import TOY

KR = "https://orthogramic.com/repository#"
HIVE = "https://bees.example/id/Hive/H-1"


def changes(*lines: Any) -> dict[str, Any]:
    return {"changes": list(lines)}


def reach(answer: WhatIfAnswer) -> set[tuple[str, str, str, str]]:
    return {
        (each.direction, each.source.label, str(each.kind), each.entity.label)
        for each in answer.reach.shifts
    }


def test_retiring_a_meadow(toy: Repository) -> None:
    answer = toy.what_if(changes("retire Brook"))
    assert reach(answer) == {
        ("dependencies", "Old Willow", "lost", "Brook"),
        ("dependencies", "Old Willow", "lost", "Hill"),
        ("dependencies", "Young Willow", "lost", "Brook"),
        ("dependencies", "Hill", "lost", "Brook"),
        ("impact", "Hill", "lost", "Brook"),
        ("impact", "Hill", "lost", "Old Willow"),
    }
    assert {each.entity.label: (each.before, each.after) for each in answer.failure.turns} == {
        "Brook": ("untouched", "removed"),
        # One ground is all that it has; the other needs both of its two.
        "Old Willow": ("untouched", "lost"),
        "Young Willow": ("untouched", "lost"),
        "Ada": ("untouched", "lost"),
        "Hill": ("untouched", "perhaps degraded"),
    }
    gaps = answer.shapes.gaps
    assert ["Old Willow" in each.focus_label for each in gaps.new] == [True]
    assert gaps.mended_total == answer.shapes.violations.new_total == 0
    assert answer.shapes.accepted


def test_a_stand_in_is_counted_where_something_retires(toy: Repository) -> None:
    """With a link to the hill, the hive keeps one of its two grounds, and loses by that."""
    answer = toy.what_if(changes("retire Brook", "add Old Willow -> foragesAt -> Hill"))
    assert answer.shapes.gaps.new_total == 0
    reasons = {each.entity.label: each.reason_after for each in answer.failure.turns}
    assert reasons["Old Willow"].endswith("both are needed.")
    alone = toy.what_if(changes("retire Brook")).failure.turns
    reasons = {each.entity.label: each.reason_after for each in alone}
    assert not reasons["Old Willow"].endswith("both are needed.")


def test_a_link_of_another_strength(toy: Repository) -> None:
    answer = toy.what_if(
        changes("reweight Young Willow -> foragesAt -> Brook = 2"), sources="Young Willow"
    )
    (shift,) = answer.reach.shifts
    assert (shift.entity.label, str(shift.kind)) == ("Brook", "weaker")
    assert shift.before is not None
    assert shift.after is not None
    assert (shift.before.score, shift.after.score) == (1.0, 0.4)
    assert answer.failure.total == 0


def test_the_form_of_a_change_means_nothing(toy: Repository) -> None:
    link = {"source": "Hive/H-2", "relationship": "bee:foragesAt", "target": "Brook"}
    turtle = f"""
        @prefix kr: <{KR}> . @prefix bee: <https://bees.example/terms#> .
        [] a kr:Scenario ; kr:reweights [
            kr:source <https://bees.example/id/Hive/H-2> ; kr:property bee:foragesAt ;
            kr:target <https://bees.example/id/Meadow/brook> ; kr:strength 2 ] .
    """
    forms: list[dict[str, Any]] = [
        changes("reweight Young Willow -> foragesAt -> Brook = 2"),
        changes({"reweight": "Young Willow -> foragesAt -> Brook=2"}),
        changes({"reweight": link, "strength": 2}),
        {"turtle": turtle},
    ]
    told = {json.dumps(toy.what_if(each).to_dict()) for each in forms}
    assert len(told) == 1


def test_turtle_says_all_kinds_and_brings_entities(toy: Repository) -> None:
    turtle = f"""
        @prefix kr: <{KR}> . @prefix bee: <https://bees.example/terms#> .
        @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
        @prefix dcterms: <http://purl.org/dc/terms/> .
        @prefix hive: <https://bees.example/id/Hive/> .
        @prefix meadow: <https://bees.example/id/Meadow/> .
        <> a kr:Scenario ; dcterms:title "Spring" ;
            kr:retires hive:H-3 ;
            kr:adds [ kr:source hive:H-1 ; kr:property bee:foragesAt ;
                      kr:target meadow:new ; kr:strength 5 ] ;
            kr:removes [ kr:source meadow:brook ; kr:property bee:abutsMeadow ;
                         kr:target meadow:hill ] ,
                       [ rdf:subject hive:H-1 ; rdf:predicate bee:temper ; rdf:object "gentle" ] ;
            kr:moves [ kr:source hive:H-2 ; kr:property bee:foragesAt ;
                       kr:target meadow:hill ; kr:movesTo meadow:new ] .
        meadow:new a bee:Meadow ; bee:caption "Moor" .
    """.replace("<>", "[]")
    answer = toy.what_if({"turtle": turtle}, sources=["Hive/H-1"], direction="dependencies")
    assert answer.scenario.title == "Spring"
    assert {dict(each.canonical)["kind"] for each in answer.scenario.changes} == {
        *("add", "move", "remove", "retire", "state", "withdraw")
    }
    assert ("dependencies", "Old Willow", "gained", "Moor") in reach(answer)


def test_replacing_takes_links_over_with_their_facts(toy: Repository) -> None:
    answer = toy.what_if(changes("replace Young Willow = Lonely"), sources="Lonely")
    gained = {
        each.entity.label: each.after.score
        for each in answer.reach.shifts
        if each.after and each.direction == "dependencies"
    }
    assert gained == {"Brook": 1.0, "Hill": 1.0}


def test_an_entity_that_is_made_up_can_be_named(toy: Repository) -> None:
    hive = {"class": "Hive", "hiveCode": "H-9", "caption": "Swarm"}
    scenario = changes({"create": hive}, "add Swarm -> foragesAt -> Hill = 5")
    answer = toy.what_if(scenario, sources="Hill", direction="impact")
    assert reach(answer) >= {("impact", "Hill", "gained", "Swarm")}
    assert toy.what_if(
        changes({"set": "Lonely", "members": {"temper": "mild"}})
    ).shapes.accepted is (False)


def test_rows_of_a_saved_query_go_and_come(toy: Repository) -> None:
    query = ScenarioQuery("hives-of-meadow", {"meadow": "Hill"})
    answer = toy.what_if(changes("move Old Willow -> foragesAt -> Brook -> Hill"), queries=[query])
    (difference,) = answer.queries
    assert (difference.gone_total, difference.came_total, difference.unchanged) == (0, 1, 1)
    assert "Old Willow" in json.dumps([dict(each) for each in difference.came])
    mirrored = toy.what_if(
        changes(), against=changes("move Old Willow -> foragesAt -> Brook -> Hill"), queries=[query]
    )
    assert mirrored.queries[0].gone == difference.came


def test_the_same_receipt_gives_the_same_bytes(toy: Repository) -> None:
    one = toy.what_if(changes("retire Brook", "retire Lonely")).to_dict()
    other = toy.what_if(changes("retire Meadow/brook", "retire Hive/H-3", "retire Brook")).to_dict()
    assert one["receipt"] == other["receipt"]
    assert json.dumps(one) == json.dumps(other)
    titled = toy.what_if({**changes("retire Brook", "retire Lonely"), "title": "Autumn"})
    assert titled.scenario.digest == one["scenario"]["digest"]
    assert titled.receipt.to_dict() != one["receipt"]


BAD: list[tuple[dict[str, Any], type[OrthogramicError], str]] = [
    ({"change": []}, InvalidScenarioError, "no member 'change'"),
    ({"changes": "retire Brook"}, InvalidScenarioError, "a list"),
    (changes(3), InvalidScenarioError, "Change 1"),
    (changes("retire Brook", "dance Hill"), InvalidScenarioError, "Change 2"),
    (changes({"retire": "Brook", "add": "x"}), InvalidScenarioError, "retire and add"),
    (changes({"retire": "Brook", "by": "Hill"}), InvalidScenarioError, "'by'"),
    (changes("retire"), InvalidScenarioError, "name"),
    (changes("add Ada -> minds"), InvalidScenarioError, "SOURCE -> relationship -> TARGET"),
    (changes("add Ada -> minds -> Lonely = 6"), InvalidScenarioError, "1 to 5"),
    (changes("reweight Ada -> minds -> Hive/H-1 = 0"), InvalidScenarioError, "1 to 5"),
    (changes("reweight Ada -> minds -> Hive/H-1"), InvalidScenarioError, "new strength"),
    (changes("reweight Ada -> minds -> Hive/H-1 = 2.5"), InvalidScenarioError, "1 to 5"),
    (changes("replace Brook"), InvalidScenarioError, "OLD = NEW"),
    (changes("move Ada -> minds -> Lonely"), InvalidScenarioError, "NEW"),
    (changes("set Ada"), InvalidScenarioError, "VALUE"),
    ({"turtle": "<a> <b>"}, RdfSyntaxError, ""),
    ({"turtle": "[] <urn:p> 1 ."}, InvalidScenarioError, "has an IRI"),
    ({"turtle": f"[] a <{KR}Scenario> ; <urn:p> 1 ."}, InvalidScenarioError, "<urn:p>"),
    (changes("retire Brok"), UnknownEntityError, "Brook"),
    (changes("add Ada -> mindz -> Lonely"), UnknownTermError, "minds"),
    (changes("add Ada -> caption -> Lonely"), InvalidParameterError, "relationship"),
    (changes("remove Ada -> minds -> Lonely"), UnknownRelationshipError, "not stated"),
    (changes("move Ada -> minds -> Lonely -> Brook"), UnknownRelationshipError, "not stated"),
    (changes("reweight Ada -> minds -> Lonely = 2"), UnknownRelationshipError, "not stated"),
    (changes("retire Brook", "replace Brook = Hill"), ContradictoryScenarioError, "both"),
    (changes("replace Brook = Brook"), ContradictoryScenarioError, "goes"),
    (changes("replace Brook = Hill", "retire Hill"), ContradictoryScenarioError, "Hill"),
    (changes("retire Lonely", "add Ada -> minds -> Lonely"), ContradictoryScenarioError, "Lonely"),
    (
        changes("remove Ada -> minds -> Hive/H-1", "reweight Ada -> minds -> Hive/H-1 = 2"),
        ContradictoryScenarioError,
        "one link",
    ),
    (
        changes("set Lonely -> temper = gentle", "set Lonely -> temper = lively"),
        ContradictoryScenarioError,
        "two values",
    ),
    (
        changes({"create": {"class": "Hive", "iri": HIVE, "hiveCode": "H-1", "caption": "X"}}),
        EntityExistsError,
        "there already",
    ),
]


@pytest.mark.parametrize(("scenario", "error", "words"), BAD, ids=lambda each: str(each)[:60])
def test_what_cannot_be_meant_is_refused(
    toy: Repository, scenario: dict[str, Any], error: type[OrthogramicError], words: str
) -> None:
    with pytest.raises(error) as raised:
        toy.what_if(scenario)
    assert type(raised.value) is error
    assert words in raised.value.detail


def test_an_ambiguous_name_is_never_settled(toy: Repository) -> None:
    turtle = (
        "<https://bees.example/id/Meadow/b2> a <https://bees.example/terms#Meadow> ;"
        ' <https://bees.example/terms#caption> "Brook" .'
    )
    scenario = {"turtle": turtle, **changes("add Lonely -> foragesAt -> Brook")}
    with pytest.raises(AmbiguousNameError) as raised:
        toy.what_if(scenario)
    assert len(raised.value.extra["candidates"]) == 2


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"direction": "up"}, InvalidParameterError),
        ({"max_hops": 0}, InvalidParameterError),
        ({"min_score": 2}, InvalidParameterError),
        ({"limit": 0}, InvalidParameterError),
        ({"sources": "Nobody"}, UnknownEntityError),
        ({"fail": "Nobody"}, UnknownEntityError),
        ({"to": "Hyve"}, UnknownTermError),
        ({"queries": [ScenarioQuery("absent", {})]}, UnknownQueryError),
    ],
)
def test_a_question_out_of_range_is_refused(
    toy: Repository, options: dict[str, Any], error: type[OrthogramicError]
) -> None:
    with pytest.raises(error):
        toy.what_if(changes("retire Brook"), **options)


def files(folder: Path) -> dict[str, str]:
    """Return the digests of all files of a store: the log, the quads, and what is derived."""
    kept = [each for each in folder.rglob("*") if each.is_file() and "LOG" not in each.name]
    return {
        str(each.relative_to(folder)): hashlib.sha256(each.read_bytes()).hexdigest()
        for each in kept
    }


def test_no_file_of_the_data_is_touched(tmp_path: Path) -> None:
    with orthogramic.open(tmp_path / "store", bundle=[TOY]) as repository:
        repository.load([TOY / "data"])
        repository.results()
        before, snapshot = files(tmp_path / "store"), repository.snapshot
        scenario = changes("retire Brook", "add Lonely -> foragesAt -> Hill = 3")
        assert repository.what_if(scenario, fail="Hill").reach.total
        assert files(tmp_path / "store") == before
        assert repository.snapshot == snapshot


def test_to_compare_a_query_changes_no_statement(tmp_path: Path) -> None:
    """The engine may put what it holds in memory into files of its own; it is the same data."""
    store = tmp_path / "store"
    with orthogramic.open(store, bundle=[TOY]) as repository:
        repository.load([TOY / "data"])
        before, log = b"".join(repository.export("nquads")), (store / "commits.log").read_bytes()
        query = ScenarioQuery("hives-of-meadow", {"meadow": "Hill"})
        answer = repository.what_if(changes("add Lonely -> foragesAt -> Hill = 3"), queries=[query])
        assert answer.queries[0].came_total == 1
        assert b"".join(repository.export("nquads")) == before
        assert (store / "commits.log").read_bytes() == log
        assert not [each for each in store.iterdir() if each.name.startswith("updating-")]
    assert orthogramic.verify(store, bundle=[TOY]).sound


def test_carrying_out_is_a_write_like_any_other(tmp_path: Path) -> None:
    with orthogramic.open(tmp_path / "store", bundle=[TOY]) as repository:
        repository.load([TOY / "data"])
        scenario = {**changes("add Lonely -> foragesAt -> Hill = 3"), "title": "Spring"}
        told = repository.what_if(scenario)
        assert repository.apply_scenario(scenario, dry_run=True).change == told.change
        written = repository.apply_scenario(scenario)
        assert written.change == told.change
        assert written.record is not None
        assert written.record.message == "Carry out the scenario “Spring”"
        assert repository.what_if(scenario | changes("retire Lonely")).shapes.accepted
        with pytest.raises(NonConformingDataError):
            repository.apply_scenario(changes("set Lonely -> temper = mild"))


def test_asking_again_and_again_uses_nothing_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each question writes behind the columns of one graph, for which there is soon no room."""
    monkeypatch.setattr(rows, "_LEAST_ROOM", 8)
    copies = 0
    make = rows.Columns.__init__

    def counting(columns: rows.Columns, *arrays: Any, packed: int | None = None) -> None:
        nonlocal copies
        copies += 1
        make(columns, *arrays, packed=packed)

    with orthogramic.open_memory(bundle=[TOY]) as repository:
        repository.load([TOY / "data"])
        scenario = changes("retire Brook")
        first = repository.what_if(scenario).to_dict()
        before = repository.dependencies("Old Willow").to_dict()
        monkeypatch.setattr(rows.Columns, "__init__", counting)
        for _ in range(60):
            assert repository.what_if(scenario).to_dict() == first
        assert copies > 0
        assert repository.dependencies("Old Willow").to_dict() == before
