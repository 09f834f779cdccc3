"""Kill -9 of a service in the midst of a write: what was acknowledged is there, nobody else is."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random
from urllib.parse import quote

import pytest

import orthogramic
from orthogramic.repository.backup_file import read_backup
from tests.conftest import TOY
from tests.unit.repository.killable_writes import (
    GRAPH,
    STARTED,
    entity_step,
    graph_document,
    start,
    update_text,
)
from tests.unit.repository.killing import (
    PATIENCE,
    Killable,
    Killables,
    check_recovered,
    check_verified,
    runs,
)

#: How often each test kills; a hundred times and more are for a night, not for every change.
KILLS = int(os.environ.get("ORTHOGRAMIC_KILLS", "0"))
#: Where a write is stopped, the kind of write, and whether it is there afterwards.
POINTS = (
    ("torn", "update", False),
    ("unsynced", "entity", True),
    ("logged", "put", True),
    ("stored", "update", True),
    ("catalogued", "put", True),
    ("kept", "entity", True),
)
Gone = (OSError, http.client.HTTPException)


@pytest.fixture(scope="module")
def killables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Killables]:
    with Killables(tmp_path_factory.mktemp("told")) as started:
        yield started


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "store"
    with orthogramic.open(path, bundle=[TOY]) as repository:
        start(repository)
        repository.results()
    return path


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Path:
    """Return a copy of a store that some hives are in."""
    return Path(shutil.copytree(made, tmp_path / "store"))


class Served:
    """A service that will be killed, and a connection to it."""

    def __init__(self, killables: Killables, store: Path, point: str = "", left: int = 0) -> None:
        self.process: Killable = killables.start(store, "service", point=point, left=left)
        self._connection = http.client.HTTPConnection(self._address(store), timeout=PATIENCE)
        # Now there are workers.
        status, body = self.send("GET", f"/sparql?query={quote('ASK { ?s ?p ?o }')}")
        assert (status, json.loads(body)["boolean"]) == (200, True)

    def _address(self, store: Path) -> str:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with suppress(OSError, ValueError):
                said = json.loads((store / "service.json").read_text("utf-8"))
                if said["pid"] == self.process.process:
                    return str(said["url"]).removeprefix("http://")
            assert runs(self.process.process), "the service ended before it was killed"
            time.sleep(0.01)
        raise AssertionError("the service does not come up")

    def send(
        self, method: str, path: str, body: bytes | None = None, media_type: str = ""
    ) -> tuple[int, bytes]:
        """Return status and body of an answer that came to its end."""
        headers = {"Content-Type": media_type} if media_type else {}
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        return answer.status, answer.read()

    def write(self, kind: str, number: int) -> None:
        """Make the write of a number; it comes back once the service has acknowledged it."""
        if kind == "update":
            sent = ("POST", "/sparql?", update_text(number).encode(), "application/sparql-update")
        elif kind == "put":
            sent = ("PUT", f"/graphs?graph={quote(GRAPH, safe='')}&", graph_document(number), "")
            sent = (*sent[:3], "text/turtle")
        else:
            method, name, document = entity_step(number)
            kind_of = "application/merge-patch+json" if method == "PATCH" else "application/json"
            sent = (method, f"/api/v1/entities{name}?", document or b"", kind_of)
        method, path, body, media_type = sent
        status, said = self.send(method, f"{path}message={number}", body or None, media_type)
        assert status in {200, 201, 204}, said

    def write_until_gone(self, kind: str, first: int) -> int:
        """Write on until nobody answers any more; return the number of the next write."""
        for number in range(first, first + 10_000):
            try:
                self.write(kind, number)
            except Gone:
                return number
        raise AssertionError("the service was not killed")

    def check_gone(self, store: Path) -> None:
        """See that nothing of it runs; leave what the next service has to clear away."""
        self._connection.close()
        self.process.wait_until_dead()
        assert self.process.orphans() == []
        assert (store / "replicas").exists()
        (store / "replicas" / "stale").mkdir(exist_ok=True)

    def stop(self) -> None:
        """End it in order."""
        self._connection.close()
        os.kill(self.process.process, signal.SIGTERM)
        self.process.wait_until_dead()


def check_cleared(store: Path) -> None:
    """See that a service clears away what one before has left, and leaves nothing itself."""
    assert not (store / "replicas" / "stale").exists()


@pytest.mark.parametrize("kind", ["update", "put", "entity"])
def test_killed_at_any_moment(killables: Killables, store: Path, kind: str) -> None:
    random, there = Random(kind), 0
    for attempt in range(KILLS or 1):
        served = Served(killables, store)
        check_cleared(store)
        # Beyond the first writes, which are slower than the others.
        timer = threading.Timer(random.uniform(0.0, 0.3), served.process.kill)
        timer.start()
        acknowledged = served.write_until_gone(kind, there)
        timer.join()
        served.check_gone(store)
        there = check_recovered(store, kind, acknowledged)
        if attempt % 10 == 0:
            check_verified(store)
    check_verified(store)


@pytest.mark.parametrize(("point", "kind", "written"), POINTS)
def test_killed_at_each_point_of_a_write(
    killables: Killables, store: Path, point: str, kind: str, written: bool
) -> None:
    served = Served(killables, store, point, 1)
    acknowledged = served.write_until_gone(kind, 0)
    assert acknowledged == 1
    served.check_gone(store)
    assert check_recovered(store, kind, acknowledged) == acknowledged + written
    check_verified(store)
    again = Served(killables, store)
    check_cleared(store)
    again.write(kind, acknowledged + written)
    again.stop()
    assert not (store / "replicas").exists()


def test_killed_while_it_gives_backups(killables: Killables, store: Path, tmp_path: Path) -> None:
    random, there, path = Random(4), 0, tmp_path / "backup"
    for _ in range(KILLS or 1):
        served = Served(killables, store)
        timer = threading.Timer(random.uniform(0.0, 0.2), served.process.kill)
        timer.start()
        try:
            for number in range(there, there + 10_000):
                served.write("update", number)
                there = number + 1
                path.write_bytes(served.send("GET", "/api/v1/backup")[1])
                assert read_backup(path).commits == STARTED + there
        except Gone:
            pass
        timer.join()
        served.check_gone(store)
        there = check_recovered(store, "update", there)
    check_verified(store)
