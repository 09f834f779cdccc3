"""The judging side of the facade: what the shapes say of data, kept here or brought along."""

from __future__ import annotations

from orthogramic.errors import InvalidParameterError
from orthogramic.facade.holding import Holding
from orthogramic.metamodel import Severity
from orthogramic.repository.gate import StandingReport
from orthogramic.repository.paging import check_page
from orthogramic.syntax import RdfSyntax
from orthogramic.validation import Progress, ValidationReport


class Judging(Holding):
    """Says what the shapes say; changes nothing."""

    def results(
        self,
        *,
        severity: str | None = None,
        entity: str | None = None,
        limit: int = 100,
        offset: int = 0,
    ) -> StandingReport:
        """Return the validation results that stand, gravest first; nothing is judged for it.

        Every commit keeps them up to date. After a load without the gate, or under another
        bundle, everything is judged once.

        :param severity: only results of this severity: ``violation``, ``warning`` or ``info``.
        :param entity: only results about this entity and its parts.
        :raises InvalidParameterError: if there is no such severity.
        :raises NamingError: if no entity, or several, have the name.
        """
        check_page(limit, offset)
        about = self._naming.resolve(entity).iri if entity else None
        return self._knowledge.results(
            severity=_severity(severity) if severity else None,
            about=about,
            limit=limit,
            offset=offset,
        )

    def validate(self, progress: Progress | None = None) -> ValidationReport:
        """Validate everything against the shapes of the bundle."""
        return self._knowledge.validate(progress)

    def validate_bytes(
        self,
        data: bytes,
        syntax: str,
        *,
        shapes: bytes | None = None,
        shapes_syntax: str | None = None,
        source: str = "data",
        progress: Progress | None = None,
    ) -> ValidationReport:
        """Validate one document by itself, never through the store.

        :param shapes: shapes of the caller's own, in ``shapes_syntax`` (by default Turtle); by
            default those of the bundle.
        :raises UnreadableInputError: if a document does not parse.
        """
        from orthogramic.validation import validate_documents  # noqa: PLC0415 - slow to import

        return validate_documents(
            data,
            RdfSyntax.of_name(syntax),
            shapes,
            RdfSyntax.of_name(shapes_syntax) if shapes_syntax else RdfSyntax.TURTLE,
            metamodel=None if shapes is not None else self.metamodel,
            entail=self._knowledge.entail,
            source=source,
            progress=progress,
        )


def _severity(name: str) -> Severity:
    try:
        return Severity(name)
    except ValueError:
        known = ", ".join(Severity)
        raise InvalidParameterError(
            f"There is no severity {name!r}; there are {known}.", parameter="severity"
        ) from None
