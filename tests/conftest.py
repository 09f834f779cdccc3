"""Repositories that many tests look at: the worked example, all shipped data, a foreign domain."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import pytest

import orthogramic
from orthogramic import Repository
from orthogramic.metamodel import Document, Metamodel, TargetNotation, read_metamodel
from orthogramic.repository import bundle

#: A bundle, with data, that shares no word with ours.
TOY = Path(__file__).with_name("toy")
#: The smallest of the shipped datasets, in which an answer can be followed by eye.
WORKED_EXAMPLE = Path(__file__).parents[1] / "data" / "wealth-management"

Documents = tuple[tuple[Document, ...], ...]
Words = tuple[tuple[str, TargetNotation], ...]

#: Repositories that live as long as the tests are millions of objects, none of them garbage: to
#: look through them as often as Python does by default takes a fifth of the time of the tests.
_GARBAGE_THRESHOLD = 100_000


def pytest_configure() -> None:
    gc.set_threshold(_GARBAGE_THRESHOLD)


@pytest.fixture(scope="session", autouse=True)
def _equal_bundles_are_read_once() -> Iterator[None]:
    """Give who reads the text of a bundle again the metamodel that came of it, which is immutable.

    Tests open hundreds of repositories, and nearly all under the same bundle.
    """

    @lru_cache(maxsize=4)
    def known(documents: Documents, words: Words, sound: bool) -> Metamodel:
        return read_metamodel(*documents, notations=dict(words), sound=sound)

    def read(
        *documents: Sequence[Document],
        notations: Mapping[str, TargetNotation] | None = None,
        sound: bool = False,
    ) -> Metamodel:
        words = tuple(sorted((notations or {}).items()))
        return known(tuple(tuple(each) for each in documents), words, sound)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(bundle, "read_metamodel", read)
        yield


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
