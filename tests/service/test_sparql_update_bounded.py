"""Updates of hostile patterns: an error within the bounds, and the next write is made."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.testclient import TestClient

import orthogramic
from orthogramic.service.app import create_service
from orthogramic.service.settings import Limits, Settings
from tests.conftest import TOY
from tests.service.bounded_service import BoundedService, bounded_service

UPDATE = "application/sparql-update"
ALL = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
HOSTILE = {
    "a count of everything with everything": (
        f"INSERT {{ <urn:x> <urn:y> ?n }} WHERE {{ SELECT (COUNT(*) AS ?n) {{ {ALL} }} }}"
    ),
    "everything with everything": f"INSERT {{ ?a <urn:y> ?l }} WHERE {{ {ALL} }}",
    "a text that doubles": (
        "INSERT { <urn:x> <urn:y> ?v40 } WHERE { BIND('aaaaaaaaaa' AS ?v0) "
        + " ".join(f"BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(40))
        + " }"
    ),
    "everything, after something was written": (
        "INSERT DATA { <urn:x> <urn:y> 1 } ; "
        f"INSERT {{ <urn:x> <urn:z> ?n }} WHERE {{ SELECT (COUNT(*) AS ?n) {{ {ALL} }} }}"
    ),
    "braces in braces": f"INSERT {{}} WHERE {'{' * 2000}{'}' * 2000}",
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BoundedService]:
    with bounded_service(tmp_path_factory.mktemp("updates") / "store") as found:
        yield found


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_pattern_is_stopped_and_others_may_write(
    service: BoundedService, name: str
) -> None:
    status, body = service.post("/sparql", HOSTILE[name].encode(), UPDATE)
    problem = json.loads(body)
    assert status in {400, 413, 422, 503}, problem
    assert problem["code"] in {
        "query-timeout", "query-memory", "too-many-rows", "change-too-large", "query-refused",
        "query-crashed", "limit-exceeded",
    }  # fmt: skip
    text = f'INSERT DATA {{ <urn:after> <urn:p> "{name}" }}'
    assert service.post("/sparql", text.encode(), UPDATE)[0] == 204
    status, body = service.query(f'ASK {{ <urn:after> <urn:p> "{name}" }}')
    assert (status, json.loads(body)["boolean"]) == (200, True)


def test_an_update_reads_what_was_written_just_before(service: BoundedService) -> None:
    for number in range(20):
        first = f"INSERT DATA {{ <urn:count> <urn:p> {number} }}"
        then = (
            "DELETE { GRAPH ?g { <urn:count> <urn:p> ?n } } "
            f"WHERE {{ GRAPH ?g {{ <urn:count> <urn:p> ?n FILTER (?n = {number}) }} }}"
        )
        assert service.post("/sparql", first.encode(), UPDATE)[0] == 204
        assert service.post("/sparql", then.encode(), UPDATE)[0] == 204
        assert json.loads(service.query("ASK { <urn:count> ?p ?o }")[1])["boolean"] is False


def test_operations_see_what_those_before_them_wrote(service: BoundedService) -> None:
    text = (
        "INSERT DATA { <urn:one> <urn:next> <urn:two> } ; "
        "INSERT { ?b <urn:next> <urn:three> } WHERE { <urn:one> <urn:next> ?b } ; "
        "DELETE { GRAPH kr:default { <urn:one> <urn:next> ?b } } "
        "WHERE { ?b <urn:next> <urn:three> }"
    )
    assert service.post("/sparql", text.encode(), UPDATE)[0] == 204
    for pattern, there in (("<urn:two> <urn:next> <urn:three>", True), ("<urn:one> ?p ?o", False)):
        assert json.loads(service.query(f"ASK {{ {pattern} }}")[1])["boolean"] is there


ENDLESS = HOSTILE["a count of everything with everything"]
SECOND = {
    "after a change": f"INSERT DATA {{ <urn:a> <urn:b> 1 }} ; {ENDLESS}",
    "after a change that a pattern made": (
        "INSERT { ?s <urn:copy> ?o } WHERE { { SELECT * { ?s ?p ?o } LIMIT 5 } } ; "
        f"{HOSTILE['a text that doubles']}"
    ),
    "many, none of them endless": " ; ".join(
        f"INSERT {{ <urn:x> <urn:y{n}> ?n }} WHERE {{ SELECT (COUNT(*) AS ?n) "
        "{ ?a ?b ?c . ?d ?e ?f FILTER(?c = ?f) } }"
        for n in range(50)
    ),
}


@pytest.mark.parametrize("name", SECOND)
def test_later_operations_are_bounded_too(service: BoundedService, name: str) -> None:
    started = time.monotonic()
    status, body = service.post("/sparql", SECOND[name].encode(), UPDATE)
    assert (status, json.loads(body)["code"][:6]) == (503, "query-"), body
    assert time.monotonic() - started < 12
    assert json.loads(service.query("ASK { <urn:a> <urn:b> 1 }")[1])["boolean"] is False
    assert service.still_answers()


def test_later_operations_see_what_earlier_ones_did(service: BoundedService) -> None:
    text = (
        "INSERT DATA { <urn:s> <urn:p> 1 } ; "
        "INSERT { <urn:s> <urn:q> ?n } WHERE { SELECT (?v + 1 AS ?n) { <urn:s> <urn:p> ?v } } ; "
        "DELETE { <urn:s> <urn:p> ?v } WHERE { <urn:s> <urn:p> ?v ; <urn:q> 2 } ; "
        "INSERT { <urn:s> <urn:r> ?n } WHERE "
        "{ SELECT (COUNT(*) AS ?n) { <urn:s> ?p ?o } }"
    )
    assert service.post("/sparql", text.encode(), UPDATE)[0] == 204
    status, body = service.query("SELECT ?p ?o { <urn:s> ?p ?o } ORDER BY ?p")
    found = [row["o"]["value"] for row in json.loads(body)["results"]["bindings"]]
    assert (status, found) == (200, ["2", "1"])
    assert service.post("/sparql", b"DELETE WHERE { <urn:s> ?p ?o }", UPDATE)[0] == 204


def test_a_hostile_patch_is_stopped(service: BoundedService) -> None:
    connection = service.connect()
    text = "INSERT { <urn:x> <urn:y> ?n } WHERE { SELECT (COUNT(*) AS ?n) { " + " . ".join(
        f"GRAPH ?g{n} {{ ?a{n} ?b{n} ?c{n} }}" for n in range(4)
    )
    connection.request("PATCH", "/graphs?graph=urn:g", text + " } }", {"Content-Type": UPDATE})
    answer = connection.getresponse()
    assert (answer.status, json.loads(answer.read())["code"]) == (503, "query-timeout")
    connection.close()
    assert service.still_answers()


READ = ("/graphs?default", "/api/v1/results", "/api/v1/stats", "/sparql?query=ASK%7B%7D")


def test_readers_are_not_held_up_and_a_client_that_leaves_ends_the_work(
    service: BoundedService,
) -> None:
    host, _, port = service.address.rpartition(":")
    service.get("/api/v1/results")
    for text in (ENDLESS, SECOND["after a change"]):
        with socket.create_connection((host, int(port))) as connection:
            head = f"POST /sparql HTTP/1.1\r\nHost: {service.address}\r\nContent-Type: {UPDATE}\r\n"
            connection.sendall(f"{head}Content-Length: {len(text)}\r\n\r\n{text}".encode())
            time.sleep(0.5)
            started = time.monotonic()
            for path in READ:
                assert service.get(path)[0] == 200
            assert time.monotonic() - started < 1.5
        # Nobody waits for it any more, so the next write need not wait for its end either.
        started = time.monotonic()
        assert service.post("/sparql", b"INSERT DATA { <urn:l> <urn:p> 1 }", UPDATE)[0] == 204
        assert time.monotonic() - started < 1.5


def test_a_long_text_in_many_rows_is_refused(service: BoundedService) -> None:
    values = " ".join(map(str, range(200)))
    doubled = " ".join(f"BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(16))
    text = (
        "INSERT { <urn:x> <urn:y> ?w } WHERE { "
        f"VALUES ?n {{ {values} }} BIND('aaaaaaaaaaaaaaaa' AS ?v0) {doubled} "
        "BIND(CONCAT(?v16, STR(?n)) AS ?w) }"
    )
    status, body = service.post("/sparql", text.encode(), UPDATE)
    assert status == 503
    assert json.loads(body)["code"] in {"limit-exceeded", "query-timeout"}
    assert service.still_answers()


def test_too_long_an_update_is_refused_before_it_is_read(service: BoundedService) -> None:
    data = " ".join(f"<urn:s{n}> <urn:p> {n} ." for n in range(1_000_000))
    status, body = service.post("/sparql", f"INSERT DATA {{ {data} }}".encode(), UPDATE)
    assert (status, json.loads(body)["code"]) == (400, "invalid-parameter")
    status, body = service.post("/graphs?graph=urn:million", data.encode(), "text/turtle")
    assert (status, json.loads(body)["code"]) == (413, "change-too-large")
    assert service.still_answers()


def test_a_write_waits_no_longer_than_the_bound() -> None:
    with orthogramic.open_memory(bundle=[TOY]) as repository:
        app = create_service(repository, Settings(limits=Limits(query_seconds=0.3)))
        with TestClient(app) as client, repository._knowledge.turn():
            for method, path, media, text in (
                ("POST", "/sparql", UPDATE, "INSERT DATA { <urn:a> <urn:b> 1 }"),
                ("PATCH", "/graphs?graph=urn:g", UPDATE, "INSERT DATA { <urn:a> <urn:b> 1 }"),
                ("PUT", "/graphs?graph=urn:g", "text/turtle", "<urn:a> <urn:b> 1 ."),
                ("POST", "/api/v1/import", "text/turtle", "<urn:a> <urn:b> 1 ."),
            ):
                answer = client.request(method, path, content=text, headers={"Content-Type": media})
                assert (answer.status_code, answer.json()["code"]) == (503, "service-busy")
                assert int(answer.headers["Retry-After"]) > 0


def test_too_many_questions_are_told_when_to_come_again() -> None:
    bounds = Limits(query_seconds=2, query_workers=1, query_spares=0, query_waiting=1)
    values = " ".join(map(str, range(200)))
    endless = (
        "SELECT (COUNT(*) AS ?n) { "
        + " ".join(f"VALUES ?v{n} {{ {values} }}" for n in range(5))
        + " FILTER(?v0 + ?v1 + ?v2 + ?v3 + ?v4 = 1) }"
    )
    with orthogramic.open_memory(bundle=[TOY]) as repository:
        app = create_service(repository, Settings(limits=bounds))
        with TestClient(app) as client, ThreadPoolExecutor(4) as threads:
            asked = [
                threads.submit(client.get, "/sparql", params={"query": endless}) for _ in range(4)
            ]
            answers = [each.result() for each in asked]
    busy = [each for each in answers if each.json()["code"] == "service-busy"]
    assert busy
    assert all(each.status_code == 503 and int(each.headers["Retry-After"]) for each in busy)
