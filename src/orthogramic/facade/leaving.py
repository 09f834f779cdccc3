"""The leaving side of the facade: exports and backups."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from orthogramic.exchange.exported import Exported
from orthogramic.exchange.exporting import export
from orthogramic.exchange.jsonld_context import context as jsonld_context
from orthogramic.facade.holding import Holding, StrPath
from orthogramic.repository.backup import LogSource, source_of, write_backup
from orthogramic.repository.backup_file import Backup
from orthogramic.validation import Progress


class Leaving(Holding):
    """Gets out what is there; changes nothing."""

    def export(
        self,
        syntax: str,
        *,
        graph: str | None = None,
        entity: str | None = None,
        inferred: bool = False,
    ) -> Exported:
        """Write everything, one graph, or an entity with its surroundings.

        :param syntax: name of a format: turtle, trig, ntriples, nquads, rdfxml, jsonld or
            archimate.
        :param inferred: whether what follows from the data goes along.
        :returns: the document in pieces, with what is to be said about it in ``summary``.
        :raises UnsupportedMediaTypeError: if there is no such format.
        :raises UnknownGraphError: if the graph holds nothing.
        :raises NamingError: if the entity is unknown or ambiguous.
        """
        return export(
            self._knowledge, self._naming, syntax, graph=graph, entity=entity, inferred=inferred
        )

    def backup(self, path: StrPath, progress: Progress | None = None) -> Backup:
        """Copy every commit that is acknowledged now into one file; writing may go on meanwhile.

        :param path: the file; it is there whole, or not at all.
        :raises PlaceTakenError: if something has that name already.
        :raises StoreNotWritableError: if the disk is full or read-only.
        :raises StoreFormatError: if the commit log is damaged.
        :raises UsageError: if the repository is kept in memory.
        """
        return write_backup(self.backup_source(), Path(path), progress)

    def backup_source(self) -> LogSource:
        """Return what gives the bytes of a backup; errors as :meth:`backup`."""
        return source_of(self._knowledge.log, self.snapshot, self.base_iri)

    def context(self) -> dict[str, Any]:
        """Return the JSON-LD context that exports are written with."""
        return jsonld_context(self.metamodel, self.base_iri)
