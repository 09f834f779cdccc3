"""A process that is killed or interrupted loses nothing acknowledged and leaves nothing half."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path
from random import Random

import pytest

import orthogramic
from orthogramic.vocabulary import KR, PROV
from tests.conftest import TOY
from tests.unit.repository.processes import ROOT, cli, environment, hives

#: Loads batches of hives until it is killed, and says which it was told are committed.
WRITER = """
import sys
import orthogramic
from tests.unit.repository.processes import hives

path, bundle, gate, size, first = sys.argv[1:]
with orthogramic.open(path, bundle=[bundle]) as repository:
    print("ready", flush=True)
    for batch in range(int(first), 1000):
        record = repository.load_bytes(
            hives(batch * int(size), int(size)).encode(),
            syntax="turtle",
            gate=gate == "gate",
            message=f"batch {batch}",
        )
        print(f"batch {batch}", flush=True)
"""

#: How often each test kills; a hundred times and more are for a night, not for every change.
KILLS = int(os.environ.get("ORTHOGRAMIC_KILLS", "0"))

ASKS = "SELECT ?s ?l WHERE { ?s a <https://bees.example/terms#Hive> ; rdfs:label ?l }"


def write_until_killed(
    path: Path, gate: str, size: int, first: int, seconds: float, *, once_acknowledged: bool
) -> list[str]:
    """Return the batches that were acknowledged before a kill -9.

    :param seconds: how long to wait before the killing.
    :param once_acknowledged: wait from the first acknowledgement on, not from the start: a busy
        machine may not get as far otherwise.
    """
    writer = subprocess.Popen(
        [
            *cli()[:1],
            *("-c", WRITER, str(path), str(TOY), gate, str(size), str(first)),
        ],
        env=environment(),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout is not None
    with writer, writer.stdout:
        assert writer.stdout.readline() == "ready\n"
        heard = writer.stdout.readline() if once_acknowledged else ""
        time.sleep(seconds)
        writer.send_signal(signal.SIGKILL)
        return (heard + writer.stdout.read()).splitlines()


def check(path: Path, size: int, acknowledged: list[str]) -> int:
    """Hold what is there against what was acknowledged; return how many batches there are."""
    with orthogramic.open(path, bundle=[TOY]) as repository:
        messages = [each.message for each in repository.history(1000).items][::-1]
        assert messages == [f"batch {each}" for each in range(len(messages))]
        assert messages[: len(acknowledged)] == acknowledged
        assert len(messages) <= len(acknowledged) + 1
        hive_count = size * len(messages)
        assert repository.entities("Hive").total == hive_count
        # Asserted and inferred alike: what follows from a hive is there with it.
        assert len(list(repository.sparql(ASKS).rows())) == hive_count
        assert repository.stats().triples == hive_count * 4 + (2 if messages else 0)
        commits = f"SELECT ?c FROM {KR.commits} WHERE {{ ?c a {PROV.Activity} }}"
        assert len(list(repository.sparql(commits).rows())) == len(messages)
        return len(messages)


@pytest.mark.parametrize(("gate", "size"), [("gate", 2), ("no-gate", 400)])
def test_kill_9_at_any_moment(tmp_path: Path, gate: str, size: int) -> None:
    """Several times on one store, so that a recovered store is killed again."""
    path = tmp_path / "store"
    random = Random(size)
    acknowledged: list[str] = []
    for attempt in range(KILLS or 6):
        first, seconds = len(acknowledged), random.uniform(0.0, 0.5)
        acknowledged += write_until_killed(
            path, gate, size, first, seconds, once_acknowledged=attempt % 2 == 1
        )
        found = check(path, size, acknowledged)
        # One more may have been committed without anybody having heard of it.
        acknowledged = [f"batch {each}" for each in range(found)]
    assert len(acknowledged) >= 3


@pytest.mark.parametrize("options", [(), ("--no-gate",)])
def test_an_interrupt_in_the_middle_of_a_load(tmp_path: Path, options: tuple[str, ...]) -> None:
    path = tmp_path / "store"
    with orthogramic.open(path, bundle=[TOY]) as repository:
        repository.load([TOY / "data"])
        before = b"".join(repository.export("nquads", inferred=True))
    log = (path / "commits.log").read_bytes()
    data = tmp_path / "many.ttl"
    data.write_text(hives(0, 40_000 if options else 3000), encoding="utf-8")
    process = subprocess.Popen(
        cli("--store", path, "--bundle", TOY, "load", *options, data),
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    stage = b"storing" if options else b"Validating"
    stages = iter(process.stderr.readline, b"")
    heard = next((each for each in stages if each.lower().startswith(stage.lower())), None)
    assert heard is not None, "the load ended before it could be interrupted"
    process.send_signal(signal.SIGINT)
    output, rest = process.communicate(timeout=60)
    assert process.returncode == 130
    assert (output, rest.strip()) == (b"", b"orthogramic: Stopped; nothing was changed.")
    assert (path / "commits.log").read_bytes() == log
    with orthogramic.open(path, bundle=[TOY]) as repository:
        assert b"".join(repository.export("nquads", inferred=True)) == before
        assert repository.entities().total == 6
