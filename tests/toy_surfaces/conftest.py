"""The toy domain behind each door: in memory, on disk, and over HTTP with all its pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import orthogramic
from orthogramic import Repository
from orthogramic.application import create_application
from orthogramic.cli.main import run
from tests.conftest import TOY
from tests.service.service_client import ServiceClient

Command = Callable[..., str]


@pytest.fixture(scope="session")
def door(toy: Repository) -> ServiceClient:
    """Return a client of the whole application over the toy domain."""
    return ServiceClient(create_application(toy))


@pytest.fixture(scope="session")
def toy_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store directory with the toy domain in it."""
    path = tmp_path_factory.mktemp("apiary") / "store"
    with orthogramic.open(path, bundle=[TOY]) as repository:
        repository.load([TOY / "data"], author="Ada", message="Write the year down")
    return path


@pytest.fixture
def command(toy_store: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """Return a function that runs a command on the toy store and gives its standard output."""

    def asked(*arguments: str, code: int = 0) -> str:
        given = [*arguments, "--store", str(toy_store), "--bundle", str(TOY)]
        assert run(given) == code, capsys.readouterr().err
        return capsys.readouterr().out

    return asked
