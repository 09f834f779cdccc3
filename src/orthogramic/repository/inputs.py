"""What a load is given: files, and dataset folders with a VoID manifest, as quads in graphs.

A manifest ``dataset.ttl`` says which file goes into which graph (``void:dataDump``) and what the
graph is (``dcterms:title``, ``kr:illustrative``); its own triples go into ``kr:datasets``. It may
name datasets that this one builds on (``dcterms:requires``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote

from pyoxigraph import DefaultGraph, NamedNode, Quad

from orthogramic.errors import (
    InputNotFoundError,
    InvalidParameterError,
    UnreadableInputError,
)
from orthogramic.syntax import RdfSyntax, read_quads, skolemize
from orthogramic.vocabulary import DCTERMS, KR, VOID

MANIFEST = "dataset.ttl"


@dataclass(frozen=True, slots=True)
class RdfInput:
    """One document to load.

    :param source: its name as the person knows it.
    :param graph: where triples without a graph go.
    :param path: the file to read, or ``None`` if ``data`` holds the bytes.
    """

    source: str
    syntax: RdfSyntax
    graph: NamedNode
    path: Path | None = None
    data: bytes = b""

    @property
    def size(self) -> int:
        """Number of bytes."""
        return len(self.data) if self.path is None else self.path.stat().st_size

    def quads(self, base_iri: str) -> Iterator[Quad]:
        """Yield the quads as they are read; blank nodes become IRIs under the base.

        :raises UnreadableInputError: if the document cannot be read or does not parse.
        """
        if self.path is None:
            yield from self._placed(self.data, base_iri)
            return
        try:
            with self.path.open("rb") as file:
                yield from self._placed(file, base_iri)
        except OSError as error:
            raise InputNotFoundError(f"{self.source} cannot be read: {error.strerror}.") from error

    def _digest(self) -> str:
        """Identify the content, so that the blank nodes of two documents stay apart."""
        if self.path is None:
            return hashlib.sha256(self.data).hexdigest()
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def _placed(self, data: bytes | BinaryIO, base_iri: str) -> Iterator[Quad]:
        quads = read_quads(data, self.syntax, base_iri=base_iri, source=self.source)
        for quad in skolemize(quads, base_iri, document=self._digest()):
            if isinstance(quad.graph_name, DefaultGraph):
                yield Quad(quad.subject, quad.predicate, quad.object, self.graph)
            else:
                yield quad


@dataclass(frozen=True, slots=True)
class LoadPlan:
    """The documents of a load, and what manifests say about their graphs."""

    documents: tuple[RdfInput, ...]
    descriptions: tuple[Quad, ...]

    def required(self) -> dict[NamedNode, str]:
        """Return the datasets that must be in the store already, each with one that needs it."""
        described = {quad.subject for quad in self.descriptions}
        return {
            quad.object: str(quad.subject.value)
            for quad in self.descriptions
            if quad.predicate == DCTERMS.requires
            and isinstance(quad.object, NamedNode)
            and isinstance(quad.subject, NamedNode)
            and quad.object not in described
        }


def plan(
    paths: Sequence[Path], graph: NamedNode, base_iri: str, syntax: RdfSyntax | None = None
) -> LoadPlan:
    """Find the documents behind paths.

    :param paths: files, folders with a manifest, and folders of such folders.
    :param graph: where triples without a graph go, unless a manifest says otherwise.
    :param syntax: the syntax of all files; by default the file name tells.
    :raises InputNotFoundError: if a path is not there.
    :raises UnsupportedMediaTypeError: if the file name does not tell the syntax.
    :raises UnreadableInputError: if a manifest cannot be used.
    """
    documents: list[RdfInput] = []
    descriptions: list[Quad] = []
    for path in paths:
        if path.is_dir():
            for folder in _dataset_folders(path):
                found = _manifest(folder, base_iri)
                documents += found.documents
                descriptions += found.descriptions
        elif path.is_file():
            documents.append(_file(path, graph, syntax))
        else:
            raise InputNotFoundError(f"{path} is not there.")
    if not documents:
        raise InvalidParameterError("There is nothing to load.")
    return LoadPlan(tuple(documents), tuple(descriptions))


def _file(path: Path, graph: NamedNode, syntax: RdfSyntax | None = None) -> RdfInput:
    known = syntax or RdfSyntax.of_file_name(path.name)
    return RdfInput(str(path), known, graph, path)


def _dataset_folders(folder: Path) -> list[Path]:
    """Return the folder itself if it is a dataset, else the datasets that lie in it."""
    if (folder / MANIFEST).is_file():
        return [folder]
    inside = sorted(each.parent for each in folder.glob(f"*/{MANIFEST}"))
    if not inside:
        raise InputNotFoundError(f"The folder {folder} has no {MANIFEST} that says what to load.")
    return inside


def _manifest(folder: Path, base_iri: str) -> LoadPlan:
    manifest = folder / MANIFEST
    described = RdfInput(str(manifest), RdfSyntax.TURTLE, KR.datasets, manifest)

    def beside(name: str, graph: NamedNode) -> RdfInput | None:
        path = folder / name
        return _file(path, graph) if path.is_file() else None

    # Files are named relative to the manifest, so it is read under its own file IRI.
    return manifest_plan(described, manifest.resolve().as_uri(), beside)


def manifest_plan(
    manifest: RdfInput, home: str, beside: Callable[[str, NamedNode], RdfInput | None]
) -> LoadPlan:
    """Return what a manifest says is to be loaded.

    :param home: the IRI under which it is read.
    :param beside: gives the file of a name that lies beside the manifest, for a graph; ``None`` if
        there is none.
    :raises UnreadableInputError: if it names no file, or one that does not lie beside it.
    """
    documents: list[RdfInput] = []
    descriptions: list[Quad] = []
    for quad in manifest.quads(home):
        if quad.predicate != VOID.dataDump:
            descriptions.append(quad)
            continue
        assert isinstance(quad.subject, NamedNode)
        iri = quad.object.value if isinstance(quad.object, NamedNode) else ""
        prefix = home[: -len(MANIFEST)]
        name = unquote(iri.removeprefix(prefix))
        # Only files beside the manifest may be named.
        inside = iri.startswith(prefix) and "/" not in name and name != MANIFEST
        document = beside(name, quad.subject) if inside else None
        if document is None:
            raise UnreadableInputError(
                f"{manifest.source} names the file <{iri}>, which does not lie beside it."
            )
        documents.append(document)
    if not documents:
        raise UnreadableInputError(f"{manifest.source} names no file (void:dataDump).")
    documents.sort(key=lambda each: each.source)
    return LoadPlan(tuple(documents), tuple(descriptions))
