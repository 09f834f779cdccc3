"""A server on this machine that counts who comes, and answers with what it is told to."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Listening:
    """What a server answers, and who came.

    :param url: its address, with a final slash.
    :param answers: status, header fields and body by path.
    :param came: the paths that were asked for.
    """

    url: str = ""
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    came: list[str] = field(default_factory=list)


@contextmanager
def listening() -> Iterator[Listening]:
    """Start a server, and stop it."""
    found = Listening()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.came.append(self.path)
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, fields, body = found.answers.get(self.path, (404, {}, b""))
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **fields}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.url = f"http://127.0.0.1:{server.server_port}/"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
