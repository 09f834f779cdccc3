"""What a page finds when it is walked through: a store with the reference data, and a service."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

import orthogramic
from tests.docs.documents import ROOT
from tests.docs.walkthrough import Walkthrough, environment_without_ours

COMMAND = "from orthogramic.cli.main import main; main()"


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store directory with the reference data; it is only copied."""
    path = tmp_path_factory.mktemp("docs") / "store"
    with orthogramic.open(path) as repository:
        repository.load_reference()
    return path


@pytest.fixture(scope="session")
def service(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], str]]:
    """Return what starts a service on the reference data at first need, and gives its address."""
    processes: list[subprocess.Popen[str]] = []

    @cache
    def address() -> str:
        store = tmp_path_factory.mktemp("service") / "store"
        shutil.copytree(loaded, store)
        process = subprocess.Popen(
            [sys.executable, "-c", COMMAND, "--store", store, "serve", "--port", "0"],
            stderr=subprocess.PIPE,
            env=environment_without_ours(),
            cwd=ROOT,
            text=True,
        )
        processes.append(process)
        assert process.stderr is not None
        for line in process.stderr:
            if line.startswith("Pages"):
                return line.split()[1].rstrip("/")
        raise AssertionError("the service did not start")

    yield address
    for process in processes:
        process.terminate()
        process.communicate(timeout=30)


@pytest.fixture
def walk(
    loaded: Path,
    service: Callable[[], str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Walkthrough:
    """Return a walk through a page, in a folder with a store that holds the reference data."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(loaded, tmp_path / ".orthogramic")
    return Walkthrough(service, capsys, monkeypatch)
