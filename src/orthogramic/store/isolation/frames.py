"""What the two ends of a worker's socket say to each other: frames of a kind and some bytes.

A frame is five bytes of heading (length of the content, kind) and its content. The socket keeps
order, and that is relied on: a change that was sent before a question is seen by the question.
"""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Sequence
from enum import IntEnum
from typing import Any, NamedTuple

from pyoxigraph import Quad, RdfFormat, parse, serialize

_HEADING = struct.Struct(">IB")
_LENGTH = struct.Struct(">I")
_AT_ONCE = 1 << 18
#: Longer content goes to the socket as it is: putting it together with others would copy it.
_SHORT = 1 << 16


class Kind(IntEnum):
    """What a frame is: the first two go to a worker, the others come from it."""

    CHANGE = 1
    QUESTION = 2
    READY = 3
    HEAD = 4
    PIECE = 5
    END = 6
    FAULT = 7


class Frame(NamedTuple):
    """One message."""

    kind: Kind
    content: bytes

    def document(self) -> dict[str, Any]:
        """Return content that is JSON."""
        document: dict[str, Any] = json.loads(self.content)
        return document


class Wire:
    """One end of a socket. Not safe for several threads at once.

    :param end: a connected stream socket; it is closed with the wire.
    """

    def __init__(self, end: socket.socket) -> None:
        self._socket = end
        self._received = bytearray()
        self._outgoing: list[bytes] = []

    def put(self, kind: Kind, content: bytes) -> None:
        """Let a frame wait for the next :meth:`send`."""
        self._outgoing.append(_HEADING.pack(len(content), kind))
        self._outgoing.append(content)

    def send(self, seconds: float | None = None) -> None:
        """Send the frames that wait.

        :param seconds: how long the other end may take to accept them; ``None`` for ever.
        :raises OSError: if the other end is gone, or took too long.
        """
        waiting, self._outgoing = self._outgoing, []
        self._socket.settimeout(seconds)
        if sum(map(len, waiting)) <= _SHORT:
            self._socket.sendall(b"".join(waiting))
            return
        for each in waiting:
            self._socket.sendall(each)

    def receive(self, seconds: float | None = None) -> Frame | None:
        """Return the next frame.

        :param seconds: how long to wait for it; ``None`` for ever.
        :returns: ``None`` if it did not come in time.
        :raises EOFError: if the other end is gone.
        """
        self._socket.settimeout(seconds)
        while (frame := self._next()) is None:
            try:
                data = self._socket.recv(_AT_ONCE)
            except TimeoutError:
                return None
            except OSError as error:
                raise EOFError from error
            if not data:
                raise EOFError
            self._received += data
        return frame

    def _next(self) -> Frame | None:
        if len(self._received) < _HEADING.size:
            return None
        length, kind = _HEADING.unpack_from(self._received)
        end = _HEADING.size + length
        if len(self._received) < end:
            return None
        content = bytes(self._received[_HEADING.size : end])
        del self._received[:end]
        return Frame(Kind(kind), content)

    def close(self) -> None:
        """Close the socket."""
        self._socket.close()


def document(content: dict[str, Any]) -> bytes:
    """Return JSON as content of a frame."""
    return json.dumps(content).encode()


def encode_change(going: Sequence[Quad], coming: Sequence[Quad]) -> bytes:
    """Return a change of a store as content of a frame."""
    gone = serialize(going, format=RdfFormat.N_QUADS) or b""
    come = serialize(coming, format=RdfFormat.N_QUADS) or b""
    return _LENGTH.pack(len(gone)) + gone + come


def decode_change(content: bytes) -> tuple[list[Quad], list[Quad]]:
    """Return what :func:`encode_change` wrote: what went, and what came."""
    (length,) = _LENGTH.unpack_from(content)
    middle = _LENGTH.size + length
    gone, come = content[_LENGTH.size : middle], content[middle:]
    return _quads(gone), _quads(come)


def _quads(content: bytes) -> list[Quad]:
    return list(parse(content, RdfFormat.N_QUADS)) if content else []
