"""What readers and a writer cost each other over HTTP; how soon a store is ready; backups.

A service is started on a generated model. Readers ask a mix of questions, first alone, then while
a writer commits gated edits of entities one behind the other; then the writer goes on alone, and
while backups are taken.

Run it with ``python -m benchmarks.writing --entities 10000 --seconds 60``.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx

from benchmarks.answers import serving
from benchmarks.clients import Answers, Questions, ask, edits, reading
from benchmarks.machine import machine, machine_line, spread
from benchmarks.processes import processor_seconds
from benchmarks.stores import generated_store, leave_memory, say

_ALONE, _BESIDE = "readers alone", "readers and a writer"
_STARTS = 2


@dataclass(frozen=True, slots=True)
class Row:
    """Requests of one kind in one phase."""

    phase: str
    kind: str
    requests: int
    failed: int
    median_ms: float
    p95_ms: float
    max_ms: float


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds from the start of a process until it says that it is ready, and what it computed."""

    seconds: float
    processor_seconds: float


@dataclass(frozen=True, slots=True)
class Found:
    """All that was measured.

    :param starts: of two processes; for the first, the system was asked to forget the files of
        the store.
    :param p95_ratio: of all reads, beside the writer against alone.
    :param commits_per_second: by phase.
    :param processor_ms: what the service itself computed per commit while the writer was alone.
    :param backups: how many were taken.
    :param backup_mb: size of the last.
    """

    entities: int
    statements: int
    readers: int
    seconds: float
    starts: tuple[Start, ...]
    rows: tuple[Row, ...]
    p95_ratio: float
    failed_reads: int
    commits_per_second: dict[str, float]
    processor_ms: float
    backups: int
    backup_mb: float


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, then print a table or JSON."""
    parser = argparse.ArgumentParser(description="Measure reading beside writing.")
    parser.add_argument("--entities", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=10.0, help="of each phase")
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where the store is made; kept if given")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="orthogramic-writing-") as folder:
        store = generated_store(options.folder or Path(folder), options.entities, options.seed)
        found = measured(store, options.seconds, options.readers)
    if options.json:
        print(json.dumps({"machine": machine(), **asdict(found)}, indent=2))
    else:
        _print(found)


def measured(store: Path, seconds: float, readers: int) -> Found:
    """Start services on a store and measure them.

    :param seconds: how long each phase lasts.
    """
    say("starting …")
    starts = tuple(_start(store, from_disk=not number) for number in range(_STARTS))
    phases: dict[str, Answers] = {}
    with serving(store) as (address, process):
        statistics = httpx.get(f"{address}/api/v1/stats", timeout=600).raise_for_status().json()
        questions = Questions(address, seed=1)
        say("every kind of question once …")
        _warm_up(address, questions)
        say(f"{_ALONE} …")
        phases[_ALONE] = reading(address, questions, readers, _after(seconds))
        say(f"{_BESIDE} …")
        with _writer(address, 1) as written:
            phases[_BESIDE] = reading(address, questions, readers, _after(seconds))
        phases["the writer beside readers"] = written
        say("the writer alone, and while backups are taken …")
        used = processor_seconds(process)
        with _writer(address, 2) as written:
            time.sleep(seconds)
        used = processor_seconds(process) - used
        phases["the writer alone"] = alone = written
        with _writer(address, 3) as written:
            backups = _backups(address, _after(seconds))
        phases["the writer during backups"] = written
    _tell_failures(phases)
    return Found(
        entities=statistics["entities"],
        statements=statistics["triples"],
        readers=readers,
        seconds=seconds,
        starts=starts,
        rows=tuple(row for name, answers in phases.items() for row in _rows(name, answers)),
        p95_ratio=round(_p95(phases[_BESIDE]) / _p95(phases[_ALONE]), 2),
        failed_reads=phases[_ALONE].failed() + phases[_BESIDE].failed(),
        commits_per_second={
            name: round((len(each.all) - each.failed()) / seconds, 1)
            for name, each in phases.items()
            if name not in {_ALONE, _BESIDE}
        },
        processor_ms=round(used * 1000 / max(1, len(alone.all)), 1),
        backups=len(backups),
        backup_mb=round(backups[-1] / 1e6, 1),
    )


def _start(store: Path, *, from_disk: bool) -> Start:
    if from_disk:
        leave_memory(store)
    started = time.perf_counter()
    with serving(store) as (_, process):
        seconds = time.perf_counter() - started
        return Start(round(seconds, 2), round(processor_seconds(process), 2))


def _warm_up(address: str, questions: Questions) -> None:
    found = Answers()
    stopped = iter([False] * 10)
    ask(address, questions.requests(0), lambda: next(stopped, True), found)


def _after(seconds: float) -> Callable[[], bool]:
    until = time.monotonic() + seconds
    return lambda: time.monotonic() >= until


@contextmanager
def _writer(address: str, seed: int) -> Iterator[Answers]:
    """Commit edits as long as the block lasts."""
    found, stopped = Answers(), threading.Event()
    requests = edits(address, seed)
    task = threading.Thread(target=ask, args=(address, requests, stopped.is_set, found))
    # What can be edited is looked for before the clock runs.
    first = next(requests)
    assert first.body
    task.start()
    try:
        yield found
    finally:
        stopped.set()
        task.join()


def _backups(address: str, until: Callable[[], bool]) -> list[int]:
    """Take backups one behind the other, at least one; returns their sizes in bytes."""
    sizes: list[int] = []
    while not sizes or not until():
        with httpx.stream("GET", f"{address}/api/v1/backup", timeout=600) as answer:
            answer.raise_for_status()
            sizes.append(sum(map(len, answer.iter_raw())))
    return sizes


def _rows(phase: str, answers: Answers) -> Iterator[Row]:
    kinds = sorted(answers.milliseconds.items())
    for kind, durations in (*kinds, *([("all", answers.all)] if len(kinds) > 1 else [])):
        found = spread(durations if len(durations) > 1 else durations * 2)
        failed = answers.failed(None if kind == "all" else kind)
        yield Row(
            phase,
            kind,
            len(durations),
            failed,
            found["median_ms"],
            found["p95_ms"],
            found["max_ms"],
        )


def _p95(answers: Answers) -> float:
    return spread(answers.all)["p95_ms"]


def _tell_failures(phases: dict[str, Answers]) -> None:
    for phase, answers in phases.items():
        for kind, several in answers.failures.items():
            say(f"{phase}: {len(several)} of {kind} failed, first: {several[0]}")


def _print(found: Found) -> None:
    print(machine_line())
    print(f"{found.entities} entities, {found.statements} statements, {found.readers} readers\n")
    print(
        f"{'phase':<28} {'what':<20} {'requests':>9} {'failed':>7} "
        f"{'median ms':>10} {'p95 ms':>9} {'max ms':>9}"
    )
    for row in found.rows:
        print(
            f"{row.phase:<28} {row.kind:<20} {row.requests:>9} {row.failed:>7} "
            f"{row.median_ms:>10.1f} {row.p95_ms:>9.1f} {row.max_ms:>9.1f}"
        )
    print()
    for where, start in zip(
        ("from the disk", "with the files in memory"), found.starts, strict=True
    ):
        print(
            f"ready after {start.seconds} s {where} ({start.processor_seconds} processor seconds)"
        )
    print(f"reads beside the writer: p95 × {found.p95_ratio}, {found.failed_reads} failed")
    for phase, rate in found.commits_per_second.items():
        print(f"{phase}: {rate} commits per second")
    print(f"the writer alone: {found.processor_ms} processor ms of the service per commit")
    print(f"{found.backups} backups of {found.backup_mb} MB while the writer went on")


if __name__ == "__main__":
    main()
