"""A question from the command line waits for nothing that it does not need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import orthogramic

TOY = Path(__file__).parents[1] / "toy"

#: Libraries that cost tenths of a second each and that most commands never use.
HEAVY = {"fastapi", "networkx", "pandas", "pydantic", "pyshacl", "rdflib", "scipy", "uvicorn"}

#: What is not needed to answer a question about impact, once the bundle was found to be sound.
UNASKED = HEAVY | {
    "httpx",
    "jinja2",
    "numpy.ma",
    "orthogramic.metamodel.queries",
    "orthogramic.repository.loading",
    "orthogramic.repository.updating",
    "orthogramic.validation.compiled",
    "orthogramic.validation.mending",
    "orthogramic.validation.validator",
    "yaml",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store with the data of the foreign domain, made by a process of its own kind."""
    path = tmp_path_factory.mktemp("startup") / "store"
    with orthogramic.open(path, bundle=[TOY]) as repository:
        repository.load([TOY / "data"])
    return path


def loaded(code: str) -> set[str]:
    """Return the modules that a new process has loaded when it is through with some code."""
    script = f"import sys\n{code}\nprint(*sys.modules, file=sys.stderr)"
    result = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )
    return set(result.stderr.split())


@pytest.mark.parametrize("module", ["orthogramic", "orthogramic.cli.main"])
def test_heavy_libraries_are_loaded_when_they_are_needed(module: str) -> None:
    assert not HEAVY & loaded(f"import {module}")


def test_a_cold_question_loads_only_what_answers_it(store: Path) -> None:
    options = ["--store", str(store), "--bundle", str(TOY)]
    asked = f"main.run([*{options!r}, 'impact', 'Brook'])"
    modules = loaded(f"from orthogramic.cli import main\nassert {asked} == 0")
    assert "orthogramic.graph.projection" in modules
    assert not UNASKED & modules


def test_what_a_question_has_no_use_for_is_loaded_by_what_has(store: Path) -> None:
    options = ["--store", str(store), "--bundle", str(TOY)]
    modules = loaded(
        f"from orthogramic.cli import main\nassert main.run([*{options!r}, 'query']) == 0"
    )
    assert {"orthogramic.metamodel.queries", "yaml"} <= modules
