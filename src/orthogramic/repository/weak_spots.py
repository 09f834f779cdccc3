"""Questions about weak spots in a person's words, brought to the graph and answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from pyoxigraph import NamedNode

from orthogramic.analysis import ChosenSet, Direction
from orthogramic.analysis.weak_spots import (
    ArticulationAnswer,
    CentralityAnswer,
    CentralityQuestion,
    CutAnswer,
    CutQuestion,
    CyclesAnswer,
    DominatorsAnswer,
    DominatorsQuestion,
    EntitySet,
    Measure,
    Scope,
    find_articulation_points,
    find_cut,
    find_cycles,
    find_dominators,
    rank_centrality,
)
from orthogramic.errors import InvalidParameterError
from orthogramic.graph import EntityGraph
from orthogramic.metamodel import Metamodel
from orthogramic.repository.naming import Naming
from orthogramic.repository.paging import check_page
from orthogramic.repository.projection import Projection
from orthogramic.repository.saved_sets import SavedSet, SavedSets

Names = str | Sequence[str]
Member = TypeVar("Member", Direction, Measure)

#: What stands before the name of a class that is meant as the set of its instances.
CLASS_PREFIX = "class:"


class WeakSpots:
    """Answers where the graph of one repository is thin.

    Sources and targets are named as entities are, or as ``class:NAME`` for all instances of a
    class and its subclasses, or as ``query:NAME`` for a saved set (see
    :mod:`orthogramic.repository.saved_sets`); several are taken together.

    Parameters that many methods have:

    ``direction`` is ``dependencies`` (from what needs to what is needed) or ``impact``; ``via``
    names the relationships that count, ``certain`` leaves out steps that are only possible;
    ``classes`` names the classes of the entities that are looked for; ``profile`` names the impact
    profile; ``limit`` and ``offset`` choose a page.

    :param projection: keeps the graphs that are asked.
    :param sets: finds what saved sets stand for.
    """

    def __init__(
        self, metamodel: Metamodel, naming: Naming, projection: Projection, sets: SavedSets
    ) -> None:
        self._metamodel = metamodel
        self._naming = naming
        self._projection = projection
        self._sets = sets

    def dominators(  # noqa: PLR0913 - the parameters of the interface contract
        self,
        sources: Names,
        targets: Names,
        *,
        direction: str = "dependencies",
        via: Names = (),
        certain: bool = False,
        classes: Names = (),
        profile: str | None = None,
        limit: int = 100,
        offset: int = 0,
        target_limit: int = 100,
        target_offset: int = 0,
    ) -> DominatorsAnswer:
        """Answer which single entities every path from the sources to the targets passes.

        :param target_limit: greatest number of targets that are listed with what leads to them.
        :raises NamingError: if a name is unknown or ambiguous.
        :raises InvalidParameterError: if a value is out of range, or every target is a source.
        """
        check_page(target_limit, target_offset)
        scope = self._scope(direction, via, certain, classes, limit, offset)
        saved, snapshot, graph = self._beside((sources, targets), profile)
        question = DominatorsQuestion(
            self._set(sources, saved), self._set(targets, saved), scope, target_limit, target_offset
        )
        return find_dominators(graph, self._metamodel, question, snapshot=snapshot)

    def cut(  # noqa: PLR0913 - the parameters of the interface contract
        self,
        sources: Names,
        targets: Names,
        *,
        direction: str = "dependencies",
        via: Names = (),
        certain: bool = False,
        classes: Names = (),
        profile: str | None = None,
        limit: int = 100,
        offset: int = 0,
    ) -> CutAnswer:
        """Answer which entities are the fewest that all indirect paths pass.

        :param classes: only entities of these classes may be taken out.
        :raises NamingError: if a name is unknown or ambiguous.
        :raises InvalidParameterError: if a value is out of range, or every target is a source.
        """
        scope = self._scope(direction, via, certain, classes, limit, offset)
        saved, snapshot, graph = self._beside((sources, targets), profile)
        question = CutQuestion(self._set(sources, saved), self._set(targets, saved), scope)
        return find_cut(graph, self._metamodel, question, snapshot=snapshot)

    def articulation(
        self,
        *,
        via: Names = (),
        certain: bool = False,
        classes: Names = (),
        profile: str | None = None,
        limit: int = 100,
        offset: int = 0,
    ) -> ArticulationAnswer:
        """Answer without which entities what hangs together falls apart.

        :raises NamingError: if a name is unknown or ambiguous.
        :raises InvalidParameterError: if a value is out of range.
        """
        scope = self._scope("dependencies", via, certain, classes, limit, offset)
        snapshot, graph = self._under(profile)
        return find_articulation_points(graph, self._metamodel, scope, snapshot=snapshot)

    def cycles(
        self,
        *,
        direction: str = "dependencies",
        via: Names = (),
        certain: bool = False,
        classes: Names = (),
        profile: str | None = None,
        limit: int = 100,
        offset: int = 0,
    ) -> CyclesAnswer:
        """Answer which entities all lead to each other, with a cycle that shows it.

        :param direction: which way the cycles are told.
        :param classes: only groups with an entity of these classes.
        :raises NamingError: if a name is unknown or ambiguous.
        :raises InvalidParameterError: if a value is out of range.
        """
        scope = self._scope(direction, via, certain, classes, limit, offset)
        snapshot, graph = self._under(profile)
        return find_cycles(graph, self._metamodel, scope, snapshot=snapshot)

    def centrality(  # noqa: PLR0913 - the parameters of the interface contract
        self,
        measure: str = "betweenness",
        *,
        direction: str = "dependencies",
        via: Names = (),
        certain: bool = False,
        classes: Names = (),
        profile: str | None = None,
        samples: int | None = None,
        seed: int = 0,
        confidence: float = 0.95,
        damping: float = 0.85,
        limit: int = 100,
        offset: int = 0,
    ) -> CentralityAnswer:
        """Answer which entities are the most central.

        :param measure: ``betweenness`` or ``pagerank``.
        :param samples: pairs of entities to draw for betweenness; by default it is exact up to
            20,000 entities of which not too much is reached, else estimated from 10,000 pairs.
        :param seed: decides which pairs are drawn.
        :param confidence: probability that all stated bounds of an estimate hold.
        :param damping: of PageRank, the probability of following a step.
        :raises NamingError: if a name is unknown or ambiguous.
        :raises InvalidParameterError: if a value is out of range.
        """
        question = CentralityQuestion(
            _member(Measure, "measure", measure),
            self._scope(direction, via, certain, classes, limit, offset),
            samples,
            seed,
            confidence,
            damping,
        )
        snapshot, graph = self._under(profile)
        return rank_centrality(graph, self._metamodel, question, snapshot=snapshot)

    def _scope(
        self, direction: str, via: Names, certain: bool, classes: Names, limit: int, offset: int
    ) -> Scope:
        check_page(limit, offset)
        return Scope(
            direction=_member(Direction, "direction", direction),
            via=tuple(self._metamodel.property_named(each).iri for each in _several(via)),
            certain=certain,
            classes=tuple(self._metamodel.class_named(each).iri for each in _several(classes)),
            limit=limit,
            offset=offset,
        )

    def _under(self, profile: str | None) -> tuple[int, EntityGraph]:
        return self._projection.under(self._metamodel.profile(profile))

    def _beside(
        self, names: tuple[Names, ...], profile: str | None
    ) -> tuple[Mapping[str, SavedSet], int, EntityGraph]:
        """Find the saved sets among some names and take the graph, all of one snapshot."""
        wanted = self._metamodel.profile(profile)
        every = (each for some in names for each in _several(some))
        return self._sets.beside(every, lambda: self._projection.under(wanted))

    def _set(self, names: Names, saved: Mapping[str, SavedSet]) -> EntitySet:
        given = _several(names)
        chosen = (saved[each] for each in dict.fromkeys(given) if each in saved)
        classes = [each for each in given if each.startswith(CLASS_PREFIX)]
        single = [each for each in given if each not in saved and each not in classes]
        return EntitySet(
            entities=tuple(NamedNode(self._naming.resolve(each).iri) for each in single),
            classes=tuple(
                self._metamodel.class_named(each.removeprefix(CLASS_PREFIX)).iri for each in classes
            ),
            chosen=tuple(ChosenSet(each.query, each.to_dict(), each.entities) for each in chosen),
        )


def _several(names: Names) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def _member(kind: type[Member], name: str, value: str) -> Member:
    """Read a value of a closed list."""
    try:
        return kind(value)
    except ValueError:
        allowed = " or ".join(kind)
        raise InvalidParameterError(f"{name} must be {allowed}, not {value!r}.") from None
