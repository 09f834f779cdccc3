"""Data that is sent is judged and never kept."""

from __future__ import annotations

import json
from typing import Any

import pyoxigraph
import pytest

from orthogramic import Repository
from tests.service.service_client import ServiceClient, problem

VALIDATE = "/api/v1/validate"
PREFIX = "PREFIX orth: <https://orthogramic.com/metamodel#>\n"
BAD = PREFIX + "<https://data.orthogramic.com/id/Capability/x> a orth:Capability .\n"
UNTYPED = "<https://example.org/x> <https://example.org/p> 1 ."
OWN_SHAPES = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX e: <https://example.org/>
e:S a sh:NodeShape ; sh:targetNode e:x ; sh:property e:S-p .
e:S-p a sh:PropertyShape ; sh:path e:p ; sh:maxInclusive 0 .
"""


def report(client: ServiceClient, data: str, **more: str) -> dict[str, Any]:
    answer = client.post(VALIDATE, json.dumps({"data": data, **more}), "application/json")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_data_is_judged_by_the_shapes_of_the_bundle(client: ServiceClient) -> None:
    found = report(client, BAD)
    assert (found["conforms"], found["accepted"]) == (False, False)
    assert any(each["severity"] == "violation" and each["message"] for each in found["results"])
    assert report(client, UNTYPED)["conforms"] is True


def test_data_may_bring_its_shapes(client: ServiceClient) -> None:
    found = report(client, UNTYPED, shapes=OWN_SHAPES)
    assert [each["component"].rsplit("#")[-1] for each in found["results"]] == [
        "MaxInclusiveConstraintComponent"
    ]


def test_every_way_in_gives_the_same_report(client: ServiceClient) -> None:
    by_json = report(client, BAD)
    by_file = client.send("POST", VALIDATE, files={"data": ("x.ttl", BAD.encode(), "text/turtle")})
    by_field = client.send("POST", VALIDATE, files={"data": (None, BAD.encode())})
    by_body = client.post(VALIDATE, BAD, "text/turtle")
    found = [each.json() for each in (by_file, by_field, by_body)]
    for each in [by_json, *found]:
        for result in each["results"]:
            result.pop("source")
    assert all(each == by_json for each in found)


def test_shapes_may_be_a_part_of_the_form(client: ServiceClient) -> None:
    integer = "http://www.w3.org/2001/XMLSchema#integer"
    triples = f'<https://example.org/x> <https://example.org/p> "1"^^<{integer}> .'
    files = {
        "data": ("x.nt", triples.encode(), "application/octet-stream"),
        "shapes": ("shapes.ttl", OWN_SHAPES.encode(), "text/turtle"),
    }
    answer = client.send("POST", VALIDATE, accept="application/n-triples", files=files)
    found = {
        quad.predicate.value.rsplit("#")[-1]: quad.object
        for quad in pyoxigraph.parse(answer.content, pyoxigraph.RdfFormat.N_TRIPLES)
    }
    assert found["conforms"].value == "false"
    assert found["focusNode"] == pyoxigraph.NamedNode("https://example.org/x")


@pytest.mark.parametrize(
    ("accept", "media_type", "begins"),
    [
        ("text/turtle", "text/turtle", "PREFIX"),
        ("text/plain", "text/plain", ""),
        ("application/json", "application/json", "{"),
        ("application/ld+json", "application/ld+json", "["),
    ],
)
def test_the_report_has_the_accepted_form(
    client: ServiceClient, accept: str, media_type: str, begins: str
) -> None:
    answer = client.post(VALIDATE, BAD, "text/turtle", accept)
    assert answer.headers["content-type"].partition(";")[0] == media_type
    assert answer.text.lower().removeprefix("@").startswith(begins.lower())
    assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize(
    ("body", "media_type", "status", "code"),
    [
        (b"{", "application/json", 400, "invalid-parameter"),
        (b"[]", "application/json", 400, "invalid-parameter"),
        (b"{}", "application/json", 400, "invalid-parameter"),
        (b'{"data": 1}', "application/json", 400, "invalid-parameter"),
        (b'{"date": ""}', "application/json", 400, "invalid-parameter"),
        (b'{"data": "x", "syntax": "word"}', "application/json", 415, "unsupported-media-type"),
        (b"[" * 100_000, "application/json", 400, "invalid-parameter"),
        (b"<a", "text/turtle", 400, "rdf-syntax"),
        (b"", "text/turtle", 400, "empty-input"),
        (b"a,b", "text/csv", 415, "unsupported-media-type"),
        (b"a", "application/octet-stream", 415, "unsupported-media-type"),
    ],
)
def test_what_cannot_be_read_is_a_problem(
    client: ServiceClient, body: bytes, media_type: str, status: int, code: str
) -> None:
    problem(client.post(VALIDATE, body, media_type), status, code)


def test_a_syntax_error_says_where(client: ServiceClient) -> None:
    found = problem(client.post(VALIDATE, BAD + "<x> <y> .", "text/turtle"), 400, "rdf-syntax")
    assert found["line"] == 3


def test_nothing_is_kept(client: ServiceClient, reference: Repository) -> None:
    before = reference.stats()
    report(client, BAD)
    assert reference.stats() == before


MENDABLE = """
<https://example.org/x> <https://example.org/p> "5" , "six" .
"""
NUMBERS = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX e: <https://example.org/>
e:S sh:targetNode e:x ; sh:property e:S-p .
e:S-p sh:path e:p ; sh:datatype <http://www.w3.org/2001/XMLSchema#integer> .
"""


def test_mends_are_told_as_patches(client: ServiceClient) -> None:
    body = json.dumps({"data": MENDABLE, "shapes": NUMBERS})
    answer = client.post(f"{VALIDATE}?mends=true", body, "application/json")
    [mend] = answer.json()["mends"]
    assert mend["sentence"] == "Give “5” as a whole number, not as text."
    assert mend["removed"] == ['<https://example.org/x> <https://example.org/p> "5" .']
    [added] = mend["added"]
    assert added.endswith('"5"^^<http://www.w3.org/2001/XMLSchema#integer> .')
    text = client.post(f"{VALIDATE}?mends=true", body, "application/json", "text/plain").text
    assert "1 mend needs no decision." in text


def test_mends_are_not_told_in_rdf(client: ServiceClient) -> None:
    answer = client.post(f"{VALIDATE}?mends=true", MENDABLE, "text/turtle", "text/turtle")
    problem(answer, 400, "invalid-parameter")


def test_a_long_report_is_told_in_pages(client: ServiceClient) -> None:
    body = json.dumps({"data": MENDABLE, "shapes": NUMBERS})
    pages = [
        client.post(f"{VALIDATE}?limit=1&offset={start}", body, "application/json").json()
        for start in range(3)
    ]
    assert [page["total"] for page in pages] == [2, 2, 2]
    assert [len(page["results"]) for page in pages] == [1, 1, 0]
    whole = client.post(VALIDATE, body, "application/json").json()
    assert whole["results"] == [*pages[0]["results"], *pages[1]["results"]]
    assert pages[0]["counts"] == whole["counts"]
