"""What every module of the package keeps to."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import orthogramic
from tests.architecture.sources import SOURCE, python_files, relative, string_constants

LONGEST_MODULE = 400
SPARQL = re.compile(
    r"""\b(
        select\b .* \bwhere\b \s* \{ | select\s+(distinct\s+|reduced\s+)?[?*] .* \{
      | construct\b .* \{ | ask\s*(where\s*)?\{ | describe\s+[?<]
      | (insert|delete)\s+data\b | (insert|delete)\s*\{ | delete\s+where\b
      | (drop|clear|load|create)\s+(silent\s+)?(graph|default|named|all|<)
    )""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)


@pytest.mark.parametrize("path", python_files(), ids=relative)
def test_a_module_can_be_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST_MODULE


def test_sparql_lives_in_query_files() -> None:
    faults = [
        f"{relative(path)}:{found.line}"
        for path in python_files()
        for found in string_constants(ast.parse(path.read_text("utf-8")))
        if SPARQL.search(found.text)
    ]
    assert not faults


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?s WHERE { ?s ?p ?o }",
        "select * { ?s ?p ?o }",
        "CONSTRUCT { ?s ?p ?o } WHERE { }",
        "INSERT DATA { }",
        "DELETE WHERE { ?s ?p ?o }",
        "ASK { ?s ?p ?o }",
        "DROP GRAPH <x>",
    ],
)
def test_planted_sparql_is_found(text: str) -> None:
    assert SPARQL.search(text)


@pytest.mark.parametrize(
    "text", ["SELECT id FROM names WHERE id = ?", "select one of them", "Ask a question"]
)
def test_other_text_is_not_taken_for_sparql(text: str) -> None:
    assert not SPARQL.search(text)


def test_the_public_names_are_those_that_are_announced() -> None:
    rooms = {path.stem for path in SOURCE.iterdir()}
    public = {name for name in vars(orthogramic) if not name.startswith("_")} - rooms
    announced = set(orthogramic.__all__)
    assert len(announced) == len(orthogramic.__all__)
    assert public - {"annotations"} <= announced
    assert all(hasattr(orthogramic, name) for name in announced)
    assert {"open"} <= announced
