"""A soak: thousands of hostile requests to a service, and what is left of it afterwards.

Queries that multiply, double, sort, nest and follow paths without end, many with a short timeout,
from several clients; some clients go away. Between them, an honest query must be answered.

Run it with ``python -m benchmarks.hostile --requests 10000``.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import httpx

from benchmarks.answers import serving
from benchmarks.machine import machine, machine_line
from benchmarks.processes import command_line, measured

ALL = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i ."
DOUBLING = "BIND('aaaaaaaaaaaaaaaa' AS ?v0) " + "".join(
    f"BIND(CONCAT(?v{at}, ?v{at}) AS ?v{at + 1}) " for at in range(40)
)
HOSTILE = (
    f"SELECT (COUNT(*) AS ?n) {{ {ALL} }}",
    f"SELECT * {{ {ALL} }} ORDER BY CONCAT(STR(?c), STR(?f), STR(?i))",
    f"SELECT (STRLEN(?v40) AS ?n) {{ {DOUBLING} }}",
    f"SELECT (STRLEN(GROUP_CONCAT(CONCAT(STR(?a), STR(?d), STR(?g)))) AS ?n) {{ {ALL} }}",
    "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>|^!<urn:x>)* ?b . ?b (!<urn:x>|^!<urn:x>)* ?c }",
    f"SELECT * {{ {ALL} }}",
    f"SELECT DISTINCT ?a ?d ?g {{ {ALL} }} OFFSET 999999999",
    "ASK " + "{" * 2000 + "}" * 2000,
    "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "SELECT ?x WHERE { ?x ",
)
OPTIONS = ("--query-seconds", "2", "--query-memory", "256", "--query-nesting", "5000")


@dataclass(slots=True)
class Soak:
    """What was sent and what came of it.

    :param said: answers by status and code.
    :param honest: milliseconds of each honest query in between.
    :param failed: honest queries that were not answered.
    """

    said: Counter[str] = field(default_factory=Counter)
    honest: list[float] = field(default_factory=list)
    failed: int = 0
    before_mb: float = 0.0
    after_mb: float = 0.0
    seconds: float = 0.0


def main(arguments: Sequence[str] | None = None) -> None:
    """Send the requests, then tell."""
    parser = argparse.ArgumentParser(description="Send hostile requests to a service.")
    parser.add_argument("--requests", type=int, default=1000)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--longest", type=float, default=0.05, help="timeout that is asked for")
    parser.add_argument("--json", action="store_true", help="print JSON instead of lines")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="orthogramic-hostile-") as folder:
        store = Path(folder) / "store"
        measured([*command_line(), "--store", store, "load", "--reference"])
        with serving(store, OPTIONS) as (address, process):
            found = _soak(address, process, options)
    if options.json:
        print(json.dumps({"machine": machine(), "soak": asdict(found)}, indent=2))
        return
    print(machine_line())
    print(f"\n{sum(found.said.values())} hostile requests in {found.seconds:.0f} s")
    for what, times in sorted(found.said.items()):
        print(f"  {times:>6}  {what}")
    slowest = max(found.honest, default=0.0)
    print(f"{len(found.honest)} honest queries answered, slowest {slowest:.0f} ms")
    print(f"{found.failed} honest queries not answered")
    print(f"memory of the service: {found.before_mb:.0f} MB before, {found.after_mb:.0f} MB after")


def _soak(address: str, process: int, options: argparse.Namespace) -> Soak:
    found = Soak()
    lock = threading.Lock()
    for _ in range(50):
        httpx.get(f"{address}/sparql", params={"query": "ASK {}"}).raise_for_status()
    found.before_mb = _memory(process)
    started = time.monotonic()
    share = options.requests // options.clients

    def attack(seed: int) -> None:
        randomness = random.Random(seed)
        with httpx.Client(base_url=address, timeout=60) as client:
            for number in range(share):
                what = _hostile(client, randomness, options.longest)
                with lock:
                    found.said[what] += 1
                if number % 25 == 0:
                    _honest(client, found, lock)

    clients = [threading.Thread(target=attack, args=(each,)) for each in range(options.clients)]
    for each in clients:
        each.start()
    for each in clients:
        each.join()
    found.seconds = time.monotonic() - started
    time.sleep(3)
    with httpx.Client(base_url=address, timeout=60) as client:
        _honest(client, found, lock)
    found.after_mb = _memory(process)
    return found


def _hostile(client: httpx.Client, randomness: random.Random, longest: float) -> str:
    parameters = {"query": randomness.choice(HOSTILE)}
    if randomness.random() < 0.95:
        parameters["timeout"] = f"{randomness.uniform(0.001, longest):.3f}"
    try:
        if randomness.random() < 0.05:
            client.get("/sparql", params=parameters, timeout=longest / 2)
            return "answered at once"
        answer = client.get("/sparql", params=parameters)
        return f"{answer.status_code} {answer.json().get('code', 'answered')}"
    except httpx.TimeoutException:
        return "client went away"
    except httpx.TransportError:
        return "broken off"


def _honest(client: httpx.Client, found: Soak, lock: threading.Lock) -> None:
    started = time.perf_counter()
    answer = client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"})
    with lock:
        if answer.is_success:
            found.honest.append((time.perf_counter() - started) * 1000)
        else:
            found.failed += 1


def _memory(process: int) -> float:
    """Return the resident memory of a process in MB; 0 where the system keeps none."""
    shown = subprocess.run(
        ["ps", "-o", "rss=", "-p", str(process)],  # noqa: S607
        check=False,
        capture_output=True,
        text=True,
    )
    return int(shown.stdout.strip() or 0) / 1024


if __name__ == "__main__":
    main()
