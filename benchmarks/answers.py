"""How long an answer takes on the reference data: over HTTP, and from a cold command.

The service and each command run in processes of their own; the client keeps one connection.

Run it with ``python -m benchmarks.answers``.
"""

from __future__ import annotations

import argparse
import json
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

from benchmarks.machine import machine, machine_line, spread
from benchmarks.processes import command_line, measured

PERSONA, CAPABILITY = "Michael Chen", "Client Profiling"
#: What is asked over HTTP: name in the table, path, parameters.
REQUESTS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("dependencies over HTTP", "/api/v1/dependencies", {"source": PERSONA, "to": "Capability"}),
    ("impact over HTTP", "/api/v1/impact", {"source": CAPABILITY, "to": "CustomerPersona"}),
    ("saved query over HTTP", "/api/v1/queries/persona-to-capability", {"persona": PERSONA}),
)
Measurement = dict[str, dict[str, float | int]]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, then print a table or JSON."""
    parser = argparse.ArgumentParser(description="Measure how long an answer takes.")
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--commands", type=int, default=10)
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="orthogramic-answers-") as folder:
        store = Path(folder) / "store"
        measured([*command_line(), "--store", store, "load", "--reference"])
        results = _cold(store, options.commands)
        with _service(store) as address, httpx.Client(base_url=address, timeout=30) as client:
            results |= _over_http(client, options.requests)
    if options.json:
        print(json.dumps({"machine": machine(), "results": results}, indent=2))
        return
    print(machine_line())
    print()
    print(
        f"{'question':<26} {'runs':>5} {'median ms':>10} {'p95 ms':>9} {'min ms':>9} {'max ms':>9}"
    )
    for name, row in results.items():
        print(
            f"{name:<26} {row['runs']:>5} {row['median_ms']:>10.1f} {row['p95_ms']:>9.1f} "
            f"{row['min_ms']:>9.1f} {row['max_ms']:>9.1f}"
        )


def _cold(store: Path, runs: int) -> Measurement:
    command: list[str | Path] = [*command_line(), "--store", store]
    question: list[str | Path] = [*command, "dependencies", PERSONA, "--to", "Capability", "--json"]
    return {
        "dependencies, cold command": spread(
            [measured(question).seconds * 1000 for _ in range(max(runs, 2))]
        )
    }


def _over_http(client: httpx.Client, runs: int) -> Measurement:
    results: Measurement = {}
    for name, path, parameters in REQUESTS:
        durations = []
        for number in range(runs + 5):
            started = time.perf_counter()
            response = client.get(path, params=parameters)
            elapsed = time.perf_counter() - started
            response.raise_for_status()
            if number >= 5:
                durations.append(elapsed * 1000)
        results[name] = spread(durations)
    return results


@contextmanager
def _service(store: Path) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [*command_line(), "--store", str(store), "serve", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_until_ready(address, process)
            yield address
        finally:
            process.terminate()


def _wait_until_ready(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{address}/readyz", timeout=5).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    sys.exit("the service did not become ready")


if __name__ == "__main__":
    main()
