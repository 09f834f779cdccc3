"""Memory that is free inside the service goes back to the system."""

from __future__ import annotations

import subprocess
import sys

import pytest

_PROGRAM = """
import asyncio, sys
from pathlib import Path
from orthogramic.service.memory import memory_given_back

def resident_bytes():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

async def main():
    async with memory_given_back(seconds=float(sys.argv[1]), work=0.0):
        await asyncio.sleep(0.05)
        started = resident_bytes()
        blocks = [b"x" * 50_000 for _ in range(2000)]
        survivor = blocks.pop()  # at the end of the heap: nothing before it leaves by itself
        del blocks
        kept = resident_bytes() - started
        await asyncio.sleep(0.5)
        print(kept, resident_bytes() - started, len(survivor))

asyncio.run(main())
"""


def _kept_and_left(seconds: float) -> tuple[int, int]:
    said = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(seconds)],
        check=True,
        capture_output=True,
        text=True,
    )
    kept, left, _ = map(int, said.stdout.split())
    return kept, left


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="malloc_trim is a call of the GNU C library"
)
def test_a_peak_does_not_stay() -> None:
    kept, left = _kept_and_left(0.01)
    assert kept > 90_000_000
    assert left < 20_000_000


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="malloc_trim is a call of the GNU C library"
)
def test_without_a_look_it_does_stay() -> None:
    _, left = _kept_and_left(3600)
    assert left > 90_000_000
