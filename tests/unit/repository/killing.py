"""Starts processes that write, kills them, and holds what is left against what was acknowledged."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self
from uuid import uuid4

import orthogramic
from tests.conftest import TOY
from tests.unit.repository.killable_writes import STARTED, after
from tests.unit.repository.processes import ROOT, environment

PROGRAM = "tests.unit.repository.killable_program"
#: Seconds after which a process that should be dead, or up, is taken to hang.
PATIENCE = 60.0


@dataclass(slots=True)
class Killable:
    """A process that writes.

    :param process: its number.
    :param told: file in which it tells what is acknowledged.
    :param tag: what is in its environment, and in that of every process that it starts.
    """

    process: int
    told: Path
    tag: str

    def lines(self) -> list[str]:
        """Return what was told so far; a line that was not ended was not told."""
        text = self.told.read_text("utf-8") if self.told.exists() else ""
        return text.split("\n")[:-1]

    def acknowledged(self) -> list[str]:
        """Return the numbers of the writes that it was told are committed."""
        assert not any(each.startswith("failed") for each in self.lines()), self.lines()
        return [each for each in self.lines() if each != "ready"]

    def wait_until_ready(self, writes: int = 0) -> None:
        """Wait until the first write is about to begin, or so many were acknowledged."""
        self._wait(lambda: len(self.lines()) > writes, "did not begin")

    def wait_until_dead(self) -> None:
        """Wait until it is gone."""
        self._wait(lambda: not runs(self.process), "was not killed")

    def kill(self) -> None:
        """Kill it at once, if it still runs, and wait until it is gone."""
        if runs(self.process):
            os.kill(self.process, 9)
        self.wait_until_dead()

    def _wait(self, condition: Callable[[], bool], what: str) -> None:
        until = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < until, f"the process {what}"
            time.sleep(0.002)

    def orphans(self) -> list[int]:
        """Return the processes that it started and that are still there after some seconds."""
        until = time.monotonic() + 10.0
        while (left := _tagged(self.tag)) and time.monotonic() < until:
            time.sleep(0.02)
        return left


@dataclass(slots=True)
class Killables:
    """Forks processes of one that has everything imported.

    :param folder: for what they tell.
    """

    folder: Path
    _parent: subprocess.Popen[str] = field(init=False)

    def __enter__(self) -> Self:
        self._parent = subprocess.Popen(
            [sys.executable, "-m", PROGRAM],
            env={**environment(), "PYTHONWARNINGS": "ignore"},
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._parent.communicate(timeout=PATIENCE)

    def start(
        self,
        store: Path,
        kind: str,
        *,
        first: int = 0,
        point: str = "",
        left: int = 0,
        arguments: Sequence[object] = (),
    ) -> Killable:
        """Start a process.

        :param kind: what it writes: a kind of ``killable_writes``, ``token``, ``command`` or
            ``service``.
        :param first: number of its first write.
        :param point: where it kills itself, if it is not killed from here.
        :param left: how often it passes that point before.
        :param arguments: of a command.
        """
        tag = uuid4().hex
        told = self.folder / tag
        said = {
            "store": str(store),
            "bundle": str(TOY),
            "kind": kind,
            "first": first,
            "point": point,
            "left": left,
            "arguments": [*map(str, arguments)],
            "told": str(told),
            "tag": tag,
        }
        lines: IO[str] | None = self._parent.stdin
        answers: IO[str] | None = self._parent.stdout
        assert lines
        assert answers
        lines.write(json.dumps(said) + "\n")
        lines.flush()
        return Killable(int(answers.readline()), told, tag)


def runs(process: int) -> bool:
    """Tell whether a process is there and is more than a remnant."""
    try:
        state = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return False
    return state != "Z"


def _tagged(tag: str) -> list[int]:
    """Return the processes with a tag in their environment."""
    found: list[int] = []
    for each in Path("/proc").glob("[0-9]*"):
        try:
            if tag.encode() in (each / "environ").read_bytes() and runs(int(each.name)):
                found.append(int(each.name))
        except OSError:
            continue
    return found


def check_recovered(store: Path, kind: str, acknowledged: int) -> int:
    """Hold a store that was killed against what was acknowledged; return how many writes it has.

    Every acknowledged write is there, at most one more, and none is there in part; the results
    that stand are those of a validation from the beginning.
    """
    with orthogramic.open(store, bundle=[TOY]) as repository:
        said = [each.message for each in repository.history(10_000).items][::-1][STARTED:]
        assert said == [str(each) for each in range(len(said))]
        assert acknowledged <= len(said) <= acknowledged + 1
        hives = repository.entities("Hive", limit=10_000).items
        assert {each.key: each.label for each in hives} == after(kind, len(said))
        standing = repository.results(limit=10_000)
        fresh = repository.validate()
        assert standing.snapshot == len(said) + STARTED
        assert _told(standing.report) == _told(fresh)
        assert any(each.focus_node.value.endswith("/L") for each in fresh.results)
        return len(said)


def check_verified(store: Path) -> None:
    """See that a verification finds nothing."""
    outcome = orthogramic.verify(store, bundle=[TOY])
    assert outcome.sound, outcome.differences


def _told(report: Any) -> list[str]:
    return sorted(json.dumps(each.to_dict(), sort_keys=True) for each in report.results)
