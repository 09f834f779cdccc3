"""Hostile questions over HTTP: an error that says which bound, and the next request is answered."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service.bounded_service import BoundedService, bounded_service, escaped

ALL = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . "
DOUBLING = "BIND('aaaaaaaaaaaaaaaa' AS ?v0) " + "".join(
    f"BIND(CONCAT(?v{at}, ?v{at}) AS ?v{at + 1}) " for at in range(40)
)
DEEP_JSON = b'{"@id": "https://things.example/x", "https://things.example/p": '
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a0 "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY a%d "%s">' % (at, b"&a%d;" % (at - 1) * 10) for at in range(1, 10))
    + b']><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">&a9;</rdf:RDF>'
)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BoundedService]:
    with bounded_service(tmp_path_factory.mktemp("bounded") / "store") as running:
        yield running


HOSTILE = {
    "nested braces": ("ASK " + "{" * 4500 + "}" * 4500, {"query-crashed"}),
    "nested parentheses": (
        "SELECT (" + "(" * 9000 + "1" + ")" * 9000 + " AS ?x) {}",
        {"query-crashed"},
    ),
    "doubling": (f"SELECT (STRLEN(?v40) AS ?n) {{ {DOUBLING} }}", {"query-memory"}),
    "cartesian count": (f"SELECT (COUNT(*) AS ?n) {{ {ALL} }}", {"query-timeout"}),
    "cartesian sort": (
        f"SELECT ?a {{ {ALL} }} ORDER BY CONCAT(STR(?c), STR(?f), STR(?i)) LIMIT 1",
        {"query-timeout", "query-memory"},
    ),
    "distinct": (
        f"SELECT DISTINCT ?a ?d ?g ?b ?e {{ {ALL} }} OFFSET 9999999999",
        {"query-timeout", "query-memory"},
    ),
    "path closure": (
        "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>|^!<urn:x>)* ?b . ?b (!<urn:x>|^!<urn:x>)* ?c . "
        "?c (!<urn:x>|^!<urn:x>)* ?d }",
        {"query-timeout", "query-memory"},
    ),
    "group concat": (
        f"SELECT (STRLEN(GROUP_CONCAT(CONCAT(STR(?a), STR(?d), STR(?g)))) AS ?n) {{ {ALL} }}",
        {"query-timeout", "query-memory"},
    ),
    "replace": (
        "SELECT (STRLEN(?v9) AS ?n) { BIND('aaaaaaaaaa' AS ?v0) "
        + "".join(f"BIND(REPLACE(?v{at}, '.', '{'$0' * 10}') AS ?v{at + 1}) " for at in range(9))
        + "}",
        {"query-memory", "query-timeout"},
    ),
    "values": (
        "SELECT (COUNT(*) AS ?n) {"
        + "".join(f" VALUES ?v{at} {{ 0 1 2 3 4 5 6 7 8 9 }}" for at in range(12))
        + "}",
        {"query-timeout", "query-memory"},
    ),
    "many triples": (
        "ASK {" + " ".join(f"?x{at} ?p{at} ?x{at + 1} ." for at in range(200)) + "}",
        {"query-timeout", "query-memory", "query-crashed", ""},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "codes"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_question_is_an_error_and_the_next_is_answered(
    service: BoundedService, text: str, codes: set[str]
) -> None:
    started = time.monotonic()
    status, body = service.query(text)
    assert time.monotonic() - started < 30
    code = json.loads(body).get("code", "")
    assert code in codes, body[:500]
    assert (status == 200) == (not code)
    assert service.still_answers()


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/workbench?query=", ""),
        ("/sparql?query=", "query-timeout"),
    ],
)
def test_pages_are_bounded_as_the_endpoint_is(
    service: BoundedService, path: str, code: str
) -> None:
    status, body = service.get(path + escaped(f"SELECT (COUNT(*) AS ?n) {{ {ALL} }}"))
    assert status == 503
    assert b"3 seconds" in body
    assert code.encode() in body
    assert service.still_answers()


def test_a_request_may_ask_for_less_time(service: BoundedService) -> None:
    started = time.monotonic()
    status, body = service.query(f"SELECT (COUNT(*) AS ?n) {{ {ALL} }}", timeout="0.3")
    assert (status, json.loads(body)["code"], json.loads(body)["limit"]) == (
        503,
        "query-timeout",
        0.3,
    )
    assert time.monotonic() - started < 3
    for wrong in ("0", "-1", "soon", "nan", "inf"):
        status, body = service.query("ASK {}", timeout=wrong)
        assert (status, json.loads(body)["code"]) == (400, "invalid-parameter")


def test_an_answer_has_no_more_rows_than_allowed(service: BoundedService) -> None:
    few = "SELECT (1 AS ?one) { ?s ?p ?o . ?a ?b ?c } LIMIT 5000"
    status, body = service.query(few, format="csv")
    assert (status, body.count(b"\n")) == (200, 5001)
    status, body = service.query(few.replace("5000", "5001"), format="tsv")
    assert (status, json.loads(body)["code"], json.loads(body)["limit"]) == (
        422,
        "too-many-rows",
        5000,
    )


def test_an_answer_that_fails_late_is_broken_off(service: BoundedService) -> None:
    long = "'" + "x" * 500 + "'"
    connection = service.connect()
    text = f"SELECT ?s ({long} AS ?long) {{ ?s ?p ?o . ?a ?b ?c }} LIMIT 5001"
    connection.request("GET", "/sparql?query=" + escaped(text))
    answer = connection.getresponse()
    assert answer.status == 200
    with pytest.raises(http.client.IncompleteRead):
        answer.read()
    connection.close()
    assert service.still_answers()


def test_the_first_bytes_come_before_the_last_row(service: BoundedService) -> None:
    long = "'" + "x" * 500 + "'"
    connection = service.connect()
    text = f"SELECT ?s ({long} AS ?long) {{ ?s ?p ?o FILTER(?s != ?p) {ALL} }}"
    started = time.monotonic()
    connection.request("GET", "/sparql?query=" + escaped(text))
    answer = connection.getresponse()
    assert answer.read(20).startswith(b'{"head"')
    assert time.monotonic() - started < 2.5
    connection.close()
    assert service.still_answers()


def test_a_client_that_goes_away_ends_the_work(service: BoundedService) -> None:
    assert service.still_answers()
    before = set(service.workers())
    text = escaped(f"SELECT (COUNT(*) AS ?n) {{ {ALL} }}")
    host, port = service.address.split(":")
    with socket.create_connection((host, int(port))) as client:
        client.sendall(f"GET /sparql?query={text} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        time.sleep(0.5)
        assert set(service.workers()) >= before
    for _ in range(20):
        if not before <= set(service.workers()):
            break
        time.sleep(0.1)
    assert not before <= set(service.workers()), "nobody was stopped before the time was over"
    assert service.still_answers()


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (DEEP_JSON * 20_000 + b"1" + b"}" * 20_000, "application/ld+json"),
        (b"[" * 20_000 + b"]" * 20_000, "application/ld+json"),
        (BOMB, "application/rdf+xml"),
        (b'<urn:x> <urn:p> ' + b"[ <urn:p> " * 20_000 + b"]" * 20_000 + b" .", "text/turtle"),
        (b'{"@context": "https://contexts.example/c", "@id": "urn:x"}', "application/ld+json"),
    ],
    ids=["deep JSON-LD", "deep arrays", "entities", "deep Turtle", "remote context"],
)  # fmt: skip
def test_a_hostile_document_is_an_error_and_the_next_request_is_answered(
    service: BoundedService, body: bytes, media_type: str
) -> None:
    started = time.monotonic()
    status, said = service.post("/api/v1/validate", body, media_type)
    assert (status, json.loads(said)["code"]) == (400, "rdf-syntax"), said[:300]
    assert time.monotonic() - started < 20
    assert service.still_answers()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "service-not-allowed"),
        ("SELECT * { SERVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }", "service-not-allowed"),
        ("LOAD <http://127.0.0.1:1/>", "load-not-allowed"),
    ],
)
def test_nothing_is_fetched_for_a_question(service: BoundedService, text: str, reason: str) -> None:
    status, body = service.query(text)
    assert (status, json.loads(body)["reason"]) == (400, reason)


def test_a_graph_of_another_machine_is_only_a_name(service: BoundedService) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.5)
        graph = f"http://127.0.0.1:{listener.getsockname()[1]}/graph"
        status, body = service.query(f"SELECT * FROM <{graph}> {{ ?s ?p ?o }}")
        assert (status, json.loads(body)["results"]["bindings"]) == (200, [])
        shapes = (
            f"<urn:o> <http://www.w3.org/2002/07/owl#imports> <{graph}> ; "
            f"<http://www.w3.org/ns/shacl#shapesGraph> <{graph}> ."
        )
        for document in ({"data": shapes}, {"data": shapes, "shapes": shapes}):
            service.post("/api/v1/validate", json.dumps(document).encode(), "application/json")
        with pytest.raises(TimeoutError):
            listener.accept()


def test_workers_end_with_a_service_that_is_killed(tmp_path: Path) -> None:
    with bounded_service(tmp_path / "store") as killed:
        assert killed.still_answers()
        workers = killed.workers()
        assert workers
        killed.process.send_signal(signal.SIGKILL)
        killed.process.wait()
        for _ in range(100):
            if not any(_runs(each) for each in workers):
                break
            time.sleep(0.1)
        assert not [each for each in workers if _runs(each)]
    with bounded_service(tmp_path / "store") as again:
        assert again.still_answers()
    assert not (tmp_path / "store" / "replicas").exists()


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
        state = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return False
    return state != "Z"
