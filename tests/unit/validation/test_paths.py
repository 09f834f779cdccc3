"""Paths are read from their nodes, written as SPARQL writes them, and named by labels."""

from __future__ import annotations

import re

import pytest
from pyoxigraph import NamedNode

from orthogramic.validation import Labels, Path
from orthogramic.validation.graph_index import GraphIndex
from orthogramic.validation.paths import read_path
from orthogramic.vocabulary import SH
from tests.unit.validation.harbour import HARBOUR, term, turtle

LABELS = {term("a"): "ay", term("b"): "bee", term("c"): "sea"}


def path_of(text: str) -> Path | None:
    """Read a path from Turtle."""
    index = GraphIndex(turtle(f":shape sh:path {text} ."))
    head = index.object(term("shape"), SH.path)
    assert head is not None
    return read_path(index, head)


@pytest.mark.parametrize(
    ("text", "sparql", "label"),
    [
        (":a", ":a", "ay"),
        ("[ sh:inversePath :a ]", "^:a", "ay (from the other end)"),
        ("( :a :b )", ":a / :b", "bee of ay"),
        ("[ sh:alternativePath ( :a :b ) ]", ":a | :b", "ay or bee"),
        ("[ sh:zeroOrMorePath :a ]", ":a*", "ay"),
        ("[ sh:oneOrMorePath :a ]", ":a+", "ay"),
        ("[ sh:zeroOrOnePath :a ]", ":a?", "ay"),
        (
            "( [ sh:inversePath :a ] [ sh:alternativePath ( :b :c ) ] )",
            "(^:a) / (:b | :c)",
            "bee or sea of ay (from the other end)",
        ),
    ],
)
def test_a_path_is_read_written_and_named(text: str, sparql: str, label: str) -> None:
    path = path_of(text)
    assert path is not None
    spelled = f"<{path.value}>" if isinstance(path, NamedNode) else path.value
    assert spelled == re.sub(r":(\w)", rf"<{HARBOUR}\1>", sparql)
    assert Labels(LABELS).path(path) == label


@pytest.mark.parametrize("text", ["[]", "[ sh:inversePath [] ]", "( :a [] )", '"text"'])
def test_a_malformed_path_is_no_path(text: str) -> None:
    assert path_of(text) is None


def test_a_path_that_contains_itself_is_no_path() -> None:
    index = GraphIndex(turtle(":shape sh:path _:x . _:x sh:inversePath _:x ."))
    head = index.object(term("shape"), SH.path)
    assert head is not None
    assert read_path(index, head) is None
