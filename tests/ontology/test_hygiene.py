"""Hygiene of the bundle: each query names a fault, finds none here, and finds one when planted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph
import pytest

from tests.ontology.bundle import store, turtle
from tests.ontology.planted import PLANTED

QUERIES = sorted((Path(__file__).parent / "hygiene").glob("*.rq"))
NAMES = [path.stem for path in QUERIES]


def offenders(filled: pyoxigraph.Store, path: Path) -> list[str]:
    """Ask a hygiene query; one line of text for each row."""
    rows = filled.query(path.read_text(encoding="utf-8"))
    assert isinstance(rows, pyoxigraph.QuerySolutions)
    return [" ".join(str(value) for value in row) for row in rows]


@pytest.fixture(scope="module")
def bundle() -> pyoxigraph.Store:
    return store()


def test_every_query_has_a_planted_fault_to_find() -> None:
    assert sorted(PLANTED) == NAMES


@pytest.mark.parametrize("path", QUERIES, ids=NAMES)
def test_the_bundle_is_free_of(path: Path, bundle: pyoxigraph.Store) -> None:
    assert offenders(bundle, path) == []


@contextmanager
def planted(bundle: pyoxigraph.Store, snippet: str) -> Iterator[pyoxigraph.Store]:
    """Lend the bundle with a snippet in it; loading all of it for each fault takes long."""
    parsed = pyoxigraph.parse(turtle(snippet), format=pyoxigraph.RdfFormat.TURTLE)
    added = [quad for quad in parsed if quad not in bundle]
    bundle.extend(added)
    yield bundle
    for quad in added:
        bundle.remove(quad)


@pytest.mark.parametrize("path", QUERIES, ids=NAMES)
def test_a_planted_fault_is_found(path: Path, bundle: pyoxigraph.Store) -> None:
    with planted(bundle, PLANTED[path.stem]) as filled:
        found = offenders(filled, path)
    assert found
    assert all("lanted" in each for each in found), found
