"""The toy domain from the command line: every command that asks, looks, or keeps in order."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from orthogramic.cli.main import run
from orthogramic.syntax import RdfSyntax
from tests.conftest import TOY
from tests.toy_surfaces.conftest import Command
from tests.toy_surfaces.golden import DEPENDENCIES, IMPACT
from tests.toy_surfaces.words import words_of_ours

#: Commands as typed, and something that their output must say.
ASKED = {
    ("dependencies", "Ada"): "Ada minds Old Willow, which forages at Brook",
    ("dependencies", "Ada", "--to", "Meadow", "--via", "foragesAt", "--via", "minds"): "Hill",
    ("impact", "Hill"): "Hill borders Brook, which feeds Old Willow",
    ("impact", "Meadow/brook", "--max-hops", "1", "--min-score", "0.5"): "Young Willow",
    ("paths", "Ada", "Hill"): "Ada minds Young Willow, which forages at Hill",
    ("matrix", "Hive", "Meadow"): "Old Willow",
    ("matrix", "Hive", "Meadow", "--format", "svg"): "Hive × Meadow",
    ("gaps",): "Lonely forages at no meadow",
    ("gaps", "--by", "relationship"): "forages at",
    ("weak-spots", "cut", "--source", "Ada", "--target", "Hill"): "which forages at Hill",
    ("why-not", "Lonely", "Hill"): "it leads on if Lonely forages at Hill",
    ("weak-spots", "centrality", "--measure", "pagerank"): "Brook",
    ("failure", "Hill"): "Young Willow is lost",
    ("failure", "--degrade", "Hill", "--certain"): "forages at Hill, which is degraded",
    ("ranking",): "Which ground to mow last",
    ("ranking", "mowing"): "1 × 41.5 (Old Willow)",
    ("query",): "Which hives forage at a meadow?",
    ("query", "hives-of-meadow", "-p", "meadow=Hill"): "Young Willow",
    ("query", "--text", "SELECT ?c { ?k a bee:Keeper ; bee:caption ?c }"): "Ada",
    ("search", "willow"): "NucleusHive/H-2",
    ("show", "Old Willow"): "is minded by",
    ("list", "Hive"): "Lonely",
    ("list", "--domain", "Apiary"): "Keeper/ada",
    ("stats",): "Nucleus",
    ("history",): "Write the year down",
    ("validate",): "Say at which meadow the hive forages.",
    ("export",): "bee:foragesAt",
    ("export", "--entity", "Ada"): "bee:minds",
    ("export", "--graph", "https://bees.example/year", "--format", "nquads"): "bees.example/year",
}


@pytest.mark.parametrize("typed", ASKED, ids=" ".join)
def test_a_command_speaks_of_the_toy_alone(command: Command, typed: tuple[str, ...]) -> None:
    out = command(*typed)
    assert ASKED[typed] in out
    assert not words_of_ours(out)


@pytest.mark.parametrize("syntax", RdfSyntax, ids=lambda each: each.key)
def test_export_in_every_syntax(command: Command, syntax: RdfSyntax) -> None:
    out = command("export", "--format", syntax.key)
    assert "Old Willow" in out
    assert not words_of_ours(out)


@pytest.mark.parametrize(
    ("direction", "golden"), [("impact", IMPACT), ("dependencies", DEPENDENCIES)]
)
def test_the_documents_hold_the_golden_numbers(
    command: Command, direction: str, golden: dict[str, tuple[object, ...]]
) -> None:
    for source, expected in golden.items():
        answer = json.loads(command(direction, source, "--json"))
        assert not words_of_ours(json.dumps(answer))
        found = tuple(
            (
                hit["entity"]["label"],
                hit["score"],
                hit["modality"],
                hit["hops"],
                hit["paths"][0]["sentence"],
            )
            for hit in answer["hits"]
        )
        assert found == expected


def test_errors_speak_of_the_toy_alone(toy_store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ("--store", str(toy_store), "--bundle", str(TOY))
    for typed, code, said in (
        (("impact", "Brok"), 3, "Brook"),
        (("impact", "Brook", "--to", "Hyve"), 3, "Hive"),
        (("query", "hives-of-meadow"), 2, "meadow"),
        (("query", "hives-of-meadow", "-p", "meadow=Ada"), 3, "Keeper"),
    ):
        assert run([*typed, *options]) == code
        message = capsys.readouterr().err
        assert said in message
        assert not words_of_ours(message)


def test_data_that_violates_the_shapes_of_the_toy_is_refused(
    toy_store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "sleepy.ttl"
    path.write_text(
        "@prefix bee: <https://bees.example/terms#> .\n"
        '<https://bees.example/id/Hive/H-9> a bee:Hive ; bee:caption "Drowsy" ;\n'
        '  bee:hiveCode "H-9" ; bee:temper "sleepy" .\n'
    )
    options = ("--store", str(toy_store), "--bundle", str(TOY))
    assert run(["load", str(path), *options]) == 1
    message = capsys.readouterr().err
    assert "The temper is gentle, lively or fierce." in message
    assert not words_of_ours(message.replace(str(tmp_path), ""))
    assert run(["show", "Drowsy", *options]) == 3
