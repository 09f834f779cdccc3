"""What the sources name, and ways to look for it in a dataset without the engine."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pyoxigraph
import pytest

from tests.data.conformance import local
from tests.data.datasets import ENTITIES, METAMODEL, RDF_TYPE, ROOT, SYSTEM, dataset, triples

#: Extracted from the sources; it stands beside the checkout.
CONTENT = ROOT.parent / "shared" / "metamodel" / "reference-content.json"

_PREFIXES = f"""
PREFIX id: <{ENTITIES}>
PREFIX kr: <{SYSTEM}>
PREFIX orth: <{METAMODEL}>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""


def content(section: str) -> dict[str, Any]:
    """Return a section of the extract, or skip the test where the extract is absent."""
    if not CONTENT.exists():
        pytest.skip("the extract of the sources lies in ../shared, which is absent")
    found: dict[str, Any] = json.loads(CONTENT.read_text("utf-8"))[section]
    return found


def names(rows: list[dict[str, Any]]) -> list[str]:
    """Return the names of rows, in their order."""
    return [row["name"] for row in rows]


def titles(name: str, *classes: str) -> set[str]:
    """Return the titles of the instances of classes in the graph of facts of a dataset."""
    statements = triples(dataset(name).folder / "facts.ttl")
    wanted = {
        each.subject
        for each in statements
        if each.predicate == RDF_TYPE and local(each.object) in classes
    }
    return {
        each.object.value
        for each in statements
        if each.subject in wanted
        and local(each.predicate) == "title"
        and isinstance(each.object, pyoxigraph.Literal)
    }


def ask(name: str, query: str) -> list[tuple[str, ...]]:
    """Answer a query over all that a dataset asserts; IRIs are spelled short, gaps are empty.

    :param query: SELECT with the prefixes ``id``, ``kr``, ``orth`` and ``xsd`` at hand.
    """
    answer = _store(name).query(_PREFIXES + query)
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    return [tuple(_text(value) for value in row) for row in answer]


def _text(value: object) -> str:
    if isinstance(value, pyoxigraph.Literal):
        return value.value
    return "" if value is None else local(value)


@cache
def _store(name: str) -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    for path in dataset(name).files.values():
        store.load(path=path, format=pyoxigraph.RdfFormat.TURTLE)
    return store
