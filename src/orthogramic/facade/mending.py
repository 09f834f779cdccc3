"""The mending side of the facade: mends of documents, offered or made in a copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict, Unpack

from orthogramic.facade.holding import Holding
from orthogramic.syntax import RdfSyntax
from orthogramic.validation import Progress

if TYPE_CHECKING:
    from orthogramic.validation.mending import MendedDocument, Mends


class MendingOptions(TypedDict, total=False):
    """What may be said of a document: as in :meth:`Repository.validate_bytes`."""

    shapes: bytes | None
    shapes_syntax: str | None
    source: str
    progress: Progress | None


class Mending(Holding):
    """Mends of documents, never through the store."""

    def mends_of_bytes(self, data: bytes, syntax: str, **options: Unpack[MendingOptions]) -> Mends:
        """Validate one document and offer mends; parameters as :meth:`validate_bytes`.

        :returns: the report, and patches that settle results of it and cause none.
        :raises UnreadableInputError: if a document does not parse.
        """
        from orthogramic.validation.mending import mends_of_document  # noqa: PLC0415 - slow

        return mends_of_document(
            data,
            RdfSyntax.of_name(syntax),
            options.get("shapes"),
            RdfSyntax.of_name(options.get("shapes_syntax") or RdfSyntax.TURTLE.key),
            metamodel=self.metamodel,
            entail=self._knowledge.entail,
            source=options.get("source", "data"),
            progress=options.get("progress"),
        )

    def mend_bytes(
        self, data: bytes, syntax: str, **options: Unpack[MendingOptions]
    ) -> MendedDocument:
        """Make a copy of one document with all mends that need no decision.

        Parameters and errors as those of :meth:`mends_of_bytes`.
        """
        from orthogramic.validation.mending import mend_document  # noqa: PLC0415 - slow

        return mend_document(
            data,
            RdfSyntax.of_name(syntax),
            options.get("shapes"),
            RdfSyntax.of_name(options.get("shapes_syntax") or RdfSyntax.TURTLE.key),
            metamodel=self.metamodel,
            entail=self._knowledge.entail,
            source=options.get("source", "data"),
            progress=options.get("progress"),
        )
