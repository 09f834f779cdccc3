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
from orthogramic.repository import backup, directory, whole_files
from orthogramic.repository.cataloguing import Cataloguing
from orthogramic.repository.commit_log import CommitLog
from orthogramic.repository.gate import Gate
from orthogramic.repository.materialisation import Materialisation
from orthogramic.repository.tokens import Role, TokenKeeper
from orthogramic.store import EmbeddedStore
from tests.unit.repository.killable_writes import carry_out

#: Where a write can be stopped, in the order in which it passes these points.
POINTS = ("torn", "unsynced", "logged", "stored", "catalogued", "kept")


def kill() -> None:
    """End without any tidying up."""
    os.kill(os.getpid(), signal.SIGKILL)


def arm(point: str, left: int) -> None:
    """Let this process be killed when it comes to a point of a write for the nth time.

    :param left: how often it passes the point before.
    """

    def due() -> bool:
        nonlocal left
        left -= 1
        return left < 0

    def before(owner: Any, name: str) -> None:
        work: Callable[..., Any] = getattr(owner, name)

        def stopping(*arguments: Any, **options: Any) -> Any:
            if due():
                kill()
            return work(*arguments, **options)

        setattr(owner, name, stopping)

    if point == "torn":
        write = CommitLog._write

        def torn(log: CommitLog, *arguments: Any) -> Any:
            place = write(log, *arguments)
            if due():
                path, begins = log._path, arguments[-1]
                assert path
                # Another part of the record each time.
                os.truncate(path, begins + (place.end - begins) * (os.getpid() % 7 + 1) // 8)
                kill()
            return place

        CommitLog._write = torn  # type: ignore[method-assign]
    elif point == "unsynced":
        sync = os.fsync

        def unsynced(handle: int) -> None:
            if os.readlink(f"/proc/self/fd/{handle}").endswith("/commits.log") and due():
                kill()
            sync(handle)

        os.fsync = unsynced
    elif point == "logged":
        before(Materialisation, "apply")
        before(Materialisation, "apply_in_bulk")
    elif point == "half stored":
        before(EmbeddedStore, "add_in_bulk")
    elif point == "stored":
        before(Cataloguing, "update")
        before(Cataloguing, "rebuild")
    elif point == "catalogued":
        before(Gate, "keep")
    elif point == "kept":
        keep = Gate.keep

        def kept(gate: Gate, *arguments: Any) -> None:
            keep(gate, *arguments)
            if due():
                kill()

        Gate.keep = kept  # type: ignore[method-assign]
    elif point == "disk":
        before(os, "fsync")
        before(Path, "replace")
        before(Path, "hardlink_to")
        before(Path, "unlink")
    else:
        raise ValueError(point)


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
    assert backup and directory and whole_files
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        process = os.fork()
        if process:
            print(process, flush=True)
            continue
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.close(0)
        os.open(os.devnull, os.O_RDONLY)
        os.dup2(2, 1)
        code = 0
        try:
            work(json.loads(line))
        except BaseException as error:  # noqa: BLE001 - a child must not go on as its parent
            sys.stderr.write(f"{error!r}\n")
            code = 1
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    listen()
