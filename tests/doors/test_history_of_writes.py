"""What the history says of a write through each of the doors: who, why, when, exactly what."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

import orthogramic
from orthogramic import Repository
from orthogramic.cli.main import run
from orthogramic.repository import commit_log
from orthogramic.service.app import create_service
from orthogramic.service.settings import Settings
from tests.conftest import TOY
from tests.service.service_client import ServiceClient
from tests.unit.repository.processes import hives

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
GRAPH = "https://bees.example/graph/fence"
ADDRESS = f"/graphs?graph={quote(GRAPH, safe='')}"
BEES = "PREFIX bee: <https://bees.example/terms#>"
RENAME = f"""{BEES}
DELETE {{ GRAPH ?g {{ ?hive bee:caption ?old }} }}
INSERT {{ GRAPH ?g {{ ?hive bee:caption ?new }} }}
WHERE {{ GRAPH ?g {{ ?hive a bee:Hive ; bee:caption ?old }} BIND(CONCAT(?old, "!") AS ?new) }}"""


class Clock(datetime):
    """A clock that somebody sets back before every commit."""

    shown = NOON

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        cls.shown -= timedelta(hours=1)
        return cls.shown.astimezone(tz)


@pytest.fixture(autouse=True)
def _set_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Clock, "shown", NOON)
    monkeypatch.setattr(commit_log, "datetime", Clock)


@pytest.fixture
def stored(tmp_path: Path) -> Iterator[Repository]:
    with orthogramic.open(tmp_path / "store", bundle=[TOY]) as repository:
        repository.load_bytes(hives(0, 3).encode(), syntax="turtle", author="Nobody")
        yield repository


def statements(repository: Repository) -> set[str]:
    """Return what is there, by an export, which knows nothing of commits."""
    text = b"".join(repository.export("nquads")).decode()
    return {each for each in text.splitlines() if each}


Door = Callable[[ServiceClient, str], Any]


def _send(method: str, path: str, content: str | None = None, media_type: str = "") -> Door:
    def door(client: ServiceClient, query: str) -> Any:
        address = f"{path}{'&' if '?' in path else '?'}{query}"
        headers = {"Content-Type": media_type} if media_type else {}
        return client.send(method, address, content=content, headers=headers)

    return door


_HIVE = {"class": "Hive", "hiveCode": "D-1", "caption": "By a document", "foragesAt": ["Hill"]}
_OTHER = {**_HIVE, "caption": "By another", "temper": "lively"}
_FENCE = hives(20, 2)

#: In an order in which each has something to do.
DOORS: dict[str, Door] = {
    "import": _send("POST", "/api/v1/import", hives(10, 2), "text/turtle"),
    "create": _send("POST", "/api/v1/entities", json.dumps(_HIVE), "application/json"),
    "replace": _send("PUT", "/api/v1/entities/Hive/D-1", json.dumps(_OTHER), "application/json"),
    "patch": _send(
        "PATCH", "/api/v1/entities/Hive/D-1", '{"temper": null}', "application/merge-patch+json"
    ),
    "graph put": _send("PUT", ADDRESS, _FENCE, "text/turtle"),
    "graph post": _send("POST", ADDRESS, hives(30, 1), "text/turtle"),
    "graph patch": _send(
        "PATCH",
        ADDRESS,
        f"{BEES} DELETE {{ ?h bee:caption ?c }} INSERT {{ ?h bee:caption 'Patched' }} "
        "WHERE { ?h bee:hiveCode 'N-30' ; bee:caption ?c }",
        "application/sparql-update",
    ),
    "update": _send("POST", "/sparql", RENAME, "application/sparql-update"),
    "delete": _send("DELETE", "/api/v1/entities/Hive/D-1"),
    "graph delete": _send("DELETE", ADDRESS),
}


def _check_commit(said: dict[str, Any], door: str, went: set[str], came: set[str]) -> None:
    assert (said["author"], said["message"]) == (f"Ada of {door}", f"Why: {door}")
    assert (said["removed"], said["added"]) == (len(went), len(came))
    assert went or came
    # One statement of each once, and of no other: what an export lacks and has since.
    assert sorted(said["removed_quads"]) == sorted(went)
    assert sorted(said["added_quads"]) == sorted(came)


def test_every_door_of_the_service(stored: Repository, tmp_path: Path) -> None:
    client = ServiceClient(create_service(stored, Settings()))
    before, told = statements(stored), []
    for number, (name, door) in enumerate(DOORS.items(), 2):
        answer = door(client, f"author={quote(f'Ada of {name}')}&message={quote(f'Why: {name}')}")
        assert answer.status_code in {200, 201, 204}, answer.text
        assert answer.headers["x-orthogramic-commit"] == str(number)
        after = statements(stored)
        said = client.get(f"/api/v1/history/{number}").json()
        _check_commit(said, name, before - after, after - before)
        told.append(said)
        before = after
    listed = client.get("/api/v1/history", limit=100).json()["items"][::-1]
    assert [each["number"] for each in listed] == [*range(1, len(DOORS) + 2)]
    assert all(one["at"] <= two["at"] for one, two in pairwise(listed))
    assert {each["at"] for each in listed} == {listed[0]["at"]}
    stored.close()
    with orthogramic.open(tmp_path / "store", bundle=[TOY]) as again:
        assert [again.commit(n).to_dict() for n in range(2, len(DOORS) + 2)] == told
    assert orthogramic.verify(tmp_path / "store", bundle=[TOY]).sound


#: Commands in an order in which each has something to do; a file of hives is put last for load.
COMMANDS = {
    "create": (
        *("create", "Hive", "--set", "hiveCode=D-1", "--set", "caption=New"),
        *("--set", "foragesAt=Hill"),
    ),
    "edit": ("edit", "Hive/D-1", "--set", "caption=Changed"),
    "update": ("update", RENAME),
    "delete": ("delete", "Hive/D-1"),
    "load": ("load",),
    "load without the gate": ("load", "--no-gate"),
}


def test_every_command(
    stored: Repository, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stored.close()
    store = tmp_path / "store"

    def call(*arguments: object) -> str:
        assert run(["--store", str(store), "--bundle", str(TOY), *map(str, arguments)]) == 0
        return capsys.readouterr().out

    def there() -> set[str]:
        return {each for each in call("export", "--format", "nquads").splitlines() if each}

    before, times = there(), []
    for number, (name, command) in enumerate(COMMANDS.items(), 2):
        more: list[object] = []
        if command[0] == "load":
            more.append(tmp_path / f"{number}.ttl")
            (tmp_path / f"{number}.ttl").write_text(hives(number * 10, 2), encoding="utf-8")
        call(*command, *more, "--author", f"Ada of {name}", "--message", f"Why: {name}")
        after = there()
        said = json.loads(call("history", number, "--limit", 1000, "--json"))
        _check_commit(said, name, before - after, after - before)
        times.append(said["at"])
        before = after
    assert len(set(times)) == 1
    assert orthogramic.verify(store, bundle=[TOY]).sound
