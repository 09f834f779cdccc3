"""Entities written over HTTP: methods, preconditions, dry runs, refusals."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import httpx
import pytest

import orthogramic
from orthogramic import Repository
from orthogramic.service.app import create_service
from orthogramic.service.media_types import ENTITY, MERGE_PATCH
from orthogramic.service.settings import Settings
from orthogramic.service.write_request import COMMIT
from tests.conftest import TOY
from tests.service.service_client import ServiceClient, problem

API = "/api/v1/entities"
ID = "https://bees.example/id/"
NEW = {"class": "Hive", "hiveCode": "H-9", "caption": "New", "foragesAt": ["Brook"]}


@pytest.fixture
def bees() -> Iterator[Repository]:
    """Return a repository of the toy domain, under its own base, that a test may change."""
    with orthogramic.open_memory(bundle=[TOY], base_iri="https://bees.example/") as repository:
        repository.load([TOY / "data"])
        yield repository


@pytest.fixture
def hives(bees: Repository) -> ServiceClient:
    """Return a client of a service that may be written to."""
    return ServiceClient(create_service(bees, Settings()))


def send(
    client: ServiceClient,
    method: str,
    address: str,
    document: Any = None,
    *,
    media_type: str = "application/json",
    accept: str | None = None,
    **headers: str,
) -> httpx.Response:
    """Send a document; ``if_match`` is the field If-Match."""
    fields = {name.replace("_", "-").title(): value for name, value in headers.items()}
    content = None if document is None else json.dumps(document)
    if content is not None:
        fields["Content-Type"] = media_type
    return client.send(method, f"{API}{address}", content=content, headers=fields, accept=accept)


def read(client: ServiceClient, address: str) -> tuple[dict[str, Any], str]:
    """Return the document of an entity, and its tag."""
    answer = client.get(f"{API}{address}", form="document")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == ENTITY
    document: dict[str, Any] = answer.json()
    return document, answer.headers["etag"]


def test_what_is_read_is_written(hives: ServiceClient) -> None:
    document, tag = read(hives, "/Hive/H-1")
    by_accept = hives.get(f"{API}/Hive/H-1", accept=ENTITY)
    assert (by_accept.json(), by_accept.headers["etag"]) == (document, tag)
    by_name = hives.get("/api/v1/entity", name="Old Willow", form="document")
    assert by_name.json() == document
    same = send(hives, "PUT", "/Hive/H-1", document, media_type=ENTITY, if_match=tag)
    assert same.status_code == 200
    assert (same.json()["commit"], same.headers["etag"]) == (None, tag)
    assert COMMIT not in same.headers
    known = hives.send("GET", f"{API}/Hive/H-1", accept=ENTITY, headers={"If-None-Match": tag})
    assert known.status_code == 304


def test_the_view_stays_what_accept_does_not_say_otherwise(hives: ServiceClient) -> None:
    for accept in (None, "application/json", "text/html,*/*;q=0.8"):
        answer = hives.get(f"{API}/Hive/H-1", accept=accept)
        assert answer.headers["content-type"] == "application/json"
        assert "attributes" in answer.json()
    problem(hives.get(f"{API}/Hive/H-1", form="picture"), 400, "invalid-parameter")


def test_an_entity_is_created(hives: ServiceClient) -> None:
    answer = send(hives, "POST", "", NEW)
    assert answer.status_code == 201
    assert answer.headers["location"] == f"{ID}Hive/H-9"
    assert answer.headers[COMMIT] == "2"
    written = answer.json()
    assert (written["created"], written["accepted"], written["added"]) == (True, True, 4)
    assert written["entity"]["label"] == "New"
    assert read(hives, "/Hive/H-9") == (
        {
            "class": "Hive",
            "key": "H-9",
            "iri": f"{ID}Hive/H-9",
            "hiveCode": "H-9",
            "caption": "New",
            "foragesAt": ["Meadow/brook"],
        },
        answer.headers["etag"],
    )
    problem(send(hives, "POST", "", NEW), 409, "entity-exists")


def test_the_address_may_name_the_class(hives: ServiceClient) -> None:
    document = {"hiveCode": "N-1", "caption": "Tiny", "class": "NucleusHive"}
    answer = send(hives, "POST", "/Hive", document)
    assert answer.headers["location"] == f"{ID}NucleusHive/N-1"
    found = problem(send(hives, "POST", "/Meadow", document), 400, "invalid-document")
    assert found["pointer"] == "/class"
    problem(send(hives, "POST", "/Hyve", document), 404, "unknown-term")


def test_put_makes_an_entity_or_replaces_it(hives: ServiceClient) -> None:
    first = send(hives, "PUT", "/Hive/H%2F9%20%C3%BC", {**NEW, "hiveCode": "x"}, if_none_match="*")
    assert first.status_code == 201
    assert first.headers["location"] == f"{ID}Hive/H%2F9%20%C3%BC"
    again = send(hives, "PUT", "/Hive/H%2F9%20%C3%BC", {"hiveCode": "x", "caption": "Newer"})
    assert again.status_code == 200
    assert "location" not in again.headers
    assert "foragesAt" not in read(hives, "/Hive/H%2F9%20%C3%BC")[0]
    refused = send(hives, "PUT", "/Hive/H%2F9%20%C3%BC", NEW, if_none_match="*")
    found = problem(refused, 412, "precondition-failed")
    assert f'"{found["current"]}"' == again.headers["etag"]
    problem(send(hives, "PUT", "/Hyve/1", NEW), 404, "unknown-entity")


def test_a_patch_changes_what_it_says(hives: ServiceClient) -> None:
    patch = {"temper": "fierce", "foragesAt": None}
    answer = send(hives, "PATCH", "/Hive/H-1", patch, media_type=MERGE_PATCH)
    assert answer.status_code == 200
    document, tag = read(hives, "/Hive/H-1")
    assert document["temper"] == "fierce"
    assert "foragesAt" not in document
    assert tag == answer.headers["etag"]
    by_iri = send(hives, "PATCH", "/https%3A%2F%2Fbees.example%2Fid%2FHive%2FH-1", {"temper": None})
    assert by_iri.json()["removed"] == 1
    problem(send(hives, "PATCH", "/Hive/H-77", patch), 404, "unknown-entity")


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_a_stale_tag_is_refused_with_the_present_one(hives: ServiceClient, method: str) -> None:
    _, stale = read(hives, "/Hive/H-3")
    send(hives, "PATCH", "/Hive/H-3", {"temper": "lively"})
    _, present = read(hives, "/Hive/H-3")
    change = None if method == "DELETE" else {"hiveCode": "H-3", "caption": "Mine"}
    found = problem(
        send(hives, method, "/Hive/H-3", change, if_match=stale), 412, "precondition-failed"
    )
    assert f'"{found["current"]}"' == present
    assert read(hives, "/Hive/H-3")[1] == present
    done = send(hives, method, "/Hive/H-3", change, if_match=f"{stale}, {present}")
    assert done.status_code == 200


def test_a_tag_of_the_view_guards_as_well(hives: ServiceClient) -> None:
    tag = hives.get(f"{API}/Hive/H-3").headers["etag"]
    # What others do changes the view, and not the state that the tag speaks of.
    send(hives, "PATCH", "/Meadow/brook", {"caption": "The Brook"})
    assert hives.get(f"{API}/Hive/H-3").headers["etag"] != tag
    assert send(hives, "PATCH", "/Hive/H-3", {"temper": "lively"}, if_match=tag).status_code == 200
    problem(
        send(hives, "PATCH", "/Hive/H-3", {"temper": "gentle"}, if_match=tag),
        412,
        "precondition-failed",
    )
    weak = f"W/{hives.get(f'{API}/Hive/H-3').headers['etag']}"
    problem(
        send(hives, "PATCH", "/Hive/H-3", {"temper": "gentle"}, if_match=weak),
        412,
        "precondition-failed",
    )


def test_what_others_refer_to_is_not_deleted(hives: ServiceClient) -> None:
    found = problem(send(hives, "DELETE", "/Meadow/brook"), 409, "entity-referenced")
    assert found["total"] == 2
    assert found["referrers"][0] == {
        "iri": f"{ID}Hive/H-1",
        "label": "Old Willow",
        "class": "Hive",
        "relationship": "forages at",
    }
    gone = send(hives, "DELETE", "/Meadow/brook?detach=true")
    assert gone.status_code == 200
    assert "etag" not in gone.headers
    assert gone.json()["entity"]["label"] == "Brook"
    problem(hives.get(f"{API}/Meadow/brook"), 404, "unknown-entity")


def test_a_dry_run_tells_difference_report_and_impact(
    hives: ServiceClient, bees: Repository
) -> None:
    answer = send(hives, "PATCH", "/Meadow/brook?dry_run=true", {"caption": "The Brook"})
    assert answer.status_code == 200
    found = answer.json()
    assert (found["dry_run"], found["commit"], found["accepted"]) == (True, None, True)
    assert found["added_quads"] == [
        f'<{ID}Meadow/brook> <https://bees.example/terms#caption> "The Brook" '
        "<https://bees.example/year> ."
    ]
    assert found["words"] == {
        "removed": ["“Brook”: caption is “Brook”"],
        "added": ["“Brook”: caption is “The Brook”"],
        "left_out": 0,
    }
    impact = bees.impact("Brook", limit=20)
    assert found["impact"]["total"] == impact.total > 0
    assert found["impact"]["hits"] == [each.to_dict() for each in impact.hits]
    assert bees.snapshot == 1


def test_a_dry_run_of_what_is_refused_gives_the_report(hives: ServiceClient) -> None:
    answer = send(hives, "PATCH", "/Hive/H-1?dry_run=true", {"temper": "angry"})
    assert answer.status_code == 200
    assert answer.json()["accepted"] is False
    assert answer.json()["report"]["counts"]["violation"] == 1
    created = send(hives, "POST", "?dry_run=true", NEW)
    assert (created.status_code, "location" in created.headers) == (200, False)


def test_a_refusal_brings_the_report(hives: ServiceClient, bees: Repository) -> None:
    found = problem(
        send(hives, "PATCH", "/Hive/H-1", {"temper": "angry"}), 422, "data-does-not-conform"
    )
    (violation,) = (each for each in found["report"]["results"] if each["severity"] == "violation")
    assert violation["message"] == "The temper is gentle, lively or fierce."
    turtle = send(hives, "PATCH", "/Hive/H-1", {"temper": "angry"}, accept="text/turtle")
    assert turtle.status_code == 422
    assert turtle.headers["content-type"].startswith("text/turtle")
    assert "sh:ValidationReport" in turtle.text
    assert bees.snapshot == 1


@pytest.mark.parametrize(
    ("document", "headers", "status", "code"),
    [
        (b'{"caption": 1, "caption": 2}', {}, 400, "invalid-document"),
        (b'{"caption": NaN}', {}, 400, "invalid-document"),
        (b'{"a":' * 20_000 + b"1" + b"}" * 20_000, {}, 400, "invalid-document"),
        (b"[]", {}, 400, "invalid-document"),
        (b"", {}, 400, "invalid-document"),
        (b'{"tempre": "gentle"}', {}, 400, "invalid-document"),
        (b"{}", {"Content-Type": "text/turtle"}, 415, "unsupported-media-type"),
        (
            b"{}",
            {"Content-Type": "application/json; charset=latin1"},
            415,
            "unsupported-media-type",
        ),
    ],
)
def test_bodies_that_are_no_documents(
    hives: ServiceClient, document: bytes, headers: Mapping[str, str], status: int, code: str
) -> None:
    fields = {"Content-Type": "application/json", **headers}
    for method in ("PUT", "PATCH"):
        answer = hives.send(method, f"{API}/Hive/H-1", content=document, headers=fields)
        problem(answer, status, code)


def test_no_entity_is_written_into_a_system_graph(hives: ServiceClient) -> None:
    graph = "https%3A%2F%2Forthogramic.com%2Frepository%23inferred"
    problem(send(hives, "POST", f"?graph={graph}", NEW), 403, "protected-graph")


def test_author_and_message_are_logged(hives: ServiceClient) -> None:
    send(hives, "PATCH", "/Hive/H-1?author=Ada&message=A%20calm%20year", {"temper": "lively"})
    commit = hives.get("/api/v1/history").json()["items"][0]
    assert (commit["author"], commit["message"]) == ("Ada", "A calm year")


def test_a_slip_in_a_parameter_is_told(hives: ServiceClient) -> None:
    found = problem(send(hives, "DELETE", "/Hive/H-3?dryrun=true"), 400, "invalid-parameter")
    assert "dry_run" in found["detail"]


def test_the_interface_tells_of_bodies_and_answers(hives: ServiceClient) -> None:
    paths = hives.get("/openapi.json").json()["paths"]
    item = paths["/api/v1/entities/{name}"]
    assert set(item) == {"get", "put", "patch", "delete"}
    assert MERGE_PATCH in item["patch"]["requestBody"]["content"]
    assert {"200", "201", "409", "412", "422"} <= set(item["put"]["responses"])
    # The examples can be sent as they are.
    new = paths["/api/v1/entities"]["post"]["requestBody"]["content"][ENTITY]["example"]
    assert send(hives, "POST", "", new).status_code == 201
    example = item["put"]["requestBody"]["content"][ENTITY]["example"]
    assert send(hives, "PUT", f"/{example['class']}/{example['key']}", example).status_code == 200
    patch = item["patch"]["requestBody"]["content"][MERGE_PATCH]["example"]
    name = next(each["example"] for each in item["patch"]["parameters"] if each["name"] == "name")
    assert send(hives, "PATCH", f"/{name}", patch).status_code == 200
