"""What runs in a process that judges: documents and shapes come in, reports go out.

It can reach nothing but its parent: whatever a constraint of the shapes asks of the network or of
other programs is refused, however it got past whoever looked at its text.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
import threading

from orthogramic.errors import OrthogramicError, QueryMemoryError, QueryRefusedError
from orthogramic.store.isolation.faults import said
from orthogramic.store.isolation.frames import Frame, Kind, Wire, document
from orthogramic.store.isolation.worker_program import end_with_parent, limit_memory
from orthogramic.validation.isolation.task import JudgingTask

_PIECE = 1 << 20
#: Audit events (PEP 578) of what leads out of the process.
_OUTWARD = (
    "socket.bind", "socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto",
    "urllib.Request", "ftplib.connect", "subprocess.Popen", "os.system", "os.exec", "os.fork",
    "os.forkpty", "os.posix_spawn", "os.spawn",
)  # fmt: skip


def main(descriptor: int) -> None:
    """Judge until the other end is gone; the first frame says how much memory a task may take.

    :param descriptor: of the socket.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()
    wire = Wire(socket.socket(fileno=descriptor))
    try:
        first = wire.receive()
        assert isinstance(first, Frame)
        memory = int(first.document()["memory"])
        _prepare()
        wire.put(Kind.READY, b"")
        wire.send()
        _serve(wire, memory)
    except (EOFError, BrokenPipeError):
        os._exit(0)


def _prepare() -> None:
    """Load what every task needs, and close the ways out."""
    import rdflib.plugins.sparql  # noqa: PLC0415

    rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS = False
    JudgingTask("turtle", "turtle", "", "text/plain").carry_out(_DATA, _SHAPES)
    sys.addaudithook(_refuse_ways_out)


#: A validation of next to nothing, for what is imported only when it is needed.
_DATA = b"<urn:x> a <urn:c> ."
_SHAPES = (
    b"@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> a sh:NodeShape ; sh:targetClass <urn:c> ;"
    b' sh:sparql [ sh:select "SELECT $this WHERE { $this <urn:p> ?v . FILTER(?v > 1) }" ] .'
)


def _refuse_ways_out(happening: str, _arguments: tuple[object, ...]) -> None:
    if happening in _OUTWARD:
        raise QueryRefusedError(
            "A constraint of the shapes reaches for something outside of the data.",
            reason="service-not-allowed",
        )


def _serve(wire: Wire, memory: int) -> None:
    documents: list[bytes] = []
    while (frame := wire.receive()) is not None:
        if frame.kind is Kind.CHANGE:
            documents.append(frame.content)
            continue
        limit_memory(memory)
        _answer(wire, JudgingTask.decode(frame.content), documents)
        wire.send()
        documents = []
        gc.collect()


def _answer(wire: Wire, task: JudgingTask, documents: list[bytes]) -> None:
    try:
        found = task.carry_out(*documents)
    except OrthogramicError as error:
        wire.put(Kind.FAULT, document(said(error)))
    except (MemoryError, RecursionError) as error:
        fault = QueryMemoryError(f"The validation goes deeper than it may ({error!r}).")
        wire.put(Kind.FAULT, document(said(fault)))
    else:
        for start in range(0, len(found), _PIECE):
            wire.put(Kind.PIECE, found[start : start + _PIECE])
        wire.put(Kind.END, b"")
