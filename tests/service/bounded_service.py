"""A service in a process of its own, with narrow bounds, that hostile requests are sent to."""

from __future__ import annotations

import http.client
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.parse import quote, urlencode

ROOT = Path(__file__).resolve().parents[2]
SERVE = """
import sys, orthogramic
from orthogramic.application import Settings, serve
from orthogramic.service.settings import Limits
limits = Limits(query_seconds=3, query_memory=200 << 20, query_rows=5000, query_nesting=10_000)
with orthogramic.open(sys.argv[1]) as repository:
    repository.load([sys.argv[2]], gate=False)
    serve(repository, Settings(port=0, limits=limits))
"""
DATA = ROOT / "data" / "wealth-management"


class BoundedService:
    """A client and the process of a service."""

    def __init__(self, process: subprocess.Popen[str], url: str) -> None:
        self.process = process
        self.address = url.removeprefix("http://")

    def connect(self) -> http.client.HTTPConnection:
        """Return a connection."""
        return http.client.HTTPConnection(self.address, timeout=60)

    def get(self, path: str, accept: str = "*/*") -> tuple[int, bytes]:
        """Return status and body of the answer to a GET."""
        connection = self.connect()
        connection.request("GET", path, headers={"Accept": accept})
        answer = connection.getresponse()
        try:
            return answer.status, answer.read()
        finally:
            connection.close()

    def query(self, text: str, **parameters: str) -> tuple[int, bytes]:
        """Ask the endpoint by POST, which has no bound on the length of an address."""
        return self.post(
            "/sparql?" + urlencode(parameters), text.encode(), "application/sparql-query"
        )

    def post(self, path: str, body: bytes, media_type: str) -> tuple[int, bytes]:
        """Return status and body of the answer to a POST."""
        connection = self.connect()
        connection.request("POST", path, body, headers={"Content-Type": media_type})
        answer = connection.getresponse()
        try:
            return answer.status, answer.read()
        finally:
            connection.close()

    def still_answers(self) -> bool:
        """Tell whether the next question has its answer."""
        status, body = self.query("ASK { ?s ?p ?o }")
        return status == 200 and json.loads(body)["boolean"] is True

    def workers(self) -> list[int]:
        """Return the processes that the service has started."""
        children = Path(f"/proc/{self.process.pid}/task")
        found: list[int] = []
        for task in children.iterdir():
            found += [int(each) for each in (task / "children").read_text().split()]
        return found


@contextmanager
def bounded_service(store: Path) -> Iterator[BoundedService]:
    """Start a service on the worked example, and stop it."""
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(store), str(DATA)],
        stderr=subprocess.PIPE,
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/bin:/bin"},
        text=True,
    )
    assert process.stderr is not None
    messages: IO[str] = process.stderr
    try:
        yield BoundedService(process, _url(messages))
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
        messages.close()


def _url(messages: IO[str]) -> str:
    lines: list[str] = []
    url = ""
    for line in messages:
        lines.append(line)
        if line.startswith("Pages"):
            url = line.split()[1].rstrip("/")
        if line.startswith("Ctrl-C"):
            return url
    raise AssertionError("".join(lines))


def escaped(text: str) -> str:
    """Return text as part of an address."""
    return quote(text, safe="")
