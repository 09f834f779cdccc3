"""What runs in a worker: a replica of the store; changes and questions come in, answers go out.

It is started anew whenever a question had to be killed, so it imports as little as it can, and
never the rest of the house.
"""

from __future__ import annotations

import os
import resource
import signal
import socket
import sys
import threading
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import IO, cast

from pyoxigraph import NamedNode

from orthogramic.errors import OrthogramicError, QueryMemoryError, QueryRefusedError
from orthogramic.store.answers import SparqlAnswer
from orthogramic.store.embedded import EmbeddedStore
from orthogramic.store.isolation.faults import said
from orthogramic.store.isolation.frames import Frame, Kind, Wire, decode_change, document
from orthogramic.store.question import Question

_PIECE = 1 << 16
#: The engine writes pieces of nearly 8 KiB; only the last of an answer is short, and it can wait
#: for what ends the answer.
_FIRST = 1 << 12
_STATEMENT = Path("/proc/self/statm")


@dataclass(frozen=True, slots=True)
class Assignment:
    """What a worker is told when it starts.

    :param replica: the directory or file of :meth:`EmbeddedStore.copy_to`.
    :param kind: module and class of the replica, such as :class:`EmbeddedStore`.
    :param apart: graphs that do not take part in the merge.
    :param revision: subject, predicate and graph of the number that says which commit was applied
        last; it is negated while a commit is being applied.
    :param memory: bytes that a question may take before the worker refuses itself any more.
    :param rows: rows or triples of an answer.
    """

    replica: str
    kind: str
    apart: list[str]
    revision: tuple[str, str, str]
    memory: int
    rows: int

    def document(self) -> bytes:
        """Return the assignment as JSON."""
        return document(asdict(self))


class Worker:
    """Follows a store, and answers one question after another."""

    def __init__(self, wire: Wire, assignment: Assignment) -> None:
        self._wire = wire
        self._assignment = assignment
        replica = Path(assignment.replica)
        module, _, name = assignment.kind.partition(":")
        kind: type[EmbeddedStore] = getattr(import_module(module), name)
        self._store = kind.of_copy(replica, apart=frozenset(map(NamedNode, assignment.apart)))
        if replica.is_file():
            replica.unlink()
        self._revision = tuple(map(NamedNode, assignment.revision))

    def run(self) -> None:
        """Work until the other end is gone."""
        limit_memory(self._assignment.memory)
        self._wire.put(Kind.READY, b"")
        self._wire.send()
        changed = False
        while (frame := self._wire.receive()) is not None:
            if frame.kind is Kind.CHANGE:
                self._store.follow(*decode_change(frame.content))
                changed = True
            else:
                if changed:
                    limit_memory(self._assignment.memory)
                    changed = False
                self._answer(Question.decode(frame.content))
                self._wire.send()

    def _snapshot(self) -> int:
        subject, predicate, graph = self._revision
        for quad in self._store.quads(subject, predicate, None, graph):
            number = int(quad.object.value)  # type: ignore[union-attr]
            return number if number >= 0 else -number - 1
        return 0

    def _answer(self, question: Question) -> None:
        try:
            self._evaluate(question)
        except OrthogramicError as error:
            self._wire.put(Kind.FAULT, document(said(error)))
        except BrokenPipeError:
            raise
        except (OSError, RuntimeError, SyntaxError, ValueError) as error:
            # All else is found out before the first row; only what is asked elsewhere fails late.
            refused = QueryRefusedError(
                f"An endpoint that the query asks does not answer as it should: {error}.",
                reason="service-failed",
            )
            self._wire.put(Kind.FAULT, document(said(refused)))
        except MemoryError:
            fault = QueryMemoryError("The query needs more memory than a query may take.")
            self._wire.put(Kind.FAULT, document(said(fault)))

    def _evaluate(self, question: Question) -> None:
        snapshot = self._snapshot()
        answer = question.put_to(self._store)
        media = question.formats.of(answer)
        self._wire.put(Kind.HEAD, document(_head(answer, snapshot)))
        sink = _Sink(self._wire)
        answer.write(cast("IO[bytes]", sink), media, self._assignment.rows)
        sink.finish()
        self._wire.put(Kind.END, b"")


class _Sink:
    """A binary file that sends what it is given: the first bytes at once, the others in pieces."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._waiting: list[bytes] = []
        self._size = 0
        self._least = _FIRST

    def write(self, data: bytes) -> int:
        self._waiting.append(bytes(data))
        self._size += len(data)
        if self._size >= self._least:
            self._put()
            self._wire.send()
            self._least = _PIECE
        return len(data)

    def flush(self) -> None:
        """Do nothing: what is to be sent together is decided here."""

    def finish(self) -> None:
        """Let the rest go with what ends the answer."""
        if self._waiting:
            self._put()

    def _put(self) -> None:
        self._wire.put(Kind.PIECE, b"".join(self._waiting))
        self._waiting, self._size = [], 0


def _head(answer: SparqlAnswer, snapshot: int) -> dict[str, object]:
    return {
        "snapshot": snapshot,
        "form": answer.form,
        "variables": answer.variables,
        "boolean": answer.boolean,
        "graph": answer.is_graph,
    }


def limit_memory(most: int) -> None:
    """Refuse to grow far beyond what may be taken from now on, should nobody be watching.

    :param most: bytes.
    """
    if not _STATEMENT.exists():
        return
    data = int(_STATEMENT.read_text().split()[5]) * resource.getpagesize()
    limit = data + 2 * most
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard == resource.RLIM_INFINITY or limit < hard:
        resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))


def main(descriptor: int) -> None:
    """Work on a socket; the first frame is the assignment.

    :param descriptor: of the socket.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()
    wire = Wire(socket.socket(fileno=descriptor))
    try:
        first = wire.receive()
        assert isinstance(first, Frame)
        told = first.document()
        told["revision"] = tuple(told["revision"])
        Worker(wire, Assignment(**told)).run()
    except (EOFError, BrokenPipeError):
        os._exit(0)


def end_with_parent() -> None:
    """End at once when the service is gone, even in the midst of a question.

    Nothing is ever written to standard input; it ends when the last who holds its other end does.
    """
    sys.stdin.buffer.read()
    os._exit(0)
