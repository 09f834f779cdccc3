"""Loads in processes of their own, to be killed, interrupted or starved of disk."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[3]

BEES = """@prefix bee: <https://bees.example/terms#> .
<https://bees.example/id/Meadow/hill> a bee:Meadow ; bee:caption "Hill" .
"""


def hives(first: int, count: int) -> str:
    """Return conforming hives; eight triples follow from each or stand in it."""
    lines = (
        f'<https://bees.example/id/Hive/N-{each}> a bee:Hive ; bee:hiveCode "N-{each}" ; '
        f'bee:caption "Number {each}" ; bee:foragesAt <https://bees.example/id/Meadow/hill> .'
        for each in range(first, first + count)
    )
    return BEES + "\n".join(lines) + "\n"


def environment() -> dict[str, str]:
    """Return an environment in which a new process finds the package."""
    return {**os.environ, "PYTHONPATH": str(ROOT / "src")}


def cli(*arguments: str | Path) -> list[str]:
    """Return the command line of a command."""
    start = "from orthogramic.cli.main import main; main()"
    return [sys.executable, "-c", start, *map(str, arguments)]


def run(
    *arguments: str | Path, prefix: Sequence[str] = (), stdin: bytes | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run a command to its end."""
    return subprocess.run(
        [*prefix, *cli(*arguments)],
        env=environment(),
        input=stdin,
        capture_output=True,
        check=False,
        timeout=120,
    )
