"""A worker as its parent sees it: a process to be told, asked, watched and killed."""

from __future__ import annotations

import os
import resource
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from orthogramic.errors import StoreUnavailableError
from orthogramic.store.isolation.frames import Kind, Wire

_PACKAGE = Path(__file__).parents[2]
_BOOTSTRAP = Path(__file__).with_name("bootstrap.py")
#: Seconds: to open a replica (one in memory is read from a file), and to take a message.
_TO_OPEN, _TO_TAKE = 600.0, 30.0
_SHOWN = 200
#: What the engine writes below the sentence that says why it broke down.
_BACKTRACE = "stack backtrace"
#: Of what the system tells of a process: its length at most, and the places of two numbers.
_LINE, _RESIDENT, _SHARED = 256, 1, 2


class WorkerProcess:
    """One worker.

    :param first: what it is told first; that of a query is :meth:`Assignment.document`.
    :param command: gives the program, with the descriptor of its end of the socket.
    :raises StoreUnavailableError: if it cannot be started.
    """

    def __init__(self, first: bytes, command: Callable[[int], list[str]] | None = None) -> None:
        ours, its = socket.socketpair()
        # What it says when it breaks down, for the sentence that tells so.
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the worker
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                (command or _command)(its.fileno()),
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=self._complaints,
                pass_fds=(its.fileno(),),
            )
        except OSError as error:
            ours.close()
            self._complaints.close()
            raise StoreUnavailableError(
                f"No worker for questions can be started: {error}."
            ) from error
        finally:
            its.close()
        self.wire = Wire(ours)
        self._status = _opened(Path(f"/proc/{self._process.pid}/statm"))
        self._killed = False
        self.at_rest: int | None = None
        try:
            self._open(first)
        except BaseException:
            self.close()
            raise

    def _open(self, first: bytes) -> None:
        try:
            self.wire.put(Kind.CHANGE, first)
            self.wire.send(_TO_TAKE)
            ready = self.wire.receive(_TO_OPEN)
        except (EOFError, OSError):
            ready = None
        if ready is None:
            raise StoreUnavailableError(
                f"A worker for questions could not open its replica. {self.complaint()}"
            )
        self.at_rest = self.memory()

    @property
    def identifier(self) -> int:
        """The number that the operating system gave the process."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the process runs and was not told to end."""
        return not self._killed and self._process.poll() is None

    def tell(self, changes: Iterable[bytes]) -> None:
        """Send changes; see :func:`frames.encode_change`."""
        for each in changes:
            self.wire.put(Kind.CHANGE, each)
        self.wire.send(_TO_TAKE)

    def ask(self, question: bytes) -> None:
        """Send a question."""
        self.wire.put(Kind.QUESTION, question)
        self.wire.send(_TO_TAKE)

    def memory(self) -> int | None:
        """Return the bytes of memory that it has for itself; ``None`` where nobody can say."""
        if self._status is None:
            return None
        try:
            numbers = os.pread(self._status, _LINE, 0).split()
        except OSError:
            return None
        if len(numbers) < _SHARED + 1:
            return None
        return (int(numbers[_RESIDENT]) - int(numbers[_SHARED])) * resource.getpagesize()

    def kill(self) -> None:
        """End the process now, whatever it does; safe from any thread."""
        self._killed = True
        with suppress(OSError):
            self._process.kill()

    def complaint(self) -> str:
        """Return what it wrote last before it broke down, or an empty text."""
        self._complaints.seek(0)
        text = self._complaints.read().decode("utf-8", "replace")
        lines = text.partition(_BACKTRACE)[0].strip().splitlines()
        return lines[-1].strip()[:_SHOWN] if lines else ""

    def close(self) -> None:
        """Kill the process, and let go of everything that is held for it."""
        self.kill()
        self._process.wait()
        if self._process.stdin:
            self._process.stdin.close()
        self.wire.close()
        self._complaints.close()
        if self._status is not None:
            os.close(self._status)
            self._status = None


def _opened(path: Path) -> int | None:
    try:
        return os.open(path, os.O_RDONLY)
    except OSError:
        return None


def _command(descriptor: int) -> list[str]:
    path = [str(Path(each).absolute()) for each in sys.path if each]
    return [sys.executable, "-I", "-S", str(_BOOTSTRAP), str(_PACKAGE), str(descriptor), *path]
