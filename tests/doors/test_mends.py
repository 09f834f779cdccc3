"""Mends of what is kept: the same through every door, made only on request."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import orthogramic
from orthogramic import Repository
from orthogramic.cli.main import run
from orthogramic.errors import InvalidParameterError, UnknownEntityError
from orthogramic.repository.tokens import Role, TokenKeeper
from orthogramic.service.app import create_service
from orthogramic.service.settings import Settings
from tests.conftest import TOY
from tests.service.service_client import ServiceClient, problem

BEE = "https://bees.example/"
#: Two faults that need no decision, and one, the missing caption, that does.
FAULTY = f"""
@prefix bee: <{BEE}terms#> .
<{BEE}id/Hive/H-9> a bee:Hive ; bee:hiveCode "H-9" ; bee:temper "Gentle" ; bee:foragesAt "Brook" .
"""
GRAPH = f"{BEE}graph/found"
SENTENCES = [
    "Write “gentle” instead of “Gentle”.",
    "Refer to “Brook” itself, not to its name.",
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mends") / "store"
    with orthogramic.open(path, bundle=[TOY]) as repository:
        repository.load([TOY / "data"])
        repository.load_bytes(FAULTY.encode(), syntax="turtle", graph=GRAPH, gate=False)
    return path


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "store"))


@pytest.fixture
def faulty(store: Path) -> Iterator[Repository]:
    with orthogramic.open(store, bundle=[TOY]) as repository:
        yield repository


def command(store: Path, *arguments: str) -> int:
    return run(["--store", str(store), "--bundle", str(TOY), *arguments])


def post(client: ServiceClient, body: object, **parameters: str) -> Any:
    return client.send(
        "POST",
        "/api/v1/mends",
        content=json.dumps(body),
        headers={"Content-Type": "application/json"},
        params=parameters,
    )


def identifiers(repository: Repository) -> list[str]:
    return [each.id for each in repository.mends().mends]


def test_they_are_offered_alike(
    store: Path, capsys: pytest.CaptureFixture[str], made: Path
) -> None:
    with orthogramic.open(store, bundle=[TOY]) as repository:
        offered = repository.mends()
        client = ServiceClient(create_service(repository, Settings()))
        answer = client.get("/api/v1/mends")
        text = client.get("/api/v1/mends", "text/plain").text
    assert [each.sentence for each in offered.mends] == SENTENCES
    assert answer.json() == json.loads(json.dumps(offered.to_dict()))
    assert all(each in text for each in SENTENCES)
    assert command(store, "--json", "mends") == 0
    assert json.loads(capsys.readouterr().out) == answer.json()
    assert command(store, "mends") == 0
    shown = capsys.readouterr().out
    assert all(each.id in shown and each.sentence in shown for each in offered.mends)
    with orthogramic.open(made, bundle=[TOY]) as other:
        assert identifiers(other) == [each.id for each in offered.mends]


def test_they_are_narrowed(faulty: Repository) -> None:
    assert len(faulty.mends(entity=f"{BEE}id/Hive/H-9").mends) == 2
    assert not faulty.mends(entity="Old Willow").mends
    assert not faulty.mends(severity="info").mends
    [settled] = faulty.mends(limit=1).mends
    assert settled.about == "H-9, temper"
    assert not faulty.mends(limit=1).complete
    with pytest.raises(InvalidParameterError, match="no severity"):
        faulty.mends(severity="grave")
    with pytest.raises(UnknownEntityError):
        faulty.mends(entity="Nobody")


def test_they_are_made_alike(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second, third = (
        Path(shutil.copytree(made, tmp_path / each)) for each in ("first", "second", "third")
    )
    with orthogramic.open(first, bundle=[TOY]) as repository:
        wanted = identifiers(repository)
        outcomes = [repository.apply_mends(wanted, author="Ada", message="Tidy up").to_dict()]
    with orthogramic.open(second, bundle=[TOY]) as repository:
        client = ServiceClient(create_service(repository, Settings()))
        outcomes.append(post(client, {"ids": wanted}, author="Ada", message="Tidy up").json())
    said = ["--author", "Ada", "-m", "Tidy up"]
    assert command(third, "--json", "mends", "--apply", *wanted, *said) == 0
    outcomes.append(json.loads(capsys.readouterr().out))
    for each in outcomes:
        assert (each["commit"]["author"], each["commit"]["message"]) == ("Ada", "Tidy up")
        assert each["removed_quads"] == outcomes[0]["removed_quads"]
        assert each["added_quads"] == outcomes[0]["added_quads"]
        assert all(f"<{GRAPH}>" in quad for quad in each["added_quads"])
        assert [mend["sentence"] for mend in each["mends"]] == SENTENCES
        assert each["left_out"] == each["notes"] == []
    for path in (first, second, third):
        with orthogramic.open(path, bundle=[TOY]) as repository:
            assert not repository.mends().mends
            assert repository.results().counts == {"violation": 1, "warning": 1, "info": 0}
            assert repository.validate().counts == repository.results().counts


def test_nothing_is_made_by_a_dry_run(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(store, "mends", "--apply", "--all", "--dry-run") == 0
    told = capsys.readouterr()
    assert "Would make 2 mends." in told.err
    assert "gentle" in told.out
    with orthogramic.open(store, bundle=[TOY]) as repository:
        assert repository.snapshot == 2
        client = ServiceClient(create_service(repository, Settings()))
        answer = post(client, {"ids": identifiers(repository)}, dry_run="true").json()
        assert (answer["dry_run"], answer["commit"], answer["removed"]) == (True, None, 2)
        assert answer["words"]["added"]
        assert repository.snapshot == 2


def test_all_are_made_and_then_none_is_left(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(store, "mends", "--apply", "--all") == 0
    assert "Commit 3: 2 mends made." in capsys.readouterr().err
    assert command(store, "mends", "--apply", "--all") == 0
    assert "needs" not in capsys.readouterr().out
    with orthogramic.open(store, bundle=[TOY]) as repository:
        assert repository.history().items[0].message.startswith("Mend H-9, temper: Write")
        assert repository.snapshot == 3


def test_a_mend_that_was_made_is_left_out(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with orthogramic.open(store, bundle=[TOY]) as repository:
        wanted = identifiers(repository)
    assert command(store, "mends", "--apply", wanted[0]) == 0
    capsys.readouterr()
    assert command(store, "mends", "--apply", *wanted) == 1
    told = capsys.readouterr().err
    assert "Commit 4: 1 mend made." in told
    assert f"Mend {wanted[0]} is not on offer" in told
    assert command(store, "mends", "--apply", *wanted) == 1
    assert "Nothing was changed." in capsys.readouterr().err


def test_somebody_changed_the_ground(faulty: Repository) -> None:
    wanted = identifiers(faulty)
    faulty.put_graph(
        GRAPH,
        FAULTY.replace("Gentle", "fierce").replace('"Brook"', f"<{BEE}id/Meadow/hill>")
        + f'<{BEE}id/Hive/H-9> bee:caption "Nine" .',
    )
    client = ServiceClient(create_service(faulty, Settings()))
    answer = post(client, {"ids": wanted}).json()
    assert (answer["commit"], answer["left_out"], answer["mends"]) == (None, wanted, [])
    assert len(answer["notes"]) == 2
    assert faulty.snapshot == 3


@pytest.mark.parametrize(
    "body", [{}, {"ids": []}, {"ids": "x"}, {"ids": [1]}, {"ids": ["x"]}, {"ids": [], "all": 1}, []]
)
def test_what_is_no_list_of_identifiers_is_refused(faulty: Repository, body: object) -> None:
    client = ServiceClient(create_service(faulty, Settings()))
    answer = post(client, body)
    assert answer.status_code in {400, 422}, answer.text
    assert faulty.snapshot == 2


def test_a_change_meant_for_another_state_is_refused(faulty: Repository) -> None:
    client = ServiceClient(create_service(faulty, Settings()))
    answer = client.send(
        "POST",
        "/api/v1/mends",
        content=json.dumps({"ids": identifiers(faulty)}),
        headers={"Content-Type": "application/json", "If-Match": '"1"'},
    )
    problem(answer, 412, "precondition-failed")
    text = client.send("POST", "/api/v1/mends", content="x", headers={"Content-Type": "text/plain"})
    assert text.status_code == 415


def test_only_who_may_write_makes_mends(faulty: Repository) -> None:
    assert faulty.location is not None
    keeper = TokenKeeper(faulty.location)
    settings = Settings(authentication=True, anonymous_read=False)
    client = ServiceClient(create_service(faulty, settings))
    body = json.dumps({"ids": identifiers(faulty)})
    fields = {"Content-Type": "application/json"}
    for role, status in ((None, 401), (Role.READER, 403), (Role.EDITOR, 200)):
        sent = dict(fields)
        if role:
            sent["Authorization"] = f"Bearer {keeper.create(f'Ada {role}', role)[1]}"
        answer = client.send("POST", "/api/v1/mends", content=body, headers=sent)
        assert answer.status_code == status, answer.text
    assert faulty.history().items[0].author == "Ada editor"
    assert client.get("/api/v1/mends").status_code == 401


@pytest.mark.parametrize(
    "arguments",
    [("--apply",), ("0123456789abcdef",), ("--all",), ("--dry-run",), ("--apply", "--all", "x")],
)
def test_what_to_make_must_be_said(
    store: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    assert command(store, "mends", *arguments) == 2
    assert "--apply" in capsys.readouterr().err
