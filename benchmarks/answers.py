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
from benchmarks.processes import command_line, measured, processor_seconds

PERSONA, CAPABILITY = "Michael Chen", "Client Profiling"
Request = tuple[str, str, dict[str, str]]
#: What is asked over HTTP beside the saved queries: name in the table, path, parameters.
QUESTIONS: tuple[Request, ...] = (
    ("dependencies over HTTP", "/api/v1/dependencies", {"source": PERSONA, "to": "Capability"}),
    ("impact over HTTP", "/api/v1/impact", {"source": CAPABILITY, "to": "CustomerPersona"}),
    ("matrix over HTTP", "/api/v1/matrix", {"rows": "CustomerPersona", "columns": "Capability"}),
)
WARM_UP = 5
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
        with (
            serving(store) as (address, process),
            httpx.Client(base_url=address, timeout=30) as client,
        ):
            results |= _over_http(client, options.requests, process)
    if options.json:
        print(json.dumps({"machine": machine(), "results": results}, indent=2))
        return
    print(machine_line())
    print()
    columns = ("runs", "median_ms", "p95_ms", "min_ms", "max_ms", "processor_ms")
    print(f"{'question':<32}", *(f"{name.replace('_', ' '):>12}" for name in columns))
    for name, row in results.items():
        print(f"{name:<32}", *(f"{row[column]:>12}" for column in columns))


def _cold(store: Path, runs: int) -> Measurement:
    command: list[str | Path] = [*command_line(), "--store", store]
    question: list[str | Path] = [*command, "dependencies", PERSONA, "--to", "Capability", "--json"]
    costs = [measured(question) for _ in range(max(runs, 2))]
    row = spread([cost.seconds * 1000 for cost in costs])
    processor = sum(cost.processor_seconds for cost in costs) / len(costs)
    return {"dependencies, cold command": {**row, "processor_ms": round(processor * 1000, 1)}}


def _over_http(client: httpx.Client, runs: int, service: int) -> Measurement:
    results: Measurement = {}
    for name, path, parameters in (*QUESTIONS, *_saved_queries(client)):
        for _ in range(WARM_UP):
            client.get(path, params=parameters).raise_for_status()
        durations = []
        before = processor_seconds(service)
        for _ in range(runs):
            started = time.perf_counter()
            response = client.get(path, params=parameters)
            durations.append((time.perf_counter() - started) * 1000)
            response.raise_for_status()
        processor = (processor_seconds(service) - before) / runs
        results[name] = {**spread(durations), "processor_ms": round(processor * 1000, 1)}
    return results


def _saved_queries(client: httpx.Client) -> Iterator[Request]:
    """Yield every saved query; a parameter that it needs is the first entity of its class."""
    for query in client.get("/api/v1/queries").raise_for_status().json()["items"]:
        values = {
            each["name"]: _first(client, each["class"])
            for each in query["parameters"]
            if each["required"]
        }
        yield query["name"], f"/api/v1/queries/{query['name']}", values


def _first(client: httpx.Client, entity_class: str) -> str:
    wanted: dict[str, str | int] = {"class": entity_class, "limit": 1}
    found = client.get("/api/v1/entities", params=wanted).raise_for_status().json()
    return str(found["items"][0]["iri"])


@contextmanager
def serving(store: Path, options: Sequence[str] = ()) -> Iterator[tuple[str, int]]:
    """Serve a store as long as the block lasts; gives the address and the process.

    :param options: further options of the command.
    """
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [*command_line(), "--store", str(store), "serve", "--port", str(port), *options]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_until_ready(address, process)
            yield address, process.pid
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
