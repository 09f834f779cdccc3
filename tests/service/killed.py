"""A service in a process of its own that is written to until it is killed."""

from __future__ import annotations

import http.client
import json
import os
import signal
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from tests.unit.repository.killable_writes import GRAPH, entity_step, graph_document, update_text
from tests.unit.repository.killing import PATIENCE, Killable, Killables, runs

#: What a client meets when nobody is there any more.
Gone = (OSError, http.client.HTTPException)


class Served:
    """A service that will be killed, and a connection to it."""

    def __init__(self, killables: Killables, store: Path, point: str = "", left: int = 0) -> None:
        self.process: Killable = killables.start(store, "service", point=point, left=left)
        self._connection = http.client.HTTPConnection(self._address(store), timeout=PATIENCE)
        # Now there are workers.
        status, body = self.send("GET", f"/sparql?query={quote('ASK { ?s ?p ?o }')}")
        assert (status, json.loads(body)["boolean"]) == (200, True)

    def _address(self, store: Path) -> str:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with suppress(OSError, ValueError):
                said = json.loads((store / "service.json").read_text("utf-8"))
                if said["pid"] == self.process.process:
                    return str(said["url"]).removeprefix("http://")
            assert runs(self.process.process), "the service ended before it was killed"
            time.sleep(0.01)
        raise AssertionError("the service does not come up")

    def send(
        self, method: str, path: str, body: bytes | None = None, media_type: str = ""
    ) -> tuple[int, bytes]:
        """Return status and body of an answer that came to its end."""
        headers = {"Content-Type": media_type} if media_type else {}
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        return answer.status, answer.read()

    def write(self, kind: str, number: int) -> None:
        """Make the write of a number; it comes back once the service has acknowledged it."""
        status, said = self.ask_to_write(kind, number)
        assert status in {200, 201, 204}, said

    def ask_to_write(self, kind: str, number: int) -> tuple[int, bytes]:
        """Return what is answered to the write of a number."""
        if kind == "update":
            sent = ("POST", "/sparql?", update_text(number).encode(), "application/sparql-update")
        elif kind == "put":
            sent = ("PUT", f"/graphs?graph={quote(GRAPH, safe='')}&", graph_document(number), "")
            sent = (*sent[:3], "text/turtle")
        else:
            method, name, document = entity_step(number)
            kind_of = "application/merge-patch+json" if method == "PATCH" else "application/json"
            sent = (method, f"/api/v1/entities{name}?", document or b"", kind_of)
        method, path, body, media_type = sent
        return self.send(method, f"{path}message={number}", body or None, media_type)

    def write_until_gone(self, kind: str, first: int) -> int:
        """Write on until nobody answers any more; return the number of the next write."""
        for number in range(first, first + 10_000):
            try:
                self.write(kind, number)
            except Gone:
                return number
        raise AssertionError("the service was not killed")

    def check_gone(self, store: Path) -> None:
        """See that nothing of it runs; leave what the next service has to clear away."""
        self._connection.close()
        self.process.wait_until_dead()
        assert self.process.orphans() == []
        assert (store / "replicas").exists()
        (store / "replicas" / "stale").mkdir(exist_ok=True)

    def stop(self) -> None:
        """End it in order."""
        self._connection.close()
        os.kill(self.process.process, signal.SIGTERM)
        self.process.wait_until_dead()
