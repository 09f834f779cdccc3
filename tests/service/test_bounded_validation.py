"""Hostile shapes over HTTP: an error within the bounds, and the next request is answered."""

from __future__ import annotations

import http.server
import json
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service.bounded_service import BoundedService, bounded_service

PREFIXES = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <https://things.example/> . "
DATA = PREFIXES + "".join(f':n{n} a :C ; :p :n{n + 1} ; :q "v{n}" . ' for n in range(60))
MANY = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
DOUBLING = "BIND('aaaaaaaaaa' AS ?v0) " + " ".join(
    f"BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(40)
)


def sparql(pattern: str) -> str:
    return (
        f'{PREFIXES} :S a sh:NodeShape ; sh:targetClass :C ; sh:sparql [ sh:message "m" ; '
        f'sh:select """SELECT $this WHERE {{ $this ?t ?u . {pattern} }}""" ] .'
    )


def doubling_shapes(depth: int) -> str:
    """Return shapes that refer to each other, each to the next in several ways."""
    references = " ".join(
        f":S{n} a sh:NodeShape ; sh:and ( :S{n + 1} :S{n + 1} :S{n + 1} ) ; sh:or ( :S{n + 1} ) ."
        for n in range(depth)
    )
    return (
        f"{PREFIXES} :S0 sh:targetClass :C . {references} :S{depth} a sh:NodeShape ; "
        "sh:nodeKind sh:IRI ."
    )


HOSTILE = {
    "a pattern that backtracks": (
        PREFIXES + ':n a :C ; :q "' + "a" * 40 + '!" .',
        PREFIXES + ":S a sh:NodeShape ; sh:targetClass :C ; "
        'sh:property [ sh:path :q ; sh:pattern "^(a+)+$" ] .',
    ),
    "SPARQL without end": (DATA, sparql(MANY)),
    "SPARQL that doubles": (DATA, sparql(f"{DOUBLING} FILTER(STRLEN(?v39) > 1)")),
    "shapes that refer to each other": (DATA, doubling_shapes(25)),
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BoundedService]:
    with bounded_service(tmp_path_factory.mktemp("validation") / "store") as found:
        yield found


def validate(service: BoundedService, data: str, shapes: str) -> tuple[int, dict[str, object]]:
    body = json.dumps({"data": data, "shapes": shapes}).encode()
    status, answer = service.post("/api/v1/validate", body, "application/json")
    return status, json.loads(answer)


def good(service: BoundedService) -> None:
    """Find that what is honest is judged, and rightly."""
    shapes = (
        f"{PREFIXES} :S a sh:NodeShape ; sh:targetClass :C ; "
        "sh:property [ sh:path :q ; sh:maxCount 0 ] ."
    )
    status, report = validate(service, PREFIXES + ':x a :C ; :q "v" .', shapes)
    assert (status, report["conforms"]) == (200, False)
    assert service.still_answers()


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_shapes_are_stopped_and_others_are_judged(
    service: BoundedService, name: str
) -> None:
    started = time.monotonic()
    status, problem = validate(service, *HOSTILE[name])
    assert status in {400, 503}, problem
    assert problem["code"] in {"validation-stopped", "invalid-shapes"}, problem
    assert time.monotonic() - started < 20
    good(service)


def test_shapes_that_refer_to_themselves_come_to_an_end(service: BoundedService) -> None:
    shapes = (
        f"{PREFIXES} :S a sh:NodeShape ; sh:targetClass :C ; "
        "sh:property [ sh:path :p ; sh:node :S ] ."
    )
    status, _ = validate(service, DATA, shapes)
    assert status in {200, 400, 503}
    good(service)


def test_deep_documents_and_shapes_do_no_harm(service: BoundedService) -> None:
    nested = "[ :p " * 20_000 + ":y" + " ]" * 20_000
    listed = "( " * 20_000 + ":y" + " )" * 20_000
    shape = f"{PREFIXES} :S a sh:NodeShape ; sh:and {listed} ."
    for deep in (f"{PREFIXES} :x :p {nested} .", shape):
        for data, shapes in ((deep, PREFIXES), (DATA, deep)):
            status, found = validate(service, data, shapes)
            assert status in {200, 400, 503}, found
    good(service)


def test_a_client_that_goes_away_ends_the_work(service: BoundedService) -> None:
    good(service)
    rest = set(service.workers())
    data, shapes = HOSTILE["a pattern that backtracks"]
    body = json.dumps({"data": data, "shapes": shapes})
    host, _, port = service.address.rpartition(":")
    with socket.create_connection((host, int(port))) as connection:
        head = f"POST /api/v1/validate HTTP/1.1\r\nHost: {service.address}\r\n"
        head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        connection.sendall((head + body).encode())
        time.sleep(0.5)
    gone = time.monotonic()
    while rest <= set(service.workers()) and time.monotonic() - gone < 2:
        time.sleep(0.02)
    assert rest - set(service.workers())
    good(service)


def test_a_process_that_dies_is_replaced(service: BoundedService) -> None:
    good(service)
    judges = [each for each in service.workers() if is_judge(each)]
    assert judges
    for each in judges:
        os.kill(each, signal.SIGKILL)
    # It may be found out only when it is asked.
    status, _ = validate(service, DATA, PREFIXES)
    assert status in {200, 400, 503}
    good(service)


def is_judge(process: int) -> bool:
    try:
        return b"judge_program" in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False


class _Counting(http.server.BaseHTTPRequestHandler):
    seen = 0

    def do_GET(self) -> None:
        type(self).seen += 1
        self.send_response(200)
        self.end_headers()

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing."""


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Counting)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


REACHING = (
    "SERVICE <{0}> {{ ?x ?y ?z }}",
    "{{ SERVICE SILENT <{0}> {{ ?x ?y ?z }} }}",
    r"{{ \u0053ERVICE <{0}> {{ ?x ?y ?z }} }}",
    # For whoever splits text into tokens this is an IRI and a string, for the engine of the
    # shapes a comparison, a comment and a clause.
    'FILTER(?t<:b#> \\"\\"\\"\n) SERVICE <{0}> {{ ?x ?y ?z }} #\\"\\"\\"\n',
    'FILTER(?t<:b#> \\"\\"\\"\n) \\\\u0053ERVICE <{0}> {{ ?x ?y ?z }} #\\"\\"\\"\n',
)


@pytest.mark.parametrize("pattern", REACHING)
def test_no_constraint_reaches_the_network(
    service: BoundedService, elsewhere: str, pattern: str
) -> None:
    before = _Counting.seen
    status, _ = validate(service, DATA, sparql(pattern.format(elsewhere)))
    assert status == 400
    assert _Counting.seen == before
    good(service)
