"""Commands that ask and look: results on standard output, messages on standard error."""

from __future__ import annotations

from pathlib import Path

import pytest

from orthogramic import Repository
from tests.cli.shell import Shell
from tests.conftest import TOY


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["impact", "Hill"], ["Young Willow", "possible", "certain", "because"]),
        (["dependencies", "Ada", "--to", "Meadow", "--max-hops", "2"], ["Brook", "Ada minds"]),
        (["dependencies", "Ada", "--via", "minds", "--min-score", "0.1"], ["Old Willow", "0.500"]),
        (["impact", "Hill", "--profile", "nectar", "--paths", "2"], ["Ada"]),
        (["impact", "--from-class", "Meadow"], ["Old Willow", "Ada", "because"]),
        (["dependencies", "Ada", "--group-by", "class"], ["Hive: 1 hit, 1 certain", "Meadow: 2"]),
        (["impact", "Hill", "--domain", "Apiary"], ["Young Willow"]),
        (["impact", "Hill", "--graph", "https://bees.example/year"], ["Young Willow"]),
        (["paths", "Ada", "Brook"], ["Ada minds", "Brook"]),
        (["paths", "Brook", "Ada", "--direction", "impact", "-k", "1"], ["Brook feeds"]),
        (["matrix", "Hive", "Meadow"], ["Old Willow", "Hill", "0.25", "filled", "3.25"]),
        (["matrix", "Keeper", "Meadow", "--cell", "paths", "--max-hops", "2"], ["Brook", "2"]),
        (["matrix", "--row", "Old Willow", "--columns", "Meadow"], ["Old Willow", "1.00"]),
        (["matrix", "Meadow", "Hive", "--direction", "impact", "--via", "foragesAt"], ["Lonely"]),
        (["matrix", "Hive", "Meadow", "--format", "csv"], ["Old Willow,Hive,https", ",0.25,"]),
        (["matrix", "Hive", "Meadow", "--format", "svg"], ["<svg", "Old Willow"]),
        (["query"], ["hives-of-meadow", "Which hives forage at a meadow?", "meadow"]),
        (["query", "hives-of-meadow", "-p", "meadow=Brook"], ["Old Willow", "hiveLabel"]),
        (["query", "--text", "SELECT ?l { ?s a bee:Keeper ; rdfs:label ?l }"], ["Ada"]),
        (["query", "--text", "ASK { ?s a bee:Keeper }"], ["yes"]),
        (["query", "--text", "ASK { ?s a bee:Nobody }"], ["no"]),
        (["query", "--text", "CONSTRUCT WHERE { ?s bee:caption 'Ada' }"], ['"Ada" .']),
        (["search", "willow"], ["Old Willow", "Hive/H-1", "[Willow]"]),
        (["search", "willow", "--class", "NucleusHive"], ["NucleusHive/H-2"]),
        (["show", "Old Willow"], ["Hive/H-1", "weighings / kilograms", "41.5", "forages at"]),
        (["show", "Young Willow"], ["5", "is minded by"]),
        (["list"], ["Ada", "Keeper/ada"]),
        (["list", "Hive", "--limit", "1"], ["Lonely"]),
        (["list", "--domain", "Apiary"], ["Brook"]),
        (["stats"], ["6 entities", "6 relationships", "forages at", "The year"]),
        (["history"], ["The year", "Ada", "+34"]),
        (["export"], ["bee:Hive"]),
        (["export", "--format", "nquads", "--entity", "Ada"], ["Keeper/ada"]),
        (["export", "--graph", "https://bees.example/year"], ["Old Willow"]),
    ],
)
def test_answers_are_on_standard_output(
    bees: Shell, arguments: list[str], words: list[str]
) -> None:
    outcome = bees(*arguments)
    assert outcome.code == 0, outcome.err
    assert [each for each in words if each not in outcome.out] == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["impact", "Ada"], "Nothing is reached."),
        (["impact", "Hill", "--limit", "1"], "4 in all: "),
        (["paths", "Brook", "Ada"], "No path leads there."),
        (["search", "dragon"], "Nothing is found."),
        (["matrix", "Hive", "Meadow"], "Hive × Meadow: how much each row needs each column"),
        (["matrix", "Hive", "Meadow", "--limit", "1"], "Rows: 1 to 1 of 3; see --limit"),
        (
            ["matrix", "Hive", "Meadow", "--column-limit", "1", "--column-offset", "1"],
            "Columns: 2 to 2 of 2; see --column-limit and --column-offset.",
        ),
        (["matrix", "Hive", "Meadow", "--offset", "9"], "Rows: None after 9 of 3"),
        (["matrix", "Hive", "Meadow", "--hide-empty"], "Hidden because empty: 1 row, 0 columns."),
        (["matrix", "Meadow", "Hive"], "No cell is filled"),
        (["matrix", "Keeper", "Meadow", "--cell", "paths"], "Paths of at most 4 steps are counted"),
        (["list", "--limit", "2", "--offset", "2"], "3 to 4 of 6; see --limit and --offset."),
        (["query", "--text", "SELECT * { ?s a bee:Keeper }"], "1 row"),
        (["query", "--text", "SELECT * { ?s a bee:Hive }"], "3 rows"),
        (["dependencies", "Lonely"], "may be incomplete: 1 entity"),
    ],
)
def test_messages_are_on_standard_error(bees: Shell, arguments: list[str], sentence: str) -> None:
    outcome = bees(*arguments)
    assert outcome.code == 0
    assert sentence in outcome.err
    assert sentence not in outcome.out


@pytest.mark.parametrize(
    ("arguments", "verb"),
    [
        (["impact", "Hill", "--paths", "2"], lambda r: r.impact("Hill", paths=2)),
        (["dependencies", "Ada", "--to", "Hive"], lambda r: r.dependencies("Ada", to="Hive")),
        (
            ["impact", "--from-class", "Meadow", "--domain", "Apiary", "--group-by", "class"],
            lambda r: r.impact(source_class="Meadow", domain="Apiary", group_by="class"),
        ),
        (
            ["dependencies", "Ada", "--graph", "https://bees.example/year"],
            lambda r: r.dependencies("Ada", graph="https://bees.example/year"),
        ),
        (["paths", "Ada", "Brook"], lambda r: r.paths("Ada", "Brook")),
        (["search", "willow"], lambda r: r.search("willow")),
        (["show", "Old Willow"], lambda r: r.entity("Old Willow")),
        (["list", "Hive"], lambda r: r.entities("Hive")),
        (["stats"], lambda r: r.stats()),
        (
            ["matrix", "Hive", "Meadow", "--sort", "total", "--hide-empty"],
            lambda r: r.matrix("Hive", "Meadow", sort="total", hide_empty=True),
        ),
        (
            ["query", "hives-of-meadow", "-p", "meadow=Brook"],
            lambda r: r.saved_query("hives-of-meadow", {"meadow": "Brook"}),
        ),
    ],
)
@pytest.mark.parametrize("before", [True, False])
def test_json_is_the_document_of_the_contract(
    plain: Shell,
    bee_store: Path,
    toy: Repository,
    arguments: list[str],
    verb: object,
    before: bool,
) -> None:
    """Options stand before or after the name of the command."""
    options = ["--store", str(bee_store), "--bundle", str(TOY), "--json"]
    line = [*options, *arguments] if before else [*arguments, *options]
    outcome = plain(*line)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.document == verb(toy).to_dict()  # type: ignore[operator]


def test_json_of_lists(bees: Shell) -> None:
    assert [each["name"] for each in bees("query", "--json").document["items"]] == [
        "hives-of-meadow"
    ]
    (commit,) = bees("history", "--json").document["items"]
    assert (commit["number"], commit["author"], commit["added"]) == (1, "Ada", 34)


@pytest.mark.parametrize(
    ("form", "start"),
    [("csv", "l\r\nAda"), ("tsv", '?l\n"Ada"'), ("xml", "<?xml"), ("json", '{"head"')],
)
def test_result_formats(bees: Shell, form: str, start: str) -> None:
    text = "SELECT ?l { ?s a bee:Keeper ; rdfs:label ?l }"
    assert (
        bees("query", "--text", text, "--format", form)
        .out.replace("\r", "")
        .startswith(start.replace("\r", ""))
    )


def test_a_query_from_a_file(bees: Shell, tmp_path: Path) -> None:
    file = tmp_path / "keepers.rq"
    file.write_text("SELECT ?l { ?s a bee:Keeper ; rdfs:label ?l }", encoding="utf-8")
    assert "Ada" in bees("query", "--file", file).out


def test_an_export_into_a_file_is_whole_or_not_there(bees: Shell, tmp_path: Path) -> None:
    target = tmp_path / "all.ttl"
    outcome = bees("export", "-o", target)
    assert (outcome.code, outcome.out) == (0, "")
    assert "Old Willow" in target.read_text(encoding="utf-8")
    assert bees("export", "--entity", "Nobody", "-o", tmp_path / "none.ttl").code == 3
    assert [each.name for each in tmp_path.iterdir()] == ["all.ttl"]
    assert bees("export", "-o", target / "x").code == 4


def test_an_answer_is_written_to_a_file(bees: Shell, tmp_path: Path) -> None:
    path = tmp_path / "hives.csv"
    asked = ["query", "hives-of-meadow", "-p", "meadow=Brook", "--format", "csv"]
    printed = bees(*asked)
    outcome = bees(*asked, "-o", str(path))
    assert (outcome.code, outcome.out) == (0, "")
    assert f"Written to {path}." in outcome.err
    assert path.read_text("utf-8").splitlines() == printed.out.splitlines()


def test_a_graph_is_written_to_a_file(bees: Shell, tmp_path: Path) -> None:
    path = tmp_path / "ada.ttl"
    text = "CONSTRUCT WHERE { ?s bee:caption 'Ada' }"
    assert bees("query", "--text", text, "-o", str(path)).code == 0
    assert '"Ada" .' in path.read_text("utf-8")


def test_a_file_of_rows_needs_a_format(bees: Shell, tmp_path: Path) -> None:
    path = tmp_path / "hives"
    outcome = bees("query", "hives-of-meadow", "-p", "meadow=Brook", "-o", str(path))
    assert outcome.code == 2
    assert "--format" in outcome.err
    assert not path.exists()
