"""From a question about a ranking to its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

import numpy as np
from pyoxigraph import NamedNode

from orthogramic.analysis.answer import Bound, EntityReference
from orthogramic.analysis.found import Found
from orthogramic.analysis.honesty import receipt_of
from orthogramic.analysis.question import check_terms
from orthogramic.analysis.ranking.answer import RankedRow, RankingAnswer, Term, Unranked
from orthogramic.analysis.ranking.question import RankingQuestion
from orthogramic.analysis.ranking.shares import shares_by_score
from orthogramic.analysis.ranking.told import Figures, Told
from orthogramic.analysis.ranking.weighing import Scope, Share, Weights, Worths
from orthogramic.analysis.ranking.wording import notes, row_sentence, unit_of
from orthogramic.analysis.reach import bound, reached
from orthogramic.analysis.search import search
from orthogramic.analysis.sentences import reference
from orthogramic.graph import Direction, EntityGraph
from orthogramic.graph.arrays import Numbers
from orthogramic.metamodel import Metamodel

#: So many of what has no place, or no worth, are told by name.
MOST_NAMED = 100
_NOTHING = Decimal(0)


def rank(
    graph: EntityGraph,
    metamodel: Metamodel,
    question: RankingQuestion,
    told: Told,
    *,
    snapshot: int = 0,
) -> RankingAnswer:
    """Order entities by what each comes to itself times how much depends on it.

    :param graph: the snapshot that is asked, under the profile that is meant.
    :param metamodel: the bundle under which the graph was projected.
    :param question: what is asked.
    :param told: what was read of the same snapshot: measures of all entities that may be ranked
        and of all that may matter, and who stands for whom.
    :param snapshot: number of the commit that the graph was projected from, for the receipt.
    :raises UnknownEntityError: if a named entity is not in the graph.
    :raises UnknownTermError: if a class or relationship is not in the bundle.
    :raises InvalidParameterError: if ``via`` names what is no relationship.
    """
    check_terms(metamodel, question.dependent_classes, question.via)
    return _Ranked(graph, metamodel, question, told).answer(snapshot)


class _Place(NamedTuple):
    """An entity with its sums; sorts as the ranking does."""

    result: Decimal
    place: int
    weight: Decimal


class _Ranked:
    """One ranking while it is made."""

    def __init__(
        self, graph: EntityGraph, metamodel: Metamodel, question: RankingQuestion, told: Told
    ) -> None:
        self._graph = graph
        self._metamodel = metamodel
        self._question = question
        self._own = Figures(graph, told.own) if told.own else None
        self._worth = Figures(graph, told.worth) if told.worth else None
        self._entities = rankable(graph, question)
        self._dependents = depending(graph, question, told)
        iris = [graph.entities[each] for each in self._dependents.tolist()]
        named = question.dependents
        scope = Scope(None if named is None else frozenset(each.value for each in named))
        found = shares_by_score(graph, question, self._dependents, self._entities)
        self._weights = Weights.of(iris, found, told, scope)
        self._worths = Worths.of(self._weights.holders(), self._worth, question.unit)

    def answer(self, snapshot: int) -> RankingAnswer:
        """Put everything together."""
        question, ranking = self._question, self._question.ranking
        places, unranked = self._places()
        page = places[question.offset : question.offset + question.limit]
        missing = [each for each in self._weights.holders() if self._worths.why(each)]
        return RankingAnswer(
            name=ranking.name,
            iri=ranking.iri.value,
            label=ranking.label,
            description=ranking.description,
            unit=unit_of(ranking, self._worths.unit),
            rows=tuple(
                self._row(rank, each) for rank, each in enumerate(page, question.offset + 1)
            ),
            total=len(places),
            limit=question.limit,
            offset=question.offset,
            largest=max((each.result for each in places), default=_NOTHING),
            unranked=tuple(self._unranked(each, why) for each, why in unranked[:MOST_NAMED]),
            total_unranked=len(unranked),
            missing=tuple(
                Unranked(self._reference(each), self._worths.why(each))
                for each in missing[:MOST_NAMED]
            ),
            total_missing=len(missing),
            notes=notes(self._metamodel, question, self._worths, len(unranked), len(places)),
            bound=self._bound(),
            receipt=receipt_of(
                self._graph, self._metamodel, "ranking", question.parameters(), snapshot
            ),
        )

    def _places(self) -> tuple[list[_Place], list[tuple[int, str]]]:
        """Return what has a place, in order, and what has none, with the reason."""
        places: list[_Place] = []
        unranked: list[tuple[int, str]] = []
        for place, entity in enumerate(self._entities.tolist()):
            own = self._own.number(self._graph.entities[entity]) if self._own else None
            if own is not None and own.value is None:
                unranked.append((entity, own.why))
                continue
            weight = self._weight(self._weights.shares.get(place, {}))
            result = weight if own is None or own.value is None else own.value * weight
            places.append(_Place(result, place, weight))
        places.sort(key=lambda each: (-each.result, each.place))
        return places, unranked

    def _weight(self, shares: Mapping[str, Share]) -> Decimal:
        amounts = (self._worths.amount(holder, each.value) for holder, each in shares.items())
        return sum((each for each in amounts if each is not None), _NOTHING)

    def _row(self, rank: int, place: _Place) -> RankedRow:
        entity = int(self._entities[place.place])
        iri = self._graph.entities[entity]
        own = self._own.explain(iri) if self._own else None
        shares = self._weights.shares.get(place.place, {})
        terms = self._terms(shares)
        told = terms[: self._question.terms]
        amounts = [each.amount for each in terms[len(told) :] if each.amount is not None]
        row = RankedRow(
            rank=rank,
            entity=reference(self._graph, entity),
            own=own,
            terms=tuple(told),
            total_terms=len(terms),
            left_out=sum(amounts, _NOTHING),
            missing=sum(each.amount is None for each in terms),
            weight=place.weight,
            result=place.result,
            sentence="",
        )
        return row_sentence(row, unit_of(self._question.ranking, self._worths.unit))

    def _terms(self, shares: Mapping[str, Share]) -> list[Term]:
        amounts = {
            holder: self._worths.amount(holder, each.value) for holder, each in shares.items()
        }
        # What has no amount comes last.
        order = sorted(shares, key=lambda each: (_falling(amounts[each]), each))
        return [
            Term(
                holder=self._reference(holder),
                through=self._reference(shares[holder].through),
                share=shares[holder].value,
                worth=self._worth.explain(holder) if self._worth else None,
                amount=amounts[holder],
                why=self._worths.why(holder),
            )
            for holder in order
        ]

    def _reference(self, iri: str) -> EntityReference:
        number = self._graph.find(iri)
        if number is None:
            return EntityReference(iri, iri, "")
        return reference(self._graph, number)

    def _unranked(self, entity: int, why: str) -> Unranked:
        return Unranked(reference(self._graph, entity), why)

    def _bound(self) -> Bound:
        """Return the bound of one question from all that may depend."""
        question = self._question
        if not len(self._dependents):
            return Bound(0)
        anywhere = search(self._graph, Direction.DEPENDENCIES, (), question.via, question.max_hops)
        searching = replace(anywhere, sources=self._dependents)
        return bound(searching, reached(searching, Found(searching)), question.min_score)


def _falling(amount: Decimal | None) -> tuple[bool, Decimal]:
    return amount is None, -(amount or _NOTHING)


def rankable(graph: EntityGraph, question: RankingQuestion) -> Numbers:
    """Return the entities that are to be ranked, in the order of IRIs.

    :raises UnknownEntityError: if a named entity is not in the graph.
    """
    return _members(graph, question.ranking.classes, question.entities)


def candidates(graph: EntityGraph, question: RankingQuestion) -> Numbers:
    """Return whatever may depend, in the order of IRIs: all of the classes that are asked about."""
    numbers = _members(graph, question.ranking.dependents, None)
    if not question.dependent_classes:
        return numbers
    flags = graph.instances(frozenset(question.dependent_classes))
    return numbers[flags[graph.classification[numbers]]]


def depending(graph: EntityGraph, question: RankingQuestion, told: Told) -> Numbers:
    """Return the dependents that are asked about, in the order of IRIs.

    :raises UnknownEntityError: if a named entity is not in the graph.
    """
    found = candidates(graph, question)
    if question.dependents is None:
        return found
    for each in question.dependents:
        graph.number(each)
    scope = Scope(frozenset(each.value for each in question.dependents))
    kept = [bool(scope.holders(told, graph.entities[each])) for each in found.tolist()]
    return found[np.array(kept, np.bool_)]


def _members(
    graph: EntityGraph, classes: tuple[NamedNode, ...], named: tuple[NamedNode, ...] | None
) -> Numbers:
    if named is None:
        numbers: Numbers = np.arange(graph.size)
    else:
        numbers = np.array([graph.number(each) for each in named], np.int64)
    flags = graph.instances(frozenset(classes))
    return graph.order.sorted(numbers[flags[graph.classification[numbers]]])
