"""Writes to a store until it is killed, or kills itself at a chosen point of a write.

Reads one JSON document a line, forks a child for each, and says its process number. All modules are
imported before, so a child begins at once; what it may not inherit, it opens itself.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orthogramic
from orthogramic.application import Settings, serve
from orthogramic.cli.main import main as command
from orthogramic.repository.tokens import Role, TokenKeeper
from tests.unit.repository.killable_points import arm
from tests.unit.repository.killable_writes import carry_out


def work(said: dict[str, Any]) -> None:
    """Do what a line says; tell in a file what is acknowledged, as soon as it is."""
    told = os.open(said["told"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    store, bundle, first = Path(said["store"]), said["bundle"], said["first"]

    def tell(text: str) -> None:
        os.write(told, f"{text}\n".encode())

    os.environ["KILLABLE"] = said["tag"]
    if said["kind"] == "token":
        keeper = TokenKeeper(store)
        _begin(said, tell)
        for number in range(first, first + 1000):
            tell(f"{number} {keeper.create(str(number), Role.READER)[1]}")
    if said["kind"] == "command":
        _begin(said, tell)
        sys.argv = ["orthogramic", *said["arguments"]]
        try:
            command()
        except SystemExit as end:
            tell(str(first) if not end.code else f"failed {end.code}")
        return
    with orthogramic.open(store, bundle=[bundle]) as repository:
        if said["kind"] == "service":
            if said["point"]:
                arm(said["point"], said["left"])
            serve(repository, Settings(port=0), announce=lambda _line: None)
            return
        _begin(said, tell)
        for number in range(first, first + 1000):
            carry_out(repository, said["kind"], number)
            tell(str(number))


def _begin(said: dict[str, Any], tell: Callable[[str], None]) -> None:
    if said["point"]:
        arm(said["point"], said["left"])
    tell("ready")


def listen() -> None:
    """Fork a child for every line, until there is no more."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        process = os.fork()
        if process:
            sys.stdout.write(f"{process}\n")
            sys.stdout.flush()
            continue
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.close(0)
        os.open(os.devnull, os.O_RDONLY)
        os.dup2(2, 1)
        code = 0
        try:
            work(json.loads(line))
        except BaseException as error:
            sys.stderr.write(f"{error!r}\n")
            code = 1
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    listen()
