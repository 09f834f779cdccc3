"""On what a figure was measured: without this, a figure says nothing."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path
from statistics import median, quantiles

from orthogramic.__about__ import __version__


def machine() -> dict[str, str | int]:
    """Return processor, cores, memory and the versions that decide the figures."""
    return {
        "processor": _field("/proc/cpuinfo", "model name") or platform.processor() or "unknown",
        "cores": os.cpu_count() or 1,
        "memory_mb": int((_field("/proc/meminfo", "MemTotal") or "0").split()[0]) // 1024,
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "pyoxigraph": version("pyoxigraph"),
        "orthogramic": __version__,
    }


def machine_line() -> str:
    """Return the machine in one line, as it stands above a table."""
    facts = machine()
    return (
        f"{facts['processor']}, {facts['cores']} cores, {facts['memory_mb']} MB, "
        f"{facts['system']}, Python {facts['python']}, pyoxigraph {facts['pyoxigraph']}, "
        f"orthogramic {facts['orthogramic']}"
    )


def spread(milliseconds: list[float]) -> dict[str, float | int]:
    """Return what a table shows of repeated measurements.

    :param milliseconds: at least two durations.
    :returns: number of runs, median, 95th percentile, smallest and largest.
    """
    return {
        "runs": len(milliseconds),
        "median_ms": round(median(milliseconds), 3),
        "p95_ms": round(quantiles(milliseconds, n=20, method="inclusive")[-1], 3),
        "min_ms": round(min(milliseconds), 3),
        "max_ms": round(max(milliseconds), 3),
    }


def _field(path: str, name: str) -> str | None:
    try:
        lines = Path(path).read_text("utf-8").splitlines()
    except OSError:
        return None
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), None)
