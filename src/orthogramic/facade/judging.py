"""The judging side of the facade: what the shapes say of data, kept here or brought along."""

from __future__ import annotations

from collections.abc import Mapping

from orthogramic.facade.choosing import severity_named
from orthogramic.facade.holding import Holding
from orthogramic.repository.paging import check_page
from orthogramic.repository.standing_report import StandingReport
from orthogramic.syntax import RdfSyntax
from orthogramic.validation import Progress, ValidationReport


class Judging(Holding):
    """Says what the shapes say; changes nothing."""

    def results(
        self,
        *,
        severity: str | None = None,
        entity: str | None = None,
        class_name: str | None = None,
        limit: int = 100,
        offset: int = 0,
    ) -> StandingReport:
        """Return the validation results that stand, gravest first; nothing is judged for it.

        Every commit keeps them up to date. After a load without the gate, or under another
        bundle, everything is judged once.

        :param severity: only results of this severity: ``violation``, ``warning`` or ``info``.
        :param entity: only results about this entity and its parts.
        :param class_name: only results about entities of this class and its subclasses.
        :raises InvalidParameterError: if there is no such severity.
        :raises NamingError: if no entity, or several, have the name.
        :raises UnknownTermError: if there is no such class.
        """
        check_page(limit, offset)
        return self._knowledge.results(
            severity=severity_named(severity),
            about=self._about(entity, class_name),
            limit=limit,
            offset=offset,
        )

    def results_at_hand(self, entity: str, limit: int = 100) -> StandingReport | None:
        """Return the results about an entity and its parts, if nothing has to be judged for it.

        :returns: ``None`` after a load without the gate, until somebody asks for :meth:`results`.
        :raises NamingError: if no entity, or several, have the name.
        """
        check_page(limit, 0)
        return self._knowledge.results_at_hand(about=self._about(entity, None), limit=limit)

    def result_counts(self) -> Mapping[str, int] | None:
        """Return how many results stand by severity; ``None`` as :meth:`results_at_hand`."""
        return self._knowledge.gate.counts(self.snapshot)

    def _about(self, entity: str | None, class_name: str | None) -> list[str] | None:
        """Return the IRIs of the entities that are meant; ``None`` for everything."""
        if not entity and not class_name:
            return None
        classes: list[str] = []
        if class_name:
            meant = self.metamodel.class_named(class_name).iri
            classes = [each.value for each in self.metamodel.subclasses(meant)]
        if entity:
            found = self._naming.resolve(entity)
            return [found.iri] if not classes or found.class_iri in classes else []
        members, _ = self._knowledge.catalogue.page(classes, -1, 0)
        return [each.iri for each in members]

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
