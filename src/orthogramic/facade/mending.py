"""The mending side of the facade: mends of what is kept, and of documents that are not."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, TypedDict, Unpack

from orthogramic.facade.choosing import severity_named
from orthogramic.facade.holding import Holding
from orthogramic.facade.write_options import WriteArguments, options_of
from orthogramic.repository.paging import check_page
from orthogramic.syntax import RdfSyntax
from orthogramic.validation import Progress

if TYPE_CHECKING:
    from orthogramic.repository.mends import MendsMade, MendsOffered, StandingMends
    from orthogramic.validation.mending import Mend, MendedDocument, Mends


class MendingOptions(TypedDict, total=False):
    """What may be said of a document: as in :meth:`Repository.validate_bytes`."""

    shapes: bytes | None
    shapes_syntax: str | None
    source: str
    progress: Progress | None


class Mending(Holding):
    """Offers mends, and makes those that are asked for."""

    # -- what is kept ------------------------------------------------------------------------------

    @cached_property
    def _mends(self) -> StandingMends:
        from orthogramic.repository.mends import StandingMends  # noqa: PLC0415 - rarely needed

        return StandingMends(self._knowledge)

    def mends(
        self, *, severity: str | None = None, entity: str | None = None, limit: int = 100
    ) -> MendsOffered:
        """Offer mends for the validation results that stand, the gravest first.

        Each was tried on what is there: it settles a result and causes none.

        :param severity: only for results of this severity: ``violation``, ``warning``, ``info``.
        :param entity: only for results about this entity and its parts.
        :param limit: at most so many.
        :raises InvalidParameterError: if there is no such severity.
        :raises NamingError: if no entity, or several, have the name.
        """
        check_page(limit, 0)
        about = [self._naming.resolve(entity).iri] if entity else None
        return self._mends.offered(severity_named(severity), about, limit)

    def apply_mends(
        self, mends: Iterable[str | Mend], **options: Unpack[WriteArguments]
    ) -> MendsMade:
        """Make mends that :meth:`mends` offered, in one commit.

        Each is proved once more while other writes wait. One that was made already, whose ground
        has changed, or that does not hold beside those before it is left out, with a note.

        :param mends: the mends, or their identifiers.
        :raises InvalidParameterError: if there is none, or something is no identifier.
        :raises PreconditionFailedError: if ``if_match`` is not the number of the last commit.
        :raises ChangeTooLargeError: if more than ``most`` statements come and go.
        :raises StoreNotWritableError: if the disk refuses. Nothing is changed in any of these.
        """
        wanted = (each if isinstance(each, str) else each.id for each in mends)
        return self._mends.make(wanted, options_of(options))

    # -- documents ---------------------------------------------------------------------------------

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
