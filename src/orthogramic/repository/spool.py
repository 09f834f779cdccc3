"""The lines of a change on their way into the log: in memory while small, else on disk."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from pathlib import Path
from types import TracebackType
from typing import IO, Self, cast

from pyoxigraph import Quad, RdfFormat, parse

_IN_MEMORY = 1 << 22
_CHUNK = 1 << 20
_BLOCK = 5000


def signed_quads(lines: Iterable[bytes]) -> Iterator[tuple[bool, Quad]]:
    """Read the lines of a spool: true for an addition, false for a removal.

    Runs of one sign are parsed together, in blocks that keep memory bounded.
    """
    for sign, run in groupby(lines, key=lambda line: line[:1] == b"+"):
        while block := b"".join(line[2:] for line in islice(run, _BLOCK)):
            for quad in parse(block, RdfFormat.N_QUADS):
                yield sign, quad


class Spool:
    """Additions and removals as N-Quads lines, written once and read as often as needed.

    :param folder: where a large spool lies, so that a full disk shows before the log is touched.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        file = tempfile.SpooledTemporaryFile(_IN_MEMORY, dir=str(folder) if folder else None)  # noqa: SIM115
        self._file = cast("IO[bytes]", file)
        self.size = 0
        self.added = 0
        self.removed = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    def add(self, quad: Quad) -> None:
        """Note an addition."""
        self.added += 1
        self._line(b"+ ", quad)

    def remove(self, quad: Quad) -> None:
        """Note a removal."""
        self.removed += 1
        self._line(b"- ", quad)

    def _line(self, sign: bytes, quad: Quad) -> None:
        line = sign + str(quad).encode() + b" .\n"
        self.size += len(line)
        self._file.write(line)

    def quads(self) -> Iterator[tuple[bool, Quad]]:
        """Yield the quads, in the order in which they were noted: true for an addition."""
        self._file.seek(0)
        return signed_quads(self._file)

    def additions(self) -> Iterator[Quad]:
        """Yield the added quads."""
        return (quad for added, quad in self.quads() if added)

    def removals(self) -> Iterator[Quad]:
        """Yield the removed quads."""
        return (quad for added, quad in self.quads() if not added)

    def chunks(self) -> Iterator[bytes]:
        """Yield the bytes of the spool."""
        self._file.seek(0)
        while chunk := self._file.read(_CHUNK):
            yield chunk

    def compressed(self) -> Spool:
        """Return a gzipped copy, which can only be read as bytes."""
        copy = Spool(self._folder)
        with gzip.GzipFile(fileobj=copy._file, mode="wb", compresslevel=1, mtime=0) as packed:
            self._file.seek(0)
            shutil.copyfileobj(self._file, packed, _CHUNK)
        copy.size = copy._file.tell()
        return copy

    def digest(self) -> str:
        """Return the SHA-256 of the bytes, in hexadecimal."""
        digest = hashlib.sha256()
        for chunk in self.chunks():
            digest.update(chunk)
        return digest.hexdigest()

    def close(self) -> None:
        """Free the disk space."""
        self._file.close()
