"""Runs a program as a process of its own and tells what it cost."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process cost: wall-clock seconds, processor seconds and its highest memory use."""

    seconds: float
    processor_seconds: float
    peak_mb: float


def command_line() -> list[str]:
    """Return how the command ``orthogramic`` of this environment is started."""
    script = Path(sys.executable).with_name("orthogramic")
    if script.exists():
        return [str(script)]
    return [sys.executable, "-c", "from orthogramic.cli.main import main; main()"]


def measured(
    command: Sequence[str | Path],
    *,
    quiet: bool = True,
    environment: Mapping[str, str] | None = None,
) -> Cost:
    """Run a program to its end.

    :param command: program and arguments.
    :param quiet: keep its messages away, to show them only when it fails.
    :param environment: variables to set beside those of this process.
    :returns: what it cost, the start of the process included.
    :raises RuntimeError: if it fails.
    """
    started = time.perf_counter()
    process = subprocess.Popen(
        [str(each) for each in command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE if quiet else None,
        env={**os.environ, **(environment or {})},
    )
    messages = process.stderr.read() if process.stderr else b""
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.stderr:
        process.stderr.close()
    if process.returncode:
        raise RuntimeError(
            f"{' '.join(map(str, command))} ended with {process.returncode}\n"
            f"{messages.decode(errors='replace')}"
        )
    kilobyte = 1024 if sys.platform == "darwin" else 1
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / kilobyte / 1024)


def processor_seconds(process: int) -> float:
    """Return the processor time that a running process has used; 0 where the system keeps none.

    :param process: its number.
    """
    try:
        fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / float(os.sysconf("SC_CLK_TCK"))
