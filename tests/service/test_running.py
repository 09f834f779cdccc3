"""The service on a real socket: addresses, signals, and what it leaves behind."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from orthogramic.errors import InvalidParameterError, StoreUnavailableError
from orthogramic.service.app import create_scratch
from orthogramic.service.run import check_host, is_loopback, run
from orthogramic.service.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
SERVE = """
import sys, orthogramic
from orthogramic.application import Settings, serve
with orthogramic.open(sys.argv[1]) as repository:
    serve(repository, Settings(port=0))
"""


class Running:
    """A service in a process of its own."""

    def __init__(self, store: Path) -> None:
        self.store = store
        self.process = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(store)],
            stderr=subprocess.PIPE,
            env={"PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/bin:/bin"},
            text=True,
        )
        assert self.process.stderr is not None
        self.messages: IO[str] = self.process.stderr
        self.url = ""
        self.lines: list[str] = []
        for line in self.messages:
            self.lines.append(line)
            if line.startswith("Pages"):
                self.url = line.split()[1].rstrip("/")
            if line.startswith("Ctrl-C"):
                return
        raise AssertionError("".join(self.lines))

    def connect(self) -> http.client.HTTPConnection:
        """Return a connection to the service."""
        return http.client.HTTPConnection(self.url.removeprefix("http://"), timeout=30)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    service = Running(tmp_path_factory.mktemp("served") / "store")
    yield service
    service.process.send_signal(signal.SIGTERM)
    service.process.wait(timeout=20)
    service.messages.close()


def test_the_addresses_are_told(running: Running) -> None:
    told = "".join(running.lines)
    assert running.url.startswith("http://127.0.0.1:")
    assert f"{running.url}/docs" in told
    assert f"{running.url}/sparql" in told


def test_the_store_says_who_holds_it(running: Running) -> None:
    said = json.loads((running.store / "service.json").read_text("utf-8"))
    assert said == {"url": running.url, "pid": running.process.pid}


def test_a_connection_is_kept_and_bytes_are_untouched(running: Running) -> None:
    connection = running.connect()
    for path, status in (("/readyz", 200), ("/", 200), ("/api/v1/stats", 200), ("/nothing", 404)):
        connection.request("GET", path)
        answer = connection.getresponse()
        assert answer.status == status
        assert len(answer.read()) == int(answer.headers["content-length"])
        assert "server" not in answer.headers
    connection.request("HEAD", "/sparql?query=ASK%7B%7D")
    head = connection.getresponse()
    assert (head.status, head.read()) == (200, b"")
    connection.request("GET", "/sparql?query=SELECT%20('%C3%A9'%20AS%20%3Fx)%20%7B%7D")
    assert (
        json.loads(connection.getresponse().read())["results"]["bindings"][0]["x"]["value"] == "é"
    )
    connection.close()


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"NONSENSE\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\nHost: x\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999999\r\n"
        b"Content-Type: application/sparql-query\r\n\r\nASK",
    ],
)
def test_raw_nonsense_does_no_harm(running: Running, request_bytes: bytes) -> None:
    host, _, port = running.url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=10) as raw:
        raw.sendall(request_bytes)
        raw.shutdown(socket.SHUT_WR)
        answer = raw.recv(100)
    assert not answer or answer.startswith(b"HTTP/1.1 4")
    connection = running.connect()
    connection.request("GET", "/healthz")
    assert connection.getresponse().status == 200
    connection.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_in_order(tmp_path: Path, number: signal.Signals) -> None:
    service = Running(tmp_path / "store")
    service.process.send_signal(number)
    rest = service.messages.read()
    service.messages.close()
    assert service.process.wait(timeout=20) == 0
    assert rest == "Stopped.\n"
    assert not (service.store / "service.json").exists()


def test_a_port_that_is_taken_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(StoreUnavailableError, match=f"port {port}") as caught:
            run(create_scratch, Settings(port=port, scratch=True), announce=lambda _line: None)
    assert caught.value.exit_code == 5


def test_a_host_that_is_not_of_this_machine_is_told() -> None:
    settings = Settings(host="192.0.2.1", listen_anywhere=True)
    with pytest.raises(StoreUnavailableError, match=r"192\.0\.2\.1"):
        run(create_scratch, settings, announce=lambda _line: None)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
def test_this_machine_needs_no_words(host: str) -> None:
    assert is_loopback(host)
    check_host(Settings(host=host, scratch=True))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "example.org", "127.0.0.1.x", ""])
def test_other_machines_are_let_in_only_when_asked_for_in_words(host: str) -> None:
    with pytest.raises(InvalidParameterError, match="--insecure-listen-anywhere") as caught:
        check_host(Settings(host=host))
    assert caught.value.exit_code == 2
    check_host(Settings(host=host, listen_anywhere=True))
    with pytest.raises(InvalidParameterError, match="scratch"):
        check_host(Settings(host=host, scratch=True, listen_anywhere=True))


def test_the_address_is_that_which_clients_see() -> None:
    assert Settings(host="::1", port=80).url == "http://[::1]:80"
    assert Settings(public_url="https://e.example/kr/").url == "https://e.example/kr"
