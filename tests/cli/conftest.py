"""A store with the toy domain, and a shell to ask it in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import orthogramic
from orthogramic.cli.main import run
from tests.cli.shell import Outcome, Shell
from tests.conftest import TOY


@pytest.fixture(scope="session")
def bee_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of the toy domain; it is only read."""
    path = tmp_path_factory.mktemp("bees") / "store"
    with orthogramic.open(path, bundle=[TOY]) as repository:
        repository.load([TOY / "data"], author="Ada", message="The year")
    return path


@pytest.fixture
def own_store(bee_store: Path, tmp_path: Path) -> Path:
    """Return a copy of the store that a test may change."""
    return Path(shutil.copytree(bee_store, tmp_path / "store"))


@pytest.fixture
def plain(capfd: pytest.CaptureFixture[str]) -> Shell:
    """Return what runs a command line as it stands."""

    def run_command(*arguments: object) -> Outcome:
        capfd.readouterr()
        code = run([str(each) for each in arguments])
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        return Outcome(code, out, err)

    return run_command


@pytest.fixture
def bees(plain: Shell, bee_store: Path) -> Shell:
    """Return what runs a command on the store of the toy domain."""
    return lambda *arguments: plain("--store", bee_store, "--bundle", TOY, *arguments)
