"""Run an application on a socket until it is told to stop.

This module is the only one of the room that opens a socket or handles signals.
"""

from __future__ import annotations

import errno
import ipaddress
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import FrameType

import uvicorn
from fastapi import FastAPI

from orthogramic.errors import InvalidParameterError, StoreUnavailableError
from orthogramic.service.access.hosts import names_of
from orthogramic.service.settings import Settings

Announce = Callable[[str], None]


def run(
    make_application: Callable[[Settings], FastAPI],
    settings: Settings,
    *,
    announce: Announce | None = None,
) -> None:
    """Serve until a SIGINT or SIGTERM; answers under way are finished first.

    :param make_application: makes the application once the port is known.
    :param announce: takes each line for the person who started the service; standard error if
        none is given.
    :raises InvalidParameterError: if the host is not on this machine and that was not allowed.
    :raises StoreUnavailableError: if the port is taken or the host is not one of this machine.
    """
    say = announce or _to_standard_error
    check_host(settings)
    listener = _listen(settings)
    settings = replace(settings, port=listener.getsockname()[1])
    if is_loopback(settings.host):
        # On other machines' networks it may have names that it does not know.
        settings = replace(settings, host_names=names_of(settings))
    config = uvicorn.Config(
        make_application(settings),
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=10,
    )
    server = _Server(config, lambda: _tell(settings, say))
    with listener, _stoppable():
        server.run(sockets=[listener])
    say("Stopped.")


def check_host(settings: Settings) -> None:
    """Refuse a host that other machines can reach, unless that was asked for in words.

    :raises InvalidParameterError: with what to say to allow it.
    """
    if is_loopback(settings.host):
        return
    if settings.scratch:
        raise InvalidParameterError(
            "A scratch store can be changed by whoever reaches it, so it listens on this machine "
            f"only (127.0.0.1 or localhost), not on {settings.host}.",
            parameter="host",
        )
    if not settings.authentication and not settings.listen_anywhere:
        raise InvalidParameterError(
            f"Whoever reaches {settings.host} could read and change everything, because the "
            "service asks nobody who they are. Say --auth to let in those who have a token, or "
            "--insecure-listen-anywhere if everybody is what you want.",
            parameter="host",
        )


def is_loopback(host: str) -> bool:
    """Tell whether a host name or address can be reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class _Server(uvicorn.Server):
    """A server that tells when it is ready."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and not self.should_exit:
            self._ready()


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        listener = socket.create_server((settings.host, settings.port), family=family, backlog=2048)
        # Connections inherit it. Without it an answer written in two parts waits some 40 ms for
        # the client to acknowledge the first (asyncio sets it only on sockets it makes itself).
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except OSError as error:
        where = f"port {settings.port} of {settings.host}"
        if error.errno == errno.EADDRINUSE:
            raise StoreUnavailableError(
                f"Another program has {where}; choose another with --port."
            ) from None
        raise StoreUnavailableError(
            f"The service cannot listen on {where}: {error.strerror or error}."
        ) from None
    except OverflowError:
        raise InvalidParameterError("A port is a number from 0 to 65535.") from None
    return listener


def _tell(settings: Settings, say: Announce) -> None:
    if settings.scratch:
        say(f"Scratch store, empty and forgotten at the end, at {settings.url}/sparql (queries and")
        say(f"updates) and {settings.url}/graphs (graph store protocol). Ctrl-C stops it.")
        return
    say(f"Pages       {settings.url}/")
    say(f"Interface   {settings.url}/docs")
    say(f"SPARQL      {settings.url}/sparql")
    say("Ctrl-C stops the service.")


@contextmanager
def _stoppable() -> Iterator[None]:
    """Let SIGTERM and SIGINT end the service in order, so that what follows is still done.

    The server finishes what is under way and then raises the signal again.
    """

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, before)


def _to_standard_error(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
