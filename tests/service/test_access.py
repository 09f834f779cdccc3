"""Who may do what: every route by every role, and what each refusal says."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import httpx
import pytest

import orthogramic
from orthogramic import Repository
from orthogramic.application import create_application
from orthogramic.errors import InvalidParameterError, StoreFormatError, UsageError
from orthogramic.repository.tokens import Role, TokenKeeper
from orthogramic.service.access.dependencies import permission_of
from orthogramic.service.access.policy import Permission, granted, role_for
from orthogramic.service.app import create_scratch, create_service
from orthogramic.service.run import check_host
from orthogramic.service.settings import Settings
from tests.conftest import TOY
from tests.service.service_client import PROBLEM, ServiceClient, problem

UPDATE = "application/sparql-update"
QUERY = "application/sparql-query"
INSERT = "INSERT DATA { <http://e/s> <http://e/p> 1 }"


@dataclass(frozen=True)
class Guarded:
    """A store that is served, its tokens, and a client that asks with one of them or none."""

    repository: Repository
    keeper: TokenKeeper
    client: ServiceClient
    open_client: ServiceClient

    def get(self, address: str, authorization: str | None, **headers: str) -> httpx.Response:
        fields = {"Authorization": authorization} if authorization is not None else {}
        return self.client.send("GET", address, headers={**fields, **headers})


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    """Serve a store with tokens, once closed to whoever has none and once open for reading."""
    path = tmp_path_factory.mktemp("guarded") / "store"
    with orthogramic.open(path, bundle=[TOY]) as repository:
        repository.load([TOY / "data"], gate=False)
        closed = create_application(repository, Settings(authentication=True))
        opened = create_application(repository, Settings(authentication=True, anonymous_read=True))
        yield Guarded(repository, TokenKeeper(path), ServiceClient(closed), ServiceClient(opened))


@pytest.fixture(scope="module")
def tokens(guarded: Guarded) -> dict[str, str]:
    """Return what each role sends."""
    return {role.value: f"Bearer {guarded.keeper.create(f'{role} Ada', role)[1]}" for role in Role}


def refused(response: httpx.Response, status: int, rule: str) -> str:
    """Check that a response is a refusal by a rule, and return what it says in its header."""
    code = "authentication-required" if status == 401 else "access-refused"
    assert problem(response, status, code)["rule"] == rule
    assert response.headers["cache-control"] == "no-store"
    return str(response.headers.get("www-authenticate", ""))


# -- the rules ---------------------------------------------------------------------------------


def test_each_role_may_do_what_those_before_it_may_and_more() -> None:
    rights = [granted(role) for role in Role]
    assert rights == sorted(rights, key=len)
    assert all(before < after for before, after in pairwise(rights))
    assert rights[-1] == frozenset(Permission)
    assert [role_for(each) for each in Permission] == [Role.READER, *Role]


def test_every_route_declares_what_it_needs(reference: Repository) -> None:
    for app in (create_application(reference), create_scratch(Settings(scratch=True))):
        for route in app.routes:
            path, methods = getattr(route, "path", ""), set(getattr(route, "methods", None) or ())
            if path == "/static":
                continue  # the style sheet and the icon, which say nothing of the store
            needed = permission_of(route)
            assert needed is not None, f"{methods} {path} declares no permission"
            if needed is Permission.OPEN:
                assert path in {"/healthz", "/readyz"}
            elif needed is Permission.READ and methods - {"GET", "HEAD"}:
                asked = {"/sparql", "/api/v1/validate", "/api/v1/what-if"}
                assert path in asked, f"{methods} {path} only reads?"
            if path == "/api/v1/backup":
                assert needed is Permission.ADMINISTER


READING = (
    "/", "/docs", "/openapi.json", "/metrics", "/api/v1/stats", "/api/v1/entities", "/history",
    "/api/v1/history", "/api/v1/export", "/sparql?query=ASK%7B%7D", "/sparql", "/search?q=x",
    "/doc/Keeper/ada", "/id/Keeper/ada", "/api/v1/metamodel", "/api/v1/queries",
)  # fmt: skip


@pytest.mark.parametrize("address", READING)
def test_reading_needs_a_token_unless_it_is_open(
    guarded: Guarded, tokens: dict[str, str], address: str
) -> None:
    refused(guarded.get(address, None), 401, "token-missing")
    for role in Role:
        assert guarded.get(address, tokens[role]).status_code in {200, 303, 307, 308}
    assert guarded.open_client.get(address).status_code in {200, 303, 307, 308}


def test_a_page_says_plainly_why_it_is_not_shown(guarded: Guarded) -> None:
    for address in ("/", "/entities", "/doc/Keeper/ada"):
        answer = guarded.get(address, None, Accept="text/html")
        assert answer.status_code == 401
        assert answer.headers["content-type"].startswith("text/html")
        assert answer.headers["www-authenticate"] == 'Bearer realm="orthogramic"'
        assert "Reading needs a token here" in answer.text
        assert "Ada" not in answer.text


def test_whether_the_service_lives_is_told_to_everybody(guarded: Guarded) -> None:
    for address in ("/healthz", "/readyz"):
        assert guarded.get(address, None).status_code == 200
        assert guarded.get(address, "Bearer nonsense").status_code == 200
    assert guarded.client.get("/static/style.css").status_code in {200, 404}


def test_a_backup_is_for_admins(guarded: Guarded, tokens: dict[str, str]) -> None:
    refused(guarded.get("/api/v1/backup", None), 401, "token-missing")
    refused(guarded.open_client.get("/api/v1/backup"), 401, "token-missing")
    for role in (Role.READER, Role.EDITOR):
        said = refused(guarded.get("/api/v1/backup", tokens[role]), 403, "role-needed")
        assert 'error="insufficient_scope"' in said
    assert guarded.get("/api/v1/backup", tokens["admin"]).status_code == 200


def test_a_query_by_post_is_reading_and_an_update_writing(
    guarded: Guarded, tokens: dict[str, str]
) -> None:
    def send(content: str, media_type: str, token: str | None) -> httpx.Response:
        fields = {"Content-Type": media_type}
        if token is not None:
            fields["Authorization"] = token
        return guarded.client.send("POST", "/sparql", content=content, headers=fields)

    assert send("ASK {}", QUERY, tokens["reader"]).status_code == 200
    refused(send("ASK {}", QUERY, None), 401, "token-missing")
    refused(send(INSERT, UPDATE, None), 401, "token-missing")
    refused(send(INSERT, UPDATE, tokens["reader"]), 403, "role-needed")
    opened = guarded.open_client.post("/sparql", INSERT, UPDATE)
    assert "Changing data needs a token" in opened.json()["detail"]
    refused(opened, 401, "token-missing")


def test_validating_is_reading(guarded: Guarded, tokens: dict[str, str]) -> None:
    for token, status in ((tokens["reader"], 200), (None, 401)):
        fields = {"Content-Type": "text/turtle", **({"Authorization": token} if token else {})}
        answer = guarded.client.send(
            "POST", "/api/v1/validate", content="<http://e/s> a <http://e/C> .", headers=fields
        )
        assert answer.status_code == status


def test_a_refusal_says_who_one_is_and_what_is_needed(
    guarded: Guarded, tokens: dict[str, str]
) -> None:
    assert guarded.get("/api/v1/backup", tokens["editor"]).json()["detail"] == (
        "Taking the whole store away needs the role admin; editor Ada is editor and may read and "
        "change data."
    )


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.2", "example.org"])
def test_whoever_asks_for_tokens_may_listen_anywhere(host: str) -> None:
    check_host(Settings(host=host, authentication=True))
    for settings in (Settings(host=host), Settings(host=host, anonymous_read=True)):
        with pytest.raises(InvalidParameterError, match="--auth"):
            check_host(settings)
    with pytest.raises(InvalidParameterError):
        check_host(Settings(host=host, authentication=True, scratch=True))


# -- tokens that do not count ------------------------------------------------------------------

MALFORMED = {
    "empty": ("", "scheme-not-bearer"),
    "basic": ("Basic QWRhOnNlY3JldA==", "scheme-not-bearer"),
    "no scheme": ("orthogramic_1_2_3", "scheme-not-bearer"),
    "bare": ("Bearer", "token-malformed"),
    "blank": ("Bearer    ", "token-malformed"),
    "made up": ("Bearer xyz", "token-malformed"),
    "two": ("Bearer a b", "token-malformed"),
    "list": ("Bearer a, Bearer b", "token-malformed"),
    "huge": ("Bearer " + "a" * 60_000, "token-malformed"),
    "unknown": (f"Bearer orthogramic_{'0' * 12}_{'0' * 8}_{'0' * 64}", "token-of-another-store"),
}


@pytest.mark.parametrize("case", MALFORMED)
def test_a_token_that_does_not_count_is_refused_where_reading_is_open_too(
    guarded: Guarded, tokens: dict[str, str], case: str
) -> None:
    assert tokens
    value, rule = MALFORMED[case]
    for client in (guarded.client, guarded.open_client):
        answer = client.send("GET", "/api/v1/stats", headers={"Authorization": value})
        said = refused(answer, 401, rule)
        assert said.startswith('Bearer realm="orthogramic"')
        # RFC 6750, 3.1: whoever tried no bearer token is told of no error.
        assert ('error="invalid_token"' in said) == (rule != "scheme-not-bearer")


def ask_with(guarded: Guarded, *values: bytes) -> httpx.Response:
    """Ask with fields that no client would send by itself."""
    fields = [(b"authorization", each) for each in values]

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=guarded.client.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
            return await client.get("/api/v1/stats", headers=fields)

    return asyncio.run(ask())


@pytest.mark.parametrize(
    ("raw", "rule"),
    [
        ("Bearer éé".encode(), "token-malformed"),
        (b"Bearer \xff", "token-malformed"),
        (b"\xe9", "scheme-not-bearer"),
        (b"Bearer \x00\x01", "token-malformed"),
    ],
)
def test_a_token_outside_ascii_is_refused(guarded: Guarded, raw: bytes, rule: str) -> None:
    refused(ask_with(guarded, raw), 401, rule)


def test_two_tokens_are_none(guarded: Guarded, tokens: dict[str, str]) -> None:
    both = (tokens["reader"].encode(), tokens["admin"].encode())
    refused(ask_with(guarded, *both), 401, "token-malformed")


def test_the_scheme_is_written_as_one_likes(guarded: Guarded, tokens: dict[str, str]) -> None:
    bare = tokens["reader"].partition(" ")[2]
    for scheme in ("bearer", "BEARER", "Bearer "):
        assert guarded.get("/api/v1/stats", f"{scheme} {bare}").status_code == 200


def test_a_revoked_and_an_expired_token(guarded: Guarded) -> None:
    token, text = guarded.keeper.create("Ada", Role.READER)
    sent = f"Bearer {text}"
    assert guarded.get("/api/v1/stats", sent).status_code == 200
    guarded.keeper.revoke(token.id)
    answer = guarded.get("/api/v1/stats", sent)
    assert 'error_description="token-revoked"' in refused(answer, 401, "token-revoked")
    soon = datetime.now(UTC) + timedelta(seconds=1)
    before = TokenKeeper(_location(guarded.repository), lambda: soon - timedelta(days=9))
    _, old = before.create("Ada", Role.READER, soon - timedelta(days=1))
    refused(guarded.get("/api/v1/stats", f"Bearer {old}"), 401, "token-expired")


def test_a_token_in_the_address_is_no_token(guarded: Guarded, tokens: dict[str, str]) -> None:
    bare = tokens["admin"].partition(" ")[2]
    refused(guarded.get(f"/api/v1/stats?access_token={bare}", None), 401, "token-missing")


def test_a_damaged_file_closes_the_service_until_it_is_mended(
    guarded: Guarded, tokens: dict[str, str]
) -> None:
    path = _location(guarded.repository) / "tokens.json"
    good = path.read_bytes()
    try:
        path.write_bytes(good[:100])
        for role in Role:
            problem(guarded.get("/api/v1/stats", tokens[role]), 503, "store-format")
        page = guarded.get("/", tokens["admin"], Accept="text/html")
        assert (page.status_code, "is damaged" in page.text) == (503, True)
        refused(guarded.get("/api/v1/stats", None), 401, "token-missing")
        with pytest.raises(StoreFormatError):
            create_service(guarded.repository, Settings(authentication=True))
        assert guarded.get("/healthz", None).status_code == 200
    finally:
        path.write_bytes(good)
    assert guarded.get("/api/v1/stats", tokens["reader"]).status_code == 200


def test_a_store_in_memory_has_no_tokens() -> None:
    with orthogramic.open_memory(bundle=[TOY]) as repository, pytest.raises(UsageError):
        create_service(repository, Settings(authentication=True))


def test_where_nobody_is_asked_a_token_is_not_looked_at(whole: ServiceClient) -> None:
    for value in ("Bearer nonsense", "Basic QQ=="):
        answer = whole.send("GET", "/api/v1/stats", headers={"Authorization": value})
        assert answer.status_code == 200


def test_no_answer_shows_a_token(guarded: Guarded, tokens: dict[str, str]) -> None:
    bare = tokens["admin"].partition(" ")[2]
    for address in ("/metrics", "/openapi.json", "/api/v1/history", "/api/v1/export?token=1"):
        assert bare not in guarded.get(address, tokens["admin"]).text
    wrong = guarded.get("/api/v1/stats", f"Bearer {bare}0")
    assert wrong.headers["content-type"] == PROBLEM
    assert not re.search(r"[0-9a-f]{64}", wrong.text)


def _location(repository: Repository) -> Path:
    assert repository.location is not None
    return repository.location
