"""Saved queries: values of each type are read strictly and stay values."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import orthogramic
from orthogramic import Repository
from orthogramic.errors import (
    AmbiguousNameError,
    InvalidParameterError,
    UnknownEntityError,
    UnknownQueryError,
)
from orthogramic.syntax import ResultFormat
from tests.conftest import TOY

#: Gives its parameter back, with the datatype that it came with.
ECHO = """#+ summary: What was given?
#+ params:
#+   value:
#+     type: {type}
#+     description: Anything
{more}
SELECT $value (DATATYPE($value) AS ?type) WHERE {{ }}
"""
ODD = """#+ summary: Terms of every kind
SELECT ?b ?t ?n ?l WHERE {
  VALUES ?t { <<( <urn:a> <urn:b> "c"@en )>> }
  BIND (BNODE() AS ?b) BIND (1.5 AS ?n) BIND ("x"@en AS ?l)
}
"""
XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Repository]:
    bundle = Path(shutil.copytree(TOY, tmp_path_factory.mktemp("bundle") / "bees"))
    queries = bundle / "queries"
    for kind in ("string", "integer", "decimal", "boolean", "date", "iri"):
        text = ECHO.format(type=kind, more="#+     required: true")
        (queries / f"echo-{kind}.rq").write_text(text, encoding="utf-8")
    defaults = {"string": "calm", "integer": 7, "boolean": True, "date": "2026-02-03"}
    for kind, default in defaults.items():
        text = ECHO.format(type=kind, more=f"#+     default: {json.dumps(default)}")
        (queries / f"default-{kind}.rq").write_text(text, encoding="utf-8")
    optional = ECHO.format(type="string", more="").replace("{ }", "{ VALUES $value { 'a' 'b' } }")
    (queries / "optional.rq").write_text(optional, encoding="utf-8")
    (queries / "odd.rq").write_text(ODD, encoding="utf-8")
    with orthogramic.open_memory(bundle=[bundle]) as opened:
        opened.load([TOY / "data"])
        yield opened


def ask(repository: Repository, name: str, **values: str) -> list[tuple[str, str]]:
    rows = repository.saved_query(name, values).rows
    return [
        ("" if value is None else value.value, "" if kind is None else kind.value.removeprefix(XSD))
        for value, kind in rows
    ]


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("string", "plain", "plain"),
        ("string", "", ""),
        ("string", '"} ; DROP ALL #\n\\u0022', '"} ; DROP ALL #\n\\u0022'),
        ("integer", "42", "42"),
        ("integer", "-007", "-7"),
        ("integer", "+5", "5"),
        ("decimal", "1.50", "1.5"),
        ("decimal", "-.5", "-0.5"),
        ("decimal", "100", "100"),
        ("decimal", "2.", "2"),
        ("boolean", "true", "true"),
        ("boolean", "false", "false"),
        ("date", "2026-02-28", "2026-02-28"),
    ],
)
def test_values_are_read(repository: Repository, kind: str, text: str, value: str) -> None:
    assert ask(repository, f"echo-{kind}", value=text) == [(value, kind)]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        *(("integer", each) for each in ("", "x", "1.0", "1_000", " 1", "٣", "1e3", "9" * 5000)),
        *(("decimal", each) for each in ("", ".", "1e9", "1e999999999", "NaN", "Infinity", "1,5")),
        *(("boolean", each) for each in ("", "True", "1", "yes")),
        *(("date", each) for each in ("", "2026-02-30", "20260203", "2026-W05-2", "3.2.2026")),
        *(("iri", each) for each in ("", "no iri", "<x>")),
    ],
)
def test_values_of_another_type_are_refused(repository: Repository, kind: str, text: str) -> None:
    with pytest.raises(InvalidParameterError, match="value must be"):
        ask(repository, f"echo-{kind}", value=text)


@pytest.mark.parametrize("text", ["bee:Hive", "https://bees.example/terms#Hive"])
def test_an_iri(repository: Repository, text: str) -> None:
    assert ask(repository, "echo-iri", value=text) == [("https://bees.example/terms#Hive", "")]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("string", "calm"), ("integer", "7"), ("boolean", "true"), ("date", "2026-02-03")],
)
def test_defaults(repository: Repository, kind: str, expected: str) -> None:
    assert ask(repository, f"default-{kind}") == [(expected, kind)]


def test_what_is_left_out_stays_a_variable(repository: Repository) -> None:
    assert ask(repository, "optional") == [("a", "string"), ("b", "string")]
    assert ask(repository, "optional", value="b") == [("b", "string")]
    assert ask(repository, "optional", value="c") == []


@pytest.mark.parametrize("name", ["Brook", "Meadow/brook", "https://bees.example/id/Meadow/brook"])
def test_an_entity_has_any_of_its_names(repository: Repository, name: str) -> None:
    answer = repository.saved_query("hives-of-meadow", {"meadow": name})
    assert [str(row[2].value) for row in answer.rows if row[2] is not None] == [
        "Old Willow",
        "Young Willow",
    ]
    assert answer.snapshot == 1
    assert answer.parameters["meadow"].value == "https://bees.example/id/Meadow/brook"


def test_an_entity_of_another_class_or_none(repository: Repository) -> None:
    with pytest.raises(UnknownEntityError, match="is a Hive, not a Meadow"):
        repository.saved_query("hives-of-meadow", {"meadow": "Old Willow"})
    with pytest.raises(UnknownEntityError, match="Did you mean Brook"):
        repository.saved_query("hives-of-meadow", {"meadow": "Brok"})
    with pytest.raises(UnknownEntityError):
        repository.saved_query("hives-of-meadow", {"meadow": '" } UNION { ?a ?b ?c } #'})


def test_parameters_that_are_missing_or_unknown(repository: Repository) -> None:
    with pytest.raises(InvalidParameterError, match="needs the parameter meadow: The ground"):
        repository.saved_query("hives-of-meadow", {})
    with pytest.raises(InvalidParameterError, match="has no parameter 'field'; it has meadow"):
        repository.saved_query("hives-of-meadow", {"field": "x"})
    with pytest.raises(InvalidParameterError, match="it has none"):
        repository.saved_query("odd", {"field": "x"})
    with pytest.raises(UnknownQueryError):
        repository.saved_query("no-such-query", {})


def test_every_kind_of_term_can_be_written(repository: Repository) -> None:
    answer = repository.saved_query("odd", {})
    row = answer.to_dict()["results"]["bindings"][0]
    assert row["t"]["value"]["object"] == {"type": "literal", "value": "c", "xml:lang": "en"}
    assert row["n"] == {"type": "literal", "value": "1.5", "datatype": f"{XSD}decimal"}
    assert (row["b"]["type"], row["l"]["xml:lang"]) == ("bnode", "en")
    assert json.loads(answer.serialize(ResultFormat.JSON)) == answer.to_dict()
    assert answer.serialize(ResultFormat.TSV).startswith(b"?b\t?t\t?n\t?l\n")


def test_an_ambiguous_name_is_not_settled() -> None:
    with orthogramic.open_memory(bundle=[TOY]) as opened:
        data = "".join(
            f"<urn:m{each}> a <https://bees.example/terms#Meadow> ; "
            '<https://bees.example/terms#caption> "Brook" .'
            for each in range(2)
        )
        opened.load_bytes(data.encode(), syntax="turtle", gate=False)
        with pytest.raises(AmbiguousNameError):
            opened.saved_query("hives-of-meadow", {"meadow": "Brook"})
