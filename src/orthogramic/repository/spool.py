"""The quads of a change on their way into the log: in memory while small, else on disk."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from pyoxigraph import Quad, RdfFormat, parse

from orthogramic.errors import StoreNotWritableError

_IN_MEMORY = 1 << 22
_CHUNK = 1 << 20


class Spool:
    """Removals and additions as N-Quads, one a line, written once and read as often as needed.

    :param folder: where a large spool lies, so that a full disk shows before the log is touched.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._removals = _temporary(folder)
        self._additions = _temporary(folder)
        self.added = 0
        self.removed = 0

    def close(self) -> None:
        """Free the space."""
        self._removals.close()
        self._additions.close()

    def add(self, quad: Quad) -> None:
        """Note an addition.

        :raises StoreNotWritableError: if the disk is full.
        """
        self.added += 1
        _write(self._additions, quad)

    def remove(self, quad: Quad) -> None:
        """Note a removal; errors as :meth:`add`."""
        self.removed += 1
        _write(self._removals, quad)

    def additions(self) -> Iterator[Quad]:
        """Yield the added quads."""
        return _quads(self._additions)

    def removals(self) -> Iterator[Quad]:
        """Yield the removed quads."""
        return _quads(self._removals)

    @property
    def size(self) -> int:
        """Number of bytes of both."""
        return self._removals.tell() + self._additions.tell()

    def payload(self, compress: bool) -> Payload:
        """Return the removals and, behind them, the additions, as bytes for the log."""
        whole = _temporary(self._folder)
        if compress:
            with gzip.GzipFile(fileobj=whole, mode="wb", compresslevel=1, mtime=0) as packed:
                self._copy_to(cast("IO[bytes]", packed))
        else:
            self._copy_to(whole)
        return Payload(whole)

    def _copy_to(self, target: IO[bytes]) -> None:
        for part in (self._removals, self._additions):
            part.seek(0)
            shutil.copyfileobj(part, target, _CHUNK)


class Payload:
    """Bytes of known length and digest, in memory or on disk."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.size = file.tell()

    def close(self) -> None:
        """Free the space."""
        self._file.close()

    def chunks(self) -> Iterator[bytes]:
        """Yield the bytes."""
        self._file.seek(0)
        while chunk := self._file.read(_CHUNK):
            yield chunk

    def digest(self, seal: bytes = b"") -> str:
        """Return the SHA-256 of some bytes and then these, in hexadecimal."""
        digest = hashlib.sha256(seal)
        for chunk in self.chunks():
            digest.update(chunk)
        return digest.hexdigest()


def _temporary(folder: Path | None) -> IO[bytes]:
    file = tempfile.SpooledTemporaryFile(_IN_MEMORY, dir=str(folder) if folder else None)  # noqa: SIM115
    return cast("IO[bytes]", file)


def _write(file: IO[bytes], quad: Quad) -> None:
    try:
        file.write(f"{quad} .\n".encode())
    except OSError as error:
        raise StoreNotWritableError(
            f"The disk refused the write ({error.strerror}); nothing was changed."
        ) from error


def _quads(file: IO[bytes]) -> Iterator[Quad]:
    file.seek(0)
    return iter(parse(file, RdfFormat.N_QUADS))
