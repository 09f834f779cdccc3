"""Who changes data: whom the log names, and which pages may not act through a browser."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import orthogramic
from orthogramic import Repository
from orthogramic.errors import InvalidParameterError
from orthogramic.repository.tokens import Role, TokenKeeper
from orthogramic.service.access.origins import check_origin, host_name, is_address
from orthogramic.service.app import create_scratch, create_service
from orthogramic.service.settings import Settings
from tests.conftest import TOY
from tests.service.service_client import ServiceClient, problem

GRAPH = "http://example.org/g"
OWN, OTHER = "http://service", "https://other.example"


@dataclass
class Writing:
    """Writes another triple with each request."""

    client: ServiceClient
    repository: Repository
    count: int = 0

    def put(self, headers: Mapping[str, str], **parameters: str) -> httpx.Response:
        self.count += 1
        return self.client.send(
            "PUT",
            "/graphs",
            content=f"<http://example.org/s> <http://example.org/p> {self.count} .",
            headers={"Content-Type": "text/turtle", **headers},
            params={"graph": GRAPH, **parameters},
        )

    @property
    def author(self) -> str:
        """Who made the last change, by the log."""
        return self.repository.history(limit=1).items[0].author


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Repository]:
    path = tmp_path_factory.mktemp("written") / "store"
    with orthogramic.open(path, bundle=[TOY]) as repository:
        yield repository


def writing(repository: Repository, settings: Settings) -> Writing:
    client = ServiceClient(create_service(repository, settings))
    return Writing(client, repository, count=repository.snapshot * 1000)


@pytest.fixture
def asked(stored: Repository) -> Writing:
    """Write where the service asks who one is."""
    return writing(stored, Settings(authentication=True, anonymous_read=True))


@pytest.fixture
def unasked(stored: Repository) -> Writing:
    """Write where it does not."""
    return writing(stored, Settings(allowed_origins=("https://ours.example", "*")))


def bearer(repository: Repository, name: str, role: Role) -> dict[str, str]:
    path = repository.location
    assert isinstance(path, Path)
    return {"Authorization": f"Bearer {TokenKeeper(path).create(name, role)[1]}"}


def accepted(response: httpx.Response) -> bool:
    assert response.status_code in {200, 201, 204, 403}, response.text
    return response.status_code != 403


# -- whom the log names ------------------------------------------------------------------------


def test_the_log_names_who_holds_the_token(asked: Writing) -> None:
    ada = bearer(asked.repository, "Ada", Role.EDITOR)
    assert accepted(asked.put(ada))
    assert asked.author == "Ada"
    assert accepted(asked.put(bearer(asked.repository, "Grace", Role.ADMIN), author="Grace"))
    assert asked.author == "Grace"


@pytest.mark.parametrize("role", [Role.READER, Role.EDITOR])
def test_an_update_is_its_sender_s(asked: Writing, role: Role) -> None:
    before = asked.repository.snapshot
    fields = bearer(asked.repository, f"Ada {role}", role)
    answer = asked.client.send(
        "POST",
        "/sparql",
        content=f"INSERT DATA {{ GRAPH <{GRAPH}> {{ <urn:s> <urn:p> {before + 7} }} }}",
        headers={"Content-Type": "application/sparql-update", **fields},
    )
    if role is Role.READER:
        assert problem(answer, 403, "access-refused")["rule"] == "role-needed"
        assert asked.repository.snapshot == before
    else:
        assert accepted(answer)
        assert asked.author == "Ada editor"


def test_another_author_cannot_be_claimed(asked: Writing) -> None:
    before = asked.repository.snapshot
    answer = asked.put(bearer(asked.repository, "Ada", Role.ADMIN), author="Grace")
    assert problem(answer, 403, "access-refused")["rule"] == "author-not-holder"
    assert "www-authenticate" not in answer.headers
    assert asked.repository.snapshot == before


def test_who_may_not_write_changes_nothing(asked: Writing) -> None:
    before = asked.repository.snapshot
    answer = asked.put({})
    assert problem(answer, 401, "authentication-required")["rule"] == "token-missing"
    answer = asked.put(bearer(asked.repository, "Ada", Role.READER))
    assert problem(answer, 403, "access-refused")["rule"] == "role-needed"
    for method in ("POST", "DELETE", "PATCH"):
        answer = asked.client.send(method, f"/graphs?graph={GRAPH}", headers={})
        assert answer.status_code == 401, method
    assert asked.repository.snapshot == before


def test_without_tokens_the_request_says_who_makes_the_change(unasked: Writing) -> None:
    assert accepted(unasked.put({}, author="Rene\u0301"))
    assert unasked.author == "Ren\u00e9"
    assert accepted(unasked.put({}))
    assert unasked.author not in {"", "Ren\u00e9"}


@pytest.mark.parametrize("author", ["", " ", "a\nb", "\x00", "x" * 201])
def test_an_author_that_is_no_name_is_refused(unasked: Writing, author: str) -> None:
    before = unasked.repository.snapshot
    problem(unasked.put({}, author=author), 400, "invalid-parameter")
    assert unasked.repository.snapshot == before


# -- pages of other sites ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "may"),
    [
        ({}, True),
        ({"Origin": OWN}, True),
        ({"Origin": "HTTP://SERVICE"}, True),
        ({"Origin": "https://ours.example"}, True),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Origin": OTHER}, False),
        ({"Origin": "null"}, False),
        ({"Origin": ""}, False),
        ({"Origin": "http://service:81"}, False),
        ({"Origin": "http://service.other.example"}, False),
        ({"Origin": "http://other.example@service"}, False),
        ({"Origin": "file://service"}, False),
        ({"Origin": f"{OWN}, {OTHER}"}, False),
        ({"Origin": "https://ours.example.other.example"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Origin": OTHER, "Sec-Fetch-Site": "same-origin"}, False),
    ],
    ids=str,
)
def test_a_page_of_another_site_changes_nothing(
    unasked: Writing, fields: dict[str, str], may: bool
) -> None:
    before = unasked.repository.snapshot
    answer = unasked.put(fields)
    assert accepted(answer) is may
    if not may:
        assert problem(answer, 403, "access-refused")["rule"] == "foreign-origin"
    assert (unasked.repository.snapshot > before) is may


def test_an_update_by_a_form_of_another_site_is_refused(unasked: Writing) -> None:
    before = unasked.repository.snapshot
    answer = unasked.client.send(
        "POST",
        "/sparql",
        content="update=CLEAR+ALL",
        headers={"Content-Type": "application/x-www-form-urlencoded", "Origin": OTHER},
    )
    assert problem(answer, 403, "access-refused")["rule"] == "foreign-origin"
    assert unasked.repository.snapshot == before


def test_the_address_that_clients_see_is_an_own_origin(stored: Repository) -> None:
    settings = Settings(public_url="https://kr.example/")
    behind = writing(stored, settings)
    assert accepted(behind.put({"Origin": "https://kr.example"}))
    assert not accepted(behind.put({"Origin": "https://kr.example:444"}))


def test_a_token_is_meant_wherever_it_comes_from(asked: Writing) -> None:
    ada = bearer(asked.repository, "Ada", Role.EDITOR)
    assert accepted(asked.put({**ada, "Origin": OTHER, "Sec-Fetch-Site": "cross-site"}))


def test_reading_is_a_matter_of_the_browser(unasked: Writing, stored: Repository) -> None:
    closed = ServiceClient(create_service(stored, Settings()))
    named = ServiceClient(create_service(stored, Settings(allowed_origins=(OTHER,))))
    for client, told in ((closed, None), (named, OTHER), (unasked.client, "*")):
        answer = client.send("GET", "/api/v1/stats", headers={"Origin": OTHER})
        assert answer.status_code == 200
        assert answer.headers.get("access-control-allow-origin") == told
        assert "access-control-allow-credentials" not in answer.headers
    preflight = {"Origin": OTHER, "Access-Control-Request-Method": "PUT"}
    refused = closed.send("OPTIONS", "/graphs", headers=preflight)
    assert "access-control-allow-origin" not in refused.headers


def test_a_scratch_store_is_open_to_every_page() -> None:
    scratch = ServiceClient(create_scratch(Settings(scratch=True)))
    fields = {"Origin": OTHER, "Access-Control-Request-Method": "PUT"}
    preflight = scratch.send("OPTIONS", "/graphs?default", headers=fields)
    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == "*"
    update = scratch.send(
        "POST",
        "/sparql",
        content="CLEAR ALL",
        headers={"Content-Type": "application/sparql-update", "Origin": OTHER},
    )
    assert update.status_code == 204


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("https://App.Example/", "https://app.example"),
        ("http://localhost:3000", "http://localhost:3000"),
        ("*", "*"),
        ("vscode-webview://abc", "vscode-webview://abc"),
    ],
)
def test_an_origin_is_read_as_browsers_write_it(text: str, origin: str) -> None:
    assert check_origin(text) == origin


@pytest.mark.parametrize(
    "text", ["", "example.org", "https://", "https://a/b", "null", "http://a b"]
)
def test_what_is_no_origin_is_refused(text: str) -> None:
    with pytest.raises(InvalidParameterError):
        check_origin(text)


@given(st.text(max_size=40))
def test_any_text_is_a_host_or_none(text: str) -> None:
    name = host_name(text)
    assert name is None or name == name.lower()


@given(st.ip_addresses(), st.integers(0, 65535))
def test_an_address_is_one_with_and_without_port(address: object, port: int) -> None:
    written = f"[{address}]" if ":" in str(address) else str(address)
    for field in (written, f"{written}:{port}"):
        name = host_name(field)
        assert name is not None
        assert is_address(name)
    named = host_name(f"{address}.example".replace(":", "-"))
    assert named is not None
    assert not is_address(named)


# -- what the interface says of itself ---------------------------------------------------------


def test_the_interface_says_what_needs_a_token(asked: Writing, unasked: Writing) -> None:
    document = asked.client.get("/openapi.json").json()
    assert document["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    paths = document["paths"]
    assert paths["/api/v1/backup"]["get"]["security"] == [{"token": []}]
    assert paths["/graphs"]["put"]["security"] == [{"token": []}]
    assert paths["/api/v1/stats"]["get"]["security"] == [{}, {"token": []}]
    assert {"401", "403"} <= set(paths["/api/v1/stats"]["get"]["responses"])
    assert "security" not in paths["/healthz"]["get"]
    open_document = unasked.client.get("/openapi.json").json()
    assert "securitySchemes" not in open_document["components"]
