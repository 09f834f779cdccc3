"""From a question about failure to its answer: the entry point of this room."""

from __future__ import annotations

import numpy as np

from orthogramic.analysis.failure.answer import FailureAnswer
from orthogramic.analysis.failure.counting import (
    circles_by_size,
    counts_by_class,
    references,
    together,
)
from orthogramic.analysis.failure.dependents import Dependents
from orthogramic.analysis.failure.failing import Failure, fail
from orthogramic.analysis.failure.groups import Rules
from orthogramic.analysis.failure.question import FailureQuestion, State
from orthogramic.analysis.honesty import bound_of, receipt_of
from orthogramic.analysis.question import check_terms
from orthogramic.errors import UnknownTermError
from orthogramic.graph import Direction, EntityGraph
from orthogramic.graph.arrays import Flags, Numbers
from orthogramic.metamodel import Metamodel

#: Circles that an answer shows.
MOST_CIRCLES = 20


def ask_failure(
    graph: EntityGraph, metamodel: Metamodel, question: FailureQuestion, *, snapshot: int = 0
) -> FailureAnswer:
    """Answer what is lost and what is degraded if some entities fail.

    The answer follows clauses 6 and 9 of the definition of impact in ``docs/explanation``.
    Everything in it depends on the receipt alone. What it costs grows with what the failure
    touches, but for counting the untouched, which looks at the class of every entity.

    :param graph: the snapshot that is asked, under the profile that is meant.
    :param metamodel: the bundle under which the graph was projected.
    :param snapshot: number of the commit that the graph was projected from, for the receipt.
    :raises UnknownEntityError: if an entity that fails is not in the graph.
    :raises UnknownTermError: if a class or module is not in the bundle.
    """
    wanted = _wanted(graph, metamodel, question)
    rules = Rules.of(graph)
    failure = fail(
        graph,
        np.array([graph.number(each) for each in question.remove], np.int64),
        np.array([graph.number(each) for each in question.degrade], np.int64),
        rules,
    )
    chosen = _chosen(graph, failure, wanted, question)
    page = chosen[question.offset :]
    page = page if question.limit is None else page[: question.limit]
    classes = counts_by_class(graph, failure, wanted)
    circles = circles_by_size(graph, failure)
    touched = failure.touched.entity
    return FailureAnswer(
        removed=references(graph, graph.order.sorted(failure.removed)),
        degraded=references(graph, graph.order.sorted(failure.degraded)),
        hits=Dependents(graph, metamodel, rules, failure).of(page),
        counts=together([each.counts for each in classes]),
        classes=classes,
        circles=tuple(circles[:MOST_CIRCLES]),
        circle_total=len(circles),
        total=len(chosen),
        limit=question.limit,
        offset=question.offset,
        bound=bound_of(
            graph,
            np.concatenate([failure.removed, failure.degraded, touched]),
            Direction.IMPACT,
        ),
        receipt=receipt_of(graph, metamodel, "failure", question.parameters(), snapshot),
    )


def _wanted(graph: EntityGraph, metamodel: Metamodel, question: FailureQuestion) -> Flags:
    """Tell of each classification whether the answer is about it."""
    check_terms(metamodel, question.to, ())
    wanted = np.array([not each.is_absence for each in graph.classifications], np.bool_)
    if question.to:
        wanted &= graph.instances(frozenset(question.to))
    if question.domains:
        for each in question.domains:
            if each not in metamodel.modules:
                raise UnknownTermError(f"The bundle has no module <{each.value}>.")
        members = (
            each.iri for each in metamodel.entity_classes() if each.module in question.domains
        )
        wanted &= graph.instances(frozenset(members))
    return wanted


def _chosen(
    graph: EntityGraph, failure: Failure, wanted: Flags, question: FailureQuestion
) -> Numbers:
    """Return the entities of all pages, in order."""
    touched, state = failure.touched, question.state
    if state is State.UNTOUCHED:
        flags = wanted[graph.classification[: graph.size]]
        for each in (touched.entity, failure.removed, failure.degraded):
            flags[each] = False
        return graph.order.sorted(np.flatnonzero(flags))
    rows = wanted[graph.classification[touched.entity]]
    if state is not None:
        rows &= failure.lost if state is State.LOST else ~failure.lost
    if question.certain:
        rows &= touched.certain
    at = np.flatnonzero(rows)
    keys = graph.order.keys(touched.entity[at])
    # Worst first: lost, then surely degraded, then what may be spared.
    grade = np.where(failure.lost[at], 0, np.where(touched.certain[at], 1, 2))
    order = np.lexsort((keys, touched.hops[at], -touched.score[at], grade))
    found: Numbers = touched.entity[at[order]]
    return found
