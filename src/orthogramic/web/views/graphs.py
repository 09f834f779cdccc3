"""Named graphs as pages name them: a label, and whether the statements are invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from orthogramic.metamodel import Metamodel


@dataclass(frozen=True, slots=True)
class GraphName:
    """A graph in a few words."""

    iri: str
    label: str
    illustrative: bool


class GraphNames:
    """The names of the graphs of one snapshot.

    :param known: the described graphs by IRI.
    """

    def __init__(self, metamodel: Metamodel, known: Mapping[str, GraphName]) -> None:
        self._metamodel = metamodel
        self._known = known

    def knows(self, iri: str) -> bool:
        """Tell whether an IRI is that of a described graph."""
        return iri in self._known

    def name(self, iri: str) -> GraphName:
        """Return the name of a graph; one that nobody described is called by its CURIE."""
        return self._known.get(iri) or GraphName(iri, self._metamodel.curie(iri), False)
