"""Rankings in a person's words, brought to the graph and the data of one snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from pyoxigraph import NamedNode

from orthogramic.analysis.measuring import Measured
from orthogramic.analysis.ranking import (
    DEFAULT_ROWS,
    DEFAULT_TERMS,
    RankingAnswer,
    RankingQuestion,
    Told,
    candidates,
    rank,
    rankable,
)
from orthogramic.errors import ServiceBusyError
from orthogramic.graph import EntityGraph
from orthogramic.graph.arrays import Numbers
from orthogramic.metamodel import Measure
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.repository.measuring import Measuring
from orthogramic.repository.naming import Naming
from orthogramic.repository.paging import check_page
from orthogramic.repository.projection import Projection
from orthogramic.repository.saved_sets import SavedSet, SavedSets, names_a_set

#: How often the data is read anew because somebody wrote in between.
_ATTEMPTS = 5


class _Members(NamedTuple):
    """Entities that were named, and the saved sets among the names."""

    entities: tuple[NamedNode, ...] | None
    sets: tuple[tuple[str, Any], ...]


class RankingQuestions:
    """Answers which entities of one repository come first.

    :param projection: keeps the graphs that are asked.
    :param sets: finds what saved sets stand for.
    """

    def __init__(
        self, knowledge: KnowledgeBase, naming: Naming, projection: Projection, sets: SavedSets
    ) -> None:
        self._knowledge = knowledge
        self._metamodel = knowledge.metamodel
        self._naming = naming
        self._projection = projection
        self._sets = sets
        self._measuring = Measuring(knowledge.store)

    def ask(  # noqa: PLR0913 - the parameters of the interface
        self,
        name: str,
        *,
        entity: str | Sequence[str] = (),
        dependent: str | Sequence[str] = (),
        dependent_class: str | Sequence[str] = (),
        unit: str | None = None,
        profile: str | None = None,
        via: str | Sequence[str] = (),
        max_hops: int | None = None,
        min_score: float | None = None,
        terms: int = DEFAULT_TERMS,
        limit: int = DEFAULT_ROWS,
        offset: int = 0,
    ) -> RankingAnswer:
        """Order entities as a ranking of the bundle says.

        :param name: of the ranking.
        :param entity: rank only these: names of entities, or of saved sets (``query:NAME``).
        :param dependent: count only these, or what stands for them: likewise.
        :param dependent_class: count only dependents of these classes.
        :param unit: add up only worth that is counted in this.
        :param profile: name of the impact profile; by default the default one.
        :param via: names of relationships over which somebody may depend; none means any.
        :param max_hops: greatest number of steps of a dependence.
        :param min_score: least score of a dependence, 0 to 1.
        :param terms: how many terms are told of each row, at most 1000; all of them count.
        :raises UnknownRankingError: if there is no such ranking.
        :raises NamingError: if a name is unknown or ambiguous.
        :raises InvalidParameterError: if a value is out of range.
        :raises ServiceBusyError: if others write so often that no two looks agree.
        """
        check_page(limit, offset)
        ranking = self._metamodel.ranking(name)
        judged_by = self._metamodel.profile(profile)
        entities, dependents = _several(entity), _several(dependent)
        asked: dict[str, Any] = {
            "dependent_classes": self._classes(dependent_class),
            "unit": unit,
            "via": tuple(self._metamodel.property_named(each).iri for each in _several(via)),
            "max_hops": max_hops,
            "min_score": min_score or 0.0,
            "terms": terms,
            "limit": limit,
            "offset": offset,
        }
        for _ in range(_ATTEMPTS):
            found, snapshot, graph = self._sets.beside(
                (*entities, *dependents), lambda: self._projection.under(judged_by)
            )
            ranked, counted = (self._named(each, found) for each in (entities, dependents))
            question = RankingQuestion(
                ranking=ranking,
                entities=ranked.entities,
                dependents=counted.entities,
                sets=tuple(sorted({**dict(ranked.sets), **dict(counted.sets)}.items())),
                **asked,
            )
            told = self._told(question, graph, snapshot)
            if told is not None:
                return rank(graph, self._metamodel, question, told, snapshot=snapshot)
        raise ServiceBusyError(
            "The data changes faster than it can be ranked. Ask again in a moment."
        )

    def _told(self, question: RankingQuestion, graph: EntityGraph, snapshot: int) -> Told | None:
        """Read what is no relationship of the graph; ``None`` if the graph shows older data."""
        ranking = question.ranking
        with self._knowledge.unchanging() as now:
            if now != snapshot:
                return None
            dependents = _iris(graph, candidates(graph, question))
            stands_for = self._stands_for(question, dependents)
            holders = {each for held in stands_for.values() for each in held}
            return Told(
                own=self._measured(ranking.own, graph, _iris(graph, rankable(graph, question))),
                worth=self._measured(ranking.worth, graph, sorted({*dependents, *holders})),
                stands_for=stands_for,
            )

    def _stands_for(
        self, question: RankingQuestion, dependents: Sequence[str]
    ) -> Mapping[str, tuple[str, ...]]:
        path = question.ranking.stands_for
        if path is None:
            return {}
        ends = self._measuring.follow(path, dependents)
        return {
            each: tuple(
                sorted({end.term.value for end in found if isinstance(end.term, NamedNode)})
            )
            for each, found in ends.items()
        }

    def _measured(
        self, measure: Measure | None, graph: EntityGraph, iris: Sequence[str]
    ) -> Measured | None:
        """Work a measure out for those of some entities that it speaks of."""
        if measure is None:
            return None
        flags = graph.instances(frozenset(measure.classes))
        numbers = ((each, graph.find(each)) for each in iris)
        spoken_of = [
            each
            for each, number in numbers
            if number is not None and flags[graph.classification[number]]
        ]
        return self._measuring.work_out(measure, spoken_of)

    def _named(self, names: Iterable[str], found: Mapping[str, SavedSet]) -> _Members:
        """Return what names stand for; no names stand for everything."""
        entities: list[NamedNode] = []
        sets: list[tuple[str, Any]] = []
        for each in names:
            if names_a_set(each):
                entities += found[each].entities
                sets.append((each, found[each].to_dict()))
            else:
                entities.append(NamedNode(self._naming.resolve(each).iri))
        return _Members(tuple(entities) if entities or sets else None, tuple(sets))

    def _classes(self, names: str | Sequence[str]) -> tuple[NamedNode, ...]:
        return tuple(self._metamodel.class_named(each).iri for each in _several(names))


def _iris(graph: EntityGraph, numbers: Numbers) -> list[str]:
    return [graph.entities[each] for each in np.asarray(numbers).tolist()]


def _several(names: str | Sequence[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)
