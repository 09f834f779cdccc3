"""What the data tells that is no relationship of the graph: measures, and who stands for whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from orthogramic.analysis.measured import Arithmetic, Number
from orthogramic.analysis.measuring import Measured
from orthogramic.graph import EntityGraph


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What was read for a ranking, by IRI.

    :param own: what each ranked entity comes to; ``None`` where the ranking has no such measure.
    :param worth: what dependents and those that they stand for are worth; ``None`` likewise.
    :param stands_for: by dependent, what it stands for, sorted; what is left out stands for itself.
    """

    own: Measured | None
    worth: Measured | None
    stands_for: Mapping[str, tuple[str, ...]]

    def holders(self, dependent: str) -> tuple[str, ...]:
        """Return on whose behalf a dependent depends."""
        return self.stands_for.get(dependent, ()) or (dependent,)


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """Numbers of a measure, with a reason where it does not speak of an entity."""

    graph: EntityGraph
    measured: Measured

    def number(self, iri: str) -> Number:
        """Return what an entity comes to."""
        if not self._speaks_of(iri):
            return Number(None, "", self._why(iri))
        return self.measured.number(iri)

    def explain(self, iri: str) -> Arithmetic:
        """Return what an entity comes to, with its arithmetic."""
        if self._speaks_of(iri):
            return self.measured.explain(iri)
        measure = self.measured.measure
        return Arithmetic(measure.name, measure.label, self.number(iri), "")

    def _speaks_of(self, iri: str) -> bool:
        number = self.graph.find(iri)
        if number is None:
            return False
        classes = self.graph.classification_of(number).all_classes
        return not classes.isdisjoint(self.measured.measure.classes)

    def _why(self, iri: str) -> str:
        number = self.graph.find(iri)
        kind = self.graph.classification_of(number).name if number is not None else ""
        return f"it is not told of a {kind}" if kind else "nothing is known of it"
