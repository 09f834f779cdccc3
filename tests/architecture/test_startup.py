"""A question from the command line waits for nothing that it does not need."""

from __future__ import annotations

import subprocess
import sys

import pytest

#: Libraries that cost tenths of a second each and that most commands never use.
HEAVY = {"fastapi", "networkx", "pandas", "pydantic", "pyshacl", "rdflib", "uvicorn"}


@pytest.mark.parametrize("module", ["orthogramic", "orthogramic.cli.main"])
def test_heavy_libraries_are_loaded_when_they_are_needed(module: str) -> None:
    code = f"import sys, {module}; print(*sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    )
    assert not HEAVY & set(result.stdout.split())
