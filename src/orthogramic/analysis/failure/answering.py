"""From a question about failure to its answer: the entry point of this room."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from orthogramic.analysis.answer import EntityReference
from orthogramic.analysis.failure.answer import (
    ClassCounts,
    Counts,
    Dependent,
    FailureAnswer,
    Some,
)
from orthogramic.analysis.failure.failing import Failure, fail
from orthogramic.analysis.failure.groups import Rules
from orthogramic.analysis.failure.question import FailureQuestion, State
from orthogramic.analysis.failure.reasons import Reason, Reasons
from orthogramic.analysis.failure.wording import joined, sentence
from orthogramic.analysis.honesty import bound_of, receipt_of
from orthogramic.analysis.question import check_terms
from orthogramic.analysis.sentences import modality_name, reference
from orthogramic.errors import UnknownTermError
from orthogramic.graph import Direction, EntityGraph
from orthogramic.graph.arrays import Flags, Numbers
from orthogramic.metamodel import Metamodel

#: Circles that an answer shows, and members that each of them names.
MOST_CIRCLES, MOST_MEMBERS = 20, 10


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
    chosen = _chosen(graph, failure, wanted, question.state)
    page = chosen[question.offset :]
    page = page if question.limit is None else page[: question.limit]
    classes = _by_class(graph, failure, wanted)
    circles = _circles(graph, failure)
    touched = failure.touched.entity
    return FailureAnswer(
        removed=_references(graph, graph.order.sorted(failure.removed)),
        degraded=_references(graph, graph.order.sorted(failure.degraded)),
        hits=_dependents(
            graph, metamodel, Reasons(graph, metamodel, rules, failure), failure, page
        ),
        counts=_together([each.counts for each in classes]),
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


def _chosen(graph: EntityGraph, failure: Failure, wanted: Flags, state: State | None) -> Numbers:
    """Return the entities of all pages, in order."""
    touched = failure.touched
    if state is State.UNTOUCHED:
        flags = wanted[graph.classification[: graph.size]]
        for each in (touched.entity, failure.removed, failure.degraded):
            flags[each] = False
        return graph.order.sorted(np.flatnonzero(flags))
    rows = wanted[graph.classification[touched.entity]]
    if state is not None:
        rows &= failure.lost if state is State.LOST else ~failure.lost
    at = np.flatnonzero(rows)
    keys = graph.order.keys(touched.entity[at])
    degraded = ~failure.lost[at]
    order = np.lexsort((keys, touched.hops[at], -touched.score[at], degraded))
    found: Numbers = touched.entity[at[order]]
    return found


def _dependents(
    graph: EntityGraph, metamodel: Metamodel, reasons: Reasons, failure: Failure, page: Numbers
) -> tuple[Dependent, ...]:
    row_of = _rows_of(failure, page)
    known = reasons.of(page)
    members = _members(graph, failure)
    return tuple(
        _dependent(graph, failure, int(entity), row, known[int(entity)], members)
        for entity, row in zip(page.tolist(), row_of.tolist(), strict=True)
    )


def _rows_of(failure: Failure, entities: Numbers) -> Numbers:
    """Return in which row of the touched some entities stand, -1 for none."""
    order = np.argsort(failure.touched.entity)
    ordered = failure.touched.entity[order]
    if not len(ordered):
        return np.full(len(entities), -1)
    place = ordered.searchsorted(entities)
    place[place == len(ordered)] = 0
    found: Numbers = np.where(ordered[place] == entities, order[place], -1)
    return found


def _dependent(
    graph: EntityGraph,
    failure: Failure,
    entity: int,
    row: int,
    reasons: Sequence[Reason],
    members: dict[int, list[int]],
) -> Dependent:
    who = reference(graph, entity)
    if row < 0:
        said = sentence(who.label, (), certain=True, circle=None)
        return Dependent(who, State.UNTOUCHED, None, None, None, False, said, ())
    touched = failure.touched
    certain = bool(touched.certain[row])
    circle = _circle(graph, int(failure.circle[row]), members)
    return Dependent(
        entity=who,
        state=State.LOST if failure.lost[row] else State.DEGRADED,
        modality=modality_name(certain),
        score=float(touched.score[row]),
        hops=int(touched.hops[row]),
        self_sustaining=circle is not None,
        sentence=sentence(who.label, reasons, certain=certain, circle=circle),
        groups=tuple(each.group for each in reasons),
    )


def _members(graph: EntityGraph, failure: Failure) -> dict[int, list[int]]:
    """Return the members of each circle, by IRI."""
    found: dict[int, list[int]] = {}
    rows = np.flatnonzero(failure.circle > 0)
    rows = rows[np.argsort(graph.order.keys(failure.touched.entity[rows]))]
    for row in rows.tolist():
        found.setdefault(int(failure.circle[row]), []).append(int(failure.touched.entity[row]))
    return found


def _circle(graph: EntityGraph, number: int, members: dict[int, list[int]]) -> str | None:
    """Name those of a circle; ``None`` where there is none."""
    if number < 0:
        return None
    if number == 0:
        return "a circle"
    circle = members[number]
    return joined([graph.labels[each] for each in circle[:3]], len(circle))


def _circles(graph: EntityGraph, failure: Failure) -> list[Some]:
    """Return the circles, the greatest first, then by the IRI of their first member."""
    found = sorted(
        _members(graph, failure).values(), key=lambda one: (-len(one), graph.order.key(one[0]))
    )
    return [
        Some(len(each), _references(graph, np.array(each[:MOST_MEMBERS], np.int64)))
        for each in found
    ]


def _references(graph: EntityGraph, entities: Numbers) -> tuple[EntityReference, ...]:
    return tuple(reference(graph, each) for each in entities.tolist())


def _by_class(graph: EntityGraph, failure: Failure, wanted: Flags) -> tuple[ClassCounts, ...]:
    """Count by the name of the most specific class; classes without entities are left out."""
    size = len(graph.classifications)
    of = graph.classification
    touched = failure.touched
    everybody = np.bincount(of[: graph.size], minlength=size)
    given = np.concatenate([failure.removed, failure.degraded])
    given = given[~np.isin(given, touched.entity)]
    dependents = everybody - np.bincount(of[given], minlength=size)
    columns = [
        np.bincount(of[touched.entity[rows]], minlength=size)
        for rows in (failure.lost, ~failure.lost, ~touched.certain, failure.circle >= 0)
    ]
    found: dict[str, list[Counts]] = {}
    for number in np.flatnonzero(wanted & (dependents > 0)).tolist():
        lost, degraded, possible, circling = (int(each[number]) for each in columns)
        untouched = int(dependents[number]) - lost - degraded
        found.setdefault(graph.classifications[number].name, []).append(
            Counts(lost, degraded, untouched, possible, circling)
        )
    return tuple(ClassCounts(name, _together(found[name])) for name in sorted(found))


def _together(counts: Sequence[Counts]) -> Counts:
    return Counts(
        sum(each.lost for each in counts),
        sum(each.degraded for each in counts),
        sum(each.untouched for each in counts),
        sum(each.possible for each in counts),
        sum(each.self_sustaining for each in counts),
    )
