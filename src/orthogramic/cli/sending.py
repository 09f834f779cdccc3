"""What a load sends to the service that holds the store: the files that it would read itself."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from orthogramic.errors import InputNotFoundError, UsageError
from orthogramic.repository.bundle import reference_datasets
from orthogramic.repository.inputs import MANIFEST, plan
from orthogramic.repository.store_settings import DEFAULT_BASE_IRI
from orthogramic.repository.uploading import UploadedFile
from orthogramic.syntax import RdfSyntax
from orthogramic.vocabulary import KR

_STANDARD_INPUT = "standard input"


def files_of(inputs: Sequence[str], syntax: str | None, *, reference: bool) -> list[UploadedFile]:
    """Read the files behind what was said.

    :param inputs: files and folders, or ``-`` alone.
    :param syntax: name of the RDF syntax of all files; by default the file names tell.
    :param reference: the datasets that ship along instead.
    :raises InputNotFoundError: if something is not there.
    :raises UnreadableInputError: if a manifest cannot be used.
    """
    known = RdfSyntax.of_name(syntax) if syntax else None
    if tuple(inputs) == ("-",):
        if known is None:
            raise UsageError("Say --format: standard input has no name that tells its syntax.")
        return [UploadedFile(_STANDARD_INPUT, sys.stdin.buffer.read(), known)]
    paths = reference_datasets() if reference else [Path(each) for each in inputs]
    # The manifests tell which files are meant; where they go, the service finds out itself.
    planned = plan(paths, KR.default, DEFAULT_BASE_IRI, known)
    documents = {each.path: each.syntax for each in planned.documents if each.path}
    manifests = {path.parent / MANIFEST for path in documents if _is_described(path, paths)}
    found = {**dict.fromkeys(sorted(manifests), RdfSyntax.TURTLE), **documents}
    return [UploadedFile(str(path), _bytes(path), known) for path, known in found.items()]


def _is_described(path: Path, given: Sequence[Path]) -> bool:
    """Tell whether a file was found by the manifest beside it, not named itself."""
    return path not in given and (path.parent / MANIFEST).is_file()


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputNotFoundError(f"{path} cannot be read: {error.strerror}.") from error
