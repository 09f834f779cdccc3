"""Make, list and revoke tokens, and ask a service that wants one."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

import orthogramic
from orthogramic.cli.main import run
from orthogramic.repository.tokens import Role, TokenKeeper
from tests.cli.shell import Shell, start_service, stop_service
from tests.conftest import TOY


@pytest.fixture(scope="module")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tokens") / "store"
    with orthogramic.open(path, bundle=[TOY]):
        return path


@dataclass(frozen=True)
class Served:
    """A store that a service holds which asks for tokens."""

    path: Path
    url: str

    def token(self, name: str, role: Role) -> str:
        return str(TokenKeeper(self.path).create(name, role)[1])


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    path = tmp_path_factory.mktemp("served") / "store"
    with orthogramic.open(path, bundle=[TOY]) as repository:
        repository.load([TOY / "data"], gate=False)
    service = start_service(path, "--auth")
    url = json.loads((path / "service.json").read_text("utf-8"))["url"]
    yield Served(path, url)
    stop_service(service, signal.SIGTERM)


def test_a_token_is_made_listed_and_revoked(plain: Shell, empty_store: Path) -> None:
    made = plain("token", "create", "Ada", "--role", "editor", "--store", empty_store)
    assert made.code == 0
    (text,) = made.out.splitlines()
    holder = TokenKeeper(empty_store).holder(text)
    assert (holder.name, holder.role, holder.expires) == ("Ada", Role.EDITOR, None)
    assert text not in made.err
    assert f"Token {holder.id} of Ada (editor)" in made.err
    listed = plain("token", "--store", empty_store, "list")
    assert listed.code == 0
    row = next(line for line in listed.out.splitlines() if holder.id in line).split()
    assert (row[1:3], row[-3:]) == (["Ada", "editor"], ["never", "in", "force"])
    assert text not in listed.out
    revoked = plain("--store", empty_store, "token", "revoke", "Ada")
    assert (revoked.code, revoked.out) == (0, "")
    assert revoked.err == f"Token {holder.id} of Ada (editor) is revoked.\n"
    listed = plain("--store", empty_store, "token", "list", "--json")
    assert listed.document["items"][0]["state"] == "revoked"
    assert "sha256" not in listed.out
    again = plain("--store", empty_store, "token", "revoke", "Ada")
    assert (again.code, again.out) == (3, "")


def test_everything_for_programs(plain: Shell, empty_store: Path) -> None:
    store = ("--store", empty_store, "--json")
    made = plain(*store, "token", "create", "Grace", "--role", "admin", "--expires", "30d").document
    assert TokenKeeper(empty_store).holder(made["token"]).id == made["id"]
    revoked = plain(*store, "token", "revoke", made["id"]).document
    assert revoked["total"] == 1
    assert revoked["items"][0]["id"] == made["id"]


@pytest.mark.parametrize(
    ("said", "least", "most"),
    [
        ("12h", timedelta(hours=11.9), timedelta(hours=12)),
        ("30d", timedelta(days=29.9), timedelta(days=30)),
        ("2w", timedelta(days=13.9), timedelta(days=14)),
    ],
)
def test_a_token_counts_as_long_as_was_said(
    plain: Shell, empty_store: Path, said: str, least: timedelta, most: timedelta
) -> None:
    command = ("token", "create", "Ada", "--role", "reader", "--expires", said, "--json")
    made = plain("--store", empty_store, *command).document
    rest = datetime.fromisoformat(made["expires"]) - datetime.now(UTC)
    assert least < rest <= most


def test_the_last_day_counts_whole(plain: Shell, empty_store: Path) -> None:
    command = ("token", "create", "Ada", "--role", "reader", "--expires", "2130-12-31", "--json")
    made = plain("--store", empty_store, *command).document
    assert made["expires"] == "2131-01-01T00:00:00+00:00"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["create"], 2, "Missing argument"),
        (["create", "Ada"], 2, "--role"),
        (["create", "Ada", "--role", "owner"], 2, "reader"),
        (["create", "", "--role", "reader"], 2, "1 to 200 characters"),
        (["create", "a\nb", "--role", "reader"], 2, "can be seen"),
        (["create", "Ada", "--role", "reader", "--expires", "soon"], 2, "is no time"),
        (["create", "Ada", "--role", "reader", "--expires", "0d"], 2, "before it is made"),
        (["create", "Ada", "--role", "reader", "--expires", "2020-01-01"], 2, "before it is made"),
        (["create", "Ada", "--role", "reader", "--expires", "999999w"], 2, "is no time"),
        (["create", "Ada", "--role", "reader", "--expires", "9999-12-31"], 2, "is no time"),
        (["revoke"], 2, "Missing argument"),
        (["revoke", "nobody"], 3, "'nobody'"),
        (["list", "--store", "http://127.0.0.1:9"], 2, "where the store is"),
    ],
)
def test_mistakes(
    plain: Shell, empty_store: Path, arguments: list[str], code: int, words: str
) -> None:
    before = TokenKeeper(empty_store).tokens()
    outcome = plain("--store", empty_store, "token", *arguments)
    assert (outcome.code, outcome.out) == (code, "")
    assert words in outcome.err
    assert TokenKeeper(empty_store).tokens() == before


def test_no_store_and_a_damaged_file(plain: Shell, tmp_path: Path) -> None:
    nowhere = plain("--store", tmp_path / "none", "token", "list")
    assert (nowhere.code, "There is no store" in nowhere.err) == (5, True)
    with orthogramic.open(tmp_path / "store", bundle=[TOY]):
        pass
    nobody = plain("--store", tmp_path / "store", "token", "list")
    assert (nobody.code, nobody.out, "There are no tokens" in nobody.err) == (0, "", True)
    (tmp_path / "store" / "tokens.json").write_text("{}")
    damaged = plain("--store", tmp_path / "store", "token", "list")
    assert (damaged.code, "is damaged" in damaged.err) == (5, True)
    serve = ("--store", tmp_path / "store", "--bundle", TOY, "serve", "--port", "0", "--auth")
    damaged = plain(*serve)
    assert (damaged.code, "is damaged" in damaged.err) == (5, True)


def test_a_command_says_who_asks(
    served: Served, plain: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the directory that the service holds, and by its address."""
    token = served.token("Ada", Role.READER)
    for store in (served.path, served.url):
        refused = plain("--store", store, "stats")
        assert (refused.code, refused.out) == (5, "")
        assert "needs a token" in refused.err
        assert "--token, or in ORTHOGRAMIC_TOKEN" in refused.err
        for outcome in (
            plain("--store", store, "--token", token, "stats", "--json"),
            plain("--store", store, "stats", "--json", "--token", token),
        ):
            assert (outcome.code, outcome.document["entities"]) == (0, 6)
        monkeypatch.setenv("ORTHOGRAMIC_TOKEN", f" {token}\n")
        assert plain("--store", store, "stats").code == 0
        wrong = plain("--store", store, "--token", "nonsense", "stats")
        assert (wrong.code, wrong.out) == (5, "")
        assert wrong.err == "orthogramic: What was sent as a token is none.\n"
        monkeypatch.delenv("ORTHOGRAMIC_TOKEN")


def test_a_revoked_token_is_refused_by_the_running_service(served: Served, plain: Shell) -> None:
    token = served.token("Gone", Role.READER)
    ask = ("--store", served.path, "--token", token, "stats")
    assert plain(*ask).code == 0
    assert plain("--store", served.path, "token", "revoke", "Gone").code == 0
    outcome = plain(*ask)
    assert (outcome.code, outcome.out) == (5, "")
    assert "was revoked on" in outcome.err


def test_a_backup_needs_an_admin(served: Served, plain: Shell, tmp_path: Path) -> None:
    outcome = plain("--store", served.path, "backup", tmp_path / "b")
    assert (outcome.code, "needs a token" in outcome.err) == (5, True)
    editor = served.token("Ada", Role.EDITOR)
    outcome = plain("--store", served.path, "--token", editor, "backup", tmp_path / "b")
    assert (outcome.code, "needs the role admin" in outcome.err) == (5, True)
    admin = served.token("Ada", Role.ADMIN)
    assert plain("--store", served.path, "--token", admin, "backup", tmp_path / "b").code == 0


@pytest.mark.parametrize("token", ["geheimé", "a\nb", "\x00"])
def test_what_cannot_be_a_token_is_not_sent_and_not_shown(
    served: Served, plain: Shell, token: str
) -> None:
    outcome = plain("--store", served.path, "--token", token, "stats")
    assert (outcome.code, outcome.out) == (2, "")
    assert token not in outcome.err


def test_a_command_on_the_store_itself_needs_no_token(plain: Shell, empty_store: Path) -> None:
    ask = ("--store", empty_store, "--bundle", TOY, "--token", "nonsense", "stats")
    assert plain(*ask).code == 0


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--anonymous-read"], "goes with it"),
        (["--no-anonymous-read"], "goes with it"),
        (["--scratch", "--auth"], "has no tokens"),
        (["--allow-origin", "example.org"], "no web origin"),
        (["--allow-origin", "https://example.org/path"], "no web origin"),
        (["--host", "0.0.0.0"], "--auth"),
    ],
)
def test_what_does_not_go_together(
    plain: Shell, empty_store: Path, options: list[str], words: str
) -> None:
    outcome = plain("--store", empty_store, "serve", "--port", "0", *options)
    assert (outcome.code, outcome.out) == (2, "")
    assert words in outcome.err


def test_a_running_service_knows_its_names_and_refuses_others(served: Served) -> None:
    token = served.token("Ada", Role.READER)
    port = httpx.URL(served.url).port
    for host, status in (
        (f"127.0.0.1:{port}", 200),
        (f"localhost:{port}", 200),
        ("LOCALHOST.", 200),
        (f"[::1]:{port}", 200),
        ("192.0.2.7", 200),
        (f"rebound.example:{port}", 403),
        ("localhost.rebound.example", 403),
        ("127.0.0.1.rebound.example", 403),
        ("localhost@rebound.example", 403),
    ):
        fields = {"Host": host, "Authorization": f"Bearer {token}"}
        answer = httpx.get(f"{served.url}/api/v1/stats", headers=fields, trust_env=False)
        assert answer.status_code == status, host
        if status == 403:
            assert answer.json()["rule"] == "foreign-host"
    answer = httpx.get(f"{served.url}/healthz", headers={"Host": "any.example"}, trust_env=False)
    assert answer.status_code == 200


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["token", "--help"]) == 0
    shown = capsys.readouterr().out
    assert all(each in shown for each in ("create", "list", "revoke"))
