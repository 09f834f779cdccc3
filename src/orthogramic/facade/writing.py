"""The writing side of the facade: every write, through whatever door, is one gated change."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Unpack

from orthogramic.errors import InvalidParameterError
from orthogramic.facade.holding import Holding, StrPath
from orthogramic.facade.write_options import WriteArguments, options_of
from orthogramic.repository.bundle import reference_datasets
from orthogramic.repository.changes import ChangeSet
from orthogramic.repository.commit_log import CommitRecord
from orthogramic.repository.inputs import LoadPlan, RdfInput, plan
from orthogramic.repository.uploading import UploadedFile, plan_upload
from orthogramic.repository.written import WriteOutcome
from orthogramic.syntax import RdfSyntax
from orthogramic.validation import Progress, ValidationReport


class Writing(Holding):
    """Changes what is there, as a whole or not at all."""

    # -- loading -----------------------------------------------------------------------------------

    def load(
        self,
        inputs: StrPath | Sequence[StrPath],
        *,
        graph: str | None = None,
        syntax: str | None = None,
        author: str | None = None,
        message: str | None = None,
        gate: bool = True,
        progress: Progress | None = None,
    ) -> CommitRecord | None:
        """Load files, and dataset folders with a manifest, in one commit.

        :param graph: IRI of the graph for triples that name none; by default ``kr:default``.
        :param syntax: name of the RDF syntax of all files; by default the file names tell.
        :param gate: whether the shapes judge the load; without it memory stays bounded.
        :returns: the commit, or ``None`` if everything was there already.
        :raises UnreadableInputError: if something cannot be read or does not parse.
        :raises MissingDatasetError: if a dataset builds on one that is neither here nor loaded.
        :raises NonConformingDataError: if the data would violate the shapes.
        :raises ProtectedGraphError: if a document writes into a system graph.
        :raises StoreNotWritableError: if the disk refuses. Nothing is changed in any of these.
        """
        known = RdfSyntax.of_name(syntax) if syntax else None
        paths = [Path(each) for each in _several(inputs)]
        planned = plan(paths, self._graph(graph), self.base_iri, known)
        return self._load(planned, author, message, gate, progress)

    def load_bytes(
        self,
        data: bytes,
        *,
        syntax: str,
        source: str = "the document",
        graph: str | None = None,
        author: str | None = None,
        message: str | None = None,
        gate: bool = True,
        progress: Progress | None = None,
    ) -> CommitRecord | None:
        """Load one document from memory; see :meth:`load`.

        :param source: what the person calls the document.
        """
        document = RdfInput(source, RdfSyntax.of_name(syntax), self._graph(graph), data=data)
        planned = LoadPlan((document,), ())
        return self._load(planned, author, message, gate, progress)

    def import_files(
        self,
        files: Sequence[UploadedFile],
        *,
        graph: str | None = None,
        gate: bool = True,
        **options: Unpack[WriteArguments],
    ) -> WriteOutcome:
        """Load files that were sent, manifests of datasets among them; see :meth:`load`.

        :param files: a ``dataset.ttl`` speaks of those with the same folder in their names.
        :param gate: whether the shapes judge the load; without it there is no dry run and no bound.
        :raises InvalidParameterError: if there is nothing to load, or two files have one name.
        :raises PreconditionFailedError: if ``if_match`` is not the number of the last commit.
        :raises ChangeTooLargeError: if more than ``most`` statements are new.
        """
        planned = plan_upload(files, self._graph(graph))
        given = options_of(options)
        if gate:
            from orthogramic.repository.loading import load_gated  # noqa: PLC0415 - as below

            return load_gated(self._knowledge, planned, given)
        if given.dry_run or given.precondition.asks:
            raise InvalidParameterError("A load without the gate is made at once, or not at all.")
        record = self._load(planned, given.author, given.message, gate=False)
        return WriteOutcome(record, ChangeSet((), ()), ValidationReport())

    def load_reference(
        self,
        progress: Progress | None = None,
        *,
        author: str | None = None,
        message: str | None = None,
    ) -> CommitRecord | None:
        """Load the shipped datasets.

        :returns: the commit, or ``None`` if everything was there already.
        """
        return self.load(
            reference_datasets(),
            author=author,
            message=message or "Load the reference data",
            progress=progress,
        )

    def _load(
        self,
        planned: LoadPlan,
        author: str | None,
        message: str | None,
        gate: bool,
        progress: Progress | None = None,
    ) -> CommitRecord | None:
        from orthogramic.repository.loading import load  # noqa: PLC0415 - reading needs none of it

        return load(
            self._knowledge, planned, author=author, message=message, gate=gate, progress=progress
        )


def _several(paths: StrPath | Sequence[StrPath]) -> Sequence[StrPath]:
    return (paths,) if isinstance(paths, str | os.PathLike) else paths
