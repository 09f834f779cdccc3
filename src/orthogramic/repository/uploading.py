"""What an upload is given: files with names, some of them manifests of datasets, as a plan to load.

It is the same as with folders (see :mod:`orthogramic.repository.inputs`), only that the files are
in memory: a file ``dataset.ttl`` says of those with the same folder in their names which graph
each goes into.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from urllib.parse import quote

from pyoxigraph import NamedNode

from orthogramic.errors import InvalidParameterError
from orthogramic.repository.inputs import MANIFEST, LoadPlan, RdfInput, manifest_plan
from orthogramic.syntax import RdfSyntax
from orthogramic.vocabulary import KR

_ANYWHERE = "file:///"


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """One file of an upload.

    :param name: as the person calls it, folders included.
    """

    name: str
    data: bytes
    syntax: RdfSyntax

    @property
    def path(self) -> PurePosixPath:
        """The name as a path, whatever system it comes from."""
        return PurePosixPath(self.name.replace("\\", "/"))

    def into(self, graph: NamedNode) -> RdfInput:
        """Return the file as a document for a graph."""
        return RdfInput(self.name, self.syntax, graph, data=self.data)


def plan_upload(files: Sequence[UploadedFile], graph: NamedNode) -> LoadPlan:
    """Return what to load.

    :param graph: where triples without a graph go, unless a manifest says otherwise.
    :raises InvalidParameterError: if there is nothing, or two files have one name.
    :raises UnreadableInputError: if a manifest cannot be used.
    """
    by_path = {each.path: each for each in files}
    if not files:
        raise InvalidParameterError("There is nothing to load.")
    if len(by_path) < len(files):
        raise InvalidParameterError("Two files have the same name.")
    placed: set[PurePosixPath] = set()
    plans: list[LoadPlan] = []
    for path, manifest in by_path.items():
        if path.name == MANIFEST:
            plans.append(_described(manifest, by_path, placed))
            placed.add(path)
    rest = tuple(each.into(graph) for each in files if each.path not in placed)
    return LoadPlan(
        (*(document for each in plans for document in each.documents), *rest),
        tuple(quad for each in plans for quad in each.descriptions),
    )


def _described(
    manifest: UploadedFile,
    files: dict[PurePosixPath, UploadedFile],
    placed: set[PurePosixPath],
) -> LoadPlan:
    folder = manifest.path.parent

    def beside(name: str, graph: NamedNode) -> RdfInput | None:
        found = files.get(folder / name)
        if found is None:
            return None
        placed.add(found.path)
        return found.into(graph)

    home = _ANYWHERE + quote(str(manifest.path).lstrip("/"))
    described = replace(manifest, syntax=RdfSyntax.TURTLE).into(KR.datasets)
    return manifest_plan(described, home, beside)
