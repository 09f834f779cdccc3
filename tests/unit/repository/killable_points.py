"""Points of a write at which a process kills itself."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from orthogramic.repository.cataloguing import Cataloguing
from orthogramic.repository.commit_log import CommitLog
from orthogramic.repository.gate import Gate
from orthogramic.repository.materialisation import Materialisation
from orthogramic.store import EmbeddedStore

Due = Callable[[], bool]


def kill() -> None:
    """End without any tidying up."""
    os.kill(os.getpid(), signal.SIGKILL)


def arm(point: str, left: int) -> None:
    """Let this process be killed when it comes to a point of a write.

    :param point: a name of ``POINTS``.
    :param left: how often it passes the point before.
    """

    def due() -> bool:
        nonlocal left
        left -= 1
        return left < 0

    for install in POINTS[point]:
        install(due)


def _before(owner: Any, name: str, due: Due) -> None:
    work = getattr(owner, name)

    def stopping(*arguments: Any, **options: Any) -> Any:
        if due():
            kill()
        return work(*arguments, **options)

    setattr(owner, name, stopping)


def _behind(owner: Any, name: str, due: Due) -> None:
    work = getattr(owner, name)

    def stopping(*arguments: Any, **options: Any) -> Any:
        done = work(*arguments, **options)
        if due():
            kill()
        return done

    setattr(owner, name, stopping)


def _torn(due: Due) -> None:
    """Leave a part of a record, another one each time."""
    write: Any = CommitLog._write

    def torn(log: CommitLog, *arguments: Any) -> Any:
        place = write(log, *arguments)
        if due():
            path, begins = log._path, arguments[-1]
            assert path
            os.truncate(path, begins + (place.end - begins) * (os.getpid() % 7 + 1) // 8)
            kill()
        return place

    setattr(CommitLog, "_write", torn)  # noqa: B010 - its signature is of no matter here


def _unsynced(due: Due) -> None:
    """Kill between the writing of a record and its way to the disk."""
    sync = os.fsync

    def unsynced(handle: int) -> None:
        if Path(f"/proc/self/fd/{handle}").readlink().name == "commits.log" and due():
            kill()
        sync(handle)

    setattr(os, "fsync", unsynced)  # noqa: B010 - its signature is of no matter here


Install = Callable[[Due], None]

POINTS: dict[str, tuple[Install, ...]] = {
    "torn": (_torn,),
    "unsynced": (_unsynced,),
    "logged": (
        partial(_before, Materialisation, "apply"),
        partial(_before, Materialisation, "apply_in_bulk"),
    ),
    "half stored": (partial(_before, EmbeddedStore, "add_in_bulk"),),
    "stored": (
        partial(_before, Cataloguing, "update"),
        partial(_before, Cataloguing, "rebuild"),
    ),
    "catalogued": (partial(_before, Gate, "keep"),),
    "kept": (partial(_behind, Gate, "keep"),),
    "disk": (
        partial(_before, os, "fsync"),
        partial(_before, Path, "replace"),
        partial(_before, Path, "hardlink_to"),
        partial(_before, Path, "unlink"),
    ),
}
