"""Reads the rankings of a bundle, with their faults."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import NamedNode

from orthogramic.metamodel.documents import DocumentIndex
from orthogramic.metamodel.measure import Measure
from orthogramic.metamodel.model import ClassTerm, PropertyTerm
from orthogramic.metamodel.property_paths import PropertyPath, read_path
from orthogramic.metamodel.ranking import Ranking
from orthogramic.syntax import local_name
from orthogramic.vocabulary import KR, RDFS


def read_rankings(
    index: DocumentIndex,
    classes: Mapping[NamedNode, ClassTerm],
    properties: Mapping[NamedNode, PropertyTerm],
    measures_by_name: tuple[Measure, ...],
) -> tuple[Ranking, ...]:
    """Read every ranking.

    :param measures_by_name: the sound measures of the bundle.
    :returns: the sound ones, sorted by name; what is wrong with the others is in the index.
    """
    known = {each.iri: each for each in measures_by_name}
    reader = _Reader(index, classes, properties, known)
    found = [reader.ranking(iri) for iri in index.named_instances(KR.Ranking)]
    sound = [each for each in found if each is not None]
    return tuple(sorted(sound, key=lambda each: (each.name, each.iri.value)))


class _Reader:
    """Reads rankings one by one."""

    def __init__(
        self,
        index: DocumentIndex,
        classes: Mapping[NamedNode, ClassTerm],
        properties: Mapping[NamedNode, PropertyTerm],
        known: Mapping[NamedNode, Measure],
    ) -> None:
        self._index = index
        self._classes = classes
        self._properties = properties
        self._known = known

    def ranking(self, iri: NamedNode) -> Ranking | None:
        """Read one ranking; ``None`` if it has a fault."""
        index, faults = self._index, len(self._index.faults)
        own = self._measure(iri, KR.ownMeasure)
        found = Ranking(
            iri=iri,
            name=local_name(iri),
            label=index.text(iri, RDFS.label) or local_name(iri),
            description=index.text(iri, RDFS.comment) or "",
            classes=self._classes_of(iri, KR.ranks) or (own.classes if own else ()),
            own=own,
            dependents=self._classes_of(iri, KR.dependent),
            stands_for=self._path(iri),
            worth=self._measure(iri, KR.worth),
        )
        if len(index.faults) == faults:
            self._check(found)
        return found if len(index.faults) == faults else None

    def _check(self, ranking: Ranking) -> None:
        if not ranking.classes:
            self._fault(ranking.iri, KR.ranks, "is missing, and no kr:ownMeasure tells it")
        if not ranking.dependents:
            self._fault(ranking.iri, KR.dependent, "is missing: nobody would depend on anything")

    def _classes_of(self, iri: NamedNode, predicate: NamedNode) -> tuple[NamedNode, ...]:
        found = sorted(self._index.nodes(iri, predicate), key=lambda each: each.value)
        for each in found:
            if each not in self._classes:
                self._fault(iri, predicate, f"names <{each.value}>, which is no class")
        return tuple(found)

    def _measure(self, iri: NamedNode, predicate: NamedNode) -> Measure | None:
        node = self._index.node(iri, predicate)
        if node is None:
            if self._index.objects(iri, predicate):
                self._fault(iri, predicate, "must be one measure")
            return None
        found = self._known.get(node)
        if found is None:
            self._fault(iri, predicate, f"names <{node.value}>, which is no sound measure")
        elif found.of_pairs:
            self._fault(iri, predicate, f"names {found.name}, which speaks of pairs")
            return None
        return found

    def _path(self, iri: NamedNode) -> PropertyPath | None:
        for node in self._index.objects(iri, KR.standsFor):
            found = read_path(self._index, node, self._properties)
            if found is None:
                self._fault(iri, KR.standsFor, "is no path of declared properties")
            return found
        return None

    def _fault(self, iri: NamedNode, predicate: NamedNode, message: str) -> None:
        text = f"kr:{local_name(predicate)} of {local_name(iri)} {message}"
        self._index.fault(iri, text, predicate)
