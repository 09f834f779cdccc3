"""A soak: thousands of hostile requests to a service, and what is left of it afterwards.

Queries that multiply, double, sort, nest and follow paths without end, many with a short timeout;
updates whose patterns do the same, also after a change, and changes that are too large; shapes that
never end; documents that nest without end. They come from several clients; some clients go away.
Between them, an honest query and an honest write must be answered. First of all a million rows are
sorted, and 4 KB of braces are sent, at the bounds that hold where nobody sets any.

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
from collections.abc import Callable, Sequence
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
UPDATES = (
    f"INSERT {{ <urn:x> <urn:y> ?n }} WHERE {{ SELECT (COUNT(*) AS ?n) {{ {ALL} }} }}",
    f"INSERT {{ ?a <urn:y> ?i }} WHERE {{ {ALL} }}",
    f"DELETE {{ ?s ?p ?o }} INSERT {{ ?s ?p ?v40 }} WHERE {{ ?s ?p ?o {DOUBLING} }}",
    "INSERT DATA { <urn:x> <urn:y> 1 } ; "
    f"INSERT {{ <urn:x> <urn:z> ?n }} WHERE {{ SELECT (COUNT(*) AS ?n) {{ {ALL} }} }}",
    "INSERT {} WHERE " + "{" * 2000 + "}" * 2000,
    "INSERT DATA { " + " ".join(f"<urn:s> <urn:p> {n} ." for n in range(100_000)) + " }",
    "LOAD <http://127.0.0.1:1/>",
)
_SHAPES = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <urn:> . "
SHAPES = (
    ':S a sh:NodeShape ; sh:targetNode :n ; sh:property [ sh:path :p ; sh:pattern "^(a+)+$" ] .',
    ':S a sh:NodeShape ; sh:targetNode :n ; sh:sparql [ sh:message "m" ; sh:select '
    f'"SELECT $this {{ $this ?x ?y . {DOUBLING} FILTER(STRLEN(?v39) > 1) }}" ] .',
    ":S0 sh:targetNode :n . "
    + "".join(
        f":S{n} a sh:NodeShape ; sh:and ( :S{n + 1} :S{n + 1} :S{n + 1} ) . " for n in range(25)
    ),
)
DEEP = 20_000
DOCUMENTS = (
    ("application/ld+json", '{"urn:p":' * DEEP + "1" + "}" * DEEP),
    ("text/turtle", "<urn:x> <urn:p> " + "[ <urn:p> " * DEEP + "1" + " ]" * DEEP + " ."),
    (
        "application/rdf+xml",
        '<!DOCTYPE r [<!ENTITY a0 "aaaaaaaaaa">'
        + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
        + ']><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">&a9;</rdf:RDF>',
    ),
)
#: How many of a hundred requests are updates, validations and documents; the others are queries.
SHARES = (14, 3, 3)
_THOUSAND = " ".join(map(str, range(1000)))
AT_DEFAULT_BOUNDS = {
    "a million rows sorted": (
        f"SELECT * {{ VALUES ?a {{ {_THOUSAND} }} VALUES ?b {{ {_THOUSAND} }} }} "
        "ORDER BY DESC(CONCAT(STR(?b), STR(?a)))"
    ),
    "4 KB of braces": "ASK " + "{" * 2048 + "}" * 2048,
}
OPTIONS = ("--query-seconds", "2", "--query-memory", "256", "--query-nesting", "5000")


@dataclass(slots=True)
class Soak:
    """What was sent and what came of it.

    :param said: answers by status and code.
    :param honest: milliseconds of each honest query in between.
    :param failed: honest queries that were not answered.
    :param written: milliseconds of each honest write.
    :param busy: honest writes that were told to come again.
    :param lost: honest writes that failed otherwise.
    :param alone: status, code and seconds of what was sent at the bounds that nobody set.
    """

    said: Counter[str] = field(default_factory=Counter)
    honest: list[float] = field(default_factory=list)
    failed: int = 0
    written: list[float] = field(default_factory=list)
    busy: int = 0
    lost: int = 0
    alone: dict[str, str] = field(default_factory=dict)
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
        with serving(store) as (address, _):
            alone = {name: _alone(address, text) for name, text in AT_DEFAULT_BOUNDS.items()}
        with serving(store, OPTIONS) as (address, process):
            found = _soak(address, process, options)
    found.alone = alone
    if options.json:
        print(json.dumps({"machine": machine(), "soak": asdict(found)}, indent=2))
        return
    print(machine_line())
    for name, said in found.alone.items():
        print(f"{name}, at the bounds that nobody set: {said}")
    print(f"\n{sum(found.said.values())} hostile requests in {found.seconds:.0f} s")
    for what, times in sorted(found.said.items()):
        print(f"  {times:>6}  {what}")
    slowest = max(found.honest, default=0.0)
    print(f"{len(found.honest)} honest queries answered, slowest {slowest:.0f} ms")
    print(f"{found.failed} honest queries not answered")
    print(f"{len(found.written)} honest writes made, {found.busy} told to come again, ", end="")
    print(f"{found.lost} lost; slowest {max(found.written, default=0.0):.0f} ms")
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
                    _write(client, number, found, lock)

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


def _alone(address: str, text: str) -> str:
    started = time.monotonic()
    answer = httpx.post(
        f"{address}/sparql",
        content=text,
        headers={"Content-Type": "application/sparql-query", "Accept": "text/csv"},
        timeout=120,
    )
    code = "" if answer.is_success else f" {answer.json()['code']}"
    size = f", {len(answer.content) >> 20} MB" if answer.is_success else ""
    return f"{answer.status_code}{code}{size}, {time.monotonic() - started:.1f} s"


def _hostile(client: httpx.Client, randomness: random.Random, longest: float) -> str:
    updates, validations, documents = SHARES
    drawn = randomness.randrange(100)
    if drawn < updates:
        return _update(client, randomness, longest)
    if drawn < updates + validations:
        data = f':n :p "{"a" * 40}!" .'
        body = {"data": _SHAPES + data, "shapes": _SHAPES + randomness.choice(SHAPES)}
        return _sent(lambda: client.post("/api/v1/validate", json=body))
    if drawn < updates + validations + documents:
        media, content = randomness.choice(DOCUMENTS)
        fields = {"Content-Type": media}
        path = "/graphs?graph=urn:d&dry_run=true"
        return _sent(lambda: client.put(path, content=content, headers=fields))
    return _query(client, randomness, longest)


def _update(client: httpx.Client, randomness: random.Random, longest: float) -> str:
    text = randomness.choice(UPDATES)
    seconds = randomness.uniform(0.001, longest)
    fields = {"Content-Type": "application/sparql-update"}
    return _sent(lambda: client.post(f"/sparql?timeout={seconds}", content=text, headers=fields))


def _sent(send: Callable[[], httpx.Response]) -> str:
    try:
        answer = send()
    except httpx.TransportError:
        return "broken off"
    if answer.is_success:
        return f"{answer.status_code} answered"
    return f"{answer.status_code} {answer.json().get('code')}"


def _query(client: httpx.Client, randomness: random.Random, longest: float) -> str:
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


def _write(client: httpx.Client, number: int, found: Soak, lock: threading.Lock) -> None:
    started = time.perf_counter()
    text = f"DELETE WHERE {{ <urn:h> <urn:p> ?o }} ; INSERT DATA {{ <urn:h> <urn:p> {number} }}"
    answer = client.post(
        "/sparql",
        content=text,
        headers={"Content-Type": "application/sparql-update"},
    )
    with lock:
        if answer.is_success:
            found.written.append((time.perf_counter() - started) * 1000)
        elif answer.json().get("code") == "service-busy":
            found.busy += 1
        else:
            found.lost += 1


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
