"""What it costs that queries run where they can be killed, and what it is good for.

Short queries in this process and in a worker, in turn; the first bytes of a large answer; the time
until a killed worker is replaced; readers side by side, alone and while somebody writes.

Run it with ``python -m benchmarks.isolation``; ``python -m benchmarks.hostile`` is the soak.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import count
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from benchmarks.bundle import read_vocabulary
from benchmarks.generate import Generator
from benchmarks.machine import machine, machine_line, spread
from orthogramic.errors import OrthogramicError
from orthogramic.repository.bundle import read_bundle
from orthogramic.repository.directory import StoreDirectory
from orthogramic.repository.isolation import query_pool
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.store.isolation.bounds import Bounds
from orthogramic.store.isolation.evaluator import Evaluator, InProcess
from orthogramic.store.question import Question
from orthogramic.syntax import RdfSyntax, read_quads

REPOSITORY = Path(__file__).resolve().parents[1]
LOOK_UP = "SELECT ?p ?o WHERE { <%s> ?p ?o }"
TWO_STEPS = "SELECT ?a ?b WHERE { <%s> ?p ?a . ?a ?q ?b } LIMIT 50"
LARGE = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT 1000000"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
Row = dict[str, float | int]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, then print a table or JSON."""
    parser = argparse.ArgumentParser(description="Measure what isolated queries cost.")
    parser.add_argument("--entities", type=int, default=10_000)
    parser.add_argument("--queries", type=int, default=1000)
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=5.0, help="of reading side by side")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="orthogramic-isolation-") as folder:
        directory = StoreDirectory(Path(folder) / "store")
        with closing(KnowledgeBase(read_bundle([REPOSITORY]), directory)) as knowledge:
            names = _fill(knowledge, options.entities, options.seed)
            rows = _rows(knowledge, names, options)
    if options.json:
        print(json.dumps({"machine": machine(), "rows": rows}, indent=2))
        return
    print(machine_line())
    print(f"{options.entities} entities\n")
    columns = ("runs", "median_ms", "p95_ms", "min_ms", "max_ms")
    print(f"{'what':<44}", *(f"{name.replace('_', ' '):>11}" for name in columns))
    for name, row in rows.items():
        print(f"{name:<44}", *(f"{row[column]:>11}" for column in columns))


def _fill(knowledge: KnowledgeBase, entities: int, seed: int) -> list[str]:
    """Load a generated model without the gate; returns names of entities."""
    generator = Generator(read_vocabulary(), entities, seed)
    document = "".join(generator.blocks()).encode()
    quads = list(read_quads(document, RdfSyntax.NQUADS))
    knowledge.commit_stream(quads)
    names = {each.subject.value for each in quads if isinstance(each.subject, NamedNode)}
    return random.Random(seed).sample(sorted(names), min(5000, len(names)))


def _rows(
    knowledge: KnowledgeBase, names: list[str], options: argparse.Namespace
) -> dict[str, Row]:
    bounds = Bounds(seconds=60)
    at_home = InProcess(knowledge.store, lambda: knowledge.snapshot, bounds)
    rows: dict[str, Row] = {}
    with closing(query_pool(knowledge, bounds)) as pool:
        _taken(pool, Question("ASK {}"))
        time.sleep(3)
        for what, text in (("look-up", LOOK_UP), ("two steps", TWO_STEPS)):
            rows |= _side_by_side(what, text, at_home, pool, names, options.queries)
        rows["large answer in a worker, first bytes"] = spread(
            [_taken(pool, Question(LARGE))[0] for _ in range(3)]
        )
        rows["large answer in a worker, all"] = spread(
            [_taken(pool, Question(LARGE))[1] for _ in range(3)]
        )
    rows["next answer after a kill, no spare"] = spread(_restarts(knowledge, spares=0))
    rows["next answer after a kill, one spare"] = spread(_restarts(knowledge, spares=1))
    with closing(query_pool(knowledge, bounds)) as pool:
        _taken(pool, Question("ASK {}"))
        time.sleep(3)
        for what, evaluator in (("this process", at_home), ("workers", pool)):
            label = f"{options.readers} readers, {what}"
            rows[label] = _readers(evaluator, names, options)
            with _Writer(knowledge):
                rows[f"{label}, and a writer"] = _readers(evaluator, names, options)
    return rows


def _side_by_side(
    what: str, text: str, at_home: Evaluator, pool: Evaluator, names: list[str], runs: int
) -> dict[str, Row]:
    """Ask the same questions in both places, in turn."""
    durations: dict[str, list[float]] = {"this process": [], "a worker": []}
    for run in range(runs):
        question = Question(text % names[run % len(names)])
        durations["this process"].append(_taken(at_home, question)[1])
        durations["a worker"].append(_taken(pool, question)[1])
    return {f"{what} in {where}": spread(each) for where, each in durations.items()}


def _taken(evaluator: Evaluator, question: Question) -> tuple[float, float]:
    """Return the milliseconds until the first and the last bytes of an answer."""
    started = time.perf_counter()
    answer = evaluator.evaluate(question)
    pieces = answer.pieces()
    next(pieces)
    first = time.perf_counter() - started
    for _ in pieces:
        pass
    answer.close()
    return first * 1000, (time.perf_counter() - started) * 1000


def _restarts(knowledge: KnowledgeBase, *, spares: int) -> list[float]:
    bounds = Bounds(seconds=0.2, workers=1, spares=spares)
    durations: list[float] = []
    # The question after a kill must be able to wait for the start of a worker.
    patient = replace(bounds, seconds=30)
    with closing(query_pool(knowledge, patient)) as pool:
        _taken(pool, Question("ASK {}"))
        for _ in range(5):
            time.sleep(1.5)
            try:
                pool.evaluate(Question(ENDLESS), seconds=bounds.seconds)
            except OrthogramicError:
                durations.append(_taken(pool, Question("ASK {}"))[1])
    return durations


def _readers(evaluator: Evaluator, names: list[str], options: argparse.Namespace) -> Row:
    until = time.perf_counter() + options.seconds
    durations: list[float] = []

    def read(seed: int) -> None:
        randomness = random.Random(seed)
        while time.perf_counter() < until:
            text = randomness.choice((LOOK_UP, TWO_STEPS)) % randomness.choice(names)
            durations.append(_taken(evaluator, Question(text))[1])

    _together([lambda seed=seed: read(seed) for seed in range(options.readers)])  # type: ignore[misc]
    return spread(durations)


def _together(tasks: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=each) for each in tasks]
    for each in threads:
        each.start()
    for each in threads:
        each.join()


class _Writer:
    """Somebody who commits small changes, without the gate, as long as the block lasts."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._knowledge = knowledge
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._write)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_error: object) -> None:
        self._stopped.set()
        self._thread.join()

    def _write(self) -> None:
        thing, says = (
            NamedNode("https://things.example/x"),
            NamedNode("https://things.example/says"),
        )
        graph = NamedNode("https://things.example/graph")
        for number in count():
            if self._stopped.is_set():
                return
            quad = Quad(thing, says, Literal(f"{time.monotonic()} {number}"), graph)
            self._knowledge.commit([quad], gate=False, message="a small change")


if __name__ == "__main__":
    main()
