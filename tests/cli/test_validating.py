"""Files are validated, their mends told, and mended copies made; nothing changes in place."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest

from tests.cli.shell import Shell

SHAPES = """
@prefix : <https://harbour.example/terms#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:S sh:targetClass :Ship ; sh:property :crew , :flag .
:crew sh:path :crew ; sh:datatype xsd:integer ; sh:minCount 1 .
:flag sh:path :flag ; sh:in ( "red" "blue" ) .
"""
SHIPS = """# Our ships
@prefix : <https://harbour.example/terms#> .

:argo a :Ship ;
    :crew "5" ;
    :flag "RED" .

:bounty a :Ship .
"""


@pytest.fixture
def ships(tmp_path: Path) -> tuple[str, ...]:
    """Return a command that validates a file of ships."""
    (tmp_path / "shapes.ttl").write_text(SHAPES, encoding="utf-8")
    (tmp_path / "ships.ttl").write_text(SHIPS, encoding="utf-8")
    return ("validate", str(tmp_path / "ships.ttl"), "--shapes", str(tmp_path / "shapes.ttl"))


def test_mends_are_told_after_the_report(plain: Shell, ships: tuple[str, ...]) -> None:
    outcome = plain(*ships, "--mends")
    assert outcome.code == 1
    report, mends = outcome.out.split("2 mends need no decision.")
    assert report.startswith("Not accepted: 3 violations.")
    assert f"argo, crew ({ships[1]}:5)\n  Give “5” as a whole number, not as text.\n" in mends
    assert "Write “red” instead of “RED”." in mends
    assert "bounty" not in mends


def test_mends_are_told_as_data(plain: Shell, ships: tuple[str, ...]) -> None:
    document = plain(*ships, "--mends", "--json").document
    assert document["total"] == 3
    crew = document["mends"][0]
    assert crew["sentence"] == "Give “5” as a whole number, not as text."
    assert [each["line"] for each in crew["settles"]] == [5]
    [removed], [added] = (
        [*pyoxigraph.parse("\n".join(crew[side]), pyoxigraph.RdfFormat.N_TRIPLES)]
        for side in ("removed", "added")
    )
    assert (removed.object.value, added.object.value) == ("5", "5")
    assert added.object.datatype.value.endswith("#integer")


def test_a_mended_copy_is_written(plain: Shell, ships: tuple[str, ...], tmp_path: Path) -> None:
    copy = tmp_path / "mended.ttl"
    outcome = plain(*ships, "--apply-mends", "--output", copy)
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.endswith("2 mends made; violations left: 1.\n")
    assert Path(ships[1]).read_text(encoding="utf-8") == SHIPS
    text = copy.read_text(encoding="utf-8")
    assert ":crew 5" in text
    assert ':flag "red"' in text
    again = plain("validate", copy, *ships[2:], "--mends")
    assert again.out.startswith("Not accepted: 1 violation.")
    assert again.out.rstrip().endswith("No fault can be mended without a decision of yours.")


def test_a_mended_copy_can_be_printed(plain: Shell, ships: tuple[str, ...], tmp_path: Path) -> None:
    quads = tmp_path / "ships.nq"
    h = "https://harbour.example/terms#"
    quads.write_text(
        f"<{h}argo> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{h}Ship> <urn:g> .\n"
        f'<{h}argo> <{h}crew> "5" <urn:g> .\n',
        encoding="utf-8",
    )
    outcome = plain("validate", quads, *ships[2:], "--apply-mends")
    assert outcome.code == 0
    found = [*pyoxigraph.parse(outcome.out, pyoxigraph.RdfFormat.N_QUADS)]
    assert {each.graph_name.value for each in found} == {"urn:g"}
    assert any(each.object.value == "5" and "integer" in str(each.object) for each in found)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--mends",), "name one"),
        (("--apply-mends",), "name one"),
        (("a.ttl", "--mends", "--format", "turtle"), "not in Turtle"),
        (("a.ttl", "b.ttl", "--apply-mends"), "one file at a time"),
        (("a.ttl", "--output", "b.ttl"), "--apply-mends"),
        (("a.ttl", "--apply-mends", "--output", "a.ttl"), "in place"),
    ],
)
def test_what_cannot_go_together_is_said(plain: Shell, options: tuple[str, ...], said: str) -> None:
    outcome = plain("validate", *options)
    assert outcome.code == 2
    assert said in outcome.err
