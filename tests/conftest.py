"""Repositories that many tests look at: the reference data, and a domain that is not ours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import orthogramic
from orthogramic import Repository

#: A bundle, with data, that shares no word with ours.
TOY = Path(__file__).with_name("toy")


@pytest.fixture(autouse=True)
def _no_store_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ORTHOGRAMIC_STORE", raising=False)


@pytest.fixture(scope="session")
def reference() -> Iterator[Repository]:
    """Return a repository with the reference data; it is only read."""
    with orthogramic.open_memory() as repository:
        repository.load_reference()
        yield repository


@pytest.fixture(scope="session")
def toy() -> Iterator[Repository]:
    """Return a repository of the toy domain with its data; it is only read."""
    with orthogramic.open_memory(bundle=[TOY]) as repository:
        repository.load([TOY / "data"])
        yield repository
