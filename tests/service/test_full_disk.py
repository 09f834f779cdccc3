"""A service whose disk becomes full: 507 to whoever writes, answers to whoever reads."""

from __future__ import annotations

import json
import os
import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

import orthogramic
from tests.conftest import TOY
from tests.service.killed import Served
from tests.unit.repository.killable_writes import start
from tests.unit.repository.killing import Killables
from tests.unit.repository.small_disk import fill, fill_but, small_disk

KINDS = ("update", "put", "entity")
READS = (
    "/sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D",
    "/api/v1/stats",
    "/api/v1/results",
    "/api/v1/entities?class=Hive",
    "/api/v1/history",
    "/api/v1/search?q=Lone",
    "/api/v1/export?format=trig",
)


@pytest.fixture(scope="module")
def killables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Killables]:
    with Killables(tmp_path_factory.mktemp("told")) as started:
        yield started


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", "24m") as mounted:
        yield mounted


@pytest.fixture
def served(killables: Killables, disk: Path) -> Iterator[Served]:
    with orthogramic.open(disk / "store", bundle=[TOY]) as repository:
        start(repository)
        repository.results()
    service = Served(killables, disk / "store")
    yield service
    service.stop()


def refused(served: Served, kind: str, number: int) -> str:
    """Return why a write was refused."""
    status, body = served.ask_to_write(kind, number)
    said = json.loads(body)
    assert (status, said["code"]) == (507, "store-not-writable"), said
    return str(said["detail"])


def check_reads(served: Served) -> None:
    for path in READS:
        status, body = served.send("GET", path)
        assert status == 200, (path, body)


def history(served: Served) -> list[str]:
    items = json.loads(served.send("GET", "/api/v1/history?limit=1000")[1])["items"]
    return [each["message"] for each in items][::-1]


def test_a_full_disk(served: Served, disk: Path) -> None:
    for kind in KINDS:
        served.write(kind, 0)
    before = history(served)
    for keep in (0, 100_000, 300_000):
        fill_but(disk, keep) if keep else fill(disk)
        for kind in KINDS:
            assert "no space left on the disk" in refused(served, kind, 1)
        check_reads(served)
        assert history(served) == before
        (disk / "ballast").unlink()
    for kind in KINDS:
        served.write(kind, 1)
    check_reads(served)
    assert history(served) == [*before, "1", "1", "1"]


def test_a_disk_that_becomes_full_while_somebody_writes(served: Served, disk: Path) -> None:
    """Whatever is acknowledged is read by the next question, to the last that fits."""
    fill_but(disk, 3_000_000)
    acknowledged = 0
    while acknowledged < 2000:
        status, body = served.ask_to_write("put", acknowledged)
        if status == 507:
            break
        assert status in {201, 204}, body
        acknowledged += 1
        question = f"ASK {{ ?h ?p 'Put {acknowledged - 1}' }}".replace(" ", "%20")
        question = question.replace("{", "%7B").replace("}", "%7D").replace("?", "%3F")
        status, body = served.send("GET", f"/sparql?query={question}")
        assert (status, json.loads(body)["boolean"]) == (200, True)
    assert status == 507
    check_reads(served)
    (disk / "ballast").unlink()
    served.write("put", acknowledged)
    assert history(served)[2:] == [str(each) for each in range(acknowledged + 1)]


def test_a_disk_that_refuses(served: Served, disk: Path) -> None:
    """There is room, and yet no file may grow: as by a quota, or as on a disk that breaks."""
    served.write("update", 0)
    served.write("entity", 0)
    before = history(served)
    process = served.process.process
    soft, hard = resource.prlimit(process, resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (1, hard))
    for kind in KINDS * 2:
        assert "cannot be written (File too large); nothing was changed" in refused(served, kind, 1)
    check_reads(served)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (soft, hard))
    served.write("update", 1)
    assert history(served) == [*before, "1"]


def test_a_backup_of_a_service_whose_disk_is_full(served: Served, disk: Path) -> None:
    """That is when it is wanted most."""
    served.write("update", 0)
    fill(disk)
    status, body = served.send("GET", "/api/v1/backup")
    assert (status, body.count(b'{"format":1')) == (200, 3)
    assert os.statvfs(disk).f_bavail == 0
