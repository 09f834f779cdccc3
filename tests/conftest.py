"""Repositories that many tests look at: the worked example, all shipped data, a foreign domain."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import orthogramic
from orthogramic import Repository

#: A bundle, with data, that shares no word with ours.
TOY = Path(__file__).with_name("toy")
#: The smallest of the shipped datasets, in which an answer can be followed by eye.
WORKED_EXAMPLE = Path(__file__).parents[1] / "data" / "wealth-management"


@pytest.fixture(autouse=True)
def _no_store_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ORTHOGRAMIC_STORE", raising=False)
    monkeypatch.delenv("ORTHOGRAMIC_TOKEN", raising=False)


@pytest.fixture(scope="session")
def reference() -> Iterator[Repository]:
    """Return a repository with the worked example; it is only read."""
    with orthogramic.open_memory() as repository:
        repository.load([WORKED_EXAMPLE])
        yield repository


@pytest.fixture(scope="session")
def enterprise() -> Iterator[Repository]:
    """Return a repository with all shipped datasets; it is only read.

    That they conform is tested where the datasets are; here the gate would only cost time.
    """
    with orthogramic.open_memory() as repository:
        repository.load([WORKED_EXAMPLE.parent], gate=False)
        yield repository


@pytest.fixture(scope="session")
def toy() -> Iterator[Repository]:
    """Return a repository of the toy domain with its data; it is only read."""
    with orthogramic.open_memory(bundle=[TOY]) as repository:
        repository.load([TOY / "data"])
        yield repository
