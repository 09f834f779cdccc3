"""What goes wrong: one clear sentence on standard error, and the exit code of the contract."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

import orthogramic
from tests.cli.shell import Shell
from tests.conftest import TOY

NESTED = "ASK " + "{" * 3000 + "}" * 3000


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        # 2: wrong usage
        pytest.param([], 2, ["Usage"], id="nothing"),
        pytest.param(["fly"], 2, ["No such command 'fly'"], id="unknown-command"),
        pytest.param(["stats", "--fast"], 2, ["No such option"], id="unknown-option"),
        pytest.param(["impact"], 2, ["at least one source"], id="no-source"),
        pytest.param(["impact", "Hill", "--group-by", "size"], 2, ["size"], id="group-by"),
        pytest.param(["impact", "Hill", "--graph", "a b"], 2, ["IRI of a graph"], id="graph"),
        pytest.param(["impact", "Hill", "--max-hops", "x"], 2, ["'x'"], id="no-number"),
        pytest.param(["impact", "Hill", "--max-hops", "-1"], 2, ["hops"], id="hops"),
        pytest.param(["impact", "Hill", "--min-score", "2"], 2, ["score"], id="score"),
        pytest.param(["impact", "Hill", "--paths", "-1"], 2, ["paths"], id="paths"),
        pytest.param(["list", "--limit", "0"], 2, ["from 1 to 10,000"], id="limit"),
        pytest.param(["list", "--offset", "9" * 30], 2, ["at most"], id="offset"),
        pytest.param(["query", "a", "--text", "b"], 2, ["one of NAME"], id="two-queries"),
        pytest.param(["query", "hives-of-meadow"], 2, ["needs the parameter"], id="missing"),
        pytest.param(["query", "hives-of-meadow", "-p", "x"], 2, ["NAME=VALUE"], id="no-pair"),
        pytest.param(
            ["query", "hives-of-meadow", "-p", "x=1"], 2, ["no parameter 'x'"], id="unknown-param"
        ),
        pytest.param(
            ["query", "--text", "SELECT *\nWHERE { ?s ?p }"], 2, ["line 2, column 9"], id="syntax"
        ),
        pytest.param(
            ["query", "--text", "SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }"],
            2,
            ["SERVICE is not allowed"],
            id="service",
        ),
        pytest.param(["query", "--text", "CLEAR ALL"], 2, ["update"], id="update"),
        pytest.param(["query", "--text", NESTED], 2, ["levels deep"], id="nested"),
        pytest.param(
            ["query", "--text", "SELECT (<urn:f>(1) AS ?x) {}"], 2, ["not supported"], id="function"
        ),
        pytest.param(["query", "--text", "ASK {}", "--format", "csv"], 2, ["CSV"], id="ask-csv"),
        pytest.param(["query", "--text", "ASK { ?s ?p '\udc80' }"], 2, ["position 14"], id="bytes"),
        pytest.param(
            ["query", "hives-of-meadow", "-p", "meadow=\udc80"], 2, ["no character"], id="value"
        ),
        pytest.param(["failure"], 2, ["remove or to degrade"], id="nothing-fails"),
        pytest.param(["failure", "Hill", "--state", "gone"], 2, ["gone"], id="no-state"),
        pytest.param(["failure", "Hill", "--limit", "0"], 2, ["10,000"], id="failure-limit"),
        pytest.param(["failure", "Hil"], 3, ["Hill"], id="failure-unknown"),
        pytest.param(["failure", "Hill", "--degrade", "Nob"], 3, ["Nob"], id="degrade-unknown"),
        pytest.param(["failure", "Hill", "--to", "Hyve"], 3, ["Hive"], id="failure-class"),
        pytest.param(["failure", "Hill", "--domain", "X"], 3, ["X"], id="failure-domain"),
        pytest.param(["failure", "Hill", "--profile", "X"], 3, ["X"], id="failure-profile"),
        pytest.param(["what-if"], 2, ["Say what changes"], id="what-if-nothing"),
        pytest.param(["what-if", "--retire", "Hil"], 3, ["Hill"], id="what-if-unknown"),
        pytest.param(
            ["what-if", "--remove", "Ada -> minds -> Lonely"], 3, ["not stated"], id="no-link"
        ),
        pytest.param(
            ["what-if", "--retire", "Hill", "--replace", "Hill=Brook"],
            2,
            ["both retired and replaced"],
            id="contradictory",
        ),
        pytest.param(["what-if", "--add", "Ada"], 4, ["is written"], id="what-if-no-form"),
        pytest.param(["what-if", "absent.ttl"], 4, ["absent.ttl"], id="what-if-no-file"),
        pytest.param(
            ["what-if", "--retire", "Hill", "--query", "absent"], 3, ["absent"], id="what-if-query"
        ),
        pytest.param(
            ["what-if", "--retire", "Hill", "--max-hops", "0"], 2, ["hops"], id="what-if-hops"
        ),
        pytest.param(["matrix"], 2, ["needs a class"], id="no-sides"),
        pytest.param(["matrix", "Hive"], 2, ["needs a class"], id="one-side"),
        pytest.param(
            ["matrix", "Hive", "Meadow", "--rows", "Hive"], 2, ["not both"], id="rows-twice"
        ),
        pytest.param(
            ["matrix", "Hive", "Meadow", "--cell", "colour"], 3, ["colour"], id="unknown-cell"
        ),
        pytest.param(["matrix", "Hive", "Meadow", "--limit", "0"], 2, ["limit"], id="no-rows"),
        pytest.param(["matrix", "Hive", "Meadow", "--limit", "-1"], 2, ["limit"], id="few-rows"),
        pytest.param(["matrix", "Hive", "Meadow", "--limit", "x"], 2, ["'x'"], id="row-number"),
        pytest.param(
            ["matrix", "Hive", "Meadow", "--column-limit", "0"],
            2,
            ["column_limit"],
            id="no-columns",
        ),
        pytest.param(
            ["matrix", "Hive", "Meadow", "--column-offset", "-1"], 2, ["column_offset"], id="before"
        ),
        pytest.param(
            ["matrix", "Hive", "Meadow", "--max-hops", "9" * 20], 2, ["1,000"], id="too-many-hops"
        ),
        pytest.param(
            ["matrix", "Hive", "Meadow", "--max-hops", "9", "--cell", "paths"],
            2,
            ["from 1 to 8"],
            id="hops-to-count",
        ),
        pytest.param(
            ["matrix", "Hive", "Meadow", "--output", "x.csv"], 2, ["--format"], id="table-in-file"
        ),
        pytest.param(["export", "--format", "docx"], 2, ["docx"], id="format"),
        pytest.param(["load"], 2, ["Say what to load"], id="load-nothing"),
        pytest.param(["load", "x", "--reference"], 2, ["Say what to load"], id="load-both"),
        pytest.param(["load", "-"], 2, ["--format"], id="stdin-without-format"),
        pytest.param(["--store", "http://127.0.0.1:9", "load", "a.ttl"], 4, ["a.ttl"], id="url"),
        pytest.param(["serve", "--host", "0.0.0.0", "--port", "0"], 2, ["0.0.0.0"], id="open"),
        pytest.param(["serve", "--scratch", "--load-reference"], 2, ["scratch"], id="scratch"),
        # 3: names
        pytest.param(
            ["impact", "--from-class", "Hiv"], 3, ["No class is called 'Hiv'"], id="source-class"
        ),
        pytest.param(
            ["impact", "Hill", "--domain", "Zoo"], 3, ["'Zoo'; there are Apiary"], id="domain"
        ),
        pytest.param(
            ["impact", "Hill", "--graph", "https://bees.example/yea"],
            3,
            ["holds nothing", "https://bees.example/year"],
            id="unknown-graph",
        ),
        pytest.param(["show", "Old Wilow"], 3, ["Did you mean Old Willow"], id="misspelt"),
        pytest.param(["show", "zz"], 3, ["No entity is called 'zz'"], id="unknown-entity"),
        pytest.param(["impact", "Hill", "--to", "Hiv"], 3, ["Hiv"], id="unknown-class"),
        pytest.param(["impact", "Hill", "--via", "eats"], 3, ["eats"], id="unknown-relationship"),
        pytest.param(["impact", "Hill", "--profile", "x"], 3, ["x"], id="unknown-profile"),
        pytest.param(["matrix", "Hyve", "Meadow"], 3, ["Did you mean Hive"], id="matrix-class"),
        pytest.param(["matrix", "Hive", "Meadow", "--row", "Ada"], 3, ["not a Hive"], id="row"),
        pytest.param(
            ["matrix", "Hive", "Meadow", "--profile", "x"], 3, ["'x'"], id="matrix-profile"
        ),
        pytest.param(["query", "nothing-like-it"], 3, ["nothing-like-it"], id="unknown-query"),
        pytest.param(["export", "--graph", "urn:none"], 3, ["urn:none"], id="unknown-graph"),
        pytest.param(
            ["query", "hives-of-meadow", "-p", "meadow=Ada"], 3, ["not a Meadow"], id="wrong-class"
        ),
        # 4: input
        pytest.param(["load", "nowhere.ttl"], 4, ["nowhere.ttl is not there"], id="no-file"),
        pytest.param(["query", "--file", "nowhere.rq"], 4, ["nowhere.rq"], id="no-query-file"),
        pytest.param(
            ["matrix", "Hive", "Meadow", "--format", "csv", "--output", "no/where.csv"],
            4,
            ["cannot be written"],
            id="no-folder",
        ),
        pytest.param(["validate", "nowhere.ttl"], 4, ["nowhere.ttl"], id="nothing-to-validate"),
    ],
)
def test_mistakes(bees: Shell, arguments: list[str], code: int, words: list[str]) -> None:
    outcome = bees(*arguments)
    assert (outcome.code, outcome.out) == (code, "")
    assert [each for each in words if each not in outcome.err] == []


def test_an_ambiguous_name_lists_the_candidates(plain: Shell, own_store: Path) -> None:
    with orthogramic.open(own_store, bundle=[TOY]) as repository:
        data = "<urn:m> a <https://bees.example/terms#Meadow> ; "
        data += '<https://bees.example/terms#caption> "Ada" .'
        repository.load_bytes(data.encode(), syntax="turtle")
    outcome = plain("show", "Ada", "--store", own_store, "--bundle", TOY)
    assert (outcome.code, outcome.out) == (3, "")
    assert "2 entities are called 'Ada'" in outcome.err
    assert "  Keeper/ada  Ada\n" in outcome.err
    of_rows = plain("matrix", "--row", "Ada", "--columns", "Hive", "--store", own_store,
        "--bundle", TOY,
    )  # fmt: skip
    assert (of_rows.code, of_rows.err) == (3, outcome.err)
    assert "  Meadow/m  Ada\n" in outcome.err


@pytest.mark.parametrize(
    ("name", "content", "code", "words"),
    [
        ("cut.ttl", b"<urn:a> <urn:b> <urn:c", 4, ["cut.ttl:1:"]),
        ("wrong.ttl", b"<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> .\n", 4, ["wrong.ttl:2:17: "]),
        ("cut.rdf", b"<?xml version='1.0'?><rdf:RDF ", 4, ["cut.rdf"]),
        ("cut.jsonld", b'{"@id": ', 4, ["cut.jsonld"]),
        ("binary.ttl", b"\x89PNG\r\n\x1a\n\x00\x00", 4, ["binary.ttl"]),
        (
            "packed.ttl",
            gzip.compress(b"<urn:a> <urn:b> <urn:c> .", mtime=0),
            4,
            ["packed.ttl", "gzip"],
        ),
        ("latin.ttl", "<urn:a> <urn:b> 'é' .".encode("latin-1"), 4, ["latin.ttl"]),
        ("empty.ttl", b"", 4, ["empty.ttl is empty"]),
        ("report.docx", b"x", 2, ["report.docx"]),
        ("noname", b"x", 2, ["noname"]),
    ],
)
def test_files_that_cannot_be_loaded(
    bees: Shell, tmp_path: Path, name: str, content: bytes, code: int, words: list[str]
) -> None:
    (tmp_path / name).write_bytes(content)
    for gate in ([], ["--no-gate"]):
        outcome = bees("load", *gate, tmp_path / name)
        assert (outcome.code, outcome.out) == (code, "")
        last = outcome.err.splitlines()[-1]
        assert last.startswith("orthogramic: ")
        assert [each for each in words if each not in last] == []
    assert bees("history", "--json").document["total"] == 1


def test_a_bundle_with_faults_lists_them_all(plain: Shell, tmp_path: Path) -> None:
    (tmp_path / "ontology").mkdir()
    (tmp_path / "ontology" / "one.ttl").write_text("<urn:a> <urn:b> .\n", encoding="utf-8")
    (tmp_path / "ontology" / "two.ttl").write_text("\nprefix", encoding="utf-8")
    outcome = plain("--store", tmp_path / "store", "--bundle", tmp_path, "load", "x.ttl")
    assert outcome.code == 4
    assert f"  {tmp_path}/ontology/one.ttl:1: " in outcome.err
    assert f"  {tmp_path}/ontology/two.ttl:2: " in outcome.err
    assert plain("--bundle", tmp_path / "store", "stats").code == 4


@pytest.mark.parametrize(
    ("make", "words"),
    [
        pytest.param(lambda path: None, ["There is no store at"], id="absent"),
        pytest.param(lambda path: path.write_text(""), ["is a file"], id="file"),
        pytest.param(lambda path: path.mkdir(), ["There is no store at"], id="empty-folder"),
    ],
)
def test_stores_that_cannot_be_opened(
    plain: Shell, tmp_path: Path, make: object, words: list[str]
) -> None:
    make(tmp_path / "store")  # type: ignore[operator]
    outcome = plain("stats", "--store", tmp_path / "store", "--bundle", TOY)
    assert (outcome.code, outcome.out) == (5, "")
    assert [each for each in words if each not in outcome.err] == []


def test_a_store_that_another_process_holds(plain: Shell, bee_store: Path) -> None:
    with orthogramic.open(bee_store, bundle=[TOY]):
        for arguments in (["stats"], ["load", TOY / "data"]):
            outcome = plain("--store", bee_store, "--bundle", TOY, *arguments)
            assert (outcome.code, outcome.out) == (5, "")
            assert outcome.err == (
                f"orthogramic: The store {bee_store} is held by another process.\n"
            )


def test_a_service_that_is_not_there(plain: Shell) -> None:
    for address in ("http://127.0.0.1:9", "http://", "http://[::bad"):
        outcome = plain("stats", "--store", address)
        assert (outcome.code, outcome.out) == (5, "")


@pytest.mark.parametrize("command", [["validate"], ["serve"], ["verify"]])
def test_commands_that_work_on_a_directory_refuse_an_address(
    plain: Shell, command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = plain(*command, "--store", "http://127.0.0.1:9")
    assert (outcome.code, outcome.out) == (2, "")
    assert "works on a store directory" in outcome.err
    assert list(tmp_path.iterdir()) == []


def test_a_violation_is_reported_and_refused(plain: Shell, own_store: Path, tmp_path: Path) -> None:
    data = tmp_path / "late.ttl"
    data.write_text(
        "@prefix bee: <https://bees.example/terms#> .\n\n<urn:h> a bee:Hive .\n", encoding="utf-8"
    )
    outcome = plain("--store", own_store, "--bundle", TOY, "load", data)
    assert (outcome.code, outcome.out) == (1, "")
    assert "The data has 2 violations of the shapes; nothing was changed." in outcome.err
    assert "Call the hive by one caption." in outcome.err
    assert f"{data}" in outcome.err
    outcome = plain("--store", own_store, "--bundle", TOY, "load", data, "--no-gate", "--json")
    assert (outcome.code, outcome.document["added"]) == (0, 1)
    assert plain("--store", own_store, "--bundle", TOY, "validate").code == 1
    system = tmp_path / "system.trig"
    system.write_text(
        "GRAPH <https://orthogramic.com/repository#inferred> { <urn:a> <urn:b> <urn:c> }",
        encoding="utf-8",
    )
    outcome = plain("--store", own_store, "--bundle", TOY, "load", system)
    assert outcome.code == 1
    assert "kept by the repository itself" in outcome.err
